#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "toolchain/allocators.h"
#include "toolchain/flow.h"

/* Each source allocates in its line 3, which is the first of a body. */
static const char *const frame = "#include <stdlib.h>\n%s {\n%s\n}\n%s";

struct row {
    const char *head, *body, *rest, *expected;
};

static void check(const struct row *row)
{
    static const char *const names[] = {[PC_SENT_UNKNOWN] = "unknown",
                                        [PC_SENT_RETURNED] = "returned",
                                        [PC_SENT_STORED] = "stored",
                                        [PC_SENT_PASSED] = "passed"};
    char text[2000], got[100];
    struct pc_destination d;
    int line = 3;
    snprintf(text, sizeof text, frame, row->head, row->body, row->rest ? row->rest : "");
    struct pc_words others = {0};
    pc_words_add(&others, "sink");
    pc_flow_find(text, strlen(text), &others, &line, 1, &d);
    pc_words_fini(&others);
    int n = snprintf(got, sizeof got, "%s%s%s", names[d.sent], d.to[0] ? " " : "", d.to);
    if (d.line)
        snprintf(got + n, sizeof got - (size_t)n, " %d", d.line);
    if (strcmp(got, row->expected) != 0)
        fail_msg("%s\ngives %s, not %s", text, got, row->expected);
}

static void plain_destinations_are_found_with_their_line(void **state)
{
    static const struct row rows[] = {
        {"void *f(size_t n)", "return malloc(n);", NULL, "returned 3"},
        {"char *f(size_t n)", "return (char *)malloc(n);", NULL, "returned 3"},
        {"char *f(size_t n)", "char *p = malloc(n);\nif (!p)\nabort();\nreturn p;", NULL,
         "returned 6"},
        {"char *f(size_t n)", "char *p = (char *)malloc(n); *p = 0;\nreturn (char *)p;",
         NULL, "returned 4"},
        {"char *f(const char *s)", "char *p = malloc(9);\nreturn strcat(p, s);", NULL,
         "returned 4"},
        {"char *f(size_t n)", "char *p; if (!(p = malloc(n)))\nreturn NULL;\nreturn p;",
         NULL, "returned 5"},
        {"void f(void)", "char *p = malloc(40);\nLOOK(p);\nsink(p);", NULL,
         "passed sink 5"},
        {"char *f(void)", "char *p = NULL; p = malloc(2);\nreturn p;", NULL, "returned 4"},
        {"void f(struct b *b)", "b->v = malloc(40);", NULL, "stored b->v 3"},
        {"void f(struct b *b)", "b->row[2].v = malloc(40);", NULL, "stored b->row[2].v 3"},
        {"void f(char **out)", "*out = malloc(40);", NULL, "stored *out 3"},
        {"void f(char **out)", "char *p = malloc(40);\n*out = p;", NULL, "stored *out 4"},
        {"static char *g;\nvoid f(void)", "g = malloc(40);", NULL, "unknown"},
        {"static char *g; void f(void)", "g = malloc(40);", NULL, "stored g 3"},
        {"static char *g; void f(void)", "char *p = malloc(40);\ng = p;", NULL,
         "stored g 4"},
        {"void f(void)", "static char *p; p = malloc(40);", NULL, "stored p 3"},
        {"void f(void)", "char *p = malloc(40);\nsink(p);\nfree(p);", NULL,
         "passed sink 4"},
        {"void f(void)", "sink(malloc(40));", NULL, "passed sink 3"},
        {"void f(void)", "sink(1, (char *)malloc(40), 2);", NULL, "passed sink 3"},
        {"void f(void)", "char *p = malloc(40);\nsink(1, p);\nreturn p;", NULL,
         "returned 5"},
    };
    (void)state;
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        check(&rows[i]);
}

/* What is said must be so: a guess is worse than silence. */
static void what_is_not_plain_is_unknown(void **state)
{
    static const struct row rows[] = {
        {"int f(void)", "int *p = malloc(4); *p = 1; int r = *p; free(p);\nreturn r;", NULL,
         "unknown"},
        {"char *f(int c)", "char *p = malloc(4);\nif (c) p = other;\nreturn p;", NULL,
         "unknown"},
        {"char *f(void)", "char *p = malloc(4);\nset(&p);\nreturn p;", NULL, "unknown"},
        {"char *f(void)", "char *p = malloc(4);\n#if A\nreturn p;\n#endif", NULL,
         "unknown"},
        {"char *f(void)", "char *p = malloc(4); { char *p = other;\nreturn p; }", NULL,
         "unknown"},
        {"char *f(void)", "return NEW(char);", NULL, "unknown"},
        {"char *f(void)", "char *a, *p = malloc(4);\nreturn p;", NULL, "unknown"},
        {"void f(void)", "char *a = malloc(4), *b = malloc(4);\nsink(a);", NULL, "unknown"},
        {"void f(void)", "char *p = malloc(40);\nLOOK(p);\nseen_through(p);", NULL,
         "unknown"},
        {"void f(void)", "char *p = malloc(40);\nmemset(p, 0, 40);\nfree(p);", NULL,
         "unknown"},
        {"void f(void)", "char *p = malloc(40);\nsink(p[0]);\nsink(*p);", NULL, "unknown"},
        {"char *f(void)", "char *p; asprintf(&p, \"x\");\nreturn p;", NULL, "unknown"},
        {"char *f(int c)", "char *p = c ? malloc(4) : 0;\nreturn p;", NULL, "unknown"},
        {"int f(void)", "return malloc(4) != NULL;", NULL, "unknown"},
        {"void f(void)", "/* malloc(4) */", NULL, "unknown"},
        {"void f(void)", "p = \"malloc(4)\";", NULL, "unknown"},
    };
    (void)state;
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        check(&rows[i]);
}

/* Half-written files come here as soon as they are saved. */
static void odd_text_is_survived(void **state)
{
    static const char *const texts[] = {
        "",
        "malloc(",
        "= malloc(4)",
        ")]}([{ malloc(4)",
        "{ ) malloc(4) ( }",
        "return",
        "f() { p = malloc(4)",
        "malloc(4)) = return",
        "a[ = malloc(",
        "*= malloc(4);",
        "f(){(((((((malloc(4)",
        "f(){ x->= malloc(4); }",
        "#define malloc(",
        "f() { char *p = malloc(4); return p",
    };
    (void)state;
    for (size_t i = 0; i < PC_COUNT(texts); i++) {
        for (size_t n = 0; n <= strlen(texts[i]); n++) {
            struct pc_destination d[3];
            pc_flow_find(texts[i], n, &(struct pc_words){0}, (const int[]){-1, 0, 1}, 3, d);
            assert_int_equal(d[0].sent, PC_SENT_UNKNOWN);
            assert_int_equal(d[1].sent, PC_SENT_UNKNOWN);
        }
    }
}

static void allocators_are_known_by_all_their_names(void **state)
{
    static const struct {
        const char *symbol, *name;
    } rows[] = {
        {"malloc", "malloc"},
        {"__strdup", "strdup"},
        {"__asprintf_chk", "asprintf"},
        {"fopen64", "fopen"},
        {"getline", "getline"},
        {"aligned_alloc", "aligned_alloc"},
        {"free", NULL},
        {"xmalloc", NULL},
        {"malloc_trim", NULL},
        {"strdup_all", NULL},
        {"", NULL},
        {"_chk", NULL},
        {"__builtin_malloc", NULL},
    };
    (void)state;
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        const char *name = pc_allocator_name(rows[i].symbol);
        if (!rows[i].name ? name != NULL : !name || strcmp(name, rows[i].name) != 0)
            fail_msg("%s is listed as %s", rows[i].symbol, name ? name : "nothing");
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_destinations_are_found_with_their_line),
        cmocka_unit_test(what_is_not_plain_is_unknown),
        cmocka_unit_test(odd_text_is_survived),
        cmocka_unit_test(allocators_are_known_by_all_their_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
