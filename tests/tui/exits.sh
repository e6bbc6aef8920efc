#!/bin/sh
# The terminal is as it was, however the program ends.
set -u
. "${PC_SRCDIR:-.}/tests/tui/lib.sh"

# ends HOW STATUS KEY...: by keys.
by_keys() {
    begin "after $1" 80 24
    run "stty -g >before; $demo"
    wait_for '? help'
    shift
    want=$1
    shift
    send "$@"
    wait_for "^ended with $want"
    send 'stty -g >after' Enter
    send -l "cmp before after && echo is the same; rm -f before after" && send Enter
    wait_for 'is the same$'
    is "the terminal" 0100 "$(flags)"
}

by_signal() {
    begin "after SIG$1" 80 24
    run "stty -g >before; $demo"
    wait_for '? help'
    kill "-$1" "$(demo_pid)"
    wait_for "ended with $2"
    send 'stty -g >after' Enter
    send -l "cmp before after && echo is the same; rm -f before after" && send Enter
    wait_for 'is the same$'
    is "the terminal" 0100 "$(flags)"
}

by_keys q 0 q
by_keys Q 0 Q
by_keys Ctrl-C 130 C-c
by_signal TERM 143
by_signal HUP 129
by_signal QUIT 131
by_signal SEGV 139
by_signal ABRT 134
by_signal INT 130

# A crash while the mouse is on.
begin "after a crash with the mouse on" 80 24
run "$demo"
wait_for '? help'
send m
wait_for 'mouse on'
is "the terminal" 1010 "$(flags)"
send R
wait_for 'ended with 139'
is "the terminal" 0100 "$(flags)"

# The terminal goes away and SIGHUP is ignored.
begin "after a hang-up" 80 24
run "trap '' HUP; $demo"
wait_for '? help'
pid=$(demo_pid)
end_case
tries=0
while kill -0 "$pid" 2>/dev/null && [ "$tries" -lt 100 ]; do
    tries=$((tries + 1))
    sleep 0.02
done
checks=$((checks + 1))
if kill -0 "$pid" 2>/dev/null; then
    kill -KILL "$pid"
    wrong "the process still runs"
fi

finish
