#!/bin/sh
# `perfcourse watch`: each save is checked, the latest one wins, Ctrl-C leaves nothing.
. "$PC_SRCDIR/tests/cli/lib.sh"

ws="$tmp/ws"
run 0 init "$ws"
kernel="$ws/$ex07/join_names/join_names.c"
reference="$PC_SRCDIR/checks/$ex07/join_names/reference.c"

# Wait until the log holds a line; the limit is generous, a busy machine is slow.
await() {
    tries=0
    until grep -q -e "$1" "$tmp/out" 2>/dev/null; do
        tries=$((tries + 1))
        [ "$tries" -lt 1200 ] || { wrong "no \"$1\" in time" && return; }
        sleep 0.05
    done
    checks=$((checks + 1))
}

: >"$tmp/err"
"$PC_BUILDDIR/tests/cli/alone" "$PC_BUILDDIR/perfcourse" watch 07.1 --quick --workspace "$ws" \
    >"$tmp/out" 2>"$tmp/err" </dev/null &
alone=$!
await '^judged: '
says out 'watching 1 kernel' 'allocs/op: 1000'

# Writing the same text again asks for nothing; what follows is the next verdict.
cp "$kernel" "$tmp/same" && cat "$tmp/same" >"$kernel"
cp "$reference" "$tmp/new.c" && mv "$tmp/new.c" "$kernel"
await '^allocs/op: 1, '
checks=$((checks + 1))
[ "$(grep -c '^judged: ' "$tmp/out")" -le 2 ] || wrong "an unchanged file was checked again"

# A burst of saves: the last content has the last word.
for i in 1 2 3 4 5 6 7 8; do
    { cat "$reference"; echo "/* save $i */"; } >"$kernel"
    sleep 0.03
done
echo 'this is the end' >>"$kernel"
await 'verdict: does not build'
echo '/* beyond */' >"$tmp/last.c"
cat "$reference" >>"$tmp/last.c"
lines=$(grep -c '^judged: ' "$tmp/out")
cp "$tmp/last.c" "$kernel"
tries=0
while [ "$(grep -c '^judged: ' "$tmp/out")" -le "$lines" ] && [ "$tries" -lt 1200 ]; do
    tries=$((tries + 1))
    sleep 0.05
done
tail -n 8 "$tmp/out" >"$tmp/tail" && cp "$tmp/tail" "$tmp/out.tail"
checks=$((checks + 1))
grep -q 'all 2 limits are met' "$tmp/out.tail" || wrong "the latest save has not the last word"

# Ctrl-C goes to the program; alone sees that nothing is left.
pid=$(cat /proc/[0-9]*/stat 2>/dev/null | sed -n "s/^\([0-9]*\) (perfcourse) . $alone .*/\1/p")
kill -INT "$pid"
wait "$alone"
got=$?
checks=$((checks + 1))
[ "$got" = 130 ] || wrong "exit code $got after Ctrl-C, wanted 130"

finish
