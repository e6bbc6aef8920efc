#!/bin/sh
# profile: kernels, files, options and machines that make it hard, and what is said of each.
. "$PC_SRCDIR/tests/cli/lib.sh"

cd "$tmp" || exit 99
cat >kernels.c <<'EOT'
#define _GNU_SOURCE
#include <perfbench.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define OPS while (bench_loop(b))
#define APART __attribute__((noinline, noclone))

APART uint64_t steps(uint64_t x, int n)
{
    for (int k = 0; k < n; k++) {
        __asm__ volatile("" : "+r"(x));
        x = x * 6364136223846793005u + 1442695040888963407u;
    }
    return x;
}

static void work(void)
{
    uint64_t x = steps(1, 10000);
    bench_keep(x);
}

static void nothing(int signal)
{
    (void)signal;
}

BENCH(handles)
{
    signal(SIGPROF, nothing);
    OPS work();
}

BENCH(ignores)
{
    signal(SIGPROF, SIG_IGN);
    OPS work();
}

BENCH(deletes)
{
    for (int k = 0; k < 100; k++)
        syscall(SYS_timer_delete, k);
    OPS work();
}

/* While it works, so that nobody finds the handler. */
BENCH(handles_for_a_time)
{
    struct sigaction mine = {.sa_handler = nothing, .sa_flags = SA_RESTART}, before;
    OPS
    {
        sigaction(SIGPROF, &mine, &before);
        work();
        sigaction(SIGPROF, &before, NULL);
    }
}

BENCH(sleeps)
{
    OPS nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
}

APART static uint64_t deep(int n)
{
    uint64_t x = n > 0 ? deep(n - 1) : steps(1, 30000000);
    __asm__ volatile("" : "+r"(x));
    return x + 1;
}

BENCH(recursion)
{
    OPS bench_keep(deep(100000));
}

APART static uint64_t tail(uint64_t x)
{
    return steps(x, 10000);
}

BENCH(tails)
{
    uint64_t x = 1;
    OPS x = tail(x) + 1;
    bench_keep(x);
}

BENCH(starts_others)
{
    OPS
    {
        pid_t child = fork();
        if (child == 0) {
            work();
            execl("/bin/true", "true", NULL);
            _exit(0);
        }
        if (child > 0)
            waitpid(child, NULL, 0);
        execl("/bin/false", "false", NULL);
        work();
    }
}

static void *threads_work(void *unused)
{
    (void)unused;
    work();
    return NULL;
}

/* As many processors as the machine has may work at once for as long as is asked for. */
BENCH(crowd)
{
    pthread_t threads[64];
    struct rlimit limit;
    cpu_set_t processors;
    sched_getaffinity(0, sizeof processors, &processors);
    getrlimit(RLIMIT_CPU, &limit);
    bench_expect(b, (long)limit.rlim_cur >= 4L * CPU_COUNT(&processors),
                 "too little time for all");
    OPS
    {
        for (int k = 0; k < 64; k++)
            if (pthread_create(&threads[k], NULL, threads_work, NULL) != 0)
                abort();
        for (int k = 0; k < 64; k++)
            pthread_join(threads[k], NULL);
    }
}

BENCH(waits)
{
    volatile int op = 0;
    OPS
    {
        char *p = malloc(10);
        bench_keep(p);
        free(p);
        op++;
        while (op > 10)
            pause(); /* it waits here */
    }
}
EOT
waits=$(grep -n 'it waits here' kernels.c | cut -d: -f1)

bench() {
    want=$1 name=$2
    shift 2
    run "$want" profile kernels.c --bench "$name" --seconds 0.2 "$@"
}

# A kernel that keeps the signal for itself is found out, and it is said what to take out.
bench 0 handles
says out '^handles: 0 samples' 'handles or ignores the signal SIGPROF.*sigaction'
bench 0 ignores
says out '^ignores: 0 samples' 'handles or ignores the signal SIGPROF'
bench 0 deletes
says out '^deletes: 0 samples' 'deleted or stopped the timer'
# (Where there is little processor time to be had, there is little to be seen.)
run 0 profile kernels.c --bench handles_for_a_time --seconds 0.6
says out 'too few samples'
! grep -q ' [4-9][0-9][0-9] ms of CPU\| s of CPU' "$tmp/out" ||
    says out 'does the kernel block or handle it for a time?'

# One that sleeps comes back, and is advised to look by the clock.
bench 0 sleeps
says out 'it used hardly any processor time; --wall shows where it waits\.'
says_not out 'did not come back'
bench 0 sleeps --wall
says out ' bench_body_sleeps  kernels\.c:' 'nanosleep(&'

# Deeper than what is copied of a stack: lines are right, and it is said what is missing.
bench 0 recursion
says out 'of the stacks are cut: they were deeper than what is kept' ' steps  kernels\.c:'
# A call in tail position leaves no frame, so the caller of its caller has it.
bench 0 tails
says out '^100\.0 % .* steps  kernels\.c:' ' 100\.0 %  *bench_body_tails'
says_not out ' tail  kernels'
# What is forked or started is not watched; the bench goes on.
bench 0 starts_others
says out ' steps  kernels\.c:'
# Threads beyond all bounds, without a heap for each of them.
bench 0 crowd
says out ', [0-9]* threads' ' threads_work  kernels\.c:' ' steps  kernels\.c:'
says_not out 'sampl[a-z]*\.c:' 'threads\.c:' ' create'

# A busy machine.
sh -c 'while :; do :; done' &
burners=$!
sh -c 'while :; do :; done' &
burners="$burners $!"
bench 0 tails
# shellcheck disable=SC2086
kill $burners
says out '^100\.0 % .* steps  kernels\.c:'

# Another compiler, whose debug information has no index of addresses.
if command -v clang >/dev/null 2>&1; then
    bench 0 tails --cc clang
    says out ' steps  kernels\.c:' 'line of kernels\.c'
fi

# What was recorded carries its source: what has become of the file does not matter.
bench 0 tails --out made
mv kernels.c kept.c
echo 'int changed;' >kernels.c
run 0 profile made/cpu.pb.gz --list steps
says out 'for (int k = 0; k < n; k++)'
says_not out 'int changed'
# It does not overwrite what it did not write itself.
mkdir mine
echo 'my own work' >mine/kernels.c
run 7 profile made/cpu.pb.gz --out mine
says err 'mine/kernels\.c is there and is another one.*choose another folder'
checks=$((checks + 1))
[ "$(cat mine/kernels.c)$(ls mine)" = 'my own workkernels.c' ] || wrong "it was written to mine"
run 0 profile made/cpu.pb.gz --out made
mv kept.c kernels.c

# A profile from elsewhere: what is in it reaches neither the terminal nor other folders.
cp made/cpu.pb.gz whole.pb.gz
gzip -dc whole.pb.gz >raw
escape=$(printf "\033") bell=$(printf "\007")
LC_ALL=C sed "s/BENCH(tails)/BE${escape}]0;x${bell}ils)/" raw | gzip >evil.pb.gz
run 0 profile evil.pb.gz --list bench_body_tails
says out 'BE?\]0;x?ils)'
LC_ALL=C sed 's/kernels\.c/..\/evil.c/g' raw | gzip >evil.pb.gz
run 0 profile evil.pb.gz --out inside
says out 'wrote inside/cpu\.pb\.gz, inside/cpu\.folded, inside/evil\.c'
checks=$((checks + 1))
[ ! -e evil.c ] || wrong "a profile has written outside of the folder"
LC_ALL=C sed 's/kernels\.c/.of_mine_/g' raw | gzip >evil.pb.gz
run 0 profile evil.pb.gz --out hidden
says out 'wrote hidden/cpu\.pb\.gz, hidden/cpu\.folded$'
head -c 200 raw | gzip >cut.pb.gz
head -c 100 whole.pb.gz >half.pb.gz
for file in cut.pb.gz half.pb.gz; do
    run 2 profile $file
    says err "$file: "
    run 2 profile whole.pb.gz --diff $file
    says err "$file: "
    run 2 profile kernels.c --bench tails --diff $file
    says err "$file: "
done
run 2 profile whole.pb.gz --diff .
says err 'not a regular file'
run 2 profile whole.pb.gz --seconds 3
says err 'was recorded before and is shown as it is'
run 2 profile whole.pb.gz --wall
says err 'a profile of another kind: cpu'
run 2 profile whole.pb.gz --list stepz
says err 'no function stepz was seen; did you mean steps?'

# Where nothing can be written.
for place in /proc/nowhere whole.pb.gz whole.pb.gz/below; do
    run 7 profile whole.pb.gz --out $place
    says out ' steps  kernels\.c:'
    says err "$place\|whole\.pb\.gz is in the way"
done
if unshare -m true 2>/dev/null; then
    mkdir small
    # shellcheck disable=SC2016
    unshare -m sh -c 'mount -t tmpfs -o size=4k none small && exec "$@"' sh \
        "$program" profile whole.pb.gz --out small/out >out 2>err </dev/null
    got=$?
    checks=$((checks + 1))
    [ $got = 7 ] || wrong "exit code $got with a full disk"
    says err 'No space left'
else
    echo "not tried: a full disk (only root can make one)"
fi

# Options: each with what is wrong and what may be.  FRAGMENT|OPTIONS
while IFS='|' read -r fragment options; do
    # shellcheck disable=SC2086
    run 2 profile kernels.c --bench tails $options
    says err "$fragment"
done <<'EOT'
--seconds needs a number from 0.1 to 300, not "0"|--seconds 0
--seconds needs a number from 0.1 to 300, not "nan"|--seconds nan
--seconds needs a number from 0.1 to 300, not "1e9"|--seconds 1e9
--hz needs a whole number from 1 to 10000, not "0"|--hz 0
--hz needs a whole number from 1 to 10000, not "100000"|--hz 100000
--hz needs a whole number from 1 to 10000, not "2.5"|--hz 2.5
--top needs a whole number from 1 to 100000, not "0"|--top 0
--top needs a whole number from 1 to 100000, not "1.5"|--top 1.5
--size needs a whole number from 1 to [0-9]*, not "-1"|--size -1
a profile is of one kind|--cpu --wall
a profile is of one kind|--alloc --cpu
EOT
run 2 profile whole.pb.gz --out ''
says err '--out needs the name of a folder'

# Narrow terminals.
if script -qec true /dev/null >/dev/null 2>&1; then
    for columns in 40 24; do
        script -qec "stty cols $columns; '$program' profile whole.pb.gz --tree --list steps \
            --diff whole.pb.gz" /dev/null >out 2>err </dev/null
        checks=$((checks + 1))
        tr -d '\r' <out | grep '.\{41\}' >wide && wrong "wider than 40: $(cat wide)"
        says out 'steps'
    done
fi

# Ctrl-C: 130, and nothing is left behind.
mkdir temporary
# shellcheck disable=SC2016
TMPDIR=$tmp/temporary "$alone" sh -c '
    "$1" profile kernels.c --bench tails --seconds 60 --out stopped &
    pid=$!
    for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        kill -0 "$pid" && cat /proc/[0-9]*/stat 2>/dev/null |
            grep -q "^[0-9]* (perfcourse[^)]*) . $pid " && break
        sleep 0.1
    done
    kill -INT $pid
    wait $pid' sh "$program" >out 2>err </dev/null
got=$?
checks=$((checks + 2))
[ $got = 130 ] || wrong "exit code $got after an interrupt"
[ -z "$(ls temporary)$(ls stopped 2>/dev/null)" ] || wrong "something is left"

# Where allocations are counted the line is told at which it was, and not where it allocated.  It
# is ended after 10 s, so this is for `make check-hostile`.
if [ -n "${PC_HOSTILE:-}" ]; then
    run 5 profile kernels.c --alloc --bench waits
    says out "It did not come back, waited without working; it was seen at kernels\.c:$waits\."
fi

finish
