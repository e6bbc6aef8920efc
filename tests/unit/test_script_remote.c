/*
 * What a process that runs a pack's Lua may send: values arrive as they were, and nothing
 * else arrives.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/rng.h"
#include "script/remote.h"
#include "script/tree.h"

enum { TREES = 400, MUTANTS = 20000, WIDTH = 5 };

static char *random_bytes(struct pc_rng *rng, size_t n, bool with_nul)
{
    char *bytes = pc_alloc(n + 1);
    for (size_t i = 0; i < n; i++)
        bytes[i] = (char)(pc_rng_below(rng, with_nul ? 256 : 255) + !with_nul);
    return bytes;
}

static void fill(struct pc_rng *rng, struct pc_value *v, int depth)
{
    static const enum pc_value_kind kinds[] = {PC_NIL,    PC_BOOLEAN,  PC_NUMBER,
                                               PC_STRING, PC_FUNCTION, PC_TABLE};
    v->kind = depth == 0 ? PC_TABLE : kinds[pc_rng_below(rng, PC_COUNT(kinds))];
    v->line = (int)pc_rng_below(rng, 100);
    if (v->kind == PC_BOOLEAN) {
        v->truth = pc_rng_below(rng, 2);
    } else if (v->kind == PC_NUMBER) {
        uint64_t bits = pc_rng_next(rng);
        memcpy(&v->number, &bits, sizeof bits);
    } else if (v->kind == PC_STRING) {
        v->len = (size_t)pc_rng_below(rng, 20);
        v->text = random_bytes(rng, v->len, true);
    }
    size_t n = v->kind == PC_TABLE && depth < PC_VALUE_DEPTH ? WIDTH : 0;
    for (size_t i = 0; i < n; i++) {
        struct pc_field *f = PC_PUSH(v);
        if (pc_rng_below(rng, 2))
            f->key = pc_strfmt("%zu%.*s", i, (int)pc_rng_below(rng, 4), "key");
        else
            f->index = pc_rng_below(rng, 2) ? i + 1 : SIZE_MAX / 2 - i;
        fill(rng, &f->value, depth + (pc_rng_below(rng, 3) ? 4 : 1));
    }
}

static char *random_tree(struct pc_rng *rng, size_t *n)
{
    struct pc_value value = {0};
    struct pc_str text = {0};
    fill(rng, &value, 0);
    pc_value_sort(&value);
    pc_tree_write(&value, &text);
    pc_value_fini(&value);
    *n = text.len;
    return pc_str_take(&text);
}

/* The text of what is read from `text`; NULL when nothing is. */
static char *read_and_write(const char *text, size_t n, size_t *written)
{
    struct pc_value value;
    struct pc_str again = {0};
    /* In memory that ends where the text does, so that a look behind it is seen. */
    char *exact = malloc(n ? n : 1);
    assert_non_null(exact);
    memcpy(exact, text, n);
    bool ok = pc_tree_read(exact, n, &value);
    free(exact);
    if (ok)
        pc_tree_write(&value, &again);
    pc_value_fini(&value);
    *written = again.len;
    return ok ? pc_str_take(&again) : NULL;
}

static void every_value_arrives_as_it_was(void **state)
{
    (void)state;
    struct pc_rng rng;
    pc_rng_init(&rng, 1);
    for (int i = 0; i < TREES; i++) {
        size_t n, again;
        PC_AUTO(pc_auto_free) char *text = random_tree(&rng, &n);
        PC_AUTO(pc_auto_free) char *back = read_and_write(text, n, &again);
        assert_non_null(back);
        assert_int_equal(again, n);
        assert_memory_equal(back, text, n);
    }
}

static void no_part_of_a_value_is_one(void **state)
{
    (void)state;
    struct pc_rng rng;
    size_t n, again;
    pc_rng_init(&rng, 2);
    PC_AUTO(pc_auto_free) char *text = random_tree(&rng, &n);
    for (size_t i = 0; i < n; i++)
        assert_null(read_and_write(text, i, &again));
}

/* What passes is a value: it can be written and read again. */
static void garbage_is_refused_or_is_a_value(void **state)
{
    (void)state;
    struct pc_rng rng;
    size_t refused = 0;
    pc_rng_init(&rng, 3);
    for (int i = 0; i < MUTANTS; i++) {
        size_t n, once, twice;
        PC_AUTO(pc_auto_free) char *text = random_tree(&rng, &n);
        for (uint64_t k = pc_rng_below(&rng, 3) + 1; k > 0; k--)
            text[pc_rng_below(&rng, n)] = "0123456789abf -\n\0%"[pc_rng_below(&rng, 18)];
        PC_AUTO(pc_auto_free) char *first = read_and_write(text, n, &once);
        refused += first == NULL;
        if (!first)
            continue;
        PC_AUTO(pc_auto_free) char *second = read_and_write(first, once, &twice);
        assert_non_null(second);
        assert_int_equal(once, twice);
        assert_memory_equal(first, second, once);
    }
    assert_true(refused > MUTANTS / 2);
}

static void values_that_no_file_returns_are_refused(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "",
        "\n",
        "nil",
        "nil\n",
        "nil \n",
        "nil 1",
        "nil 1\n\n",
        "nil 01\n",
        "nil -1\n",
        "nil +1\n",
        "nil 99999999\n",
        "nil 1 \n",
        "Nil 1\n",
        "nul 1\n",
        "number 1 3ff000000000000\n",
        "number 1 3FF0000000000000\n",
        "number 1 1.0\n",
        "string 1 3\nab\n",
        "string 1 1\nab\n",
        "string 1 99999999999999999999\na\n",
        "string 1 18446744073709551615\na\n",
        "string 1 9000000\na\n",
        "table 1 1\n",
        "table 1 1\nitem 0\nnil 1\n",
        "table 1 1\nitem 1\n",
        "table 1 1\nkey 1\na\n",
        "table 1 2\nkey 1\na\nnil 1\nkey 1\na\nnil 2\n",
        "table 1 2\nitem 7\nnil 1\nitem 7\nnil 2\n",
        "table 1 30000\n",
        "table 1 18446744073709551615\n",
    };
    size_t unused;
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        if (read_and_write(rows[i], strlen(rows[i]), &unused))
            fail_msg("%s", rows[i]);
    static const char with_nul[] = "table 1 1\nkey 1\n\0\nnil 1\n";
    assert_null(read_and_write(with_nul, sizeof with_nul - 1, &unused));
}

static void tables_are_neither_too_deep_nor_too_many(void **state)
{
    (void)state;
    for (size_t deep = 1; deep < 40; deep++) {
        struct pc_str text = {0};
        struct pc_value value;
        for (size_t i = 1; i < deep; i++)
            pc_str_adds(&text, "table 1 1\nitem 1\n");
        pc_str_adds(&text, "table 1 0\n");
        bool ok = pc_tree_read(text.s, text.len, &value);
        assert_int_equal(ok, deep <= PC_VALUE_DEPTH + 3);
        pc_value_fini(&value);
        pc_str_fini(&text);
    }
    struct pc_str many = {0};
    struct pc_value value;
    pc_str_addf(&many, "table 1 %d\n", PC_VALUES_MAX + 499);
    for (int i = 1; i <= PC_VALUES_MAX + 499; i++)
        pc_str_addf(&many, "item %d\nnil 1\n", i);
    assert_true(pc_tree_read(many.s, many.len, &value));
    pc_value_fini(&value);
    pc_str_fini(&many);
}

/* Take a message from bytes that come one at a time. */
static enum pc_message_state take_slowly(const char *bytes, size_t n,
                                         struct pc_message *message)
{
    struct pc_str in = {0};
    enum pc_message_state state = PC_MESSAGE_PART;
    for (size_t i = 0; i < n && state == PC_MESSAGE_PART; i++) {
        pc_str_add(&in, bytes + i, 1);
        state = pc_message_take(&in, message);
    }
    pc_str_fini(&in);
    return state;
}

static void a_message_comes_in_pieces_or_is_garbage(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        enum pc_message_state state;
    } rows[] = {
        {"done 10\ntable 0 0\n", PC_MESSAGE_WHOLE},
        {"done 10\ntable 0 0", PC_MESSAGE_PART},
        {"done 11\ntable 0 0\n", PC_MESSAGE_PART},
        {"done 11\ntable 0 0\n\n", PC_MESSAGE_GARBAGE},
        {"done 9\ntable 0 0\n", PC_MESSAGE_GARBAGE},
        {"done 0\n", PC_MESSAGE_GARBAGE},
        {"done\n", PC_MESSAGE_GARBAGE},
        {"done \n", PC_MESSAGE_GARBAGE},
        {" 10\n", PC_MESSAGE_GARBAGE},
        {"done 010\n", PC_MESSAGE_GARBAGE},
        {"done 1x\n", PC_MESSAGE_GARBAGE},
        {"done 9999999\n", PC_MESSAGE_GARBAGE},
        {"done 99999999999999999999\n", PC_MESSAGE_GARBAGE},
        {"sixteen_letters_ 10\n", PC_MESSAGE_GARBAGE},
        {"a line without an end, for ever and ever", PC_MESSAGE_GARBAGE},
        {"\n", PC_MESSAGE_GARBAGE},
        {"", PC_MESSAGE_PART},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_message message = {.verb = ""};
        enum pc_message_state got =
            take_slowly(rows[i].bytes, strlen(rows[i].bytes), &message);
        if (got != rows[i].state)
            fail_msg("%s: %d", rows[i].bytes, (int)got);
        if (got == PC_MESSAGE_WHOLE)
            pc_message_fini(&message);
    }
}

/* What the other side claims an experiment to ask for; the words of the refusal. */
static char *claimed(const char *verb, const char *body)
{
    struct pc_str in = {0};
    struct pc_message message;
    struct pc_remote_run run;
    const struct pc_request *request;
    struct pc_err err = {.msg = "(it was accepted)"};
    pc_str_addf(&in, "%s %zu\n%s", verb, strlen(body), body);
    assert_int_equal(pc_message_take(&in, &message), PC_MESSAGE_WHOLE);
    pc_remote_run_init(&run, "07 lesson.lua");
    pc_remote_run_take(&run, &message, &request, &err);
    pc_message_fini(&message);
    pc_remote_run_fini(&run);
    pc_str_fini(&in);
    return pc_strdup(err.msg);
}

#define REQUEST(verb, line, arguments) \
    "table 0 3\nkey 4\nverb\nstring 0 " verb "\nkey 4\nline\nnumber 0 " line \
    "\nkey 9\narguments\n" arguments

static void what_is_asked_passes_the_same_rules(void **state)
{
    (void)state;
    static const char garbage[] = "07 lesson.lua: the process that runs it sent garbage";
    static const struct {
        const char *verb, *body, *message;
    } rows[] = {
        {"tree", "table 0 0\n", garbage},
        {"request", "nil 0\n", garbage},
        {"request", "table 0 0\n", garbage},
        {"request", REQUEST("4\nmenu", "0000000000000000", "table 0 0\n"), garbage},
        {"request", REQUEST("4\nnote", "7ff8000000000000", "table 0 0\n"), garbage},
        {"request", REQUEST("4\nnote", "c000000000000000", "table 0 0\n"), garbage},
        {"request", REQUEST("4\nnote", "4000000000000000", "nil 0\n"), garbage},
        {"request", REQUEST("4\nnote", "4000000000000000", "table 0 0\n"),
         "07 lesson.lua:2: note.text is missing"},
        {"request",
         REQUEST("7\nmeasure", "4000000000000000",
                 "table 0 1\nkey 4\nfile\nstring 0 17\nexperiments/../.c\n"),
         "07 lesson.lua:2: file must be experiments/NAME.c, got \"experiments/../.c\""},
        {"request",
         REQUEST("4\nnote", "4000000000000000",
                 "table 0 1\nkey 4\ntext\nstring 0 3\n\033[m\n"),
         "07 lesson.lua:2: note.text must not hold control characters (byte 27)"},
        {"request",
         REQUEST("6\nanswer", "4000000000000000",
                 "table 0 2\nkey 10\nprediction\nnumber 0 3ff0000000000000\n"
                 "key 5\nright\nnumber 0 3ff0000000000000\n"),
         "07 lesson.lua:2: there is no prediction 1"},
        {"error", "table 0 0\n", garbage},
        {"error", "table 0 1\nkey 4\ntext\nnumber 0 0000000000000000\n", garbage},
        {"error", "table 0 1\nkey 4\ntext\nstring 0 9\n\033]0;x\007a\nb\n",
         "07 lesson.lua: ?]0;x?a b"},
        {"error", "table 0 1\nkey 4\ntext\nstring 0 21\n07 lesson.lua:3: ouch\n",
         "07 lesson.lua:3: ouch"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        PC_AUTO(pc_auto_free) char *message = claimed(rows[i].verb, rows[i].body);
        assert_string_equal(message, rows[i].message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_value_arrives_as_it_was),
        cmocka_unit_test(no_part_of_a_value_is_one),
        cmocka_unit_test(garbage_is_refused_or_is_a_value),
        cmocka_unit_test(values_that_no_file_returns_are_refused),
        cmocka_unit_test(tables_are_neither_too_deep_nor_too_many),
        cmocka_unit_test(a_message_comes_in_pieces_or_is_garbage),
        cmocka_unit_test(what_is_asked_passes_the_same_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
