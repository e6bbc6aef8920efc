# Common to the tests of the course in tmux: folders of its own, and patience for checks.
# shellcheck shell=sh
. "${PC_SRCDIR:-.}/tests/tui/lib.sh"

export HOME="$tmp/home" XDG_STATE_HOME="$tmp/state"
export XDG_CACHE_HOME="${PC_TEST_CACHE:-$PC_BUILDDIR/tests/cache}"
mkdir -p "$HOME" "$XDG_CACHE_HOME"
unset VISUAL EDITOR
. "$PC_SRCDIR/tests/cli/only_07.sh"
# shellcheck disable=SC2034
program="$PC_BUILDDIR/perfcourse"
# shellcheck disable=SC2034
topic=07_strings_bytes_and_builders

# A check takes a second; on a crowded machine many.
wait_long() {
    tries=0
    until screen | grep -q -e "$1" || [ "$tries" -gt 600 ]; do
        tries=$((tries + 1))
        sleep 0.1
    done
    wait_for "$1"
}
