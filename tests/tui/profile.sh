#!/bin/sh
# A profile on the full screen: taken, asked about, shown in its tabs and kinds, compared, searched,
# zoomed, left, cancelled; at several sizes and without colours; the editor opens at the line.
set -u
. "${PC_SRCDIR:-.}/tests/tui/course.sh"

export PERFCOURSE_WORKSPACE="$tmp/ws"
"$PC_BUILDDIR/perfcourse" init "$tmp/ws" >/dev/null || exit 1
kernel="$tmp/ws/exercises/$topic/join_names/join_names.c"
[ -f "$kernel" ] || kernel="$tmp/ws/$topic/join_names/join_names.c"
starter=$(cat "$kernel")
cat "$PC_SRCDIR/checks/$topic/join_names/reference.c" >"$kernel"
"$PC_BUILDDIR/perfcourse" profile 07.1 --alloc >/dev/null || exit 1
printf '%s\n' "$starter" >"$kernel"
cat >"$tmp/editor" <<'SH'
#!/bin/sh
echo "$@" >"$(dirname "$0")/edited"
SH
chmod +x "$tmp/editor"
ln -s editor "$tmp/vi"

# open WIDTH HEIGHT COMMAND: the exercise on the screen.
open() {
    begin "a profile at $1x$2" "$1" "$2"
    run "$3"
    wait_for '? help'
    send : && wait_for 'Enter run'
    send -l '07.1' && wait_for '07.1 join_names' && send Enter
    wait_for '^ 07.1 join_names'
    wait_for 'c check'
}

open 80 24 "VISUAL=$tmp/vi $PC_BUILDDIR/perfcourse"
send p
wait_for 'join_names › profile'
wait_long 'Before you look\|\[1 flame\]\|failed'
if screen | grep -q 'Before you look'; then
    wait_for '^   1  append$'
    wait_for '^   2  join_strings$'
    send 7
    send 2
    wait_for '^ Right: it is\|^ Not join_strings: it is append'
fi
wait_for '[0-9]* samples at 250 Hz'
wait_for '^\[1 flame\]'
wait_for '^│all 100 % ─'
wait_for '^│join_strings 9[0-9] %\|^│join_strings 100 %'
send g
wait_for '^ all$'
send j j Enter
wait_for '^ join_strings  join_names.c:'
send /
send -l 'APPE' && send Enter
wait_for '/APPE: 1 box, [0-9.]* % ([0-9]* to [0-9]*)'
wait_for '│\*append'
send Escape
wait_for '│append'
send Tab
wait_for ' \[2 top\]'
wait_for '▸ .* % .* to .* append  join_names.c:'
send Enter
wait_for ' \[4 calls\]'
wait_for 'called by .* join_strings  '
send 3
wait_for ' \[3 source\]'
wait_for 'line of join_names.c'
wait_for '▸.*[0-9] %.*'
at=$(screen | sed -n 's/^ line \([0-9]*\): .*/\1/p')
send e
tries=0
until [ -s "$tmp/edited" ] || [ "$tries" -gt 250 ]; do
    tries=$((tries + 1))
    sleep 0.02
done
is "the editor's line" "+$at $kernel" "$(cat "$tmp/edited")"
wait_for ' \[3 source\]'
send 5
wait_for '"below"'
wait_for 'perfcourse profile 07.1 --out DIR'

# What was taken of the same text is there again, allocations beside the heat.
send 2
wait_for ' \[2 top\]'
send A
wait_for 'join_names › profile .* allocations'
wait_long 'Before you look\|\[2 top\]\|failed'
if screen | grep -q 'Before you look'; then
    wait_for 'which function allocates most often itself?'
    send 1
fi
wait_for '32 operations, on average with [0-9.]* allocations of'
wait_for '^  \*allocs/op  *B/op  *below  function'
wait_for '▸ *[0-9.]* *[0-9.]* *[0-9.]*  append  join_names.c:'
send B
wait_for '^   allocs/op  *\*B/op'
send C
wait_for '[0-9]* samples at 250 Hz'
send 3
wait_for 'here *below *allocs *line of'

# What it allocates is compared with an earlier version; of its time nothing is kept.
send 6
wait_for ' \[6 diff\]'
wait_for 'Nothing is kept to compare this with'
send A
wait_for '^ compared with before (.*), .* B/op became '
wait_for ' [0-9.]*  [-+=] .*  append  join_'
send 1
wait_for '^\[1 flame\]'
send u q
wait_for 'c check'
send p
wait_for 'profiling'
send C-c
wait_for 'Cancelled; r profiles again\.'
send q
wait_for 'c check'
send p
wait_for 'profiling'
send q
wait_for 'cancelled: a profile is taken only while it is shown'
send Q
wait_for 'ended with 0'

open 40 10 "NO_COLOR=1 LC_ALL=C $PC_BUILDDIR/perfcourse"
send p
wait_long 'Which takes most\|\[1 flame\]'
send Enter
wait_for '^ [0-9]* samples, +-\|too few'
wait_for '^|[a-z_]* [0-9]* % =='
send t
wait_for '^>'
t resize-window -x 200 -y 50
wait_for '[0-9]* samples at 250 Hz'
wait_for ' \[2 top\] 3 source  4 calls  5 about'
send c
send q q Q
wait_for 'ended with 0'
checks=$((checks + 1))
[ "$(escapes '\[[0-9;]*3[0-7]m')" = 0 ] || wrong "NO_COLOR has colours"

finish
