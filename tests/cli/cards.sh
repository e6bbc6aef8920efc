#!/bin/sh
# Cards: asked line by line, answers kept, wrong ones first; nothing is read that is not an answer.
. "$PC_SRCDIR/tests/cli/lib.sh"
. "$PC_SRCDIR/tests/cli/only_07.sh"

# answers CODE LINES ARG...: as run, with lines on standard input (printf's escapes).
answers() {
    want=$1
    lines=$2
    shift 2
    # shellcheck disable=SC2059
    printf "$lines" | "$program" "$@" >"$tmp/out" 2>"$tmp/err"
    got=$?
    checks=$((checks + 1))
    [ "$got" = "$want" ] || wrong "exit code $got, wanted $want: perfcourse $*"
}

is() {
    checks=$((checks + 1))
    [ "$2" = "$3" ] || wrong "$1 is '$3', not '$2'"
}

# The question that is asked at place $1.
question() {
    grep -A1 "^card $1 of 10" "$tmp/out" | tail -n 1
}

# Before anything was read there is nothing to ask, unless a topic is named.
run 0 cards
says out 'perfcourse read 07' 'perfcourse cards 07'
run 0 cards --json
says out '"cards": \[\]'

# Without anybody to answer the questions are printed, and nothing is kept.
run 0 cards 07
says out '^07 Strings, bytes and builders: 10 cards$' '^card 10 of 10$' 'v is a view' '^  4  fwrite'
says_not out 'your answer' 'right' 'to remember'
[ ! -e "$XDG_STATE_HOME/perfcourse/perfcourse.db" ] || wrong "looking made a progress file"
run 2 cards 99
says err 'no topic is called "99"'
run 2 cards 07 08
says err 'name one topic'
run 0 cards strings
says out 'card 1 of 10'

# Right, wrong with two slips of the keys, skipped, recalled; the end of the input ends it.
answers 0 ' 4 \n3\n0\n4\n2\n\n\n\n\ny\n2\n' cards 07
says out '^right: 4, 500 MB$' '^not right: it is 1, one$' '^answer:$' 'did you know it' \
    '^2 of 10 right, 7 not answered$' '^not right:$' '^to remember:$' '^Know the end: '
is "prompts for three choices, two of them again" 5 "$(grep -c 'answer (1-3, Enter' "$tmp/out")"
is "the questions that were asked" 6 "$(grep -c '^card ' "$tmp/out")"
run 0 progress
says out '^  cards 2 of 10 right$'
run 0 progress join_names
says_not out 'cards'
run 0 progress --json
says out '"cards": 10' '"cards-answered": 3' '"cards-right": 2'
run 0 export
says out '{"card":"07/strcat_walks","time":[0-9]*,"chosen":4,"right":true,"confidence":3}' \
    '"card":"07/known_pieces","time":[0-9]*,"chosen":2,"right":false,"confidence":null}' \
    '"card":"07/one_field","time":[0-9]*,"chosen":null,"right":true,"confidence":2}'
cp "$tmp/out" "$tmp/export"

# What went wrong comes first, now without the topic's name, which was begun by then.
answers 0 'q\n' cards
is "the first question" "All pieces of a text are known before it is built. How few allocations are" \
    "$(question 1)"
says_not out 'right'
run 0 cards --json
says out '"key": "07/known_pieces"' '"latest": null' '"chosen": 2' '"confidence": 3' '"proof": "append"'
[ "$(grep -c '"topic": "07"' "$tmp/out")" = 10 ] || wrong "not all cards are in the JSON"

# A page that was read is a beginning, too.
XDG_STATE_HOME="$tmp/reader" run 0 read 07.1
XDG_STATE_HOME="$tmp/reader" run 0 cards
says out 'card 1 of 10'

# What is not an answer is left for whoever reads next.
printf '4\n1\nq\nthe rest\n' >"$tmp/lines"
{
    "$program" cards 07 >"$tmp/out" 2>"$tmp/err"
    read -r rest
} <"$tmp/lines"
is "what was left of a file" "the rest" "$rest"
# shellcheck disable=SC2002
cat "$tmp/lines" | {
    PERFCOURSE_PLAIN=1 "$program" cards 07 >"$tmp/out" 2>"$tmp/err"
    read -r rest
    echo "$rest" >"$tmp/rest"
}
is "what was left of a pipe" "the rest" "$(cat "$tmp/rest")"
PERFCOURSE_PLAIN=1 run 0 cards 07
says_not out 'your answer'

# All ten, with a line that ends as on other systems, and one without its end.
answers 0 '1\r\n4\n1\n1\n1\n1\n1\n1\n\nn\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1' cards 07
says out ' of 10 right$'
says_not out 'not answered'

# Another machine.
export XDG_STATE_HOME="$tmp/other"
run 0 import "$tmp/export"
says out '3 answers'
run 0 import "$tmp/export"
says out '0 answers'
run 0 progress
says out '^  cards 2 of 10 right$'

# No place for answers: asked all the same, and said once.
: >"$tmp/file"
export XDG_STATE_HOME="$tmp/file"
answers 0 '4\n3\n1\n1\nq\n' cards 07
says out '^right: 4' 'of 10 right'
is "the complaints" 1 "$(grep -c 'not kept' "$tmp/err")"

finish
