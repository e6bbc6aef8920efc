#include "script/value.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

const struct pc_value *pc_value_find(const struct pc_value *table, const char *key)
{
    for (size_t i = 0; i < table->n; i++)
        if (table->items[i].key && strcmp(table->items[i].key, key) == 0)
            return &table->items[i].value;
    return NULL;
}

struct pc_value *pc_value_add(struct pc_value *table, const char *key)
{
    struct pc_field *field = PC_PUSH(table);
    field->key = pc_strdup(key);
    return &field->value;
}

void pc_value_add_text(struct pc_value *table, const char *key, const char *text, size_t n)
{
    struct pc_value *v = pc_value_add(table, key);
    v->kind = PC_STRING;
    v->text = pc_alloc(n + 1);
    memcpy(v->text, text, n);
    v->len = n;
}

void pc_value_add_number(struct pc_value *table, const char *key, double number)
{
    struct pc_value *v = pc_value_add(table, key);
    v->kind = PC_NUMBER;
    v->number = number;
}

const char *pc_value_text(const struct pc_value *table, const char *key)
{
    const struct pc_value *v = pc_value_find(table, key);
    return v && v->kind == PC_STRING ? v->text : NULL;
}

double pc_value_number(const struct pc_value *table, const char *key, double missing)
{
    const struct pc_value *v = pc_value_find(table, key);
    return v ? v->number : missing;
}

int pc_value_line(const struct pc_value *table, const char *key)
{
    const struct pc_value *v = pc_value_find(table, key);
    return v ? v->line : table->line;
}

const char *pc_value_article(const struct pc_value *value)
{
    static const char *const names[] = {
        [PC_NIL] = "nothing",     [PC_BOOLEAN] = "a boolean", [PC_NUMBER] = "a number",
        [PC_STRING] = "a string", [PC_TABLE] = "a table",     [PC_FUNCTION] = "a function",
    };
    return names[value->kind];
}

char *pc_value_trimmed(const struct pc_value *value)
{
    static const char white[] = " \t\r\n";
    if (!value)
        return NULL;
    const char *begin = value->text + strspn(value->text, white);
    size_t n = strlen(begin);
    while (n > 0 && strchr(white, begin[n - 1]))
        n--;
    return pc_strndup(begin, n);
}

static int compare_fields(const void *a, const void *b)
{
    const struct pc_field *x = a, *y = b;
    if (!x->key != !y->key)
        return x->key ? 1 : -1;
    if (!x->key)
        return (x->index > y->index) - (x->index < y->index);
    if (x->value.line != y->value.line)
        return (x->value.line > y->value.line) - (x->value.line < y->value.line);
    return strcmp(x->key, y->key);
}

void pc_value_sort(struct pc_value *value)
{
    if (value->n > 0)
        qsort(value->items, value->n, sizeof *value->items, compare_fields);
    for (size_t i = 0; i < value->n; i++)
        pc_value_sort(&value->items[i].value);
}

void pc_value_fini(struct pc_value *value)
{
    for (size_t i = 0; i < value->n; i++) {
        free(value->items[i].key);
        pc_value_fini(&value->items[i].value);
    }
    free(value->items);
    free(value->text);
    *value = (struct pc_value){0};
}
