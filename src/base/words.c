#include "base/words.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"

static void take(struct pc_words *words, char *word)
{
    pc_reserve(&words->items, &words->cap, words->n + 2, sizeof *words->items);
    words->items[words->n++] = word;
    words->items[words->n] = NULL;
}

void pc_words_add(struct pc_words *words, const char *word)
{
    take(words, pc_strdup(word));
}

void pc_words_vaddf(struct pc_words *words, const char *fmt, va_list ap)
{
    struct pc_str word = {0};
    pc_str_vaddf(&word, fmt, ap);
    take(words, pc_str_take(&word));
}

void pc_words_addf(struct pc_words *words, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    pc_words_vaddf(words, fmt, ap);
    va_end(ap);
}

void pc_words_add_list(struct pc_words *words, const struct pc_words *more)
{
    for (size_t i = 0; i < more->n; i++)
        pc_words_add(words, more->items[i]);
}

const char *const *pc_words_argv(const struct pc_words *words)
{
    static const char *const none[] = {NULL};
    return words->items ? (const char *const *)words->items : none;
}

void pc_words_fini(struct pc_words *words)
{
    for (size_t i = 0; i < words->n; i++)
        free(words->items[i]);
    free(words->items);
    *words = (struct pc_words){0};
}
