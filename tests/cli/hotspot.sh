#!/bin/sh
# Exercises that ask which function is the hotspot: the answer in the kernel, held against a profile
# of the starter.
. "$PC_SRCDIR/tests/cli/lib.sh"

. "$PC_SRCDIR/tests/cli/course_of.sh"

add_exercise hotspot/twins

# answers FILE ANSWER: the reference with another answer, or without one.
answers() {
    sed "s/^\(const char twins_hotspot.*= \).*/\1$2;/" \
        "$course/checks/$ex07/twins/reference.c" >"$tmp/$1"
}

# judged CODE TEXT ARG...: as `run`, but the speed-up may be unsure where the machine is busy, and
# so may the hotspot.
judged() {
    want=$1 text=$2
    shift 2
    "$program" check twins "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
    got=$?
    checks=$((checks + 1))
    grep -q -e "$text" "$tmp/out" || grep -q 'too few to tell' "$tmp/out" ||
        wrong "no \"$text\": check twins $*"
    [ "$got" = "$want" ] || [ "$got" = 6 ] || wrong "exit code $got, wanted $want: check $*"
}

# What cannot be told from the first one is right, whichever it is.
judged 0 '^hotspot: pollux takes .* %.*: right' --use reference
answers castor.c '"castor"'
judged 0 '"answer": "castor"' --use "$tmp/castor.c" --json
says out '"hotspot": {' '"constant": "twins_hotspot"' '"answer-is": "name"' '"function": "pollux"'

judged 1 '^hotspot: you named quick, .* %' --use "$course/checks/$ex07/twins/mutants/names_the_quick_one.c"
says_not out 'quick takes'
answers polux.c '"polux"'
judged 1 'you named polux, and the starter has no such function' --use "$tmp/polux.c"
answers empty.c '""'
judged 1 'twins_hotspot names no function yet' --use "$tmp/empty.c"
says out 'begin with the hotspot'
answers call.c '"pollux()"'
judged 1 'twins_hotspot is "pollux()", which is no function' --use "$tmp/call.c"
grep -v twins_hotspot "$tmp/call.c" >"$tmp/lost.c"
judged 1 'does not define twins_hotspot: it needs a line' --use "$tmp/lost.c"

# A constant of another kind is a matter for the compiler, and nothing of it is believed.
answers escape.c '"\\\\033[2J"'
judged 1 'which is no function' --use "$tmp/escape.c"
says_not out "$(printf '\033')"
sed 's/^const char twins_hotspot.*/const char *const twins_hotspot = "pollux";/' \
    "$tmp/castor.c" >"$tmp/pointer.c"
run 3 check twins --use "$tmp/pointer.c"

run 0 check twins --use reference --quick
says out 'speed-up and hotspot were not judged'
says_not out '^hotspot:'
run 0 show twins
says out 'hotspot  *twins_hotspot names'

finish
