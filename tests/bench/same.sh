#!/bin/sh
# A/A on the course's own kernels: each reference against itself, beside two busy loops.  Prints how
# far the restarts are off.  Exit code 1 when a median is more than 2 % off.
#
#   same.sh [RESTARTS]
. "$PC_SRCDIR/tests/bench/lib.sh"

restarts=${1:-60}
cc=${CC:-cc}
topic=07_strings_bytes_and_builders
flags="-O2 -g -std=gnu17 -fPIC -shared -falign-functions=64 -falign-loops=64 -falign-jumps=64 \
-falign-labels=32 -fno-semantic-interposition -I$PC_SRCDIR/src/perfbench"
failed=0

aa() {
    exercise=$1 size=$2
    # shellcheck disable=SC2086
    $cc $flags -I"$PC_SRCDIR/exercises/$topic/$exercise" \
        "$PC_SRCDIR/checks/$topic/$exercise/${3:-reference}.c" \
        "$PC_SRCDIR/exercises/$topic/$exercise/bench.c" -o "$tmp/a.so" && cp "$tmp/a.so" "$tmp/b.so" ||
        exit 1
    i=0
    while [ "$i" -lt "$restarts" ]; do
        swap=''
        [ $((i % 2)) = 0 ] || swap='--swap'
        PERFCOURSE_PAD=$(printf '%*s' $((i * 37 % 4096)) '')
        export PERFCOURSE_PAD
        # shellcheck disable=SC2086
        host "hello\\nsetup name=$exercise size=$size seed=$i\\npairs ms=16\\nend\\n" \
            "$PC_BUILDDIR/perfcourse-run" pair $swap "$tmp/a.so" "$tmp/b.so" |
            sed -n 's/^ok ratio=\([-+0-9.e]*\).*/\1/p'
        i=$((i + 1))
    done | sort -g >"$tmp/ratios"
    awk -v name="$exercise" '{ v[NR] = $1; r = exp($1) - 1; if (r < 0) r = -r
           if (r > 0.02) two++; if (r > 0.05) five++; if (r > 0.1) ten++; if (r > worst) worst = r
           if ($1 > 0) above++ }
         END { m = NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2
               printf "same %s: %d restarts, median %+.2f %%, %d above; more than ", name,
                      NR, (exp(m) - 1) * 100, above
               printf "2 %% off: %d, 5 %%: %d, 10 %%: %d; worst %.2f %%\n", two, five, ten, worst * 100
               exit NR == 0 || m > 0.02 || m < -0.02 }' "$tmp/ratios" || failed=1
}

[ "${2:-}" = idle ] || be_busy 2
aa string_builder 0
aa join_names 2000
aa csv_sum 1000
exit "$failed"
