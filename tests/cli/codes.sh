#!/bin/sh
# Each exit code has a kernel, or surroundings, that earn it, and --json says the same: one valid
# document with the code, the verdict and all of its numbers, and nothing else.
. "$PC_SRCDIR/tests/cli/lib.sh"

json_at="$PC_BUILDDIR/tests/cli/json_at"

# is PLACE... VALUE: what the document has there.
is() {
    place=
    while [ $# -gt 1 ]; do
        place="$place $1"
        shift
    done
    checks=$((checks + 1))
    # shellcheck disable=SC2086
    value=$("$json_at" $place <"$tmp/out" 2>"$tmp/err") || wrong "no valid document, or nothing at$place"
    [ "$value" = "$1" ] || wrong "at$place is $value, not $1"
}

# has PLACE...: there is a number.
has() {
    checks=$((checks + 1))
    "$json_at" "$@" <"$tmp/out" 2>"$tmp/err" | grep -q '^[0-9]' || wrong "no number at $*"
}

kernel() {
    printf '#include "join_names.h"\n#include <stdlib.h>\n#include <string.h>\n%s\n' "$1" \
        >"$tmp/kernel.c"
}
head='char *join_strings(const char *const *items, size_t n, const char *sep)'

# Both forms of a check.
both() {
    code=$1
    shift
    run "$code" check 07.1 "$@"
    says out '^verdict: '
    says_not out "$(printf '\033')"
    run "$code" check 07.1 --json "$@"
    [ ! -s "$tmp/err" ] || wrong "--json says something on standard error"
    is code "$code"
    is checks 0 verdict code "$code"
    is checks 0 id '"07.1"'
}

both 0 --quick --use reference
"$json_at" perfcourse <"$tmp/out" | grep -q '^"[0-9]' || wrong "the document has no version"
has checks 0 seconds
has checks 0 tests tests
has checks 0 counts metrics allocs/op max
both 1 --quick --use starter
is checks 0 verdict goals 0 result '"fail"'
has checks 0 verdict goals 0 value
has checks 0 verdict goals 0 bound
kernel 'int broken(void) { return 1 +; }'
both 3 --quick --use "$tmp/kernel.c"
has checks 0 build messages 0 place line
kernel "$head { (void)items; (void)n; (void)sep; return strdup(\"wrong\"); }"
both 4 --quick --use "$tmp/kernel.c"
has checks 0 tests failed
kernel "$head { (void)items; (void)n; (void)sep; abort(); }"
both 5 --quick --use "$tmp/kernel.c"
is checks 0 tests crash signal 6
both 7 --quick --use starter --cc /nowhere/cc

# Usage is no verdict: there is no document.
for words in 'check 99 --json' 'check 07.1 --json --seed x' 'progress 99 --json' \
    'experiment 99 --json'; do
    # shellcheck disable=SC2086
    run 2 $words
    grep -q . "$tmp/err" || wrong "nothing is said: $words"
    [ "$words" = 'experiment 99 --json' ] || [ ! -s "$tmp/out" ] || wrong "a document: $words"
done

# Two equal kernels are neither faster than one another nor slower, so that a verdict would be
# wrong: one in a thousand is, hence the second try.
mkdir "$tmp/course"
cp -R "$PC_SRCDIR/lessons" "$PC_SRCDIR/exercises" "$PC_SRCDIR/checks" "$tmp/course"
chmod -R u+w "$tmp/course"
export PERFCOURSE_DATADIR="$tmp/course"
limits="$tmp/course/checks/$ex07/join_names/limits.lua"
rm -r "$(dirname "$limits")/mutants"
echo 'return {speedup = {min = 1, at = 2000}, fails = {"speedup"}}' >"$limits"
for try in 1 2 3; do
    "$alone" "$program" check 07.1 --use starter --time 0.5 --json >"$tmp/out" 2>"$tmp/err"
    got=$?
    [ "$got" != 6 ] || break
done
checks=$((checks + 1))
[ "$got" = 6 ] || wrong "equal kernels are not unsure after $try tries, but $got"
is code 6
has checks 0 speed ratio

# The documents of the other commands.
run 0 progress --json
is passed 0
run 0 experiment 07 --budget 5 --json
is code 0
has points 0 y

# Interrupted, there is a document all the same.
"$program" check 07.1 --use starter --time 60 --json >"$tmp/out" 2>"$tmp/err" </dev/null &
pid=$!
tries=100
until cat /proc/[0-9]*/stat 2>/dev/null | grep -q "^[0-9]* (perfcourse-run) . $pid " ||
    [ "$tries" = 0 ]; do
    tries=$((tries - 1))
    sleep 0.1
done
kill -INT "$pid" 2>/dev/null
wait "$pid"
got=$?
checks=$((checks + 1))
[ "$got" = 130 ] || wrong "interrupted: exit code $got"
is code 130

finish
