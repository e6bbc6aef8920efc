#!/bin/sh
# profile --alloc: every allocation by the line that made it, exact, and files that other tools open.
. "$PC_SRCDIR/tests/cli/lib.sh"

cd "$tmp" || exit 99
cat >split.c <<'EOT'
#include <perfbench.h>
#include <stdlib.h>

__attribute__((noinline)) char *copy(const char *text)
{
    return strdup(text);
}

__attribute__((noinline)) void *block(size_t n)
{
    return malloc(n);
}

BENCH(split)
{
    while (bench_loop(b)) {
        char *s = copy("nine char");
        void *p = block(100), *q = block(300);
        bench_keep(s);
        bench_keep(p);
        bench_keep(q);
        free(q);
        free(p);
        free(s);
    }
}
EOT
cat >rest.c <<'EOT'
#include <perfbench.h>
#include <stdlib.h>

BENCH(leaks)
{
    while (bench_loop(b)) {
        char *kept = strdup("lost"); /* line 7 */
        bench_keep(kept);
    }
}

BENCH(crashes)
{
    int op = 0;
    while (bench_loop(b)) {
        void *p = malloc(10);
        bench_keep(p);
        free(p);
        if (++op > 10)
            abort();
    }
}

BENCH(nothing)
{
    while (bench_loop(b))
        bench_keep(b);
}
EOT

# Functions and lines with what one operation allocates there.
run 0 profile split.c --alloc
says out '^split: 32 operations, on average with 3 allocations of 410 B in all; every one is counted$' \
    '^ *allocs/op *B/op *and below  function$' '^ *2 *400 *2  block  split\.c:9$' \
    '^ *1 *10 *1  copy  split\.c:4$' '^ *0 *0 *3  bench_body_split' \
    '^ *2 *400 *2 *11      return malloc(n);$' '^ *1 *10 *1 *6      return strdup(text);$'
says_not out 'live' 'never freed' '95 %' 'libc'
run 0 profile split.c --alloc --list block --tree --ops 5
says out '5 operations' '^ *9  .*void \*block(size_t n)$' '^ *2 *400 *2 *11  ' \
    '^100\.0 %   bench_body_split$' '^ 66\.7 %    block$' '^ 33\.3 %    copy$'
run 0 profile split.c --alloc --by bytes --top 1
says out '^ *2 *400 *2  block' '2 more: --top 3'
run 0 profile split.c --alloc --everything
says out 'strdup'
run 2 profile split.c --alloc --list nobody
says err 'no function nobody was seen; these were: .*block'

# What lives on, and what is never freed.
run 0 profile rest.c --alloc --bench leaks
says out '1 allocation of 5 B in all, of which 5 B lived on' '^ *allocs/op *B/op *live-B/op' \
    '^ *1 *5 *5 *1  bench_body_leaks' \
    '^34 blocks of 170 B were never freed, warm-up included:$' \
    '^ *34 of *170 B  bench_body_leaks  rest\.c:7$'
run 0 profile rest.c --alloc --bench nothing
says out '0 allocations of 0 B'
run 5 profile rest.c --alloc --bench crashes
says out 'did not come to its end: .*[Aa]bort' '^ *[0-9]* *[0-9]* *[0-9]* *16  .*malloc(10);$' \
    '^ *allocs *B *and below'

# at NAME|INDEX...: a value of the JSON in out
at() {
    "$PC_BUILDDIR/tests/cli/json_at" "$@" <"$tmp/out" 2>/dev/null
}

# An exercise: the sum of all places is what a check counts, to the last one.
for use in starter reference; do
    run 0 profile join_names --use $use --alloc --json
    says out '"kind": "alloc"' '"bench": "join_names"' '"n": 500' '"lost": 0' '"cut": 0'
    objects=$(at objects) ops=$(at ops)
    sum=0 i=0
    while self=$(at functions $i objects self); do
        sum=$((sum + self)) i=$((i + 1))
    done
    checks=$((checks + 2))
    [ "$ops $objects" = "32 $sum" ] ||
        wrong "$objects objects in $ops operations, $sum by function"
    "$alone" "$program" check join_names --use $use --quick --json >"$tmp/out" 2>"$tmp/err"
    allocs=$(awk '/"allocs\/op": \{/ { s = 1 }
        s && /"mean"/ { gsub(/[^0-9.]/, ""); print; exit }' "$tmp/out")
    awk -v a="$allocs" -v n="$objects" -v ops="$ops" \
        'BEGIN { exit !(a > 0 && a * ops == n) }' ||
        wrong "a check counts $allocs allocs/op, the profile $objects in $ops operations"
done

run 0 profile join_names --use reference --alloc --out made
says out 'wrote made/heap\.pb\.gz, made/heap\.folded, made/join_names\.c'
checks=$((checks + 1))
grep -q '^bench_body_join_names;join_strings 32$' made/heap.folded ||
    wrong "heap.folded has no stack: $(head -n 3 made/heap.folded)"
if command -v go >/dev/null; then
    pprof() {
        HOME=$tmp/go GOFLAGS=-mod=mod GOTOOLCHAIN=local PPROF_TMPDIR=$tmp/go go tool pprof "$@" \
            >"$tmp/out" 2>"$tmp/err"
    }
    mkdir -p go
    checks=$((checks + 3))
    pprof -sample_index=alloc_objects -top made/heap.pb.gz || wrong "pprof cannot read it"
    says out 'Type: alloc_objects' '^ *32 *100% *100% *32 *100%  join_strings'
    pprof -sample_index=alloc_space -top made/heap.pb.gz || wrong "pprof cannot read bytes"
    says out 'Type: alloc_space' 'join_strings'
    pprof -sample_index=alloc_objects -source_path=made -list join_strings made/heap.pb.gz ||
        wrong "pprof lists nothing"
    says out 'ROUTINE =* join_strings in' '^ *32 .*malloc(need)'
else
    echo "not tried: go tool pprof (package golang-go)"
fi

# Without a file the profile before the last change is what it is compared with, where there is one.
run 0 init ws
export PERFCOURSE_WORKSPACE="$tmp/ws"
kernel=$tmp/ws/$ex07/join_names/join_names.c
kept=$XDG_STATE_HOME/perfcourse/profiles/join_names
run 0 profile join_names --alloc --diff
says out '1000 allocations' 'no earlier profile of another version' 'This one is kept'
cat "$PC_SRCDIR/checks/$ex07/join_names/reference.c" >"$kernel"
run 0 profile --alloc --diff join_names
says out '^compared with before (.*), 1000 allocs/op became 1, ' \
    '^ *allocs/op *now *change *B/op *now  function$' \
    '^ *999 *-  - *-999 *[0-9.]* *0  append  join_names\.c:7$'
run 0 profile join_names --diff --alloc --json
says out '"changes": \[' '"objects-before-per-op": 999' '"sign": -1'
run 0 profile join_names --alloc --use starter --diff
says out '^compared with before (.*), 1 allocs/op became 1000, '
run 0 profile join_names --alloc --diff "$kept/join_names-500-alloc-before.pb.gz"
says out '1000 allocs/op became 1, '
run 2 profile "$kept/join_names-500-alloc.pb.gz" --diff
says err 'needs a file'
run 2 profile split.c --alloc --diff
says err 'needs a file'
echo rubbish >"$kept/join_names-500-alloc-before.pb.gz"
run 0 profile join_names --alloc --diff
says out 'no earlier profile'
rm -r "$kept"
echo in the way >"$kept"
run 0 profile join_names --alloc
says err 'the profile is not kept: '

# What does not go together.
run 2 profile split.c --alloc --seconds 1
says err '--ops says how many'
run 2 profile split.c --ops 3
says err 'goes with --alloc'
run 2 profile split.c --alloc --by weight
says err 'objects, bytes or live, not "weight"'
run 2 profile split.c --alloc --ops 0
says err '"0"'
run 2 profile rest.c --alloc
says err 'choose one with --bench NAME'

finish
