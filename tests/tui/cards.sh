#!/bin/sh
# Cards on the full screen: from home, answered and rated by keys, kept over a restart; and on a
# terminal without the full screen.
set -u
. "${PC_SRCDIR:-.}/tests/tui/course.sh"

export PERFCOURSE_WORKSPACE="$tmp/ws"
"$PC_BUILDDIR/perfcourse" init "$tmp/ws" >/dev/null || exit 1

begin "cards from home" 80 24
run "$PC_BUILDDIR/perfcourse"
wait_for 'Cards   10 to answer'
send G Enter
wait_for 'Cards › 1 of 10  .*07 Strings, bytes and builders$'
wait_for '^   4  500 MB$'
wait_for '1-6 answer'
send 4
wait_for '^ ✓ 4  500 MB   ← your answer$'
wait_for '✓ Right\.'
wait_for 'How sure were you?   1 guessed   2 unsure   3 sure   4 too easy$'
send 3
wait_for 'Cards › 2 of 10'
send 3
wait_for '✗ Not right: it is 1\.'
wait_for '^ ✓ 1  one$'
send Enter
wait_for 'Cards › 3 of 10'
send Enter Enter
wait_for 'Cards › 5 of 10'
wait_for 'Space answer'
send Space
wait_for 'Did you know it?   1 no   2 yes, unsure   3 yes   4 too easy$'
send 3
wait_for 'Cards › 6 of 10'
send q
wait_for 'Cards   2 of 10 right'
send q
wait_for 'ended with 0'
is "the terminal" 0100 "$(flags)"
"$PC_BUILDDIR/perfcourse" export >"$tmp/export"
is "the answers" 3 "$(grep -c '^{"card":' "$tmp/export")"
is "the rated one" 1 "$(grep -c '"card":"07/strcat_walks".*"chosen":4,"right":true,"confidence":3' "$tmp/export")"
is "the one that was recalled" 1 "$(grep -c '"card":"07/one_field".*"chosen":null,"right":true,"confidence":3' "$tmp/export")"

begin "to the end, on a small screen" 40 10
run "$PC_BUILDDIR/perfcourse"
wait_for '? help'
send G Enter
wait_for 'Cards › 1 of 10'
wait_for 'All pieces of a text'
send 1
wait_for '✓ Right'
send 4
wait_for 'Cards › 2 of 10'
for _ in 2 3 4 5 6 7 8 9 10; do
    send Enter
done
wait_for 'Cards › done'
wait_for '1 of 10 right'
send Enter
wait_for 'perfcourse'
send Q
wait_for 'ended with 0'

begin "cards in the shell" 80 40
run "$PC_BUILDDIR/perfcourse cards 07"
wait_for 'your answer (1-4, Enter skips, q ends): *$'
send 4 Enter
wait_for '^right: 4, 500 MB$'
send 2 Enter
wait_for '^card 2 of 10'
send C-d
wait_for '^1 of 10 right, 9 not answered$'
wait_for '^to remember:'
wait_for 'ended with 0'

finish
