#!/bin/sh
# A terminal that other programs leave in a mess, that changes its size without end, stops the
# output, or is not ours: the course goes on, and leaves the terminal as it was, however it ends.
set -u
. "${PC_SRCDIR:?run this from make check}/tests/tui/course.sh"

export PERFCOURSE_WORKSPACE="$tmp/ws"
"$program" init "$tmp/ws" >/dev/null || exit 1
everything() { [ -n "${PC_HOSTILE:-}" ]; }

# begin_sane WHAT: a terminal of 80x24 whose modes are remembered.
begin_sane() {
    begin "$1" 80 24
    tty=$(t display -p '#{pane_tty}')
    send 'stty -g >modes' Enter
    wait_for '^[#$] *$'
}

# is_sane: the modes are those of begin_sane, the main screen is shown, the cursor too, no mouse.
is_sane() {
    is "the screen" 0100 "$(flags)"
    send -l "stty -g >after; cmp modes after && echo same modes | tr a-z A-Z" &&
        send Enter
    wait_for 'SAME MODES'
}

open_exercise() {
    run "$1"
    wait_long 'of 6 passed'
    send g j j j j j j Enter
    wait_for '07.1 join_names'
}

pid_of() { pgrep -n -P "$(t display -p '#{pane_pid}')" perfcourse; }

# Editors that leave everything on, that are killed in the middle of it, that stop themselves.
cat >"$tmp/messy" <<'END'
#!/bin/sh
stty raw -echo -isig
printf '\033[?1000h\033[?1002h\033[?1006h\033[?1004h\033[?2004h\033[?25l\033[31;7m'
# Whoever ends by itself is trusted to leave the full screen, and only that.
[ "$1" = left ] || printf '\033[?1049h\033[5;9r'
echo "inside the editor"
case $1 in
killed) kill -KILL $$ ;;
crashed) kill -SEGV $$ ;;
esac
exit 0
END
cat >"$tmp/stops" <<'END'
#!/bin/sh
kill -STOP $$
echo "inside the editor"
sleep 0.2
END
chmod +x "$tmp/messy" "$tmp/stops"

edit_by_command() {
    how=$1
    begin_sane "perfcourse edit, an editor that is $how"
    run "VISUAL='$tmp/messy $how' $program edit 07.1; code=\$?"
    wait_for 'ended with [0-9]'
    is_sane
}

edit_on_the_screen() {
    how=$1
    begin_sane "the full screen, an editor that is $how"
    open_exercise "VISUAL='$tmp/messy $how' $program"
    send e
    case $how in
    left) wait_for '? help' ;;
    *) wait_for 'the editor ended\|status\|signal' ;;
    esac
    is "the screen after it" 1000 "$(flags)"
    send '?'
    wait_for 'exercise view'
    send Q
    wait_for 'ended with 0'
    is_sane
}

edit_by_command left
edit_on_the_screen killed
if everything; then
    edit_by_command killed
    edit_by_command crashed
    edit_on_the_screen left
    edit_on_the_screen crashed
    begin_sane "perfcourse edit, an editor that stops itself"
    run "VISUAL=$tmp/stops $program edit 07.1"
    wait_for 'Stopped'
    send fg Enter
    wait_for 'unchanged'
    is_sane
fi
begin_sane "the full screen, an editor that stops itself"
open_exercise "VISUAL=$tmp/stops $program"
send e
wait_for 'Stopped'
is "the screen while it is stopped" 0100 "$(flags)"
send fg Enter
wait_for '07.1 join_names'
send Q
wait_for '^[#$] *$'
is_sane

# Sizes that change without end, down to nothing and up to the absurd.
begin_sane "sizes"
open_exercise "$program"
for size in 1x1 5000x2000 0x0 2x1 1x2 65535x65535 3x3 0x24 80x0 20x5 4000x3 3x2000 40x10; do
    stty -F "$tty" cols "${size%x*}" rows "${size#*x}"
    everything && sleep 0.1
done
if everything; then
    for i in $(seq 400); do
        stty -F "$tty" cols $((i * 7919 % 5000 + 1)) rows $((i * 104729 % 2000 + 1))
    done
fi
stty -F "$tty" cols 80 rows 24
send '?'
wait_long 'exercise view'
send Escape
wait_for '07.1 join_names.*'
send Q
wait_for 'ended with 0'
is_sane

# A terminal of which nothing is known, and none.
for term in ../../x "$(printf '%02000d' 0)" '%s%n' 'a b'; do
    begin_sane "TERM=$(printf '%.20s' "$term")"
    printf "TERM='%s' %s; echo \"ended with \$?\"\n" "$term" "$program" >"$tmp/start"
    send -l ". $tmp/start" && send Enter
    wait_for 'taken for xterm-256color'
    send Q
    wait_for 'ended with 0'
    is_sane
    everything || break
done

everything || finish

begin_sane "no TERM at all"
run "env -u TERM $program"
wait_for '^[a-z ]*help\|help'
send -l 'quit' && send Enter
wait_for 'ended with 0'
is_sane

# A paste of 1 MB, with the marks of a paste and without them.
head -c 1000000 /dev/zero | tr '\0' 'j' >"$tmp/paste"
begin_sane "a paste of 1 MB"
run "$program"
wait_long 'of 6 passed'
t load-buffer "$tmp/paste"
t paste-buffer -p
send '?'
wait_long 'Help'
send q
wait_for 'Enter open'
send :
wait_for 'matches'
t paste-buffer -p
send Escape
wait_long 'Enter open'
t paste-buffer
send '?'
wait_long 'Help'
send Q
wait_for 'ended with 0'
is_sane

# Ctrl-S stops the lines of a check, and is a key like others on the full screen.
begin_sane "Ctrl-S"
run "$program check 07.1 --quick"
send C-s
sleep 1
send C-q
wait_long 'ended with 1'
run "$program"
wait_long 'of 6 passed'
send C-s '?'
wait_for 'Help'
send Q
wait_for 'ended with 0'
is_sane

# In the background nothing is drawn over the shell: it is stopped there, until it is called.
begin_sane "the background"
send -l "$program &" && send Enter
sleep 1
is "the screen" 0100 "$(flags)"
send fg Enter
wait_long 'of 6 passed'
send Q
wait_for '^[#$] *$'
send -l "stty tostop; $program check 07.1 --quick; echo first; $program check 07.1 --quick &"
send Enter
wait_long '^first'
sleep 1
send fg Enter
wait_long 'verdict.*limits missed'
send -l "stty -tostop" && send Enter
is_sane

# However it ends, on whatever screen: stopped from outside, and by each signal.
while IFS='|' read -r screen keys shows; do
    for signal in TERM HUP INT QUIT SEGV ABRT BUS; do
        begin_sane "SIG$signal on the screen $screen"
        open_exercise "$program"
        # shellcheck disable=SC2086
        [ -z "$keys" ] || send $keys
        wait_long "$shows"
        pid=$(pid_of)
        kill -TSTP "$pid"
        wait_for 'Stopped'
        is "the screen while it is stopped" 0100 "$(flags)"
        send fg Enter
        wait_for "$shows"
        kill "-$signal" "$pid"
        wait_for '^[#$] *$'
        is_sane
        tries=0
        while pgrep -g "$pid" >/dev/null && [ "$tries" -lt 100 ]; do
            tries=$((tries + 1))
            sleep 0.05
        done
        checks=$((checks + 1))
        ! pgrep -g "$pid" >/dev/null || wrong "processes are left"
    done
done <<EOF
exercise||07.1 join_names
check|c|building\|testing\|counting\|NOT YET\|verdict
mouse|m|mouse on
palette|:|matches
help|?|exercise view
EOF

finish
