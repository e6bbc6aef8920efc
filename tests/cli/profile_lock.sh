#!/bin/sh
# profile --lock: which line waits and which one holds, exact counts, files that other tools open.
. "$PC_SRCDIR/tests/cli/lib.sh"

cd "$tmp" || exit 99
# Each operation is one wait: whoever has the lock gives it back when it sees that somebody waits.
cat >turns.c <<'EOT'
#include <perfbench.h>
#include <pthread.h>
#include <sched.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *waits(void *arg)
{
    pthread_mutex_lock(&lock); /* line 9 */
    pthread_mutex_unlock(&lock);
    return arg;
}

__attribute__((noinline)) static void holds(pthread_t *thread)
{
    pthread_mutex_lock(&lock); /* line 16 */
    if (pthread_create(thread, NULL, waits, NULL) != 0)
        return;
    while (__atomic_load_n(&lock.__data.__lock, __ATOMIC_ACQUIRE) != 2)
        sched_yield();
    pthread_mutex_unlock(&lock);
    pthread_join(*thread, NULL);
}

BENCH(turns)
{
    pthread_t thread;
    while (bench_loop(b))
        holds(&thread);
}
EOT
cat >rest.c <<'EOT'
#include <perfbench.h>
#include <pthread.h>

static pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER, right = PTHREAD_MUTEX_INITIALIZER;
static pthread_barrier_t both;

static void *from_left(void *arg)
{
    pthread_mutex_lock(&left); /* line 9 */
    pthread_barrier_wait(&both);
    pthread_mutex_lock(&right); /* line 11 */
    return arg;
}

BENCH(deadlock)
{
    pthread_barrier_init(&both, NULL, 2);
    while (bench_loop(b)) {
        pthread_t thread;
        bench_expect(b, pthread_create(&thread, NULL, from_left, NULL) == 0, "a thread");
        pthread_mutex_lock(&right); /* line 21 */
        pthread_barrier_wait(&both);
        pthread_mutex_lock(&left); /* line 23 */
    }
}

BENCH(alone)
{
    while (bench_loop(b)) {
        pthread_mutex_lock(&left);
        pthread_mutex_unlock(&left);
    }
}

BENCH(none)
{
    while (bench_loop(b))
        bench_keep(b);
}

static void body(struct bench_thread *t, void *arg)
{
    while (bench_thread_loop(t)) {
        pthread_mutex_lock(arg);
        pthread_mutex_unlock(arg);
    }
}

BENCH(together)
{
    bench_run_parallel(b, body, &left);
}
EOT

# It takes as long as a kernel gets to come back, so it runs beside the rest.
"$alone" "$program" profile rest.c --bench deadlock --lock --seconds 0.1 --out stuck >stuck.out 2>stuck.err \
    </dev/null &
stuck=$!

# at NAME|INDEX...: a value of the JSON in out
at() {
    "$PC_BUILDDIR/tests/cli/json_at" "$@" <"$tmp/out" 2>/dev/null
}

# One wait in each operation, by the lines of the source.
run 0 profile turns.c --lock --seconds 0.1 --out made --tree
says out '^turns: [0-9]* operations in .*; of [0-9]* calls that may wait [0-9]* did, ' \
    '^Waiting includes the time' '^ *waited/op *waits/op *of calls  who waits, and for whom$' \
    '^ *[0-9.]* [mun]*s *1  100\.0 %  waits turns\.c:9, mutex$' \
    '^ *held by holds turns\.c:16$' '^ *waited/op *caused/op   line of turns\.c$' \
    '^ *[0-9.]* [mun]*s  *9  .*lock); /\* line 9 \*/$' \
    '^ *[0-9.]* [mun]*s  *16  .*lock); /\* line 16 \*/$' '^100\.0 %   waits$' \
    'wrote made/mutex\.pb\.gz, made/mutex\.folded, made/turns\.c'
checks=$((checks + 1))
grep -q '^waits [1-9][0-9]*$' made/mutex.folded || wrong "mutex.folded: $(head -n 3 made/mutex.folded)"
run 0 profile turns.c --lock --seconds 0.1 --json
says out '"kind": "lock"' '"lock": "mutex"' '"place": "holds turns\.c:16"' '"deadlock": false'
checks=$((checks + 2))
[ "$(at waits)" = "$(at ops)" ] || wrong "$(at waits) waits in $(at ops) operations"
[ "$(at calls)" = $((2 * $(at ops))) ] || wrong "$(at calls) calls in $(at ops) operations"
run 0 profile turns.c --lock --seconds 0.1 --by waits --list holds --diff made/mutex.pb.gz
says out '^ *15  {$' '^compared with before (.*), [0-9.]* waits/op became [0-9.]*, ' \
    '^ *[0-9.]* *[0-9.]*  [-+=] .*  waits' 'varies from run to run'

# A profile that was taken before is shown with its holders.
run 0 profile made/mutex.pb.gz
says out 'waits turns\.c:9, mutex$' 'held by holds turns\.c:16$'
if command -v go >/dev/null; then
    pprof() {
        HOME=$tmp/go GOFLAGS=-mod=mod GOTOOLCHAIN=local PPROF_TMPDIR=$tmp/go go tool pprof "$@" \
            >"$tmp/out" 2>"$tmp/err"
    }
    mkdir -p go
    checks=$((checks + 3))
    pprof -top made/mutex.pb.gz || wrong "pprof cannot read it"
    says out 'Type: delay' ' 100% *100% .* 100%  waits$'
    pprof -sample_index=contentions -top made/mutex.pb.gz || wrong "pprof cannot read contentions"
    says out 'Type: contentions'
    pprof -tags made/mutex.pb.gz || wrong "pprof shows no labels"
    says out 'holds turns\.c:16' 'mutex'
else
    echo "not tried: go tool pprof (package golang-go)"
fi

# Nothing to wait for, and what a bench of several threads shares.
run 0 profile rest.c --bench alone --lock --seconds 0.1
says out '1 thread; nothing ever waited, in [0-9]* calls that might have$'
run 0 profile rest.c --bench none --lock --seconds 0.1
says out 'it takes no lock and waits for none of its threads$'
run 0 profile rest.c --bench together --lock --seconds 0.1 --json
says_not out 'pc_crew' '"code": "host"'
checks=$((checks + 1))
[ "$(at threads)" -ge 2 ] || wrong "$(at threads) threads ran the body"

# What does not go together.
run 2 profile turns.c --lock --hz 100
says err 'times every wait'
run 2 profile turns.c --lock --by bytes
says err 'time or waits, not "bytes"'
run 2 profile turns.c --lock --ops 3
says err '--ops goes with --alloc'
run 2 profile turns.c --alloc --diff made/mutex.pb.gz
says err 'the profiles measure different things'

# A deadlock names both lines that wait, and who holds what.
wait "$stuck"
got=$?
cp stuck.out out
cp stuck.err err
checks=$((checks + 1))
[ "$got" = 5 ] || wrong "exit code $got of a deadlock, wanted 5"
says out 'It did not come back, waited without working' \
    '^A deadlock: its threads wait for one another\.$' \
    'waits at from_left rest\.c:11 for a mutex that thread [0-9]* took at bench_body_deadlock rest\.c:21$' \
    'waits at bench_body_deadlock rest\.c:23 for a mutex that thread [0-9]* took at from_left rest\.c:9$' \
    'held by from_left rest\.c:9$'
checks=$((checks + 1))
grep -q '^from_left [1-9]' stuck/mutex.folded || wrong "no stack of the deadlock: $(cat stuck/mutex.folded)"

finish
