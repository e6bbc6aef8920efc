#!/bin/sh
# 200 checks of the starters and references of topic 07, half of them idle and half beside two busy
# loops: a reference that is called too slow, or a starter called fast enough, is a false verdict.
# Exit code 1 when there is one, or when more than a tenth under load are unsure.
#
#   verdicts.sh [ROUNDS]       rounds of 2 x 5 kernels for each of the two conditions
. "$PC_SRCDIR/tests/bench/lib.sh"

rounds=${1:-10}
pc="$PC_BUILDDIR/perfcourse"
# keep_small is judged by what it keeps, not by its time.
timed="join_names format_point string_builder csv_sum html_escape"
false_verdicts=0

check_one() {
    "$pc" check "$1" --use "$2" --json >"$tmp/json" 2>"$tmp/err"
    echo "$?" >"$tmp/code"
    # The first decision is that of "speed"; growth.sh is about the other.
    decision=$(sed -n 's/.*"decision": "\([a-z]*\)".*/\1/p' "$tmp/json" | head -n 1)
    # The first "seconds" of a check is the whole, that of "speed" the timing.
    sed -n 's/^      "seconds": \([0-9.]*\).*/\1/p' "$tmp/json" | head -n 1 >>"$tmp/$3.whole"
    awk '/"speed": \{/ { s = 1 } s && /"seconds"/ { gsub(/[^0-9.]/, ""); print; exit }' \
        "$tmp/json" >>"$tmp/$3.timing"
    echo "$2 $decision" >>"$tmp/$3.decisions"
    case "$2 $decision" in
    'starter fail' | 'reference pass') ;;
    *unsure) ;;
    *)
        false_verdicts=$((false_verdicts + 1))
        echo "FALSE: $1 $2: $decision, exit code $(cat "$tmp/code")"
        cat "$tmp/json" "$tmp/err"
        ;;
    esac
}

campaign() {
    : >"$tmp/$1.whole"
    : >"$tmp/$1.timing"
    : >"$tmp/$1.decisions"
    round=0
    while [ "$round" -lt "$rounds" ]; do
        for exercise in $timed; do
            check_one "$exercise" starter "$1"
            check_one "$exercise" reference "$1"
        done
        round=$((round + 1))
    done
    n=$(wc -l <"$tmp/$1.decisions")
    unsure=$(grep -c unsure "$tmp/$1.decisions")
    printf '%s: %d checks, %d unsure; timing s: %s; whole check s: %s\n' "$1" "$n" "$unsure" \
        "$(quantiles "$tmp/$1.timing")" "$(quantiles "$tmp/$1.whole")"
}

"$pc" check 07 --use starter --quick >/dev/null 2>&1 # compiler probed, faults proven, cache warm
campaign idle
be_busy 2
campaign busy
be_idle
total=$((2 * n))
echo "verdicts: $total checks, $false_verdicts false"
[ "$false_verdicts" = 0 ] && [ $((unsure * 10)) -le "$n" ]
