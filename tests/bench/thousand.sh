#!/bin/sh
# A thousand verdicts about a kernel whose speed-up is known by construction: it has half as much to
# do as its base.  The limit lies 5, 10, 25 or 50 % off the truth, on either side, and the machine is
# idle, beside one and two busy loops, beside a loop that copies memory, and beside bursts of work.
# Prints false and unsure verdicts and the time they took; exit code 1 when one is false, or when
# more than 1 % are unsure idle or more than 10 % otherwise.
#
#   thousand.sh [ROUNDS]       25 rounds of 8 limits for each of the 5 conditions
. "$PC_SRCDIR/tests/bench/lib.sh"

rounds=${1:-25}
missed=0

for steps in 2000 1000; do
    ${CC:-cc} -O2 -std=gnu17 -fPIC -shared -DCHAIN_BENCH -DSTEPS=$steps -falign-loops=64 \
        -I"$PC_SRCDIR/src/perfbench" "$PC_SRCDIR/tests/bench/chain.c" -o "$tmp/$steps.so" ||
        exit 1
done

# resolve LIMIT ANSWER DISTANCE: one verdict, which should be ANSWER.
resolve() {
    # shellcheck disable=SC2046
    set -- "$@" $("$PC_BUILDDIR/tests/bench/resolve" "$tmp/2000.so" "$tmp/1000.so" 2000 "$1")
    echo "$4" >>"$tmp/$condition.all"
    echo "$5" >>"$tmp/$condition.$3"
    case "$4" in
    "$2" | unsure) ;;
    *) echo "FALSE ($condition): limit $1, verdict $4, truth $2" | tee -a "$tmp/false" ;;
    esac
}

round() {
    for distance in 5 10 25 50; do
        resolve "$(awk "BEGIN { print 2 / (1 + $distance / 100) }")" faster $distance
        resolve "$(awk "BEGIN { print 2 * (1 + $distance / 100) }")" slower $distance
    done
}

disturb() {
    case "$condition" in
    'one busy loop') be_busy 1 ;;
    'two busy loops') be_busy 2 ;;
    'memory copies')
        sh -c 'while :; do dd if=/dev/zero of=/dev/null bs=64M count=20 2>/dev/null; done' &
        busy_pids=$!
        ;;
    bursts)
        sh -c 'while :; do i=0; while [ $i -lt 60000 ]; do i=$((i + 1)); done; sleep 0.2; done' &
        busy_pids=$!
        ;;
    esac
}

for condition in idle 'one busy loop' 'two busy loops' 'memory copies' bursts; do
    disturb
    i=0
    while [ "$i" -lt "$rounds" ]; do
        round
        i=$((i + 1))
    done
    be_idle
    n=$(wc -l <"$tmp/$condition.all")
    unsure=$(grep -c unsure "$tmp/$condition.all")
    printf '%s: %d verdicts, %d unsure; s at 25 %%: %s; at 5 %%: %s\n' "$condition" "$n" \
        "$unsure" "$(quantiles "$tmp/$condition.25")" "$(quantiles "$tmp/$condition.5")"
    most=$((n / 10))
    [ "$condition" != idle ] || most=$((n / 100))
    [ "$unsure" -le "$most" ] || missed=1
done
: >>"$tmp/false"
wrong=$(wc -l <"$tmp/false")
echo "thousand: $((5 * n)) verdicts, $wrong false"
[ "$wrong" = 0 ] && [ "$missed" = 0 ]
