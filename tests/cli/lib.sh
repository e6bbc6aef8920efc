# Common to the tests of the shell: a home of one's own, checks that say what they saw.
# shellcheck shell=sh
# Sourced; `$tmp` is removed at the end, the exit status is 1 when anything was not as expected.

: "${PC_SRCDIR:?run this from make check}" "${PC_BUILDDIR:?}"

tmp=$(mktemp -d)
failures=0
checks=0

cleanup() {
    chmod -R u+rwX "$tmp" 2>/dev/null
    rm -rf "$tmp"
}
trap cleanup EXIT
trap 'exit 1' INT TERM

export HOME="$tmp/home"
export XDG_CACHE_HOME="${PC_TEST_CACHE:-$PC_BUILDDIR/tests/cache}"
export XDG_STATE_HOME="$tmp/state"
export LC_ALL=C.UTF-8
unset PERFCOURSE_WORKSPACE PERFCOURSE_DATADIR NO_COLOR PERFCOURSE_PLAIN
mkdir -p "$HOME" "$XDG_CACHE_HOME"
# shellcheck disable=SC2034
ex07=07_strings_bytes_and_builders

# What `run` starts, and as whom.
program=$PC_BUILDDIR/perfcourse
alone=$PC_BUILDDIR/tests/cli/alone
as_user=

# run CODE ARG...: run perfcourse, expect an exit code; output in $tmp/out and $tmp/err.
run() {
    want=$1
    shift
    # shellcheck disable=SC2086
    $as_user "$alone" "$program" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
    got=$?
    checks=$((checks + 1))
    [ "$got" = "$want" ] || wrong "exit code $got, wanted $want: perfcourse $*"
}

wrong() {
    failures=$((failures + 1))
    echo "FAILED: $*"
    sed 's/^/    out: /' "$tmp/out" | head -n 30
    sed 's/^/    err: /' "$tmp/err" | head -n 30
}

# says FILE TEXT...: each text (a basic regular expression) occurs in out or err.
says() {
    where=$1
    shift
    for text in "$@"; do
        checks=$((checks + 1))
        grep -q -e "$text" "$tmp/$where" || wrong "no \"$text\" in $where"
    done
}

says_not() {
    where=$1
    shift
    for text in "$@"; do
        checks=$((checks + 1))
        ! grep -q -e "$text" "$tmp/$where" || wrong "\"$text\" in $where"
    done
}

finish() {
    echo "$checks checks, $failures failures"
    [ "$failures" = 0 ] && [ "$checks" -gt 0 ]
    exit $?
}
