#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "runner/sanitizer.h"

/* Reports of gcc 12 and clang 14 on Debian 12, as they came, except that the program is
 * called /b/join and that frames further out are left out. */
#define RULER "=================================================================\n"
#define GCC_LIBC "    #9 0x7fb9bfe45249  (/lib/x86_64-linux-gnu/libc.so.6+0x27249)\n\n"
#define CLANG_ID " (BuildId: 869b6af74ee9a08888059d92d015b938486dd8dd)\n"
#define CLANG_LIBC \
    "    #9 0x7fb2acf8d249  (/lib/x86_64-linux-gnu/libc.so.6+0x27249)" CLANG_ID "\n"
#define GCC_ALLOCATED \
    "0x602000000017 is located 0 bytes to the right of 7-byte region " \
    "[0x602000000010,0x602000000017)\nallocated by thread T0 here:\n" \
    "    #0 0x7fb9c08b89cf  (/lib/x86_64-linux-gnu/libasan.so.8+0xb89cf)\n" \
    "    #1 0x55804fc30808  (/b/join+0x2808)\n\n"

static const struct {
    const char *rule, *text;
    enum pc_ending ending;
    const char *what;
    int signal;
    size_t n_frames;
    uint64_t first;
    const char *file;
    int line, column;
} rows[] = {
    {"gcc: overflow of the heap",
     RULER
     "==1583==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x602000000017 "
     "at pc 0x55804fc303ae bp 0x7ffc413fbf60 sp 0x7ffc413fbf58\n"
     "WRITE of size 1 at 0x602000000017 thread T0\n"
     "    #0 0x55804fc303ad  (/b/join+0x23ad)\n"
     "    #1 0x55804fc30817  (/b/join+0x2817)\n" GCC_LIBC GCC_ALLOCATED,
     PC_ENDING_SANITIZER, "heap-buffer-overflow: WRITE of size 1", 0, 2, 0x23ad,
     .file = ""},
    {"clang: overflow of the heap",
     RULER
     "==1619==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x602000000017 "
     "at pc 0x55bb6ae156a0 bp 0x7ffe66a68af0 sp 0x7ffe66a68ae8\n"
     "READ of size 1 at 0x602000000017 thread T0\n"
     "    #0 0x55bb6ae1569f  (/b/join+0xdf69f)" CLANG_ID CLANG_LIBC,
     PC_ENDING_SANITIZER, "heap-buffer-overflow: READ of size 1", 0, 1, 0xdf69f,
     .file = ""},
    {"gcc: use after free",
     RULER "==1587==ERROR: AddressSanitizer: heap-use-after-free on address 0x602000000010 "
           "at pc 0x5560af1ea3ae bp 0x7ffc76885c80 sp 0x7ffc76885c78\n"
           "WRITE of size 1 at 0x602000000010 thread T0\n"
           "    #0 0x5560af1ea3ad  (/b/join+0x23ad)\n"
           "    #1 0x5560af1ea90a  (/b/join+0x290a)\n" GCC_LIBC,
     PC_ENDING_SANITIZER, "heap-use-after-free: WRITE of size 1", 0, 2, 0x23ad, .file = ""},
    {"gcc: in memcpy, which is not the program's",
     RULER "==1607==ERROR: AddressSanitizer: stack-buffer-overflow on address "
           "0x7ffc6b3b3488 at pc 0x7ff30f648061 bp 0x7ffc6b3b33c0 sp 0x7ffc6b3b2b70\n"
           "WRITE of size 27 at 0x7ffc6b3b3488 thread T0\n"
           "    #0 0x7ff30f648060  (/lib/x86_64-linux-gnu/libasan.so.8+0x48060)\n"
           "    #1 0x56113635db7e  (/b/join+0x2b7e)\n" GCC_LIBC,
     PC_ENDING_SANITIZER, "stack-buffer-overflow: WRITE of size 27", 0, 1, 0x2b7e,
     .file = ""},
    {"gcc: double free",
     RULER "==12187==ERROR: AddressSanitizer: attempting double-free on 0x602000000010 in "
           "thread T0:\n"
           "    #0 0x7fb6cc0b76a8  (/lib/x86_64-linux-gnu/libasan.so.8+0xb76a8)\n"
           "    #1 0x558d1b3e433b  (/b/join+0x133b)\n" GCC_LIBC,
     PC_ENDING_SANITIZER, "double-free", 0, 1, 0x133b, .file = ""},
    {"clang: bad free",
     RULER "==1645==ERROR: AddressSanitizer: attempting free on address which was not "
           "malloc()-ed: 0x602000000011 in thread T0\n"
           "    #0 0x55dbbcef0ea2  (/b/join+0xa3ea2)" CLANG_ID
           "    #1 0x55dbbcf2c409  (/b/join+0xdf409)" CLANG_ID CLANG_LIBC,
     PC_ENDING_SANITIZER, "free of what is not the start of an allocation", 0, 2, 0xa3ea2,
     .file = ""},
    {"clang: stack overflow",
     "AddressSanitizer:DEADLYSIGNAL\n" RULER
     "==1627==ERROR: AddressSanitizer: stack-overflow on address 0x7fff810fa840 (pc "
     "0x55b51c91f8c6 bp 0x7fff810fb950 sp 0x7fff810fa840 T0)\n"
     "    #0 0x55b51c91f8c6  (/b/join+0xdf8c6)" CLANG_ID
     "    #1 0x55b51c91f971  (/b/join+0xdf971)" CLANG_ID,
     PC_ENDING_CRASH, "stack overflow", 11, 2, 0xdf8c6, .file = ""},
    {"gcc: a NULL pointer without UBSan",
     "AddressSanitizer:DEADLYSIGNAL\n" RULER
     "==12193==ERROR: AddressSanitizer: SEGV on unknown address 0x000000000000 (pc "
     "0x56328735f3a1 bp 0x7ffca0c0c340 sp 0x7ffca0c0c2d0 T0)\n"
     "==12193==The signal is caused by a WRITE memory access.\n"
     "==12193==Hint: address points to the zero page.\n"
     "    #0 0x56328735f3a1  (/b/join+0x13a1)\n" GCC_LIBC
     "AddressSanitizer can not provide additional info.\n"
     "SUMMARY: AddressSanitizer: SEGV (/b/join+0x13a1) \n==12193==ABORTING\n",
     PC_ENDING_CRASH, "Segmentation fault: null pointer: WRITE", 11, 1, 0x13a1, .file = ""},
    {"clang: abort",
     "AddressSanitizer:DEADLYSIGNAL\n" RULER
     "==12205==ERROR: AddressSanitizer: ABRT on unknown address 0x000000002fad (pc "
     "0x7fdf5025eeec bp 0x7fdf501d2bc0 sp 0x7fff687df1d0 T0)\n"
     "    #0 0x7fdf5025eeec  (/lib/x86_64-linux-gnu/libc.so.6+0x8aeec)" CLANG_ID
     "    #3 0x56034876307f  (/b/join+0xdf07f)" CLANG_ID CLANG_LIBC,
     PC_ENDING_CRASH, "Aborted", 6, 1, 0xdf07f, .file = ""},
    {"gcc: division by zero without UBSan",
     "AddressSanitizer:DEADLYSIGNAL\n" RULER
     "==12191==ERROR: AddressSanitizer: FPE on unknown address 0x5581dbffd354 (pc "
     "0x5581dbffd354 bp 0x7ffd6d11f6e0 sp 0x7ffd6d11f670 T0)\n"
     "    #0 0x5581dbffd354  (/b/join+0x1354)\n" GCC_LIBC,
     PC_ENDING_CRASH, "Floating point exception", 8, 1, 0x1354, .file = ""},
    {"gcc: signed overflow",
     "a.c:18:33: runtime error: signed integer overflow: 7 + 2147483647 cannot be "
     "represented in type 'int'\n"
     "    #0 0x55b8e92b79f7  (/b/join+0x29f7)\n" GCC_LIBC,
     PC_ENDING_SANITIZER,
     "signed integer overflow: 7 + 2147483647 cannot be represented in type 'int'", 0, 1,
     0x29f7, "a.c", 18, 33},
    {"clang: shift",
     "dir with:colon/a.c:19:21: runtime error: shift exponent 47 is too large for 32-bit "
     "type 'int'\n"
     "    #0 0x558fc9e2f785  (/b/join+0xdf785)" CLANG_ID CLANG_LIBC
     "SUMMARY: UndefinedBehaviorSanitizer: undefined-behavior a.c:19:21 in \n",
     PC_ENDING_SANITIZER, "shift exponent 47 is too large for 32-bit type 'int'", 0, 1,
     0xdf785, "dir with:colon/a.c", 19, 21},
    {"gcc: misaligned, with a picture of the memory",
     "a.c:27:67: runtime error: store to misaligned address 0x7fff91c062b1 for type "
     "'volatile int', which requires 4 byte alignment\n"
     "0x7fff91c062b1: note: pointer points here\n"
     " 00 00 00  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  00 00 00 00 00\n"
     "              ^ \n"
     "    #0 0x55e37f779d5c  (/b/join+0x2d5c)\n" GCC_LIBC,
     PC_ENDING_SANITIZER,
     "store to misaligned address 0x7fff91c062b1 for type 'volatile int', which requires "
     "4 byte alignment",
     0, 1, 0x2d5c, "a.c", 27, 67},
    {"gcc: data race",
     "==================\nWARNING: ThreadSanitizer: data race (pid=1651)\n"
     "  Read of size 4 at 0x56095b43509c by thread T2:\n"
     "    #0 <null> <null> (join+0x12dc)\n"
     "    #1 <null> <null> (libtsan.so.2+0x3898f)\n\n"
     "  Previous write of size 4 at 0x56095b43509c by thread T1:\n"
     "    #0 <null> <null> (join+0x1300)\n\n"
     "SUMMARY: ThreadSanitizer: data race (/b/join+0x12dc) \n",
     PC_ENDING_SANITIZER, "data race: Read of size 4", 0, 1, 0x12dc, .file = ""},
    {"the last of several counts",
     "x: runtime error: printed by the kernel\n    #0 0x1  (/b/join+0x1)\n\n"
     "==1==ERROR: AddressSanitizer: heap-use-after-free on address 0x602000000010\n"
     "READ of size 4 at 0x602000000010 thread T0\n    #0 0x2  (/b/join+0x2)\n",
     PC_ENDING_SANITIZER, "heap-use-after-free: READ of size 4", 0, 1, 2, .file = ""},
    {"a report may be cut anywhere", "==1==ERROR: AddressSanitizer: ", PC_ENDING_SANITIZER,
     "an error without a name", .file = ""},
    {"also in a frame", "a.c:1:2: runtime error: x\n    #0 0x1  (/b/join+0x",
     PC_ENDING_SANITIZER, "x", 0, 0, 0, "a.c", 1, 2},
    {"a kernel can print one, with what terminals act on",
     "a\033[2J.c:1:2: runtime error: x\033c\n    #0 0x1  (/b/join+0x1)\n",
     PC_ENDING_SANITIZER, "x?c", 0, 1, 1, "a?[2J.c", 1, 2},
    {"with numbers that do not fit", "a.c:4294967297:2: runtime error: x\n",
     PC_ENDING_SANITIZER, "x", .file = ""},
};

static void reports_of_both_compilers_are_understood(void **state)
{
    (void)state;
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_crash crash = {.during = "one"};
        bool found = pc_sanitizer_read(rows[i].text, "/b/join", &crash);
        bool fine = found && crash.ending == rows[i].ending &&
                    strcmp(crash.what, rows[i].what) == 0 &&
                    crash.signal == rows[i].signal && crash.n_frames == rows[i].n_frames &&
                    (crash.n_frames == 0 || crash.frames[0] == rows[i].first) &&
                    strcmp(crash.object, crash.n_frames ? "/b/join" : "") == 0 &&
                    strcmp(crash.place.file, rows[i].file) == 0 &&
                    crash.place.line == rows[i].line &&
                    crash.place.column == rows[i].column &&
                    strcmp(crash.during, "one") == 0;
        if (!fine)
            fail_msg("%s: ending %d, signal %d, %zu frames, at %s:%d, \"%s\"", rows[i].rule,
                     crash.ending, crash.signal, crash.n_frames, crash.place.file,
                     crash.place.line, crash.what);
    }
}

static void other_text_is_no_report(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "", "\n", "error", "    #0 0x1  (/b/join+0x1)\n",
        "==1==WARNING: AddressSanitizer failed to allocate 0x19 bytes\n"};
    for (size_t i = 0; i < PC_COUNT(texts); i++) {
        struct pc_crash crash = {.what = "before"};
        assert_false(pc_sanitizer_read(texts[i], "/b/join", &crash));
        assert_string_equal(crash.what, "before");
        assert_int_equal(crash.n_frames, 0);
    }
}

static void many_frames_and_long_words_are_cut(void **state)
{
    (void)state;
    PC_AUTO(pc_auto_free) char *text = pc_alloc(100000);
    strcpy(text, "a.c:1:2: runtime error: ");
    memset(text + strlen(text), 'x', 5000);
    strcat(text, "\n");
    for (int i = 0; i < 300; i++)
        strcat(text, "    #1 0x55b51c91f971  (/b/join+0xdf971)\n");
    struct pc_crash crash = {0};
    assert_true(pc_sanitizer_read(text, "/b/join", &crash));
    assert_int_equal(crash.n_frames, PC_COUNT(crash.frames));
    assert_string_equal(crash.what + strlen(crash.what) - 4, "x...");
}

/* Both sides of a race are places in the program. */
static void a_race_has_two_sides(void **state)
{
    (void)state;
    struct pc_crash crash = {0};
    assert_true(
        pc_sanitizer_read("WARNING: ThreadSanitizer: data race (pid=1)\n"
                          "  Write of size 8 at 0x1 by thread T2:\n"
                          "    #0 <null> <null> (join+0x12dc)\n"
                          "    #1 <null> <null> (libtsan.so.2+0x3898f)\n\n"
                          "  Previous read of size 8 at 0x1 by thread T1:\n"
                          "    #0 <null> <null> (join+0x1300)\n"
                          "    #1 <null> <null> (join+0x1400)\n\n"
                          "  Thread T2 (tid=677, running) created by main thread at:\n"
                          "    #0 <null> <null> (join+0x5e686)\n\n",
                          "/b/join", &crash));
    assert_int_equal(crash.n_frames, 1);
    assert_int_equal(crash.frames[0], 0x12dc);
    assert_int_equal(crash.n_other, 2);
    assert_int_equal(crash.other_frames[0], 0x1300);
    assert_int_equal(crash.other_frames[1], 0x1400);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_race_has_two_sides),
        cmocka_unit_test(reports_of_both_compilers_are_understood),
        cmocka_unit_test(other_text_is_no_report),
        cmocka_unit_test(many_frames_and_long_words_are_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
