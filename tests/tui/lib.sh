# Common to the tests of the terminal: a tmux of one's own for each case.
# shellcheck shell=sh
# Sourced; `$tmp` is removed at the end, the exit status is 1 when anything was not as expected.

: "${PC_SRCDIR:?run this from make check}" "${PC_BUILDDIR:?}"

for tool in tmux pgrep; do
    if ! command -v "$tool" >/dev/null 2>&1; then
        echo "skipped: $tool is missing (packages tmux and procps)"
        exit 77
    fi
done

tmp=$(mktemp -d)
failures=0
checks=0
case=0
socket=
# shellcheck disable=SC2034
demo="$PC_BUILDDIR/tests/tui/demo"

end_case() {
    [ -z "$socket" ] || tmux -L "$socket" kill-server 2>/dev/null
    socket=
}

cleanup() {
    end_case
    rm -rf "$tmp"
}
trap cleanup EXIT
trap 'exit 1' INT TERM HUP

unset NO_COLOR TMUX LC_ALL LC_CTYPE COLORTERM LINES COLUMNS
export LANG=C.UTF-8
# A sanitizer would take over the signals that are tested.
export ASAN_OPTIONS=handle_segv=0:handle_abort=0

wrong() {
    failures=$((failures + 1))
    echo "FAILED: $what: $*"
    screen | grep . | sed 's/^/    | /'
}

finish() {
    echo "$checks checks, $failures failed"
    [ "$failures" = 0 ]
    exit
}

t() {
    tmux -L "$socket" "$@"
}

screen() {
    [ -z "$socket" ] || t capture-pane -p
}

# begin WHAT WIDTH HEIGHT: a shell in a terminal of its own; a socket that was used before would
# fail.  All bytes that come out of it are in $raw.
begin() {
    end_case
    what=$1
    case=$((case + 1))
    socket=pc$$_$case
    raw=$tmp/raw$case
    log=$tmp/log$case
    : >"$raw"
    (cd "$tmp" && env -u LC_ALL DEMO_LOG="$log" ENV= \
        tmux -L "$socket" -f /dev/null new-session -d -x "$2" -y "$3" sh)
    t set status off
    t set set-clipboard on
    t set escape-time 0
    t pipe-pane -o "cat >'$raw'"
    wait_for '^[#$]'
}

send() {
    t send-keys "$@"
}

# run COMMAND...: type it into the shell; its status follows on the screen.
run() {
    send -l "$*; echo \"ended with \$?\"" && send Enter
}

# wait_for RE: until the screen shows it, 5 seconds at most.
wait_for() {
    checks=$((checks + 1))
    tries=0
    until screen | grep -q -e "$1"; do
        tries=$((tries + 1))
        if [ "$tries" -gt 250 ]; then
            wrong "never showed $1"
            return 1
        fi
        sleep 0.02
    done
}

# is WHAT WANTED GOT
is() {
    checks=$((checks + 1))
    [ "$2" = "$3" ] || wrong "$1 is '$3', not '$2'"
}

flags() {
    t display -p '#{alternate_on}#{cursor_flag}#{mouse_any_flag}#{keypad_cursor_flag}'
}

# The program's process: the last child of the pane's shell.
demo_pid() {
    pgrep -n -P "$(t display -p '#{pane_pid}')" demo
}

escapes() {
    LC_ALL=C grep -a -c "$(printf '\033')$1" "$raw"
}
