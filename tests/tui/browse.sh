#!/bin/sh
# The course on the full screen: pages are read, saves are checked, hints come one by one, the
# editor gets the terminal and gives it back, Ctrl-C cancels a check before it ends the program.
set -u
. "${PC_SRCDIR:-.}/tests/tui/course.sh"

export PERFCOURSE_WORKSPACE="$tmp/ws"
"$PC_BUILDDIR/perfcourse" init "$tmp/ws" >/dev/null || exit 1
kernel="$tmp/ws/$topic/join_names/join_names.c"
reference="$PC_SRCDIR/checks/$topic/join_names/reference.c"

begin "the way through the course" 80 24
run "$PC_BUILDDIR/perfcourse"
wait_for '0 of 6 passed'
wait_for '07 Strings, bytes and builders'
wait_for 'Enter open'
send j Enter
wait_for 'page 1 of 5'
send G l
wait_for 'page 2 of 5'
send q
wait_for '0 of 6 passed'
is "a page whose end was seen has a mark" 1 "$(screen | grep -c '· What a C string')"

# The first exercise stands behind the pages.
send j j j j j Enter
wait_for '07.1 join_names'
wait_for 'Goals'
send c
wait_for 'join_names › check\|NOT YET'
wait_long '^ NOT YET'
wait_for 'join_names › verdict .*not yet '
wait_for '✗ speedup .*needed ≥ 8.00x'
wait_for '^ speedup .*8x=goal'
send H
wait_for 'Hints, 1 of 3'
send H
wait_for 'Hints, 2 of 3'

# A save is a check, which opens by itself; the latest content has the last word.
cp "$reference" "$tmp/new.c" && mv "$tmp/new.c" "$kernel"
wait_long '^ PASSED'
wait_for 'Passed for the first time'
wait_for '^ before '
cp "$PC_SRCDIR/exercises/$topic/join_names/join_names.c" "$kernel"
wait_long '^ NOT YET'
wait_for '^ best '
echo 'int broken(' >>"$kernel"
wait_long '^ DOES NOT BUILD'
wait_for 'builds .* error'
wait_for 'join_names.c:[0-9]*:[0-9]*: error:'

# The help tells the keys of this screen, the palette runs them by name.
send '?'
wait_for 'next hint'
send q
send ':'
wait_for 'matches'
send -l 'hint' && send Enter
wait_for 'Hints, 3 of 3'
send H
wait_for 'that was the last hint'

# A check goes on when its screen is left, and the header tells of it; Ctrl-C cancels it and
# leaves the program where it is.  This kernel runs for ever.
cp "$PC_SRCDIR/tests/hostile/kernels/endless.c" "$kernel"
wait_long 'join_names › check .*testing '
send q
wait_for '07.1 join_names .*07.1: testing'
send q
wait_for 'perfcourse .*07.1: testing'
send C-c
wait_for 'cancelled; the verdict before it stays'
is "the header of home" 0 "$(screen | grep -c '07.1: ')"
send Enter Enter
wait_for '^ DOES NOT BUILD'
cp "$reference" "$kernel"
wait_long '^ PASSED'

# A quick run says that it did not time.
send r
wait_long 'the time was not judged'
send c
wait_long '^ ✓ speedup'

# What comes after a pass: the solution beside one's own, measured here and now.
send s
wait_for 'join_names › compare'
wait_long "^ speedup *[0-9.]*x *[0-9.]*x *at least 8.00x"
wait_for "▸ the course's solution"
send Tab
wait_for '▸ yours'
send q
wait_for '07.1 join_names .*\(passed\|silver\|gold\) .*checks'
send Space
wait_for 'best [0-9.]*x'

# Differences, the history, and an earlier version put back; y and n.
send d
wait_for 'changes since the starter .*added'
wait_for '^-/. Give back'
send q i
wait_for 'join_names › history .*checks'
wait_for '[0-9-]* [0-9:]* *passed *[0-9.]*x'
send G d
wait_for '^+++ your file now'
send q Enter
wait_for '#include "join_names.h"'
send q G R
wait_for 'Put this version in place of your file'
send n
wait_for 'join_names › history'
kept=$(screen | sed -n 's/.*history *\([0-9]*\) checks.*/\1/p')
send R y
wait_for 'that version is back'
wait_long "history *$((kept + 1)) checks"
is "the version put back" same "$(cmp -s "$kernel" "$PC_SRCDIR/exercises/$topic/join_names/join_names.c" && echo same)"
send q R
wait_for 'Put the starter of join_names back'
send Escape
wait_for '07.1 join_names'
"$PC_BUILDDIR/perfcourse" undo join_names >/dev/null
is "the version before that" same "$(cmp -s "$kernel" "$reference" && echo same)"
wait_long '^ PASSED'
send q Right
wait_for '07.2 format_point'

# Before a pass the solution is shown only after a question, and that is remembered.
send s
wait_for 'before you have passed?'
send n
wait_for '07.2 format_point'
send s y
wait_for 'format_point › compare'
send q q
wait_for '1 of 6 passed'
send q
wait_for 'ended with 0'
is "the terminal" 0100 "$(flags)"
is "the solution that was shown" 1 "$("$PC_BUILDDIR/perfcourse" export | grep -c '"reveal":"format_point"')"

# The editor, with arguments and a file whose name a shell would split.
cat >"$tmp/editor" <<'END'
#!/bin/sh
[ "$1" = -x ] && [ -f "$2" ] && echo '/* edited */' >>"$2"
END
chmod +x "$tmp/editor"
begin "the editor" 80 24
run "VISUAL='$tmp/editor -x' $PC_BUILDDIR/perfcourse"
wait_for '1 of 6 passed'
send j j j j j j Enter
wait_for '07.1 join_names'
send e
wait_long '^ PASSED\|^ NOT YET'
is "the edited file" 1 "$(grep -c '^/. edited ./$' "$kernel")"
send Q
wait_for 'ended with 0'

# Without watching only c checks.
begin "saves left alone" 80 24
run "$PC_BUILDDIR/perfcourse browse --no-watch"
wait_for '1 of 6 passed'
send j j j j j j Enter
wait_for '07.1 join_names'
echo '/* saved */' >>"$kernel"
send Space
wait_for 'saves are not watched'
is "a check of the save" 0 "$(screen | grep -c '07.1: \|› check\|› verdict')"
send c
wait_long '^ PASSED\|^ NOT YET'
send Q
wait_for 'ended with 0'

# Small screens and plain terminals.
for size in '40 10' '20 5' '120 40'; do
    # shellcheck disable=SC2086
    begin "at $size" $size
    run "$PC_BUILDDIR/perfcourse"
    wait_for '? help'
    send G k Enter
    wait_for '07.6'
    send Q
    wait_for 'ended with 0'
done
begin "a dumb terminal gets line mode" 80 24
run "TERM=dumb $PC_BUILDDIR/perfcourse"
wait_for '^>'
send -l quit && send Enter
wait_for 'ended with 0'

finish
