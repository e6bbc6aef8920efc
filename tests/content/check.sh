#!/bin/sh
# `make check-content`: the course is certified, with the time, by gcc and clang, and all of its
# experiments run to their end.
#
#   check.sh [OPTION...] [TOPIC|EXERCISE...]     as `perfcourse dev verify`, and no experiment
. "$PC_SRCDIR/tests/bench/lib.sh"

perfcourse=$PC_BUILDDIR/perfcourse
if [ $# -gt 0 ]; then
    "$perfcourse" dev verify "$@"
    exit
fi

failed=0
"$perfcourse" dev verify || failed=$?
for lesson in "$PC_SRCDIR"/lessons/*/lesson.lua; do
    topic=$(basename "$(dirname "$lesson")" | cut -c 1-2)
    for experiment in $("$perfcourse" complete -- experiment "$topic" '' | cut -f 1); do
        if "$perfcourse" experiment "$topic" "$experiment" </dev/null >"${tmp:?}/out" 2>&1; then
            echo "experiment $topic $experiment: $(tail -n 1 "$tmp/out")"
        else
            failed=1
            echo "experiment $topic $experiment fails:"
            tail -n 5 "$tmp/out"
        fi
    done
done
exit "$failed"
