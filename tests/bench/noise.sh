#!/bin/sh
# A kernel that has half as much to do as its base, beside bursts of work: how far the measured ratio
# is from 2, by a check's method and by timing one program after the other for as long.  Also what a
# restart costs.  Exit code 1 when the error is not at most a tenth of that of the naive way.
#
#   noise.sh [TRIALS]
. "$PC_SRCDIR/tests/bench/lib.sh"

trials=${1:-40}
for steps in 2000 1000; do
    options="-O2 -std=gnu17 -DCHAIN_BENCH -DSTEPS=$steps -falign-loops=64 -I$PC_SRCDIR/src/perfbench"
    # shellcheck disable=SC2086
    ${CC:-cc} $options -fPIC -shared "$PC_SRCDIR/tests/bench/chain.c" -o "$tmp/$steps.so" &&
        ${CC:-cc} $options "$PC_SRCDIR/tests/bench/chain.c" "$PC_BUILDDIR/libperfbench.a" \
            -lm -lpthread -o "$tmp/$steps" || exit 1
done

# What one run of a program says an operation takes.
naive() {
    "$tmp/$1" --bench=. --benchtime="$2" --cpu=1 | awk '/^Benchmark/ { print $3; exit }'
}

sh -c 'while :; do i=0; while [ $i -lt 60000 ]; do i=$((i + 1)); done; sleep 0.2; done' &
busy_pids=$!
sh -c 'while :; do i=0; while [ $i -lt 90000 ]; do i=$((i + 1)); done; sleep 0.3; done' &
busy_pids="$busy_pids $!"
i=0
while [ "$i" -lt "$trials" ]; do
    "$PC_BUILDDIR/tests/bench/resolve" "$tmp/2000.so" "$tmp/1000.so" 2000 1.6 >>"$tmp/ours"
    seconds=$(tail -n 1 "$tmp/ours" | cut -d ' ' -f 2)
    each=$(awk "BEGIN { printf \"%.0fms\", $seconds * 500 }")
    echo "$(naive 2000 "$each") $(naive 1000 "$each")" >>"$tmp/naive"
    i=$((i + 1))
done
be_idle

awk '{ print sqrt(log($3 / 2) ^ 2) }' "$tmp/ours" >"$tmp/ours.errors"
awk '{ print sqrt(log($1 / $2 / 2) ^ 2) }' "$tmp/naive" >"$tmp/naive.errors"
p95() {
    sort -g "$1" | awk '{ v[NR] = $1 } END { print v[int(NR * 0.95 + 0.5)] }'
}
echo "noise: error of the ratio, 95 of 100 trials of $trials, beside bursts:" \
    "$(awk "BEGIN { printf \"ours %.2f %%, one after the other %.2f %%, %.3f of it\", \
        100 * $(p95 "$tmp/ours.errors"), 100 * $(p95 "$tmp/naive.errors"), \
        $(p95 "$tmp/ours.errors") / $(p95 "$tmp/naive.errors") }")"
awk '{ print $2 / $4 * 1000 }' "$tmp/ours" >"$tmp/restarts"
echo "noise: ms for each restart: $(quantiles "$tmp/restarts")"
awk "BEGIN { exit !($(p95 "$tmp/ours.errors") <= $(p95 "$tmp/naive.errors") / 10) }"
