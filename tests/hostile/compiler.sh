#!/bin/sh
# Kernels that are hard on the compiler: each is a build failure, said in a line, within the limits of
# time, memory and output that the compiler has as any other child.  With "slow" those that use a
# limit up (`make check-hostile`).
. "$PC_SRCDIR/tests/cli/lib.sh"
. "$PC_SRCDIR/tests/cli/course_of.sh"

# An exercise that allows asm with something in it, by which the assembler is reached.
sed -i 's/^return {/return {allow = {"asm"},/' "$course/checks/$ex07/join_names/limits.lua"
starter=$PC_SRCDIR/exercises/$ex07/join_names/join_names.c

# compiles_not NAME TEXT: the starter with what standard input adds.
compiles_not() {
    { cat "$starter" && cat; } >"$tmp/$1.c"
    run 3 check join_names --use "$tmp/$1.c" --quick
    says out "^verdict: does not build: .*$2"
    says_not out "$(printf '\033')" "$(printf '\007')" '\[{' ' \[]'
    # What the build wrote is gone, and nobody goes on.
    checks=$((checks + 1))
    left=$(find "$XDG_CACHE_HOME/perfcourse" -name 'tmp.*' -size +1000k 2>/dev/null)
    [ -z "$left" ] || wrong "$1: it left $left"
}

quick() {
    for file in /dev/zero /dev/stdin /proc/self/mem ../secret.h; do
        compiles_not include 'is not allowed here: headers come from' <<-EOF
		#include "$file"
		EOF
    done
    compiles_not itself "'#include' is not allowed here" <<-'EOF'
		#include __FILE__
	EOF
    compiles_not pragma "'_Pragma' is not allowed here" <<-'EOF'
		_Pragma("GCC dependency \"/dev/zero\"")
	EOF
    compiles_not line 'a?]0;x?\.c:1:' <<-EOF
		#line 1 "a$(printf '\033')]0;x$(printf '\007').c"
		int x = ;
	EOF
    compiles_not huge 'the compiler wrote a file of more than 256 MiB' <<-'EOF'
		char huge[1u << 30] = {1};
	EOF
    compiles_not bss 'bytes of static variables, at most' <<-'EOF'
		char bss[1ul << 34];
	EOF
    compiles_not deep "\($limit_of_nesting\)" <<-EOF
		int deep = $(printf '%0200000d' 0 | tr 0 '(')1;
	EOF
}

# What clang's own assembler does with these takes longer.
quick_of_gcc() {
    compiles_not bytes 'unable to include' <<-'EOF'
		__asm__(".incbin \"/dev/zero\"");
	EOF
    compiles_not repeat 'ran out of its 2 GiB of memory' <<-'EOF'
		__asm__(".rept 1000000000\n.quad 1\n.endr");
	EOF
    compiles_not fill 'wrote a file of more than 256 MiB' <<-'EOF'
		__asm__(".fill 300000000, 8, 1");
	EOF
    compiles_not asm_macro 'macros nested too deeply' <<-'EOF'
		__asm__(".macro m\n m\n m\n .endm\n m");
	EOF
}

slow() {
    mkfifo "$tmp/pipe.h"
    compiles_not fifo 'ran out of its 20 s' <<-EOF
		__asm__(".include \"$tmp/pipe.h\"");
	EOF
    compiles_not macros 'ran out of\|too many arguments' <<-'EOF'
		#define A(x) x x x x x x x x x x
		#define B(x) A(A(A(A(x))))
		#define C(x) B(B(B(x)))
		int a[] = {C(C(1,))};
	EOF
    compiles_not errors "undeclared" <<-EOF
		$(yes 'int x = y;' | head -n 80000)
	EOF
}

limit_of_nesting='the compiler crashed on this source\|nesting level\|ran out of'
if [ "${1-}" = slow ]; then
    slow
else
    quick
    case ${CC:-cc} in
    *clang*) ;;
    *) quick_of_gcc ;;
    esac
fi
finish
