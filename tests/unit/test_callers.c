/*
 * The calls that are found by rules are those that libgcc finds, whatever the frames in between look
 * like.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <alloca.h>
#include <execinfo.h>
#include <pthread.h>
#include <search.h>
#include <signal.h>
#include <ucontext.h>

#include "sampling/callers.h"

enum { DEEP = 64 };

static _Thread_local int probes;

/* Two ways to see the same; as the functions of malloc do it, from a frame of its own. */
__attribute__((noinline)) static void probe(void)
{
    void *stack[DEEP];
    struct pc_chain chain;
    struct pc_call call = PC_CALL_HERE;
    int n = backtrace(stack, DEEP), from = 0;
    pc_callers_take(&chain, call);
    while (from < n && stack[from] != call.caller)
        from++;
    assert_true(from < n);
    assert_true(chain.n > 0);
    for (uint32_t i = 0; i < chain.n; i++)
        if (from + (int)i >= n || chain.addresses[i] != (uintptr_t)stack[from + (int)i])
            fail_msg("frame %u of %u, %d of libgcc's", i, chain.n, n - from);
    assert_true(chain.is_cut || (int)chain.n == n - from);
    probes++;
}

/* Which compilers must believe to be in use. */
static void use(char *room)
{
    __asm__ volatile("" : : "r"(room) : "memory");
}

__attribute__((noinline)) static void fixed(int depth)
{
    char room[100];
    use(room);
    if (depth > 0)
        fixed(depth - 1);
    probe();
    use(room);
}

/* The stack pointer says nothing here; the frame pointer does. */
__attribute__((noinline)) static void varying(size_t n)
{
    char *room = alloca(n * 100 + 1);
    use(room);
    probe();
    if (n > 0)
        varying(n - 1);
    probe();
    use(room);
}

__attribute__((noinline)) static void many_arguments(int a, int b, int c, int d, int e,
                                                     int f, int g, int h, int i)
{
    probe();
    __asm__ volatile("" : : "r"(a + b + c + d + e + f + g + h + i));
}

__attribute__((noinline)) static void aligned(void)
{
    _Alignas(64) char room[64];
    use(room);
    probe();
    use(room);
}

static int compare(const void *a, const void *b)
{
    probe();
    return (*(const int *)a > *(const int *)b) - (*(const int *)a < *(const int *)b);
}

static void visit(const void *node, VISIT which, int depth)
{
    (void)node;
    (void)which;
    (void)depth;
    probe();
}

static void through_libraries(void)
{
    int numbers[] = {5, 3, 9, 1, 7, 2, 8, 6};
    void *tree = NULL;
    qsort(numbers, 8, sizeof *numbers, compare);
    for (size_t i = 0; i < 8; i++)
        tsearch(&numbers[i], &tree, compare);
    twalk(tree, visit);
    for (size_t i = 0; i < 8; i++)
        tdelete(&numbers[i], &tree, compare);
}

static void on_signal(int signal)
{
    (void)signal;
    probe();
}

static void in_a_handler(void)
{
    signal(SIGUSR1, on_signal);
    raise(SIGUSR1);
    signal(SIGUSR1, SIG_DFL);
}

static void *in_a_thread(void *arg)
{
    fixed(3);
    varying(3);
    through_libraries();
    *(int *)arg = probes;
    return NULL;
}

static void in_threads(void)
{
    enum { CROWD = 4 };
    pthread_t threads[CROWD];
    int found[CROWD] = {0};
    for (int i = 0; i < CROWD; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, in_a_thread, &found[i]), 0);
    for (int i = 0; i < CROWD; i++) {
        pthread_join(threads[i], NULL);
        assert_true(found[i] > 4);
        probes++;
    }
}

static ucontext_t here, there;

static void on_own_stack(void)
{
    fixed(2);
    probe();
}

static void in_a_coroutine(void)
{
    enum { SIZE = 1 << 16 };
    char *memory = malloc(SIZE);
    getcontext(&there);
    there.uc_stack = (stack_t){.ss_sp = memory, .ss_size = SIZE};
    there.uc_link = &here;
    makecontext(&there, on_own_stack, 0);
    swapcontext(&here, &there);
    free(memory);
}

static void recursion(void)
{
    fixed(20);
}

static void frames_of_any_size(void)
{
    varying(5);
    many_arguments(1, 2, 3, 4, 5, 6, 7, 8, 9);
    aligned();
}

static void chains_are_those_of_libgcc(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        void (*body)(void);
    } rows[] = {
        {"recursion", recursion},
        {"frames of any size", frames_of_any_size},
        {"libraries in between", through_libraries},
        {"a handler", in_a_handler},
        {"threads", in_threads},
        {"a stack of the program's", in_a_coroutine},
    };
    pc_callers_prepare();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (int k = 0; k < 3; k++) { /* and as they are remembered */
            probes = 0;
            rows[i].body();
            if (probes == 0)
                fail_msg("%s: nobody looked", rows[i].name);
        }
    }
}

/* What is deeper than a chain is long: without repetitions, or cut and said so. */
static void deep_recursion_is_folded(void **state)
{
    (void)state;
    struct pc_chain chain;
    pc_chain_begin(&chain);
    for (uintptr_t i = 0; i < 1000; i++)
        assert_true(pc_chain_add(&chain, 100 + i % 3));
    pc_chain_finish(&chain);
    assert_int_equal(chain.n, 3);
    assert_false(chain.is_cut);
    for (uintptr_t i = 0; i < PC_SITES_DEPTH - 3; i++)
        assert_true(pc_chain_add(&chain, 1000 + i));
    assert_false(pc_chain_add(&chain, 5));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chains_are_those_of_libgcc),
        cmocka_unit_test(deep_recursion_is_folded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
