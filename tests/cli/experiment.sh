#!/bin/sh
# `perfcourse read` and `perfcourse experiment`: what they print, and how they end.  How long
# things take is no matter here.
. "$PC_SRCDIR/tests/cli/lib.sh"

# X07 tells its predictions, points, slopes and notes, in a pipe without questions.
run 0 experiment 07 append --budget 5
says out '^experiment 07 append: ' '^predict: ' '^    2  ' '^prediction 1: it is ' \
    '^appends 10: builder [0-9]' '^appends 10 000: realloc + strcat [0-9]' \
    '^slope of builder: -*[0-9]' '^done after '
says_not out "$(printf '\033')" "$(printf '\r')" 'your prediction'
[ ! -s "$tmp/err" ] || wrong "there is something on standard error"

run 0 experiment strings --budget 5 --json --seed 18446744073709551615
says out '"code": 0' '"experiment": "append"' '"series": "builder"' '"slope": ' \
    '"seed": "18446744073709551615"' '"trouble": null' '"chosen": null'
says_not out '^experiment'

# On a terminal the learner is asked first; nonsense is asked again.
if script -qec true /dev/null >/dev/null 2>&1; then
    printf 'what\n9\n2\n\n' |
        TERM=dumb script -qec "'$PC_BUILDDIR/perfcourse' experiment 07 --budget 5" \
            /dev/null >"$tmp/out" 2>"$tmp/err"
    says out 'your prediction (1-' 'prediction 1: .*you said ' 'done after'
    [ "$(grep -c 'your prediction' "$tmp/out")" -ge 2 ] || wrong "it did not ask again"
fi

run 2 experiment
says err 'name a topic'
run 2 experiment 99
says err 'no topic is called "99"'
run 2 experiment 07 apend
says err 'no experiment "apend"' 'append'
run 2 experiment 07 --budget 0
run 2 experiment 07 --budget none
says err 'whole number'
run 7 experiment 07 --cc /nowhere/cc
says err '/nowhere/cc'

# A course of our own, with what can go wrong.
course="$tmp/course"
mkdir -p "$course"
cp -R "$PC_SRCDIR/templates/." "$course"
chmod -R u+w "$course"
export PERFCOURSE_DATADIR="$course"
lesson="$course/lessons/01_new_topic/lesson.lua"
file="$course/lessons/01_new_topic/experiments/grow.c"
cp "$lesson" "$tmp/lesson.lua"
cp "$file" "$tmp/grow.c"

run 0 read 01
says out '^# Work that' 'qsort(copy' 'page 1 of 1; then: perfcourse experiment 01'
says out '^\[1\] perfcourse experiment 01 grow$'
run 0 read topic.1
run 2 read 01.2
says err 'there is no page 2'
run 2 read
says err 'name one page'
run 2 read 02
says err 'no topic'

run 0 experiment 01 --budget 5
says out '^numbers 100 000: walk ' '^slope of walk: '

# try CODE BODY TEXT...: an experiment that does BODY.
try() {
    code=$1
    body=$2
    shift 2
    sed "/run = function/,/^            end,/c\\
            run = function(x) $body end," "$tmp/lesson.lua" >"$lesson"
    run "$code" experiment 01 --budget 5
    says err "$@"
}
measure='x:measure {file = "experiments/grow.c", bench = '
try 7 "$measure\"wlak\", n = 5}" '01 lesson.lua:[0-9]*: experiments/grow.c, wlak at n = 5: .*wlak'
try 7 'x:slope("nothing")' 'series "nothing": there are no points'
try 7 'x:measure {file = "experiments/none.c"}' 'none.c'
try 7 'while true do end' 'stopped after 10 million instructions'
try 7 'x:nothing()' 'there is no verb "nothing"'
try 7 'x:note("seen") error("gone")' '01 lesson.lua:[0-9]*: gone'
says out '^seen' '^ended after'

echo 'int broken(void) { return 1 +; }' >>"$file"
try 7 "${measure}\"walk\", n = 5}" 'experiments/grow.c:[0-9]*: .*expected'
sed 's/while (bench_loop(b)) {/while (bench_loop(b)) { abort();/' "$tmp/grow.c" >"$file"
try 7 "${measure}\"walk\", n = 5}" 'walk at n = 5: .*Abort'
sed 's/while (bench_loop(b)) {/while (bench_loop(b)) { exit(0);/' "$tmp/grow.c" >"$file"
try 7 "${measure}\"walk\", n = 5}" 'walk at n = 5: '
cp "$tmp/grow.c" "$file"
cp "$tmp/lesson.lua" "$lesson"

# Counts come from the counting host.
sed "/run = function/,/^            end,/c\\
            run = function(x) x:note(('%g of %g'):format(\\
                x:count {file = 'experiments/grow.c', n = 9}['allocs/op'], 0)) end," \
    "$tmp/lesson.lua" >"$lesson"
run 0 experiment 01
says out '^0 of 0'
sed "/run = function/,/^            end,/c\\
            run = function(x) local m = x:count {file = 'experiments/grow.c', n = 9, calls = true}\\
                x:note(('%g calls, %g connections'):format(m['syscalls/op'], m['connections/op'])) end," \
    "$tmp/lesson.lua" >"$lesson"
run 0 experiment 01
says out '^0 calls, 0 connections'
cp "$tmp/lesson.lua" "$lesson"

# What the compiler makes of allocations is asked without running anything; a compiler that is not
# here gives nil.
pairs="$(dirname "$file")/pairs.c"
printf '#include <stdlib.h>\n%s\n%s\n' \
    'int pair(int n) { int *p = malloc(4); *p = n; n = *p; free(p); return n; }' \
    'void *given(void) { return malloc(4); }' >"$pairs"
# fates ARGUMENTS: an experiment that notes both fates, or that there are none.
fates() {
    sed "/run = function/,/^            end,/c\\
            run = function(x) local f = x:escape {file = 'experiments/pairs.c'$1}\\
                x:note(f and f.pair .. ' ' .. f.given or 'not here') end," "$tmp/lesson.lua" >"$lesson"
    run 0 experiment 01
}
fates
says out '^elided stays'
for cc in gcc clang; do
    fates ", cc = '$cc'"
    if command -v $cc >/dev/null 2>&1; then
        says out '^elided stays'
    else
        says out '^not here'
    fi
done
echo 'int broken = ;' >"$pairs"
try 7 'x:escape {file = "experiments/pairs.c"}' 'pairs.c:1:[0-9]*: '
rm "$pairs"
cp "$tmp/lesson.lua" "$lesson"

# Interrupted in the middle of a measurement: exit code 130, and nothing is left.
sed 's/while (bench_loop(b)) {/while (bench_loop(b)) { for (volatile int k = 0; k >= 0;) k = 1;/' \
    "$tmp/grow.c" >"$file"
# shellcheck disable=SC2016
"$PC_BUILDDIR/tests/cli/alone" sh -c '
    "$0" experiment 01 >/dev/null 2>&1 & pid=$!
    for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        kill -0 "$pid" && cat /proc/[0-9]*/stat 2>/dev/null |
            grep -q "^[0-9]* (perfcourse[^)]*) . $pid " && break
        sleep 0.1
    done
    kill -INT "$pid"; wait "$pid"' "$PC_BUILDDIR/perfcourse"
got=$?
checks=$((checks + 1))
[ "$got" = 130 ] || wrong "interrupted: exit code $got, wanted 130"

finish
