#!/bin/sh
# bench: Go's benchmark format from exercises and from C files of one's own, as compare and
# benchstat read it.
. "$PC_SRCDIR/tests/cli/lib.sh"

cd "$tmp" || exit 99
mkdir own
cat >own/mine.h <<'EOT'
#define BYTES 48
EOT
cat >own/mine.c <<'EOT'
#include <perfbench.h>
#include <stdlib.h>
#include "mine.h"

static void allocate(struct bench_thread *t, void *arg)
{
    while (bench_thread_loop(t)) {
        void *p = malloc(*(size_t *)arg);
        bench_keep(p);
        free(p);
    }
}

BENCH(parallel)
{
    size_t bytes = BYTES;
    bench_run_parallel(b, allocate, &bytes);
}

static void spin(struct bench *b, void *arg)
{
    while (bench_loop(b))
        bench_keep(arg);
}

BENCH(groups)
{
    bench_run(b, "kind=a", spin, b);
    bench_run(b, "kind=b c", spin, b);
}

BENCH_SIZES(copy, 100, 1000)
{
    char from[1000] = {0}, to[1000];
    bench_set_bytes(b, bench_size(b));
    while (bench_loop(b)) {
        memcpy(to, from, bench_size(b));
        bench_keep(&to);
    }
    bench_report_metric(b, "zebras/op", 2.5);
}
EOT

# conforms N: out is of Go's format, with N results: nothing but settings, results and PASS, and a
# result is a name, a count and pairs of a number and a unit.
conforms() {
    checks=$((checks + 1))
    awk -v want="$1" '
        /^[a-z][a-z]*: [^ ]/ || /^PASS$/ { next }
        /^Benchmark[A-Z][^ \t]* *\t *[1-9][0-9]*\t/ {
            if (NF < 4 || NF % 2) { print "fields: " $0; bad = 1 }
            for (i = 3; i <= NF; i += 2)
                if ($i !~ /^[0-9.]+$/ || $(i + 1) !~ /\/(op|s)$/) { print "pair: " $0; bad = 1 }
            results++
            next
        }
        { print "line: " $0; bad = 1 }
        END { if (results != want) { print results + 0 " results"; bad = 1 }; exit bad }
    ' out >report || wrong "not Go's format: $(cat report)"
}

run 0 bench own/mine.c --benchmem --count 2 --cpu 1,2 --benchtime 5x
conforms 20
says out '^goos: linux$' '^goarch: [a-z0-9]*$' '^pkg: mine$' '^compiler: .* [0-9]' \
    '^flags: -O2 .*-falign-functions=64' '^BenchmarkParallel  *.* 48 B/op.* 1 allocs/op$' \
    '^BenchmarkParallel-2 ' '^BenchmarkGroups/kind=b_c-2' \
    '^BenchmarkCopy/n=1000-2.* MB/s.* 2.500 zebras/op' '^PASS$'
says_not out 'flags: .*-W' '-fmax-errors'
cp out results
run 0 compare results
says out '^Groups/kind=a-2 ' '^MB/s, 2 runs' '^allocs/op, 2 runs'
[ ! -e "$HOME/perfcourse" ] || wrong "a file of one's own made a workspace"

# Exercises and files in one go, each with its own settings.
run 0 bench 07.1 07.2 --use reference --benchtime 1x
says out '^pkg: perfcourse/07_strings_bytes_and_builders/join_names$' '^pkg: perfcourse/07.*'
[ "$(grep -c '^pkg: ' out)" = 2 ] || wrong "not one heading for each exercise"
run 0 bench own/mine.c 07.1 --bench 'copy|join' --benchtime 1x
says out '^pkg: mine$' '^pkg: perfcourse/07.*/join_names$' '^BenchmarkJoin_names/n='

run 2 bench own/mine.c --use starter
says err '--use is for exercises'
run 2 bench 07.1 07.2 --use own/mine.c
says err 'exactly one'
run 2 bench
says err 'name an exercise, such as 07.1, or a C file'
run 2 bench own/missing.c
says err 'own/missing.c: No such file'
run 2 bench own/mine.c --cpu 0
says err '--cpu takes numbers of threads'
cp own/mine.c 'own/two words.c'
run 2 bench 'own/two words.c'
says err "is no name for a C file"

# One that does not build, or crashes, does not keep the next one from it.
echo 'int broken = ;' >own/broken.c
cat >own/crash.c <<'EOT'
#include <perfbench.h>
#include <signal.h>
BENCH(crash)
{
    while (bench_loop(b))
        raise(SIGSEGV);
}
EOT
run 3 bench own/broken.c own/mine.c --bench 'copy/n=100$' --benchtime 1x
says err 'broken.c:1:[0-9]*: ' && says out '^BenchmarkCopy/n=100'
run 5 bench own/crash.c own/mine.c --bench '(crash|copy)' --benchtime 1x
says err 'crash.c: the bench did not finish: ' && says out '^BenchmarkCopy/n=100'
says_not err 'perfcourse check'

finish
