#!/bin/sh
# What it costs to know who holds a lock, while nobody waits for it: nanoseconds for a lock with its
# unlock, as perfcourse-run times them with libc alone and as perfcourse-locks does.  At most 10 ns
# more.
. "$PC_SRCDIR/tests/bench/lib.sh"

cc=${CC:-cc}
$cc -O2 -g -std=gnu17 -D_GNU_SOURCE "-I$PC_SRCDIR/src/perfbench" -fPIC -shared -fno-omit-frame-pointer \
    -fno-optimize-sibling-calls "$PC_SRCDIR/tests/bench/uncontended.c" -o "$tmp/pairs.so" || exit 1

# each BENCH HOST OPTION...: nanoseconds for a pair, the least of five
each() {
    bench=$1
    shift
    for _ in 1 2 3 4 5; do
        rm -f "$tmp/table"
        truncate -s 32M "$tmp/table"
        host "hello\nsetup name=$bench size=0 seed=1\npairs ms=300 min=1\nend\n" \
            "$@" "$tmp/pairs.so" 5<>"$tmp/table"
    done | sed -n 's/^ok ratio=.* candidate-ns=\([0-9.e+]*\).*/\1/p' | sort -g |
        awk 'NR == 1 { printf "%.2f", $1 / 100000 }'
}

bad=0
for bench in mutex reader writer semaphore many; do
    libc=$(each "$bench" "$PC_BUILDDIR/perfcourse-run" solo)
    watched=$(each "$bench" "$PC_BUILDDIR/perfcourse-locks")
    awk -v bench="$bench" -v libc="$libc" -v watched="$watched" 'BEGIN {
        printf "lock profile, %s: %.1f ns in libc alone, %.1f ns watched: %.1f ns more, at most 10\n",
            bench, libc, watched, watched - libc
        exit !(libc > 0 && watched > 0 && watched - libc <= 10) }' || bad=1
done
exit "$bad"
