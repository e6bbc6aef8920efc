#!/bin/sh
# The profiler's own figures: whether its intervals hold what is known, whether stacks are whole, and
# what it costs the program that it watches.
. "$PC_SRCDIR/tests/bench/lib.sh"

program=$PC_BUILDDIR/perfcourse
json_at=$PC_BUILDDIR/tests/cli/json_at
shares=$PC_SRCDIR/tests/host/shares.c
runs=${PROFILE_RUNS:-20}

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

cover() {
    hits=0
    total=0
    for _ in $(seq "$runs"); do
        profile --bench split --seconds 1 || exit 1
        for known in seventy:0.7 twenty:0.2 five:0.05 other_five:0.05; do
            k=$(row "${known%%:*}")
            total=$((total + 1))
            echo "$(at functions "$k" self low) $(at functions "$k" self high) ${known#*:}" |
                awk '{ exit !($1 <= $3 && $3 <= $2) }' && hits=$((hits + 1))
        done
    done
    echo "intervals at 95 % that hold the known share: $hits of $total ($runs profiles of 1 s)"
}

# In a bench that is mostly libc, as a share of all samples.
whole() {
    profile --bench library --seconds 3 || exit 1
    k=$(row bench_body_library)
    echo "stacks that reach the bench, through libc: $(at functions "$k" total share |
        awk '{ printf "%.2f", 100 * $1 }') % of $(at samples) (limit 99 %)"
}

# Processor time an operation with 250 samples a second and with one, in turns.
cost() {
    : >"$tmp/ratios"
    for k in $(seq "$runs"); do
        # Whoever is first finds another machine than the second, so they take turns in that, too.
        [ $((k % 2)) = 0 ] && order='1 250' || order='250 1'
        for hz in $order; do
            profile --bench split --seconds 0.6 --hz "$hz" || exit 1
            eval "ns_$hz=$(at cpu-ns)" && eval "ops_$hz=$(at ops)"
        done
        # shellcheck disable=SC2154
        awk -v a="$ns_1" -v n="$ops_1" -v b="$ns_250" -v m="$ops_250" \
            'BEGIN { print 100 * ((b / m) / (a / n) - 1) }' >>"$tmp/ratios"
    done
    sort -g "$tmp/ratios" | awk '{ v[NR] = $1 } END {
        printf "250 samples a second cost %+.2f %% (median of %d pairs; middle half %+.2f to %+.2f; limit 1 %%)\n",
            v[int((NR + 1) / 2)], NR, v[int((NR + 3) / 4)], v[int((3 * NR + 3) / 4)] }'
}

echo "== the profiler"
cover
whole
cost
