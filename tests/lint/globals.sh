#!/bin/sh
# No writable variable that outlives a call, neither exported nor static: what a library of the
# build defines in .data or .bss is named.  The hosts (libhost.a) are not looked at: a malloc and a
# signal handler have no argument to carry state.  For the same reason term_restore.c may have some:
# it gives the terminal back when the program crashes; and of libperfprof.a, which a program links,
# the sampler with its handler, what stands in front of malloc and locks, and the one profile, heap and server that
# a process has.
set -eu
cd "${PC_BUILDDIR:-build}"

if ! command -v objdump >/dev/null 2>&1; then
    echo "objdump is missing (package binutils)"
    exit 77
fi

seen=0
bad=0
for archive in lib*.a; do
    if [ ! -e "$archive" ] || [ "$archive" = libhost.a ]; then
        continue
    fi
    seen=$((seen + 1))
    found=$(objdump -t "$archive" | awk '
        /^[^ ].*: +file format/ { member = $1; sub(/:$/, "", member) }
        $0 ~ / O \.(data|bss|tdata|tbss)/ && $0 !~ /\.data\.rel\.ro/ { print member ":" $NF }
    ' | grep -vE '(__compound_literal|__func__|__PRETTY_FUNCTION__|__odr_asan|LASAN|term_restore\.o:state|libperfprof_a-(allocations|callers|heap|interpose|lock_libc|locks|mute|profiling|sampler|serving|session|sites|waits)\.o:)' || true)
    for symbol in $found; do
        echo "$archive: $symbol is a writable global"
        bad=1
    done
done
if [ "$seen" -lt 5 ]; then
    echo "globals: found $seen libraries: build first"
    bad=1
fi
exit $bad
