#!/bin/sh
# The profiler's own figures: whether its intervals hold what is known, whether stacks are whole, and
# what it costs the program that it watches.  The exit code is 1 when a goal is missed by more than
# chance explains.
. "$PC_SRCDIR/tests/bench/lib.sh"

program=$PC_BUILDDIR/perfcourse
json_at=$PC_BUILDDIR/tests/cli/json_at
shares=$PC_SRCDIR/tests/host/shares.c
runs=${PROFILE_RUNS:-20}
missed=0

# profile ARG...: the document in $tmp/json.
profile() {
    "$program" profile "$shares" --json "$@" >"$tmp/json" </dev/null
}

at() {
    "$json_at" "$@" <"$tmp/json"
}

# row FUNCTION: its number in the list of functions.
row() {
    k=0
    while name=$(at functions "$k" function 2>/dev/null); do
        [ "$name" = "\"$1\"" ] && break
        k=$((k + 1))
    done
    echo "$k"
}

# Of intervals at 95 % one in twenty is wrong, so the sum is judged by what is left to chance: fewer
# hits than this come once in a thousand times (binomial, summed up from below).
cover() {
    hits=0
    total=0
    for _ in $(seq "$runs"); do
        profile --cc "$1" --bench split --seconds 1 || exit 1
        for known in seventy:0.7 twenty:0.2 five:0.05 other_five:0.05; do
            k=$(row "${known%%:*}")
            total=$((total + 1))
            echo "$(at functions "$k" self low) $(at functions "$k" self high) ${known#*:}" |
                awk '{ exit !($1 <= $3 && $3 <= $2) }' && hits=$((hits + 1))
        done
    done
    awk -v cc="$1" -v hits="$hits" -v n="$total" -v runs="$runs" 'BEGIN {
        term = 0.05 ^ n
        for (k = 0; sum + term < 0.001; k++) { sum += term; term *= (n - k) / (k + 1) * 19 }
        printf "%s: known shares in their intervals: %d of %d, %.1f of 20 (%d profiles of 1 s; ", \
            cc, hits, n, 20 * hits / n, runs
        printf "goal: 19 of 20, fewer than %d of %d is no chance)\n", k, n
        exit hits < k
    }' || missed=1
}

# In a bench that is mostly libc, as a share of all samples.
whole() {
    profile --cc "$1" --bench library --seconds 3 || exit 1
    k=$(row bench_body_library)
    echo "$1 $(at functions "$k" total share) $(at samples)" | awk '{
        printf "%s: stacks that reach the bench, through libc: %.2f %% of %d (goal: at least 99 %%)\n", \
            $1, 100 * $2, $3
        exit $2 < 0.99 }' || missed=1
}

echo "== the profiler"
for cc in gcc clang; do
    if command -v $cc >/dev/null; then
        cover $cc
        whole $cc
    else
        echo "$cc: not here"
    fi
done
"$PC_BUILDDIR/tests/bench/sampled" || missed=1
exit $missed
