#include "script/tree.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* A message around the value of a file adds a little to it. */
enum { DEPTH_MAX = PC_VALUE_DEPTH + 3, VALUES_MAX = PC_VALUES_MAX + 500 };

enum { LINES_MAX = 1 << 24, DIGITS_MAX = 19, BITS_DIGITS = 16 };

static const char *const words[] = {[PC_NIL] = "nil",
                                    [PC_NUMBER] = "number",
                                    [PC_STRING] = "string",
                                    [PC_TABLE] = "table",
                                    [PC_FUNCTION] = "function"};

static void add_bytes(struct pc_str *out, const char *bytes, size_t n)
{
    pc_str_add(out, bytes, n);
    pc_str_add(out, "\n", 1);
}

static void add_key(const struct pc_field *f, struct pc_str *out)
{
    if (!f->key) {
        pc_str_addf(out, "item %zu\n", f->index);
        return;
    }
    pc_str_addf(out, "key %zu\n", strlen(f->key));
    add_bytes(out, f->key, strlen(f->key));
}

void pc_tree_write(const struct pc_value *v, struct pc_str *out)
{
    const char *word = v->kind != PC_BOOLEAN ? words[v->kind] : v->truth ? "true" : "false";
    pc_str_addf(out, "%s %d", word, v->line);
    if (v->kind == PC_NUMBER) {
        uint64_t bits;
        memcpy(&bits, &v->number, sizeof bits);
        pc_str_addf(out, " %016" PRIx64 "\n", bits);
    } else if (v->kind == PC_STRING) {
        pc_str_addf(out, " %zu\n", v->len);
        add_bytes(out, v->text, v->len);
    } else if (v->kind == PC_TABLE) {
        pc_str_addf(out, " %zu\n", v->n);
        for (size_t i = 0; i < v->n; i++) {
            add_key(&v->items[i], out);
            pc_tree_write(&v->items[i].value, out);
        }
    } else {
        pc_str_adds(out, "\n");
    }
}

/* What is left to read, and to use up. */
struct reader {
    const char *p, *end;
    size_t values, text;
};

static bool take_word(struct reader *r, const char *word)
{
    size_t n = strlen(word);
    bool is = (size_t)(r->end - r->p) > n && memcmp(r->p, word, n) == 0 &&
              (r->p[n] == ' ' || r->p[n] == '\n');
    r->p += is ? n : 0;
    return is;
}

static bool take_char(struct reader *r, char c)
{
    if (r->p == r->end || *r->p != c)
        return false;
    r->p++;
    return true;
}

/* A blank and a whole number, written in the one way there is. */
static bool take_number(struct reader *r, size_t most, size_t *value)
{
    if (!take_char(r, ' '))
        return false;
    const char *begin = r->p;
    *value = 0;
    while (r->p < r->end && *r->p >= '0' && *r->p <= '9' && r->p - begin < DIGITS_MAX)
        *value = *value * 10 + (size_t)(*r->p++ - '0');
    return r->p > begin && (*begin != '0' || r->p - begin == 1) && *value <= most;
}

static bool take_bits(struct reader *r, double *number)
{
    static const char digits[] = "0123456789abcdef";
    uint64_t bits = 0;
    if (!take_char(r, ' ') || r->end - r->p < BITS_DIGITS)
        return false;
    for (int i = 0; i < BITS_DIGITS; i++) {
        const char *digit = memchr(digits, *r->p++, BITS_DIGITS);
        if (!digit)
            return false;
        bits = bits << 4 | (uint64_t)(digit - digits);
    }
    memcpy(number, &bits, sizeof bits);
    return take_char(r, '\n');
}

/* " N", and N bytes with a newline before and behind them. */
static bool take_bytes(struct reader *r, char **bytes, size_t *n)
{
    if (!take_number(r, r->text, n) || !take_char(r, '\n') || (size_t)(r->end - r->p) < *n)
        return false;
    r->text -= *n;
    *bytes = pc_alloc(*n + 1);
    memcpy(*bytes, r->p, *n);
    r->p += *n;
    return take_char(r, '\n');
}

static bool read_value(struct reader *r, struct pc_value *v, int depth);

static bool read_field(struct reader *r, struct pc_field *f, int depth)
{
    size_t n;
    if (take_word(r, "item")) {
        if (!take_number(r, SIZE_MAX, &f->index) || f->index == 0 || !take_char(r, '\n'))
            return false;
    } else if (!take_word(r, "key") || !take_bytes(r, &f->key, &n) || strlen(f->key) != n) {
        return false;
    }
    return read_value(r, &f->value, depth + 1);
}

static int by_key(const void *a, const void *b)
{
    const struct pc_field *const *x = a, *const *y = b;
    if (!(*x)->key != !(*y)->key)
        return (*x)->key ? 1 : -1;
    if ((*x)->key)
        return strcmp((*x)->key, (*y)->key);
    return ((*x)->index > (*y)->index) - ((*x)->index < (*y)->index);
}

/* A Lua table has each key once. */
static bool has_twins(const struct pc_value *v)
{
    PC_AUTO(pc_auto_free) const struct pc_field **sorted =
        pc_alloc_array(v->n + 1, sizeof *sorted);
    for (size_t i = 0; i < v->n; i++)
        sorted[i] = &v->items[i];
    qsort(sorted, v->n, sizeof *sorted, by_key);
    for (size_t i = 1; i < v->n; i++)
        if (by_key(&sorted[i - 1], &sorted[i]) == 0)
            return true;
    return false;
}

static bool read_table(struct reader *r, struct pc_value *v, int depth)
{
    size_t n;
    if (depth == DEPTH_MAX || !take_number(r, r->values, &n) || !take_char(r, '\n'))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!read_field(r, PC_PUSH(v), depth))
            return false;
    return !has_twins(v);
}

static bool read_kind(struct reader *r, struct pc_value *v)
{
    v->kind = PC_BOOLEAN;
    if ((v->truth = take_word(r, "true")) || take_word(r, "false"))
        return true;
    for (size_t i = 0; i < PC_COUNT(words); i++)
        if (words[i] && take_word(r, words[i])) {
            v->kind = (enum pc_value_kind)i;
            return true;
        }
    return false;
}

static bool read_value(struct reader *r, struct pc_value *v, int depth)
{
    size_t line;
    if (r->values == 0 || !read_kind(r, v) || !take_number(r, LINES_MAX, &line))
        return false;
    r->values--;
    v->line = (int)line;
    switch (v->kind) {
    case PC_NUMBER:
        return take_bits(r, &v->number);
    case PC_STRING:
        return take_bytes(r, &v->text, &v->len);
    case PC_TABLE:
        return read_table(r, v, depth);
    case PC_NIL:
    case PC_BOOLEAN:
    case PC_FUNCTION:
        break;
    }
    return take_char(r, '\n');
}

bool pc_tree_read(const char *text, size_t n, struct pc_value *value)
{
    struct reader r = {
        .p = text, .end = text + n, .values = VALUES_MAX, .text = 2 * PC_VALUE_TEXT};
    *value = (struct pc_value){0};
    if (!read_value(&r, value, 0) || r.p != r.end)
        return false;
    pc_value_sort(value);
    return true;
}
