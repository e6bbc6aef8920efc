# Common to the tests of the shell's commands on a terminal, which is tmux.
# shellcheck shell=sh
command -v tmux >/dev/null || {
    echo "skipped: tmux is not installed"
    exit 77
}
. "$PC_SRCDIR/tests/cli/lib.sh"

export TMUX_TMPDIR="$tmp"
terminals=0
screen() { tmux -L "pc$$.$terminals" -f /dev/null "$@"; }
trap 'screen kill-server 2>/dev/null; cleanup' EXIT

# -J joins what the terminal broke: a line that is too wide shows as such.
look() { screen capture-pane -p -J -t main >"$tmp/out"; }

# Wait up to 30 s until the screen shows a text.
wait_for() {
    tries=300
    while look && ! grep -q -e "$1" "$tmp/out"; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || {
            wrong "the screen does not show \"$1\""
            return 1
        }
        sleep 0.1
    done
    checks=$((checks + 1))
}
