#!/bin/sh
# Random keys and sizes do no harm to the course, from each of its screens.  With --enable-sanitizers they are looked at closely.
#
#   FUZZ_SEED     where to begin (1); the same seed presses the same keys
#   FUZZ_SECONDS  go on with more seeds for so long (0: one seed); `make fuzz` takes 60
set -u
: "${PC_BUILDDIR:?run this from make check}"
seed=${FUZZ_SEED:-1}
end=$(($(date +%s) + ${FUZZ_SECONDS:-0}))
while :; do
    echo "seed $seed"
    "$PC_BUILDDIR/tests/tui/fuzz" "$seed" 30 || exit 1
    seed=$((seed + 1))
    [ "$(date +%s)" -lt "$end" ] || break
done
