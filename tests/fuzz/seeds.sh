#!/bin/sh
# Every seed of the fuzz, and every input that once broke a rule, keeps all of them.
set -u
: "${PC_SRCDIR:?run this from make check}" "${PC_BUILDDIR:?}"

TMPDIR=$(mktemp -d)
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT
trap 'exit 1' INT TERM

failures=0
readers=0
for seeds in "$PC_SRCDIR"/tests/fuzz/seeds/*/; do
    reader=$(basename "$seeds")
    readers=$((readers + 1))
    # The last file that is named is the one that failed.
    if ! "$PC_BUILDDIR/tests/fuzz/$reader" "$seeds" >"$TMPDIR/log" 2>&1; then
        failures=$((failures + 1))
        echo "FAILED: $reader"
        tail -n 40 "$TMPDIR/log"
    fi
done
echo "$readers readers, $failures failures"
[ "$failures" = 0 ] && [ "$readers" -gt 0 ]
