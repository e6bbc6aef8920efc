#!/bin/sh
# A/A on a kernel whose time depends on its place in memory: two identical insertion sorts, 100
# restarts.  Prints how many are more than 2, 5 and 10 % off; exit code 1 when one is 5 % off.
. "$PC_SRCDIR/tests/bench/lib.sh"

restarts=${1:-100}
cc=${CC:-cc}
flags="-O2 -g -std=gnu17 -fPIC -shared -falign-functions=64 -falign-loops=64 -falign-jumps=64 \
-falign-labels=32 -I$PC_SRCDIR/src/perfbench"
# shellcheck disable=SC2086
$cc $flags "$PC_SRCDIR/tests/host/sort.c" -o "$tmp/a.so" && cp "$tmp/a.so" "$tmp/b.so" || exit 1

i=0
while [ "$i" -lt "$restarts" ]; do
    swap=''
    [ $((i % 2)) = 0 ] || swap='--swap'
    PERFCOURSE_PAD=$(printf '%*s' $((i * 37 % 4096)) '')
    export PERFCOURSE_PAD
    # shellcheck disable=SC2086
    host "hello\\nsetup name=sort size=0 seed=$i\\npairs ms=16\\nend\\n" \
        "$PC_BUILDDIR/perfcourse-run" pair $swap "$tmp/a.so" "$tmp/b.so" |
        sed -n 's/^ok ratio=\([-+0-9.e]*\).*/\1/p'
    i=$((i + 1))
done >"$tmp/ratios"
awk '{ r = exp($1) - 1; if (r < 0) r = -r; if (r > 0.02) two++; if (r > 0.05) five++
       if (r > 0.1) ten++; if (r > worst) worst = r }
     END { printf "layout: %d restarts, more than 2 %% off: %d, 5 %%: %d, 10 %%: %d; worst %.2f %%\n",
           NR, two, five, ten, worst * 100; exit NR == 0 || five > 0 }' "$tmp/ratios"
