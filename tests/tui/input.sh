#!/bin/sh
# Keys, pastes, the mouse, suspending and lending.
set -u
. "${PC_SRCDIR:-.}/tests/tui/lib.sh"

# The first key after fg moves, under every TERM.
for term in tmux-256color xterm-256color linux screen vt100 rxvt-unicode-256color; do
    begin "fg with TERM=$term" 80 24
    send "TERM=$term $demo" Enter
    wait_for '? help'
    send C-z
    wait_for 'Stopped'
    is "the terminal while it is stopped" 0100 "$(flags)"
    send fg Enter
    wait_for '? help'
    send Up Down Down
    wait_for '[▸>] row 2'
    send End
    wait_for '[▸>] row 99'
    send Home
    wait_for '[▸>] row 0'
    send NPage
    wait_for '[▸>] row 20'
    send q
    wait_for '^[#$]'
done

begin "Esc" 80 24
run "$demo"
wait_for '? help'
send F1
wait_for 'Help .* exercise view'
send Escape
wait_for '▸ row 0'
send :
wait_for 'matches'
send Escape
wait_for '▸ row 1*'
send -l "$(printf '\033[99;9~')"
send Down
wait_for '▸ row 1 '
is "keys that came: F1, the colon, Down" 3 "$(grep -c act "$log")"

begin "a paste into the palette" 80 24
run "$demo"
wait_for '? help'
send :
wait_for 'matches'
printf 'qqq:rm\n' >"$tmp/paste"
t load-buffer "$tmp/paste"
t paste-buffer -p
wait_for ': qqq:rm'
wait_for '0 matches'
send Escape
wait_for '▸ row 0'
t paste-buffer -p
send Down
wait_for '▸ row 1 '
is "keys that came: the colon, Down" 2 "$(grep -c act "$log")"

begin "the palette runs actions" 80 24
run "$demo"
wait_for '? help'
send : quit
wait_for '▸ quit'
send Enter
wait_for 'ended with 0'

begin "the mouse" 260 24
run "$demo"
wait_for '? help'
is "the terminal without the mouse" 1000 "$(flags)"
send m
wait_for 'mouse on'
send -l "$(printf '\033[<65;250;5M')"
wait_for '▸ row 3 '
send m
wait_for 'mouse off'
is "the terminal without the mouse" 1000 "$(flags)"

begin "copying" 80 24
run "$demo"
wait_for '? help'
send y
wait_for 'copied 11 bytes'
is "the buffer" "copied text" "$(t show-buffer)"

begin "an editor" 80 24
run "DEMO_EDITOR='stty -a >modes; echo inside; read line; exit 3' $demo"
wait_for '? help'
send Down Down e
wait_for '^inside'
is "the terminal in the editor" 0100 "$(flags)"
checks=$((checks + 1))
if ! grep -q ' icanon' "$tmp/modes" || ! grep -q ' echo ' "$tmp/modes"; then
    wrong "$(cat "$tmp/modes")"
fi
send Enter
wait_for 'editor ended with 3'
wait_for '▸ row 2'
send e
wait_for '^inside'
send C-z
wait_for 'Stopped'
send fg Enter Enter
wait_for 'editor ended with 3'

finish
