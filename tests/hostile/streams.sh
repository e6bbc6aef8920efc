#!/bin/sh
# Standard streams that are closed, full, slow, or go away in the middle; languages and terminals
# that do not exist: nothing of ours gets the number of a stream, a reader that has enough is no
# error, and what is printed is whole or said to be cut.
. "${PC_SRCDIR:?run this from make check}/tests/hostile/lib.sh"

run 0 init "$tmp/ws"
export PERFCOURSE_WORKSPACE="$tmp/ws"
run 1 check 07.1 --quick

# `| head -1`: quiet, and 141 as after SIGPIPE.  `head` is often too slow to be noticed, so the reader
# of this pipe has gone before anything is written.
mkfifo "$tmp/pipe"
# shellcheck disable=SC2094
exec 8<>"$tmp/pipe" 9>"$tmp/pipe" 8<&-
while read -r command; do
    # shellcheck disable=SC2086
    "$alone" "$program" $command >&9 2>"$tmp/err" </dev/null
    got=$?
    : >"$tmp/out"
    checks=$((checks + 2))
    [ "$got" = 141 ] || wrong "exit code $got, wanted 141: $command"
    [ ! -s "$tmp/err" ] || wrong "something is said: $command"
done <<EOF
list
show 07.1
hint 07.1
read 07
progress
progress --json
export
check 07.1 --quick
check 07.1 --quick --json
bench 07.1 --benchtime 1x
help
help check
--dump-screen home
complete -- che
cards 07
EOF
exec 9>&-
"$program" list 2>"$tmp/err" | head -n 1 >"$tmp/out"
says out '^0[0-9] '
[ ! -s "$tmp/err" ] || wrong "head -1: something is said"
run 0 progress 07.1
says_not out '[3-9] attempts'

# A reader that takes its time gets everything.
"$program" export | { sleep 0.3; cat; } >"$tmp/slow"
"$program" export >"$tmp/out"
cmp -s "$tmp/slow" "$tmp/out" || wrong "a slow reader got something else"

# Streams that are closed.  Files that are opened must not become 0, 1 or 2: then a message would
# be written into one of them, such as the database.
while IFS='|' read -r streams code command; do
    checks=$((checks + 1))
    # shellcheck disable=SC2086
    sh -c "exec $streams; exec \"\$@\"" sh "$program" $command >"$tmp/out" 2>"$tmp/err" </dev/null
    got=$?
    [ "$got" = "$code" ] || wrong "exit code $got, wanted $code: $streams $command"
done <<EOF
<&-|0|list
<&-|0|check 07.1 --use reference --quick
<&-|0|hint 07.1
>&-|7|list
>&-|7|check 07.1 --quick
>&-|7|progress
2>&-|0|list
2>&-|2|nonsense
2>&-|1|check 07.1 --quick
<&- >&-|7|check 07.1 --quick
<&- 2>&-|1|check 07.1 --quick
>&- 2>&-|7|check 07.1 --quick
<&- >&- 2>&-|7|check 07.1 --quick
<&- >&- 2>&-|7|init $tmp/ws
<&- >&- 2>&-|7|edit 07.1
<&- >&- 2>&-|2|nonsense
<&- >&- 2>&-|7|--plain
EOF
find "$tmp/ws" "$tmp/state" "$XDG_CACHE_HOME" -type f >"$tmp/files"
checks=$((checks + 1))
: >"$tmp/out"
while read -r file; do
    case $file in
    *.so | *.o | *.tests | *.c | *README.md) ;;
    *) grep -a -l -E 'perfcourse: (cannot|there is)|cannot write to standard' "$file" \
        >>"$tmp/out" ;;
    esac
done <"$tmp/files"
[ ! -s "$tmp/out" ] || wrong "messages were written into files"
run 0 progress 07.1

# Languages, terminals and sizes that there are not, for commands that print lines.
long=$(printf '%010000d' 0)
while IFS='|' read -r variable value; do
    [ "$value" != long ] || value=$long
    checks=$((checks + 2))
    for command in 'show 07.1' 'check 07.1 --quick' '--dump-screen home'; do
        case $command in
        check*) wanted=1 ;;
        *) wanted=0 ;;
        esac
        # shellcheck disable=SC2086
        env -u LC_ALL "$variable=$value" "$alone" "$program" $command >"$tmp/out" \
            2>"$tmp/err" </dev/null
        got=$?
        [ "$got" = "$wanted" ] || wrong "exit code $got with $variable=$value: $command"
        [ -s "$tmp/out" ] || wrong "nothing is printed with $variable=$value: $command"
        [ ! -s "$tmp/err" ] || wrong "something is said with $variable=$value: $command"
        everything || break
    done
done <<EOF
LC_ALL|xx_YY.ZZ-9
LC_ALL|../../../tmp
LC_ALL|long
LANG|%s%n
LANGUAGE|xx:yy
TERM|
TERM|dumb
TERM|../../x
TERM|long
COLUMNS|-1
COLUMNS|0
COLUMNS|99999999999999999999
LINES|abc
TZ|../../etc/passwd
TZ|long
PERFCOURSE_THEME|nonsense
EOF

leaves_nothing "all of this"
finish
