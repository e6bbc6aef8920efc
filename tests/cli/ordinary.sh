#!/bin/sh
# Root may do what permissions forbid, so parts of these tests mean something for an ordinary user
# only.  When root runs the tests, run these again as nobody in particular, or those that are
# named.
: "${PC_SRCDIR:?run this from make check}" "${PC_BUILDDIR:?}"

skip() {
    echo "skipped: $*"
    exit 77
}

nobody=65534
[ "$(id -u)" = 0 ] || skip "this is an ordinary user, whom the tests served already"
command -v setpriv >/dev/null || skip "setpriv is missing (package util-linux)"

as_nobody() {
    setpriv --reuid $nobody --regid $nobody --clear-groups -- "$@"
}
as_nobody test -x "$PC_BUILDDIR/perfcourse" -a -r "$PC_SRCDIR/README.md" ||
    skip "an ordinary user cannot reach $PC_BUILDDIR"

PC_TEST_CACHE=$(mktemp -d)
export PC_TEST_CACHE
trap 'rm -rf "$PC_TEST_CACHE"' EXIT
trap 'exit 1' INT TERM
chown $nobody:$nobody "$PC_TEST_CACHE"
cd / || exit 1

failed=0
[ $# -gt 0 ] || set -- cli/workspace.sh cli/environment.sh hostile/kernels.sh
for script; do
    echo "$script"
    as_nobody sh "$PC_SRCDIR/tests/$script" || failed=1
done
exit $failed
