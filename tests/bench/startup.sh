#!/bin/sh
# What a command costs before it does anything: `perfcourse list`.
. "$PC_SRCDIR/tests/bench/lib.sh"

i=0
while [ "$i" -lt 20 ]; do
    begin=$(date +%s%N)
    "$PC_BUILDDIR/perfcourse" list >/dev/null
    echo $((($(date +%s%N) - begin) / 1000000))
    i=$((i + 1))
done >"$tmp/ms"
echo "list ms (with the start of date): $(quantiles "$tmp/ms")"
if [ -x /usr/bin/time ]; then
    /usr/bin/time -f 'list: %M KiB resident at most' -o "$tmp/rss" \
        "$PC_BUILDDIR/perfcourse" list >/dev/null && cat "$tmp/rss"
fi
