#!/bin/sh
# Fuzzes each reader of tests/fuzz with libFuzzer, two at a time, and tells in a line each what
# came of it.  Fails on a broken rule, a crash, a leak, and an input that takes too long.
#
#   FUZZ_SECONDS    for each reader (60)
#   FUZZ_READERS    some of them: "line limits"
#
# All is in BUILD/fuzz, a build of its own with clang: in found/NAME what a reader was given that
# was new, and the inputs that failed, crash-*, leak-* and timeout-*.  Nothing there is lost when
# the command is repeated.
set -u
: "${PC_SRCDIR:?run this from make fuzz}" "${PC_BUILDDIR:?}"

seconds=${FUZZ_SECONDS:-60}
folder=$PC_BUILDDIR/fuzz
seeds=$PC_SRCDIR/tests/fuzz/seeds
if [ "${FUZZ_READERS:-}" = "" ]; then
    FUZZ_READERS=$(ls "$seeds")
fi

if ! command -v clang >/dev/null 2>&1; then
    echo "skipped: clang is missing: install the packages clang and libclang-rt-14-dev"
    exit 77
fi

# A build of its own, brought up to date each time.
build() {
    mkdir -p "$folder" && cd "$folder" || return
    if [ ! -e Makefile ]; then
        "$PC_SRCDIR/configure" -q --enable-fuzzing CC=clang CFLAGS="-g -O1" || return
    fi
    # shellcheck disable=SC2046
    make -s -j2 $(for reader in $FUZZ_READERS; do echo "tests/fuzz/$reader"; done)
}

if ! build >"$PC_BUILDDIR/fuzz.log" 2>&1; then
    if grep 'error: .*libFuzzer' "$PC_BUILDDIR/fuzz.log"; then
        rm -rf "$folder"
        echo "skipped: libFuzzer is missing"
        exit 77
    fi
    tail -n 40 "$PC_BUILDDIR/fuzz.log"
    exit 1
fi

# In memory where there is some: what is written there has no need to last.
memory=/dev/shm
[ -w "$memory" ] || memory=${TMPDIR:-/tmp}
TMPDIR=$(mktemp -d -p "$memory")
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT
trap 'exit 1' INT TERM

export UBSAN_OPTIONS=print_stacktrace=1
export LSAN_OPTIONS="suppressions=$PC_SRCDIR/tests/leaks.txt:print_suppressions=0"

# fuzz READER: in the end FAILED is in its log, or what libFuzzer counted.
fuzz() {
    found=$folder/found/$1
    mkdir -p "$found"
    set -- "$1" "$found" "$seeds/$1" -max_total_time="$seconds" -timeout=20 \
        -rss_limit_mb=2048 -artifact_prefix="$found/" -print_final_stats=1
    dictionary=$PC_SRCDIR/tests/fuzz/dictionaries/$1
    [ ! -e "$dictionary" ] || set -- "$@" -dict="$dictionary"
    reader=$1
    shift
    "$folder/tests/fuzz/$reader" "$@" >"$TMPDIR/$reader.log" 2>&1 ||
        echo FAILED >>"$TMPDIR/$reader.log"
}

# tell READER: one line, and when it failed, why and how to see it again.
tell() {
    log=$TMPDIR/$1.log
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    places=$(sed -n 's/^.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -n 1)
    inputs=$(sed -n 's/^.* corp: \([0-9]*\).*/\1/p' "$log" | tail -n 1)
    result=ok
    ! grep -q '^FAILED$' "$log" || result=FAILED
    printf '%-12s %9s runs  %6s places reached  %5s inputs  %s\n' \
        "$1" "${runs:-?}" "${places:-?}" "${inputs:-?}" "$result"
    [ "$result" = FAILED ] || return 0
    grep -e '^broken rule' -e '^SUMMARY' -e 'ERROR: libFuzzer' "$log" | head -n 5
    input=$(sed -n 's/^.*Test unit written to //p' "$log" | tail -n 1)
    echo "    again: $folder/tests/fuzz/$1 ${input:-(no input was kept)}"
    echo "    once it is mended: cp ${input:-INPUT} $seeds/$1/"
    tail -n 40 "$log" >"$folder/found/$1.log"
    return 1
}

failed=0
# shellcheck disable=SC2086
set -- $FUZZ_READERS
while [ $# -gt 0 ]; do
    first=$1
    second=${2:-}
    fuzz "$first" &
    [ "$second" = "" ] || fuzz "$second" &
    wait
    tell "$first" || failed=1
    [ "$second" = "" ] || tell "$second" || failed=1
    shift
    [ $# = 0 ] || shift
done
exit "$failed"
