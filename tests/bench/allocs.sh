#!/bin/sh
# What it costs to know the calls that led to each allocation: 200,000 pairs of malloc and free in an
# operation, counted with --stacks and without, beside libc alone.  At most 40 ns of processor time
# for each, also 16 calls deep.
. "$PC_SRCDIR/tests/bench/lib.sh"

ops=40
cc=${CC:-cc}
flags="-O2 -g -std=gnu17 -D_GNU_SOURCE -I$PC_SRCDIR/src/perfbench"
# shellcheck disable=SC2086
{
    $cc $flags -fPIC -shared -fno-omit-frame-pointer -fno-optimize-sibling-calls \
        "$PC_SRCDIR/tests/bench/pairs.c" -o "$tmp/pairs.so" || exit 1
    $cc $flags "$PC_SRCDIR/tests/bench/pairs.c" "$PC_BUILDDIR/libperfbench.a" -lm -pthread \
        -o "$tmp/pairs" || exit 1
}

# count BENCH OPTION...
count() {
    bench=$1
    shift
    rm -f "$tmp/table"
    truncate -s 8M "$tmp/table"
    host "hello\nsetup name=$bench size=0 seed=1\nops n=$ops warmup=0\nend\n" \
        "$PC_BUILDDIR/perfcourse-count" "$@" "$tmp/pairs.so" 5<>"$tmp/table" >"$tmp/answers"
    grep -q '^metric name=allocs/op .*max=200000 ' "$tmp/answers" || echo "it did not count" >&2
}

alone() {
    "$tmp/pairs" --bench '^pairs$' --benchtime "${ops}x" >/dev/null 2>&1
}

# once NAME COMMAND...: append the processor time of a pair, in nanoseconds, to the file NAME
once() {
    name=$1
    shift
    (
        "$@"
        times
    ) | tail -n 1 | tr 'ms' '  ' | awk -v n=$((ops * 200000)) '
        { printf "%.2f\n", (($1 + $3) * 60 + $2 + $4) * 1e9 / n }' >>"$tmp/$name"
}

least() {
    sort -g "$tmp/$1" | head -n 1
}

# Processor time, in turns, and the least of each: what else runs here only adds to it.
for _ in $(seq "${ALLOCS_ROUNDS:-7}"); do
    once libc alone
    once plain count pairs
    once shallow count pairs --stacks
    once deep count deep --stacks
done
echo "a malloc with its free: $(least libc) ns in libc alone, $(least plain) ns counted," \
    "$(least shallow) ns with the calls, $(least deep) ns 16 calls further in"
echo "$(least libc) $(least shallow) $(least deep)" | awk '{
    printf "allocation profile: %.1f ns more for each allocation, %.1f ns 16 calls further in " \
        "(goal: at most 40)\n", $2 - $1, $3 - $1
    exit !($1 > 0 && $2 > $1 && $2 - $1 <= 40 && $3 - $1 <= 40) }'
