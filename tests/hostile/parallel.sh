#!/bin/sh
# Checks that begin at once, where nothing is there yet: all of them make the workspace, the cache
# and the progress file.  Each ends as if it were alone.  `make check-hostile` starts more of them.
. "$PC_SRCDIR/tests/cli/lib.sh"

number=4
[ -z "${PC_HOSTILE:-}" ] || number=20
export XDG_CACHE_HOME="$tmp/cache"

# at_once CODE ARG...: start so many, and wait; the outputs in $tmp/each.N.
at_once() {
    wanted=$1
    shift
    i=0
    while [ $i -lt "$number" ]; do
        {
            "$alone" "$program" "$@" >"$tmp/each.$i" 2>"$tmp/errors.$i" </dev/null
            echo $? >"$tmp/code.$i"
        } &
        i=$((i + 1))
    done
    wait
    i=0
    while [ $i -lt "$number" ]; do
        checks=$((checks + 1))
        cp "$tmp/each.$i" "$tmp/out"
        cp "$tmp/errors.$i" "$tmp/err"
        [ "$(cat "$tmp/code.$i")" = "$wanted" ] ||
            wrong "number $i: exit code $(cat "$tmp/code.$i"), wanted $wanted: $*"
        says_not out 'locked' 'busy' 'not kept' 'damaged'
        says_not err 'locked' 'busy' 'not kept' 'damaged'
        i=$((i + 1))
    done
}

# Nothing that was on its way is left, and nobody made a second workspace.
tidy() {
    checks=$((checks + 1))
    find "$HOME" "$XDG_CACHE_HOME" "$XDG_STATE_HOME" \( -name '.perfcourse-*' -o -name 'tmp.*' \
        -o -name '.new*' -o -name '*.damaged-*' -o -name '*.repairing*' \
        -o -name perfcourse-workspace \) >"$tmp/out"
    [ ! -s "$tmp/out" ] || wrong "something is left"
}

attempts() {
    "$program" export | grep -c '"attempt":"join_names"'
}

at_once 1 check join_names --quick
tidy
checks=$((checks + 1))
[ "$(attempts)" = "$number" ] || wrong "$(attempts) attempts of $number are there"

# Once more where all is there, and the same kernel passes.
cp "$PC_SRCDIR/checks/$ex07/join_names/reference.c" \
    "$HOME/perfcourse/$ex07/join_names/join_names.c"
at_once 0 check join_names --quick
tidy
checks=$((checks + 1))
[ "$(attempts)" = $((2 * number)) ] || wrong "$(attempts) attempts of $((2 * number)) are there"

# The same reset by all of them puts the kernel aside, and one undo brings it back.
at_once 0 reset join_names
tidy
run 0 undo join_names
checks=$((checks + 1))
cmp -s "$PC_SRCDIR/checks/$ex07/join_names/reference.c" \
    "$HOME/perfcourse/$ex07/join_names/join_names.c" || wrong "undo did not bring the kernel back"

# What one of them keeps is a sound file.
run 0 export "$tmp/export"
export XDG_STATE_HOME="$tmp/other"
run 0 import "$tmp/export"
says out "new: $((2 * number)) attempts"

finish
