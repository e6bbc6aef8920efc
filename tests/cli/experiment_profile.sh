#!/bin/sh
# x:profile and x:show: a lesson tells where its bench spends its time or allocates, the same in
# the course and in a pack.  How long things take is no matter here.
. "$PC_SRCDIR/tests/cli/lib.sh"

course="$tmp/course"
mkdir -p "$course"
cp -R "$PC_SRCDIR/templates/." "$course"
chmod -R u+w "$course"
lesson="$course/lessons/01_new_topic/lesson.lua"
cp "$lesson" "$tmp/lesson.lua"
cat >"$course/lessons/01_new_topic/experiments/split.c" <<'EOT'
#include <perfbench.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <unistd.h>

__attribute__((noinline)) uint64_t steps(uint64_t x, int n)
{
    for (int k = 0; k < n; k++) {
        __asm__ volatile("" : "+r"(x));
        x = x * 6364136223846793005u + 1442695040888963407u;
    }
    return x;
}

__attribute__((noinline)) uint64_t mostly(uint64_t x)
{
    return steps(x, 9000) + 1;
}

__attribute__((noinline)) uint64_t hardly(uint64_t x)
{
    return steps(x, 500) + 1;
}

BENCH(split)
{
    uint64_t x = 1;
    while (bench_loop(b)) {
        x = hardly(mostly(x));
        if (x == 0)
            x = bench_random(b);
    }
    bench_keep(x);
}

__attribute__((noinline)) void *few_large(void)
{
    return malloc(1000);
}

__attribute__((noinline)) void *small(void)
{
    return malloc(10);
}

__attribute__((noinline)) void *small_too(void)
{
    return malloc(20);
}

BENCH(allocs)
{
    while (bench_loop(b)) {
        void *blocks[5] = {few_large(), small(), small(), small_too(), small_too()};
        for (int i = 0; i < 5; i++) {
            bench_keep(blocks[i]);
            free(blocks[i]);
        }
    }
}

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void *hold(void *held)
{
    pthread_mutex_lock(&mutex);
    sem_post(held);
    usleep(2000);
    pthread_mutex_unlock(&mutex);
    return NULL;
}

__attribute__((noinline)) void take(void)
{
    pthread_mutex_lock(&mutex);
    pthread_mutex_unlock(&mutex);
}

BENCH(locks)
{
    sem_t held;
    sem_init(&held, 0, 0);
    while (bench_loop(b)) {
        pthread_t thread;
        pthread_create(&thread, NULL, hold, &held);
        sem_wait(&held);
        take();
        pthread_join(thread, NULL);
    }
}

BENCH(crashes)
{
    while (bench_loop(b))
        abort(); /* line 96 */
}
EOT
line=$(grep -n 'line 96' "$course/lessons/01_new_topic/experiments/split.c" | cut -d: -f1)
[ "$line" = 96 ] || wrong "the file is not as this test believes"

# experiment CODE BODY: as part of the course, then as a pack; the last output stays.
experiment() {
    printf "run = function(x) local file = 'experiments/split.c' %s end,\n" "$2" >"$tmp/body"
    sed -e "/run = function/r $tmp/body" -e '/run = function/,/^            end,/d' \
        "$tmp/lesson.lua" >"$lesson"
    PERFCOURSE_DATADIR=$course
    export PERFCOURSE_DATADIR
    run "$1" experiment 01 --budget 20 $json
    unset PERFCOURSE_DATADIR
    cp "$tmp/out" "$tmp/out.course"
    cp "$tmp/err" "$tmp/err.course"
    run "$1" --pack "$course" experiment 01 --budget 20 $json
}
both_say() {
    says "$@"
    where=$1
    shift
    says "$where.course" "$@"
}
json=

# The greater one is told, and scored as a prediction; a table is shown, no option of the shell.
asks="local q = x:predict {question = 'Which?', choices = {'hardly, at the end', 'mostly'}}"
experiment 0 "$asks
    local p = x:profile {file = file, bench = 'split', by = 'total'}
    x:show(p, {rows = 2, lines = 3, tree = true, title = 'The split'})
    x:answer(q, p, 'It has more to do.')
    local share = p.share
    assert(share.mostly.total > share.hardly.total and share.mostly.total_high <= 1)
    assert(share.steps.total == share.steps.self and share.steps.ns > 0)
    assert(share.bench_random.self == 0 and share.bench_random.self_high > 0)
    assert(p.samples >= 50 and p.hz == 250 and p.cpu_s > 0 and p.ops > 0 and p.ns >= share.steps.ns)
    assert(p.functions[1].total >= p.functions[2].total and p.lines[1].text:find('[a-z]'))
    x:note(p.top .. ' is the first, settled: ' .. tostring(p.settled) .. '.')"
both_say out '^The split$' '^split: [0-9]* samples; shares are good to ±' \
    ' %  [0-9]* to [0-9]* .*[ =]steps  split.c:7$' '^ *[0-9.]* %  *[0-9.]* %  *[0-9]*  ' \
    'who calls whom' '^prediction 1: it is mostly$' '^    It has more to do' \
    '^steps is the first, settled: [a-z]*\.'
says_not out --top 'as far as can be told'

json=--json
experiment 0 "local p = x:profile {file = file, bench = 'split', kind = 'wall'}
    x:show(p, {title = 'By the clock'})"
at() {
    "$PC_BUILDDIR/tests/cli/json_at" "$@" <"$tmp/out"
}
checks=$((checks + 3))
[ "$(at profiles 0 kind)" = '"wall"' ] || wrong "profiles[0].kind is $(at profiles 0 kind)"
[ "$(at profiles 0 functions 0 function)" = '"steps"' ] || wrong "the first one is another"
[ "$(at profiles 0 title)" = '"By the clock"' ] || wrong "there is no title"

# Allocations are counted, so a tie is one: both are right.
asks="local q = x:predict {question = 'Which?', choices = {'few_large', 'small', 'small_too'}}"
experiment 0 "$asks
    local p = x:profile {file = file, bench = 'allocs', kind = 'alloc', ops = 3}
    x:answer(q, p)
    q = x:predict {question = 'Most bytes?', choices = {'few_large', 'small'}}
    local bytes = x:profile {file = file, bench = 'allocs', kind = 'alloc', by = 'bytes'}
    x:answer(q, bytes)
    assert(p.ops == 3 and p.allocs == 5 and p.bytes == 1060 and not p.settled)
    assert(p.share.small_too.allocs == 2 and p.share.small_too.bytes == 40)
    assert(p.share.small.self == 0.4 and p.share.small.self_low == 0.4)
    assert(bytes.top == 'few_large' and bytes.settled and bytes.share.few_large.self > 0.9)
    assert(p.share.bench_body_allocs.total_allocs == 5 and p.share.hardly.allocs == 0)
    x:show(bytes, {rows = 1})"
checks=$((checks + 3))
[ "$(at predictions 0 rights)" = '[2,3]' ] || wrong "right are $(at predictions 0 rights)"
[ "$(at predictions 1 rights)" = '[1]' ] || wrong "right are $(at predictions 1 rights)"
[ "$(at profiles 0 bytes)" = 33920 ] || wrong "all bytes are $(at profiles 0 bytes)"
json=
experiment 0 "x:show(x:profile {file = file, bench = 'allocs', kind = 'alloc'}, {lines = 1})"
both_say out '^allocs: 5 allocations of 1.04 KiB an operation; every one is counted' \
    '^ *1 *1000 *1  few_large  split.c:' '^ *2 *20 *2 =small  split.c:' \
    'return malloc(10);$' 'could be chance'

# Locks: who waits, and for whom.
experiment 0 "local p = x:profile {file = file, bench = 'locks', kind = 'lock'}
    x:show(p, {rows = 2})
    assert(p.share.take.self > 0 and p.share.take.waits > 0 and p.share.steps.ns == 0)"
both_say out ' mutex' 'take ' 'hold split.c:'

# What a lesson cannot ask for, and what the kernel does.
profile="x:profile {file = file, bench = "
experiment 7 "${profile}'splitt'}"
both_say err '01 lesson.lua:[0-9]*: experiments/split.c, splitt: it has no benchmark called splitt'
experiment 7 "${profile}'split'}.share.mosty()"
both_say err 'lesson.lua:[0-9]*: neither the profile nor its file has a function "mosty"; did you mean mostly?'
experiment 7 "${profile}'split', kind = 'heap'}"
both_say err 'kind must be cpu, wall, alloc or lock, got "heap"'
experiment 7 "x:show(1)"
both_say err 'lesson.lua:[0-9]*: show takes what profile has given'
experiment 7 "${profile}'crashes'}"
both_say err 'lesson.lua:[0-9]*: experiments/split.c, crashes: .*Abort.*at experiments/split.c:96$'

finish
