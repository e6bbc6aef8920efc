#!/bin/sh
# A machine that is slow, crowded, suspended, or whose clock is set back: a verdict is right or
# unsure, never wrong, and what is remembered stays in order.
. "${PC_SRCDIR:?run this from make check-hostile}/tests/hostile/lib.sh"

run 0 init "$tmp/ws"
export PERFCOURSE_WORKSPACE="$tmp/ws"
run 0 check 07.1 --use reference --quick

# right WHAT WITH...: both kernels with their time, started by the words WITH.
right() {
    what=$1
    shift
    for kernel in reference starter; do
        [ "$kernel" = reference ] && passes=0 || passes=1
        "$alone" "$@" "$program" check 07.1 --use "$kernel" >"$tmp/out" 2>"$tmp/err" </dev/null
        judged "$what: $kernel" "$passes" $?
    done
}

# judged WHAT WANTED CODE: that code, or unsure with a word why.
judged() {
    checks=$((checks + 1))
    case $3 in
    "$2") ;;
    6) says out 'check again\|too short\|busy\|too close\|unsure' ;;
    *) wrong "$1: exit code $3, wanted $2 or 6" ;;
    esac
}

right 'one processor' taskset -c "$(taskset -cp $$ | sed 's/.*: //; s/[^0-9].*//')"
right 'the least priority' nice -n 19
right 'what is left over' chrt -i 0

busy=
for _ in $(seq "$(($(nproc) * 2))"); do
    while :; do :; done &
    busy="$busy $!"
done
right 'a busy machine' env
right 'a busy machine and the least priority' nice -n 19
# shellcheck disable=SC2086
kill $busy
# shellcheck disable=SC2086
wait $busy 2>/dev/null

# family PID: it and all that it started.
family() {
    for process; do
        echo "$process"
        # shellcheck disable=SC2046
        family $(pgrep -P "$process")
    done
}

# A tenth of a processor: by a control group where one can be made, else by stopping everything
# nine tenths of the time.
tenth_of_a_processor() {
    group=
    for root in /sys/fs/cgroup /sys/fs/cgroup/unified /sys/fs/cgroup/cpu; do
        group=$root/perfcourse-$$
        mkdir "$group" 2>/dev/null || { group= && continue; }
        { [ -w "$group/cpu.max" ] && echo '10000 100000' >"$group/cpu.max"; } ||
            { [ -w "$group/cpu.cfs_quota_us" ] && echo 10000 >"$group/cpu.cfs_quota_us"; } ||
            { rmdir "$group" && group= && continue; }
        break
    done 2>/dev/null
    [ -n "$group" ]
}
if tenth_of_a_processor; then
    # shellcheck disable=SC2016
    right 'a tenth of a processor' sh -c 'echo $$ >"$1/cgroup.procs" && shift && exec "$@"' sh \
        "$group"
    rmdir "$group"
fi

# in_turns STOPPED RUNNING KERNEL WANTED: stopped and continued, all of it, for so many seconds.
in_turns() {
    "$program" check 07.1 --use "$3" --time 3 >"$tmp/out" 2>"$tmp/err" </dev/null &
    checked=$!
    while kill -0 "$checked" 2>/dev/null; do
        sleep "$2"
        all=$(family "$checked")
        # shellcheck disable=SC2086
        kill -STOP $all 2>/dev/null
        sleep "$1"
        # shellcheck disable=SC2086
        kill -CONT $all 2>/dev/null
    done
    wait "$checked"
    judged "stopped for $1 s after each $2 s: $3" "$4" $?
}
in_turns 0.09 0.01 reference 0
in_turns 0.09 0.01 starter 1
in_turns 2 0.5 reference 0
in_turns 2 0.5 starter 1

# Ctrl-Z, and fg after longer than a kernel may take for an answer: it is not to blame.
for kernel in reference starter; do
    [ "$kernel" = reference ] && passes=0 || passes=1
    "$program" check 07.1 --use "$kernel" --time 4 >"$tmp/out" 2>"$tmp/err" </dev/null &
    checked=$!
    tries=200
    until pgrep -P "$checked" perfcourse-run >/dev/null || [ "$tries" = 0 ]; do
        tries=$((tries - 1))
        sleep 0.02
    done
    kill -STOP "$checked"
    sleep 12
    kill -CONT "$checked"
    wait "$checked"
    judged "stopped for 12 s: $kernel" "$passes" $?
done

# The clock on the wall is set back by a month in the middle of a check, and stays so.
if [ -z "${ASAN_OPTIONS:-}" ] && ${CC:-cc} -O1 -shared -fPIC -o "$tmp/clock_set.so" \
    "$PC_SRCDIR/tests/hostile/clock_set.c" 2>"$tmp/err"; then
    run 1 check 07.1 --quick
    export CLOCK_SET="$tmp/set"
    LD_PRELOAD="$tmp/clock_set.so" "$program" check 07.1 --json --time 2 >"$tmp/out" \
        2>"$tmp/err" </dev/null &
    checked=$!
    sleep 0.3
    : >"$CLOCK_SET"
    wait "$checked"
    judged 'the clock set back' 1 $?
    # Durations come from a clock that only runs forward.
    "$PC_BUILDDIR/tests/cli/json_at" checks 0 seconds <"$tmp/out" >"$tmp/seconds"
    checks=$((checks + 1))
    grep -q '^[0-9]\{1,2\}\(\.\|$\)' "$tmp/seconds" ||
        wrong "the check took $(cat "$tmp/seconds") s"
    as_user="env LD_PRELOAD=$tmp/clock_set.so" run 1 check 07.1 --quick
    as_user="env LD_PRELOAD=$tmp/clock_set.so" run 0 progress 07.1
    run 0 progress 07.1
    says out '3 attempts'
    run 0 progress --json
    run 0 export "$tmp/exported"
    XDG_STATE_HOME="$tmp/elsewhere" run 0 import "$tmp/exported"
else
    echo "left out: the clock, for a preloaded library and sanitizers do not go together"
fi

leaves_nothing "all of this"
finish
