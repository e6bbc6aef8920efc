# To run tests as root and as an ordinary user.
# shellcheck shell=sh
# Sourced; the cache of tests that are run as somebody else is their own, and removed at the end.

nobody=65534

as_nobody() {
    setpriv --reuid $nobody --regid $nobody --clear-groups -- "$@"
}

# Whether we are root, may cease to be, and nobody in particular can reach what was built.
can_be_nobody() {
    [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null &&
        as_nobody test -x "$PC_BUILDDIR/perfcourse" -a -r "$PC_SRCDIR/README.md"
}

# own_cache [as_nobody]: a fresh cache for the tests that follow, PC_TEST_CACHE.
own_cache() {
    rm -rf "$PC_TEST_CACHE"
    PC_TEST_CACHE=$(mktemp -d)
    export PC_TEST_CACHE
    [ -z "$1" ] || chown $nobody:$nobody "$PC_TEST_CACHE"
    cd / || exit 1
}

PC_TEST_CACHE=
trap 'rm -rf "$PC_TEST_CACHE"' EXIT
trap 'exit 1' INT TERM
