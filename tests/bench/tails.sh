#!/bin/sh
# Verdicts on latencies (one operation in 50 stalls, or none does) and on kernels with threads (one lock,
# or a sum for each thread), half of them beside two busy loops: how many are false, how many unsure.
#
#   tails.sh [CHECKS OF EACH [EXERCISES]]
. "$PC_SRCDIR/tests/bench/lib.sh"
. "$PC_SRCDIR/tests/cli/course_of.sh"

each=${1:-20}
failed=0
add_exercise tails/ageing
add_exercise threads/tally

judge() {
    exercise=$1 kernel=$2 right=$3 where=$4
    : >"$tmp/codes"
    : >"$tmp/seconds"
    i=0
    while [ "$i" -lt "$each" ]; do
        "$PC_BUILDDIR/perfcourse" check "$exercise" --use "$kernel" --json >"$tmp/json" 2>/dev/null
        echo $? >>"$tmp/codes"
        awk '/^      "(tails|speed)": \{/ { inside = 1 }
            inside && /^        "seconds":/ { gsub(/[^0-9.]/, ""); print; exit }' \
            "$tmp/json" >>"$tmp/seconds"
        i=$((i + 1))
    done
    awk -v right="$right" -v what="$exercise, $kernel, $where" '
        $1 == 6 { unsure++; next }
        $1 != right { wrong++ }
        END { printf "%s: %d checks, %d wrong, %d unsure", what, NR, wrong, unsure
              exit wrong > 0 }' "$tmp/codes" || failed=1
    echo "; seconds: $(quantiles "$tmp/seconds")"
}

for where in idle busy; do
    [ "$where" = idle ] || be_busy 2
    for exercise in ${2:-ageing tally}; do
        judge "$exercise" starter 1 "$where"
        judge "$exercise" reference 0 "$where"
    done
done
exit "$failed"
