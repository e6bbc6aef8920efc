#!/bin/sh
# Exercises that are judged by their latencies and by their threads, from limits.lua to the verdict:
# a course is made that has one of each.
. "$PC_SRCDIR/tests/cli/lib.sh"

. "$PC_SRCDIR/tests/cli/course_of.sh"

add_exercise tails/ageing
add_exercise threads/tally

# sure CODE TEXT ARG...: a check that time decides gives CODE and says TEXT, or is unsure: on a machine
# that is busy with other things it may not know, but it must not be wrong.
sure() {
    want=$1 text=$2
    shift 2
    "$program" check "$@" --careful >"$tmp/out" 2>"$tmp/err" </dev/null
    got=$?
    checks=$((checks + 1))
    case $got in
    6) echo "unsure: check $*" ;;
    "$want") grep -q -e "$text" "$tmp/out" || wrong "no \"$text\": check $*" ;;
    *) wrong "exit code $got, wanted $want or 6: check $*" ;;
    esac
}

mutants="$course/checks/$ex07/ageing/mutants"
sure 0 '^p99: .* the starter.s (.* restarts), at most 0.25x allowed: passed' \
    ageing --use reference
sure 1 '^p99: .* one operation in 100 is too slow' ageing --use starter
sure 1 '^p99: .* one operation in 100 is too slow' ageing --use "$mutants/two_at_once.c"
sure 0 '"p99.9": {' ageing --use reference --json
run 0 check ageing --use reference --quick
says out 'the latency was not judged'

# At a rate, and of a rare quantile.
limits="$course/checks/$ex07/ageing/limits.lua"
sed 's/one_after_another/as_users_come/; s/, gold = 0.1//' "$limits" >"$tmp/limits"
cp "$tmp/limits" "$limits"
sure 0 '^p99: ' ageing --use reference

# Mistakes in limits.lua.
refuses() {
    printf 'return {%s, fails = {"p99"}}\n' "$1" >"$limits"
    run 7 check ageing --quick
    says err "$2"
}
refuses 'tail = {p98 = 1}' 'unknown key "p98" in tail; did you mean p90, p99'
refuses 'tail = {p99 = {max = 1}}' 'unknown key "max" in tail.p99'
refuses 'tail = {p99 = 0}' 'tail.p99 must be'
refuses 'tail = {at = 5}' 'tail needs a quantile'
refuses '["p99-ns"] = {max = 100}' 'differs from machine to machine: use tail'
refuses 'tail = {p99 = {max_ratio = 0.5, gold = 0.6}}' 'tail.p99.gold must be at most max_ratio'
refuses 'speedup = {efficiency = 0.5}' 'needs parallel = true'
refuses 'speedup = {min = 1, efficiency = 0.5, parallel = true}' 'either min or efficiency'
refuses 'speedup = {min = 1, parallel = {cpus = 1}}' 'speedup.parallel.cpus is from least, 2'
refuses 'speedup = {parallel = true}' 'speedup.min is missing'
refuses 'speedup = {min = 1}, sanitize = "address"' 'sanitize must be thread'

# Threads: what the tests find does not depend on the processors.
mutants="$course/checks/$ex07/tally/mutants"
run 5 check tally --use "$mutants/racy.c" --quick
says out 'data race: .* at .*tally.c:[0-9]* in tally_add, and another thread at tally.c:[0-9]*' \
    'let one thread at a time touch it'
run 5 check tally --use "$mutants/racy.c" --quick --json
says out '"other-place": {' '"function": "tally_add"'
run 3 check tally --use "$mutants/moves_away.c" --quick
says out 'sched_setaffinity'
run 4 check tally --use "$mutants/leftover.c"
run 0 check tally --use reference --quick

if [ "$(nproc)" -ge 2 ]; then
    sure 0 '^speedup: .* with [2-4] threads, needed 1.50x: passed' tally --use reference
    sure 1 '^speedup: .* with [2-4] threads' tally --use starter
    sure 1 '^speedup: .* with [2-4] threads' tally --use "$mutants/one_lock.c"
fi
# On one processor nothing can be seen of threads, which is neither a pass nor a miss.
if command -v taskset >/dev/null; then
    cpu=$(taskset -cp $$ | sed 's/.*: \([0-9]*\).*/\1/')
    as_user="taskset -c $cpu"
    run 7 check tally --use reference
    says out 'it takes 2 processors, and this machine lends 1'
    run 5 check tally --use "$mutants/racy.c"
    as_user=
fi

finish
