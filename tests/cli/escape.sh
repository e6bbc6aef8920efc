#!/bin/sh
# escape: what each compiler makes of lines that allocate.  The answers are known: a pair of malloc
# and free that nobody can see is elided, what is returned or stored stays.
. "$PC_SRCDIR/tests/cli/lib.sh"

cd "$tmp" || exit 99
mkdir own
cat >own/boxes.h <<'EOT'
#include <stdlib.h>
struct box { int *v; };
static inline void *fresh(size_t n)
{
    return malloc(n);
}
EOT
cat >own/boxes.c <<'EOT'
#include "boxes.h"
#include <string.h>
#define NEW(type) ((type *)malloc(sizeof(type)))
static int *kept;
void sink(void *p);
int pair(int n) { int *p = malloc(sizeof *p); *p = n; n = *p; free(p); return n; }
int guarded(int n)
{
    int *p = malloc(sizeof *p);
    if (!p)
        return -1;
    *p = n;
    n = *p;
    free(p);
    return n;
}
void *returned(size_t n) { return malloc(n); }
void stored(struct box *b) { b->v = malloc(40); }
void global(void) { kept = malloc(40); }
int *read_kept(void) { return kept; }
void passed(void) { int *p = malloc(40); sink(p); free(p); }
void loop(int n)
{
    for (int i = 0; i < n; i++) {
        int *p = malloc(40);
        sink(p);
        free(p);
    }
}
static void *helper(size_t n)
{
    void *p = malloc(n);
    if (!p)
        abort();
    return p;
}
void *one(void) { return helper(10); }
void *two(void) { char *p = helper(20); *p = 1; return p; }
char *copy(const char *s) { return strdup(s); }
void *from_header(void) { char *p = fresh(10); sink(p); return p; }
int *by_macro(void) { return NEW(int); }
void variable(int n) { char room[n]; sink(room); }
void large(void) { char room[5000]; sink(room); }
char *dangling(void) { char room[9]; sink(room); return room; }
void *(*which(void))(size_t) { return malloc; }
#define LOOK(p) (*(p) = 1)
void looked_at(void) { char *p = malloc(9); LOOK(p); sink(p); }
EOT

both=
for cc in gcc clang; do
    command -v $cc >/dev/null 2>&1 || continue
    both="$both $cc"
    run 0 escape own/boxes.c --cc $cc
    says out '^boxes.c: allocations at -O0' '^6  *malloc  *elided$' '^17  *malloc  *stays: returned$' \
        '^18  *malloc  *stays: stored in b->v$' '^19  *malloc  *stays: stored in kept$' \
        '^21  *malloc  *stays: passed to sink$' '^25  *malloc  *stays: passed to sink (line 26)$' \
        '^32  *malloc  *stays: returned (line 35), in [23] copies$' '^39  *strdup  *stays: returned$' \
        '^41  *malloc  *stays' '^47  *malloc  *stays: passed to sink$' '^boxes.h:5  *malloc  *stays' \
        '^elided: the compiler removed the call' \
        'line 45 takes the address of malloc; calls through a pointer cannot be told' \
        '^variable  *[0-9]*+$' '^large  *5[0-9]*$' '^+: and what alloca' \
        'boxes.c:43:.*-Wframe-larger-than' 'boxes.c:44:.*-Wreturn-'
    says_not out allocs/op '^gone'
done
[ -n "$both" ] || { echo 'neither gcc nor clang is here'; exit 77; }
[ ! -e "$HOME/perfcourse" ] || wrong "a file of one's own made a workspace"

if [ "$both" = ' gcc clang' ]; then
    # One guard is enough for the two to disagree.
    run 0 escape own/boxes.c --cc both
    says out '^line  *call  *gcc [0-9.]*  *clang [0-9.]*$' '^6  *malloc  *elided  *elided$' \
        '^9  *malloc  *stays  *elided$' '^stack bytes of  *gcc .* clang '
    run 0 escape own/boxes.c --cc both --json
    where() {
        "$PC_BUILDDIR/tests/cli/json_at" "$@" <"$tmp/out"
    }
    checks=$((checks + 1))
    [ "$(where files 0 lines 1 with 0 fate) $(where files 0 lines 1 with 1 fate)" = '"stays" "elided"' ] ||
        wrong 'the document does not tell the compilers apart'
    [ "$(where files 0 lines 2 destination sent)" = '"returned"' ] || wrong 'no destination'
    [ "$(where files 0 lines 3 destination to)" = '"b->v"' ] || wrong 'no place'
    [ "$(where files 0 lines 2 with 0 tail-call)" = true ] || wrong 'no tail call'
    [ "$(where files 0 lines 1 with 0 allocs/op)" = null ] || wrong 'a number that nobody measured'
    [ "$(where files 0 compilers 1 code)" = 0 ] || wrong 'no compiler'
    # A file that only one of them takes.
    echo 'int odd(void) { int inner(void) { return 1; } return inner(); }' >own/nested.c
    run 3 escape own/nested.c --cc both
    says out '^nested.c: no line allocates' && says err 'nested.c:1:.*(clang [0-9.]*)'
fi

# An exercise is counted, too: as many as its metrics say, in the lines that are named.
run 0 escape 07.1 --use starter
says out '^9  *realloc  *stays: returned (line 14).*  999$' '^19  *calloc  *stays.*  1$' \
    ': 1000 allocs/op, .*/op at n = 500' '^join_strings '
run 0 escape 07.1 --use reference --json
says out '"id": "07.1"' '"counted-at": 500' '"allocs/op": 1.0'
run 0 escape 07.1
says out '^join_names.c: '
[ -e "$HOME/perfcourse/.perfcourse" ] || wrong "the learner's own kernel needs a workspace"

# Several, and what goes wrong with one of them.
echo 'int none(int a) { return a + 1; }' >own/none.c
echo 'int broken = ;' >own/broken.c
run 3 escape own/broken.c own/none.c
says err 'broken.c:1:[0-9]*: ' && says out '^none.c: no line allocates'
says_not out broken
run 3 escape own/broken.c --json
says out '"code": 3' '"trouble": "broken.c:1:'
: >own/empty.c
run 0 escape own/empty.c
says out '^empty.c: no line allocates'
printf '#include <stdlib.h>\n#line 7 "\033[31mred.c"\nvoid *red(void) { return malloc(4); }\n' >own/red.c
run 0 escape own/red.c
says out 'red.c:7  *malloc  *stays: returned'
says_not out "$(printf '\033')"
cat >own/crash.c <<'EOT'
#include "join_names.h"
#include <stdlib.h>
char *join_strings(const char *const *items, size_t n, const char *sep)
{
    (void)items, (void)n;
    char *p = malloc(9);
    *(volatile char *)sep = 1;
    return p;
}
EOT
run 5 escape 07.1 --use own/crash.c
says out '^6  *malloc  *stays: returned (line 8)$' && says err 'did not finish while it was counted'

# Of a call that is a jump nobody sees the line: no number is made up.
cat >own/jump.c <<'EOT'
#include "join_names.h"
#include <stdlib.h>
#include <string.h>
static __attribute__((noinline)) char *room(size_t n) { return malloc(n); }
char *join_strings(const char *const *items, size_t n, const char *sep)
{
    size_t need = 1, k = strlen(sep);
    for (size_t i = 0; i < n; i++)
        need += strlen(items[i]) + k;
    char *text = room(need), *end = text;
    for (size_t i = 0; text && i < n; i++) {
        if (i > 0) {
            memcpy(end, sep, k);
            end += k;
        }
        end = strcpy(end, items[i]);
        end += strlen(end);
    }
    if (text)
        *end = 0;
    return text;
}
EOT
run 0 escape 07.1 --use own/jump.c
says out '^4  *malloc  *stays: returned  *?$' '^?: nobody can tell' \
    ': 1 allocs/op, .*; 1 of them in no line above'

# Interrupted wherever it is: 130, or all was done already.
for delay in 0.02 0.05 0.1 0.2 0.4; do
    checks=$((checks + 1))
    "$alone" timeout --preserve-status -s INT $delay "$program" escape 07.1 --use starter >out 2>err
    got=$?
    [ "$got" = 130 ] || [ "$got" = 0 ] || wrong "interrupted after $delay s: exit code $got"
done

run 2 escape
says err 'name an exercise, such as 05.1, or a C file'
run 2 escape own/missing.c
says err 'own/missing.c: No such file'
run 2 escape 99
run 2 escape own/none.c --use starter
says err '--use is for exercises'
run 2 escape 07.1 07.2 --use own/none.c
says err 'exactly one'
run 7 escape own/none.c --cc no-such-compiler
says err "no compiler 'no-such-compiler'"
[ ! -s out ] || wrong 'something was shown'

# Of two compilers one is missing: the other goes on, and both missing are a failure.
mkdir bin
for name in gcc cc as ld; do
    at=$(command -v $name) && ln -s "$at" bin/$name
done
if command -v gcc >/dev/null 2>&1; then
    path=$PATH
    PATH=$tmp/bin "$program" escape own/none.c --cc both >out 2>err ||
        wrong 'one missing compiler is a failure'
    says err "clang is left out: no compiler 'clang'" && says out '^none.c: no line allocates'
    PATH=$tmp/own "$program" escape own/none.c --cc both >out 2>err
    got=$?
    [ "$got" = 7 ] || wrong "exit code $got without a compiler"
    says err "no compiler 'gcc'" "no compiler 'clang'"
    PATH=$path
fi

finish
