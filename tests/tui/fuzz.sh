#!/bin/sh
# Random keys and sizes do no harm.  With --enable-sanitizers they are looked at closely.
# FUZZ_ROUNDS and FUZZ_SEED make it longer and other.
set -u
: "${PC_BUILDDIR:?run this from make check}"
rounds=${FUZZ_ROUNDS:-3}
seed=${FUZZ_SEED:-1}
export TERM=xterm-256color LANG=C.UTF-8
unset LC_ALL NO_COLOR
while [ "$rounds" -gt 0 ]; do
    "$PC_BUILDDIR/tests/tui/fuzz" "$seed" 300 "$PC_BUILDDIR/tests/tui/demo" || exit 1
    seed=$((seed + 1))
    rounds=$((rounds - 1))
done
