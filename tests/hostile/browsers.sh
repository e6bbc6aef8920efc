#!/bin/sh
# Two browsers on one exercise and a check beside them, over one workspace, cache and store: one
# save is judged by both, everything is kept, and none of them hears of a lock.
set -u
. "${PC_SRCDIR:-.}/tests/tui/course.sh"

export XDG_CACHE_HOME="$tmp/cache" PERFCOURSE_WORKSPACE="$tmp/ws"
"$program" init "$tmp/ws" >/dev/null || exit 1
kernel="$tmp/ws/$topic/join_names/join_names.c"

attempts() {
    "$program" export | grep -c '"attempt"' || true
}

# Each in a pane of its own; `pane` is the one that is asked.
pane=0
screen() {
    [ -z "$socket" ] || t capture-pane -p -t ":.$pane"
}
send() {
    t send-keys -t ":.$pane" "$@"
}

begin "two browsers" 80 60
t split-window -v sh
for pane in 0 1; do
    wait_for '^[#$]'
    run "$program"
    wait_for 'of 6 passed'
    send g j j j j j j Enter
    wait_for '07.1 join_names'
done

for save in 1 2 3; do
    before=$(attempts)
    echo "int a$save = missing_$save;" >"$tmp/new.c" && mv "$tmp/new.c" "$kernel"
    "$program" check join_names --quick >"$tmp/shell" 2>&1
    is "the exit code of the shell's check" 3 "$?"
    for pane in 0 1; do
        wait_long "error: .*missing_$save"
        checks=$((checks + 1))
        ! screen | grep -q 'not kept\|locked\|damaged' || wrong "it speaks of the store"
    done
    checks=$((checks + 1))
    ! grep -q 'not kept\|locked\|damaged' "$tmp/shell" || wrong "$(cat "$tmp/shell")"
    tries=0
    until [ "$(attempts)" = $((before + 3)) ] || [ "$tries" -gt 100 ]; do
        tries=$((tries + 1))
        sleep 0.1
    done
    is "attempts" $((before + 3)) "$(attempts)"
done

# What one of them shows as history the others made, too.
pane=0
send Q
wait_for 'ended with 0'
pane=1
send i
wait_for '9 attempts\|9 checks'
send Q
wait_for 'ended with 0'

finish
