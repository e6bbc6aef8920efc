#!/bin/sh
# The metrics that are counted in runs of their own, and growth, from limits.lua to the sentence.
# Times decide nothing here: what is asked about growth is that it is told.
. "$PC_SRCDIR/tests/cli/lib.sh"

mkdir "$tmp/course"
cp -R "$PC_SRCDIR/lessons" "$PC_SRCDIR/exercises" "$PC_SRCDIR/checks" "$tmp/course"
chmod -R u+w "$tmp/course"
export PERFCOURSE_DATADIR="$tmp/course"
limits="$tmp/course/checks/$ex07/join_names/limits.lua"
rm -r "$(dirname "$limits")/mutants"

limit() {
    echo "return {count_at = 100, $1, fails = {\"wrong\"}}" >"$limits"
}

# kernel LINES: one that is right, with a type of its own and these lines at its beginning.
kernel() {
    cat >"$tmp/join_names.c" <<END
#define _GNU_SOURCE
#include "join_names.h"
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
struct piece { char kind; const char *text; char last; };
struct piece last_piece;
char *join_strings(const char *const *items, size_t n, const char *sep)
{
    $1
    size_t need = 1, k = strlen(sep);
    for (size_t i = 0; i < n; i++)
        need += strlen(items[i]) + k;
    char *text = malloc(need), *end = text;
    if (!text)
        return NULL;
    for (size_t i = 0; i < n; i++)
        end = stpcpy(i > 0 ? mempcpy(end, sep, k) : end, items[i]);
    *end = 0;
    return text;
}
END
}
judge() {
    run "$1" check 07.1 --quick --use "$tmp/join_names.c"
}

# System calls, whoever makes them: by libc, or by the processor's instruction.
limit '["syscalls/op"] = {max = 2}, allow = {"asm"}'
kernel 'if (getppid() < 0) return NULL;'
judge 0
says out '^syscalls/op: 1, at most 2 allowed: passed'
kernel 'for (int call = 0; call < 5; call++) getppid();'
judge 1
says out '^syscalls/op: 5, at most 2 allowed: 3 too many' 'call the system less often'
if [ "$(uname -m)" = x86_64 ]; then
    kernel 'for (long k = 0, r = 110; k < 7; k++, r = 110) __asm__ volatile("syscall" : "+a"(r) : : "rcx", "r11", "memory");'
    judge 1
    says out '^syscalls/op: 7, at most 2 allowed: 5 too many'
fi
limit '["connections/op"] = 0'
kernel 'connect(-1, NULL, 0);'
judge 1
says out '^connections/op: 1, at most 0 allowed: 1 too many'

# What the compiler made of the code.
limit '["sizeof.piece"] = 16, ["padding.piece"] = 6, ["stack-B.join_strings"] = 512'
kernel ';'
judge 1
says out '^sizeof.piece: 24 B, at most 16 B allowed: 8 B too much' \
    '^padding.piece: 14 B, at most 6 B allowed: 8 B too much' \
    '^stack-B.join_strings: .*: passed'
limit '["sizeof.no_such"] = 16'
judge 1
says out '^sizeof.no_such: the kernel has no no_such; keep its name and use it'
limit '["stack-B.join_strings"] = 512'
kernel 'volatile char room[n + 1]; room[n] = 0;'
judge 7
says out 'stack-B.join_strings cannot be told'

# A leak says where its block came from.
limit '["allocs/op"] = 24'
kernel 'void *volatile lost = malloc(7); if (!lost) return NULL;'
judge 4
says out '^verdict: leaks .* never freed, allocated at join_names.c:[0-9]* in join_strings'

# Everything that is counted, without a verdict.
run 0 bench 07.1 --metrics --use "$tmp/join_names.c"
says out '^counted at n = 100' '^allocs/op ' '^faults/op ' '^waits/op ' '^preemptions/op ' \
    '^threads-left *0' '^syscalls/op *0' '^connections/op *0' \
    '^leak: .* allocated at join_names.c:[0-9]* in join_strings'

# Growth, with its table.
run 0 bench 07.1 --growth=64..1024 --use reference
says out '^ *n *time/op *ratio *n^k' '^ *64 ' '^ *1024 ' '^growth: n^[0-9.]* (.* 7 rounds)'
run 0 bench 07.1 --growth=64..256 --metrics --use reference --json
for place in 'growth points 4 n' 'counts metrics syscalls/op max' 'counts metrics threads-left max'; do
    # shellcheck disable=SC2086
    "$PC_BUILDDIR/tests/cli/json_at" $place <"$tmp/out" >/dev/null || wrong "no $place"
done
run 2 bench 07.1 --json
says err '--json goes with'
run 2 bench 07.1 --growth=64..100 --use reference
says err 'at least 4 times FROM'
run 2 bench 07.3 --growth --use reference
says err 'does not say at which sizes it grows'

echo 'return {growth = {max = 9, from = 50, to = 800}, fails = {"growth"}}' >"$limits"
# However busy the machine is: no time is too long, and no exponent is near 9.
run 0 check 07.1 --use reference --time 60 --json
"$PC_BUILDDIR/tests/cli/json_at" checks 0 growth points 4 n <"$tmp/out" | grep -q '^800$' ||
    wrong 'no largest size in the document'
run 0 check 07.1 --use reference --time 60
says out '^growth: n^.* at most n^9.00 allowed: passed'

finish
