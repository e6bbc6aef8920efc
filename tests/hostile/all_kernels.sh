#!/bin/sh
# Every hostile kernel, in each stage that it is for: while it is tested, while it is counted and while
# it is timed; with gcc and with clang, and as root and as nobody where root runs this.  None outlives
# its limit by more than half a second, and terminals stay as they were.
: "${PC_SRCDIR:?run this from make check-hostile}" "${PC_BUILDDIR:?}"

if [ "$1" = here ]; then
    . "$PC_SRCDIR/tests/hostile/kernel_lib.sh"
    for stage in tests counts timed; do
        # shellcheck disable=SC2046
        judge_all $stage $(names_of $stage)
    done
    keeps_the_terminal
    leaves_nothing
    run 0 check join_names --use reference --quick
    finish
fi

. "$PC_SRCDIR/tests/hostile/nobody.sh"
PC_HOSTILE_JOBS=${PC_HOSTILE_JOBS:-4}
export PC_HOSTILE_JOBS
failed=0
for CC in gcc clang; do
    export CC
    command -v "$CC" >/dev/null || continue
    for who in "" as_nobody; do
        [ -z "$who" ] || can_be_nobody || continue
        echo "$CC${who:+, $who}"
        own_cache $who
        $who sh "$PC_SRCDIR/tests/hostile/all_kernels.sh" here || failed=1
    done
done
exit $failed
