#!/bin/sh
# Commands, options and names: what is wrong is said with its remedy, and exits with 2.
. "$PC_SRCDIR/tests/cli/lib.sh"

run 0 --version
says out '^perfcourse [0-9]'
run 0 help
says out 'check \[EXERCISE' 'doctor' 'show 07.1'
run 0 --help
for command in check bench list show hint read experiment cards progress export import init \
    reset undo doctor dev browse; do
    run 0 "$command" --help
    says out "Usage: perfcourse $command"
    run 0 help "$command"
    says out "Usage: perfcourse $command"
    run 2 "$command" --no-such-option
    says err 'no-such-option' 'help'
done
[ ! -e "$HOME/perfcourse" ] || wrong "help made a workspace"

run 2 chek
says err 'did you mean check'
run 2 frobnicate
says err 'perfcourse help'
run 2 show
says err 'name one exercise'
run 2 show 07
says err 'is a topic of'
run 2 show joni_names
says err 'did you mean join_names'
run 2 show 07.99
says err 'there is no 07.99'
run 2 check 99
says err 'there is no 99'
run 2 check ''
says err 'perfcourse list'
run 2 hint 07.1 --level 9
says err 'there is no level 9'
run 2 hint 07.1 --level none
run 2 check 07.1 --seed -3
says err 'whole number'
run 2 check 07.1 --time 0
says err '0.1 to 600'
run 2 check --use reference
says err '--use'
run 2 check 07 --use /nowhere.c
says err 'exactly one'
run 2 check 07.1 --use /nowhere.c
says err '/nowhere.c' 'No such file'
run 2 check 07.1 --workspace
says err 'needs a folder'
run 2 check 07.1 --workspace ''
says err 'needs a folder'
run 2 help nothing
says err 'no command "nothing"'
run 2 help chekc
says err 'did you mean check'
run 2 show jöin
run 2 hint join csv
says err 'name one exercise'
run 2 reset
says err 'which exercise'
run 2 init ''
says err 'folder'
run 2 init a b
says err 'one folder'

run 0 list
says out '^07 ' '07.1 *join_names' 'csv_sum'
cp "$tmp/out" "$tmp/list"
run 0
cmp -s "$tmp/out" "$tmp/list" || wrong "no command is not the list"
run 0 list strings
says out 'join_names'
says_not out "$(printf '\033')"

run 0 show join
says out '^Edit .*/join_names.c$' '^Contract .*join_names.h' '^Bench .*bench.c' \
    '^Check .*perfcourse check 07.1$' '^Hints .*perfcourse hint 07.1.* 3$'
run 2 browse
says err 'no terminal' 'perfcourse list'

run 0 hint join
says out 'hint 1 of 3' 'more with: perfcourse hint 07.1'
run 0 hint join --level 3
says out 'hint 3 of 3'
says_not out 'more with'

finish
