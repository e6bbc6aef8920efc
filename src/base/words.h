/*
 * A growing list of words: command lines, environments, names.
 *
 * A zeroed struct is an empty list.  `items` ends with NULL as soon as a word was added; the
 * struct owns the words.
 */
#ifndef PC_BASE_WORDS_H
#define PC_BASE_WORDS_H

#include <stdarg.h>
#include <stddef.h>

struct pc_words {
    char **items;
    size_t n, cap;
};

void pc_words_add(struct pc_words *words, const char *word);
void pc_words_addf(struct pc_words *words, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void pc_words_vaddf(struct pc_words *words, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));
void pc_words_add_list(struct pc_words *words, const struct pc_words *more);

/* The words as an argv, NULL at its end; an empty list gives one, too. */
const char *const *pc_words_argv(const struct pc_words *words);

void pc_words_fini(struct pc_words *words);

#endif
