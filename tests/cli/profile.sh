#!/bin/sh
# profile: where a kernel spends its time, what is said when that cannot be told, and files that
# other tools open.
. "$PC_SRCDIR/tests/cli/lib.sh"

cd "$tmp" || exit 99
cat >split.c <<'EOT'
#include <perfbench.h>
#include <signal.h>

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
    return steps(x, 1000) + 1;
}

BENCH(split)
{
    uint64_t x = 1;
    while (bench_loop(b))
        x = hardly(mostly(x));
    bench_keep(x);
}

#ifdef MORE
BENCH(deaf)
{
    uint64_t x = 1;
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    while (bench_loop(b))
        x = mostly(x);
    bench_keep(x);
}

BENCH(hangs)
{
    uint64_t x = 1;
    int op = 0;
    while (bench_loop(b)) {
        op++;
        while (op > 100)
            x = hardly(x); /* line 51 */
        x = hardly(x);
    }
    bench_keep(x);
}

BENCH(crashes)
{
    int op = 0;
    while (bench_loop(b))
        if (++op > 100)
            raise(SIGSEGV);
}
#endif
EOT
{
    echo '#define MORE'
    cat split.c
} >rest.c
line=$(grep -n 'line 51' rest.c | cut -d: -f1)

# The function that takes nearly all of it is first, with its line and what is known of it.
run 0 profile split.c --seconds 1
says out '^split: [0-9]* samples at 250 Hz, .* of CPU in .*, 1 thread' \
    '^ *\(9[0-9]\|100\)\.[0-9] % .* steps  split\.c:4$' ' mostly  split\.c:13$' \
    '^ *[0-9.]* % *[0-9.]* % *[678]  ' '^ *0\.0 % *[0-9.]* % *15  .*steps(x, 9000)' \
    'here *below  line of split\.c'
says_not out 'perfcourse-profile' '_start'
run 0 profile split.c --seconds 1 --total --top 1
says out 'bench_body_split\|steps' 'more: --top'
run 0 profile split.c --seconds 1 --tree --list mostly
says out '^100\.0 %  all$' '^ *[0-9.]* %   bench_body_split$' '^ *[0-9.]* %     steps$' \
    'return steps(x, 9000) + 1'
run 0 profile split.c --seconds 0.5 --wall
says out 'of the clock in'
run 2 profile split.c --seconds 0.5 --list nobody
says err 'no function nobody was seen; these were: .*steps'

# An exercise: the bench and the size of its limits, the source as it was profiled.
run 0 profile join_names --use reference --seconds 0.5 --out made
says out '^join_names at n = 2000: ' 'wrote made/cpu\.pb\.gz, made/cpu\.folded, made/join_names\.c'
checks=$((checks + 1))
cmp -s made/join_names.c "$PC_SRCDIR/checks/$ex07/join_names/reference.c" ||
    wrong "the source of the profile is another one"
checks=$((checks + 1))
grep -q '^.*bench_body_join_names;join_strings.* [0-9]*$' made/cpu.folded ||
    wrong "cpu.folded has no stack: $(head -n 3 made/cpu.folded)"
if command -v go >/dev/null; then
    pprof() {
        HOME=$tmp/go GOFLAGS=-mod=mod GOTOOLCHAIN=local PPROF_TMPDIR=$tmp/go go tool pprof "$@" \
            >"$tmp/out" 2>"$tmp/err"
    }
    mkdir -p go
    checks=$((checks + 2))
    pprof -top made/cpu.pb.gz || wrong "pprof cannot read it"
    says out 'Type: cpu' 'join_strings'
    pprof -source_path=made -list join_strings made/cpu.pb.gz || wrong "pprof lists nothing"
    says out 'ROUTINE =* join_strings in' 'stpcpy'
else
    echo "not tried: go tool pprof (package golang-go)"
fi
run 0 profile join_names --use starter --seconds 0.5 --out start --json
says out '"kind": "cpu"' '"bench": "join_names"' '"n": 2000' '"function": "append"' '"code": 0'

# Two profiles side by side: with the sign of what has surely changed, and what cannot be compared.
run 0 profile made/cpu.pb.gz --diff start/cpu.pb.gz
says out '^profile: [0-9]* samples at 250 Hz' '^compared with [0-9]* samples of before' \
    'an operation took [0-9.]* .s of CPU and takes' '^ before *now *change  95 %' \
    '^ *[0-9.]* % *-  [-=] *-[0-9.]*  .* -  append  join_names\.c:7$' \
    '^ *[0-9.]* % *[0-9.]* %  [-+=] *[-+][0-9.]*  .* join_strings  join_names\.c:'
run 0 profile made/cpu.pb.gz --diff made/cpu.pb.gz --json
says out '"changes": \[' '"sign": 0' '"before-per-op": [0-9]'
says_not out '"sign": -\{0,1\}1'
run 0 profile made/cpu.pb.gz --json
says out '"changes": null'
run 0 profile join_names --use reference --seconds 0.3 --diff start/cpu.pb.gz
says out '^join_names at n = 2000: ' '^compared with '
run 2 profile join_names --wall --diff start/cpu.pb.gz
says err 'measure different things: the old one cpu'
run 2 profile split.c --diff missing.pb.gz
says err 'missing\.pb\.gz'
head -c 300 start/cpu.pb.gz >half.pb.gz
for file in split.c half.pb.gz start/cpu.folded; do
    run 2 profile split.c --diff $file
    says err "$file: "
done
run 2 profile half.pb.gz
says err 'half\.pb\.gz: '
run 2 profile made/cpu.pb.gz --use starter
says err 'as it is'

# What cannot be told is said.
run 0 profile rest.c --bench deaf --seconds 0.3
says out '^deaf: 0 samples' 'blocks the signal SIGPROF'
run 5 profile rest.c --bench hangs --seconds 0.5
says out 'It did not come back; it was seen at rest\.c:' "^ *[0-9.]* % *[0-9.]* % *$line " ' steps '
run 5 profile rest.c --bench crashes --seconds 0.5
says out 'did not come to its end: Segmentation fault'
run 0 profile split.c --seconds 0.1 --hz 20
says out 'too few samples to say' 'try --seconds'

run 2 profile rest.c
says err 'there are 4 benchmarks' 'choose one with --bench NAME'
run 5 profile rest.c --bench nobody --seconds 0.3
says out 'no benchmark called nobody'
run 2 profile
says err 'name one exercise'
run 2 profile missing.c
says err 'missing\.c'
run 2 profile split.c --seconds never
says err '"never"'
run 2 profile split.c --use starter
says err 'as it is'
echo 'int broken(' >broken.c
run 3 profile broken.c
says err '^perfcourse: broken\.c:[0-9]*:[0-9]*: '
echo in the way >file
run 7 profile split.c --seconds 0.3 --out file
says err 'file'

finish
