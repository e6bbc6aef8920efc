#!/bin/sh
# Line mode: the whole course by typed words, in a pipe and on terminals that can do little.
. "$PC_SRCDIR/tests/cli/lib.sh"
. "$PC_SRCDIR/tests/cli/only_07.sh"

export PERFCOURSE_WORKSPACE="$tmp/ws"
run 0 init "$tmp/ws"
kernel() { printf '%s' "$tmp/ws/$ex07/$1/$1.c"; }
course_of() { printf '%s' "$PC_SRCDIR/checks/$ex07/$1/$2"; }

# talk CODE ARG...: run perfcourse with what is typed on standard input.
talk() {
    want=$1
    shift
    "$alone" "$program" "$@" >"$tmp/out" 2>"$tmp/err"
    got=$?
    checks=$((checks + 1))
    [ "$got" = "$want" ] || wrong "exit code $got, wanted $want: perfcourse $*"
    reads_well
}

# Nothing that moves a cursor, no picture: a screen reader reads it, a log keeps it.
escape=$(printf '\033')
return=$(printf '\r')
boxes=$(printf '\342[\224-\226\240-\243]')
reads_well() {
    checks=$((checks + 1))
    ! cat "$tmp/out" "$tmp/err" | LC_ALL=C grep -a -q -e "[$escape$return]" -e "$boxes" ||
        wrong "there are escapes, carriage returns or drawings"
}

# Every page, the experiment with its predictions, a kernel that fails and one that passes.
cp "$(course_of keep_small reference.c)" "$(kernel keep_small)"
talk 0 --plain <<'END'
next
next
next
next
next
next
experiment --budget 5
nonsense
2
1
next
show
quick
hint
hint
open keep
check
diff
solution
open join
diff
profile --alloc --diff
solution
what
n
history
previous
where
back
back
quit
doctor
END
says out '^perfcourse, line mode' '^07 Strings, bytes and builders: 0 of 5 pages read, 0 of 6' \
    '^> next$' '^07 page 1 of 5$' '^07 page 5 of 5$' '^07 experiment append$' \
    '^your prediction (1-4, Enter for none): nonsense$' \
    '^your prediction (1-4, Enter for none): 2$' '^your prediction (1-2, Enter for none): 1$' \
    '^prediction 1: .*you said ' '^prediction 2: .*you said ' \
    '^appends 10 000: builder [0-9]' '^slope of builder: ' \
    '^07.1 join_names: Join names' '^check 07.1 join_names' '^verdict: .*missed' \
    '^hint 1 of 3' '^hint 2 of 3' \
    '^check 07.5 keep_small' '^verdict: all 2 limits are met' '^-' '^+' '^07.5 keep_small: the reference' \
    '^07.1 join_names: no change since the start' \
    '^There is no earlier profile of another version' \
    'show the reference of 07.1? it will be recorded (y/n) what' \
    'show the reference of 07.1? it will be recorded (y/n) n' \
    '^latest attempt' '^07 experiment append$' '^1. page 1: .*; read$' \
    '^7. exercise 07.1 join_names: .*; tried' '^11. exercise 07.5 keep_small: .*; gold' \
    '^course$' ': 5 of 5 pages read, 1 of 6 exercises passed'
says_not out '07.1 join_names: the reference'
checks=$((checks + 1))
[ "$(tail -n 1 "$tmp/out")" = '> quit' ] || wrong "quit is not the end"
[ "$(grep -c "^> next\$" "$tmp/out")" = 7 ] || wrong "not one prompt for each line"

# What was read and passed is left out, and it goes on where one was.
printf 'next\nnext\nopen 10\nnext\n' | talk 0 dialogue
says out '^07.1 join_names: ' '^07.2 format_point: ' '^07.4 csv_sum: ' '^07.6 html_escape: '
says_not out '^07 page' '^07.5'

# From the last thing of a topic it goes on to the next topic, and at the end it says so.
mkdir "$tmp/course"
cp -R "$PC_SRCDIR/lessons" "$PC_SRCDIR/exercises" "$PC_SRCDIR/checks" "$PC_SRCDIR/templates" \
    "$tmp/course"
chmod -R u+w "$tmp/course"
PERFCOURSE_DATADIR="$tmp/course" run 0 dev new 08_more
PERFCOURSE_DATADIR="$tmp/course" talk 0 --plain <<'END'
open 07
open cards
next
where
next
next
next
next
previous
back
previous
8
back
back
7
END
says out '^07 cards$' '^08 page 1 of 1$' '^08 experiment grow$' '^08.1 first_of_08: ' \
    '^08 cards$' '^nothing comes after this' '^08 More$' '^nothing comes before this' \
    '^08 More: 1 of 1 pages read'

# Cards take their answers from the lines behind the word; then the dialogue goes on.
printf 'open 07\ncards\n1\n3\nq\nwhere\ncards 07\nq\nwhere\n' | talk 0 --plain
says out '^your answer (1-[0-9], Enter skips, q ends): 1$' '^how sure were you .* 3$' \
    '^your answer .*: q$' '^07 Strings, bytes and builders$'
[ "$(grep -c '^> ' "$tmp/out")" = 6 ] || wrong "cards took words that were not for them"

# Words: the beginning is enough, what is not clear is said, commands of the shell are known.
talk 0 browse --plain <<'END'
wher
chekc
frobnicate
re
h
quit now
END
says out '^course$' 'no word "chekc"; did you mean check' 'no word "frobnicate"; help' \
    '"re" is the beginning of read, reset' '"h" is the beginning of hint, history, help'
PERFCOURSE_PLAIN=1 talk 0 <<'END'
check
read
open
open nothing
open 07.99
previous
back
7
99
read 9
perfcourse read 07.3
where
bench --help
perfcourse show 07.2
hint 07.3 --level 2
check --use
diff 07
browse
"quit
END
says out 'open an exercise first' 'open a topic first' '^open what' 'called "nothing"' \
    'there is no 07.99' 'nothing comes before' 'this is the course; quit' \
    '^1. page 1' 'there is no 99' 'there is no page 9' '^07 page 3 of 5' \
    'Usage: perfcourse bench' '^07.2 format_point: ' '^07.3 string_builder$' '^hint 2 of' \
    'no word "browse"'
says err 'requires an argument' 'is a topic of'

# What is typed is nothing that a terminal may act on, and no line is too long.
{
    printf 'open \033]0;title\007\r\n\033[2J\nopen "07.1\t"\n\377\300\n \t\n""\n'
    head -c 100000 /dev/zero | tr '\0' x
    printf '\nwhere\n'
} | talk 0 --plain
says out '^course$'

# The end of the input ends it, with and without a last newline, wherever it comes.
for words in '' 'where' 'open 07.1\nsolution' 'open 6\nexperiment --budget 5'; do
    # shellcheck disable=SC2059
    printf "$words" | talk 0 --plain
done
talk 0 --plain </dev/null
talk 0 --plain <&-
(trap '' CHLD; printf 'check 07.1 --use starter --quick\n' | "$program" --plain) >"$tmp/out" 2>&1
says out '^verdict: '
run 2 dialogue now
says err 'no argument'
run 0
says_not out 'line mode'

# Reset, undo and the editor work on the exercise that is open.
cat >"$tmp/editor" <<'END'
#!/bin/sh
echo "/* $1 */" >>"$2"
[ "$1" != fails ]
END
chmod +x "$tmp/editor"
printf 'open 07.2\nedit\ndiff\nreset\nundo\nedit\n' |
    VISUAL="$tmp/editor seen" EDITOR=false talk 0 --plain
says out '^07.2 format_point: changed' '^+/\* seen \*/' 'the starter is back' \
    'your file is back'
run 2 edit
says err 'name one exercise'
run 2 edit 07
VISUAL='' EDITOR="$tmp/editor fails" run 7 edit 07.2
says err 'the editor ended with 1'
VISUAL='' EDITOR=/nowhere/editor run 7 edit 07.2
says err '/nowhere/editor' 'the editor was not found'
EDITOR=true run 0 edit 07.2
says out 'unchanged'

# The reference is shown after a pass, or because somebody wants it, which is recorded.
run 0 solution keep_small
says out '^07.5 keep_small: the reference' '#include "keep_small.h"'
run 2 solution csv_sum
says err 'not passed yet' '\-\-reveal'
run 0 solution csv_sum --reveal
run 0 progress csv_sum
says out 'reference shown'
run 0 solution csv_sum
run 2 solution
run 2 diff
run 0 diff csv_sum
says out '^07.4 csv_sum: no change since the start'

finish
