#include "/etc/passwd"
#include <../x.h>
#pragma GCC optimize("O3")
_Pragma("x")
%:define A(x) _Pra ## gma
??=include
__attribute__((optimize("O3"), target("avx2"))) [[gnu::no_sanitize]] int f; asm("x"); "\
" /* a \
 */ // b \
 c
