#!/bin/sh
# From an edited kernel to its verdict, the cache warm but for the kernel: what a learner waits
# after each save.
. "$PC_SRCDIR/tests/bench/lib.sh"

rounds=${1:-10}
topic=07_strings_bytes_and_builders
"$PC_BUILDDIR/perfcourse" check 07 --use starter --quick >/dev/null 2>&1
for exercise in join_names string_builder csv_sum; do
    : >"$tmp/whole"
    : >"$tmp/timing"
    i=0
    while [ "$i" -lt "$rounds" ]; do
        { cat "$PC_SRCDIR/checks/$topic/$exercise/reference.c"; echo "/* edit $i $$ */"; } \
            >"$tmp/$exercise.c"
        begin=$(date +%s.%N)
        "$PC_BUILDDIR/perfcourse" check "$exercise" --use "$tmp/$exercise.c" --json >"$tmp/json"
        echo "$(date +%s.%N) $begin" | awk '{ print $1 - $2 }' >>"$tmp/whole"
        awk '/"speed": \{/ { s = 1 } s && /"seconds"/ { gsub(/[^0-9.]/, ""); print; exit }' \
            "$tmp/json" >>"$tmp/timing"
        i=$((i + 1))
    done
    printf 'edited %s: whole s: %s; timing s: %s\n' "$exercise" "$(quantiles "$tmp/whole")" \
        "$(quantiles "$tmp/timing")"
done
