#!/bin/sh
# What it costs to know the calls that led to each allocation: 200,000 pairs of malloc and free in an
# operation, counted with --stacks and without, beside libc alone.  At most 40 ns of processor time
# for each.
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

# each COMMAND...: nanoseconds of the processor for a pair, of the best of five runs
each() {
    for _ in 1 2 3 4 5; do
        (
            "$@"
            times
        ) | tail -n 1
    done | tr 'ms' '  ' | awk -v n=$((ops * 200000)) '
        { t = ($1 + $3) * 60 + $2 + $4; if (NR == 1 || t < least) least = t }
        END { printf "%.1f", least * 1e9 / n }'
}

libc=$(each alone)
plain=$(each count pairs)
shallow=$(each count pairs --stacks)
deep=$(each count deep --stacks)
echo "a malloc with its free: $libc ns in libc alone, $plain ns counted, $shallow ns with the calls," \
    "$deep ns 16 calls further in"
awk -v libc="$libc" -v with="$shallow" 'BEGIN {
    printf "allocation profile: %.1f ns more for each allocation, at most 40\n", with - libc
    exit !(libc > 0 && with > libc && with - libc <= 40) }'
