#!/bin/sh
# Root may do what permissions forbid, so parts of these tests mean something for an ordinary user
# only.  When root runs the tests, run these again as nobody in particular, or those that are
# named.
: "${PC_SRCDIR:?run this from make check}" "${PC_BUILDDIR:?}"

skip() {
    echo "skipped: $*"
    exit 77
}

. "$PC_SRCDIR/tests/hostile/nobody.sh"
[ "$(id -u)" = 0 ] || skip "this is an ordinary user, whom the tests served already"
command -v setpriv >/dev/null || skip "setpriv is missing (package util-linux)"
can_be_nobody || skip "an ordinary user cannot reach $PC_BUILDDIR"
own_cache as_nobody

failed=0
[ $# -gt 0 ] || set -- cli/workspace.sh cli/environment.sh hostile/kernels.sh hostile/files.sh
for script; do
    echo "$script"
    as_nobody sh "$PC_SRCDIR/tests/$script" || failed=1
done
exit $failed
