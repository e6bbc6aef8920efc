/*
 * What the condition of a loop costs.  One operation goes over a text of n characters, and
 * either counts its spaces or also writes something else in their place.
 */
#include <perfbench.h>
#include <string.h>

/* Nothing is written: the length cannot change, and the compiler can see that. */
static size_t reads_only(char *text)
{
    size_t spaces = 0;
    for (size_t i = 0; i < strlen(text); i++)
        spaces += text[i] == ' ';
    return spaces;
}

/* What is written might be the NUL. */
static size_t writes_too(char *text)
{
    size_t spaces = 0;
    for (size_t i = 0; i < strlen(text); i++) {
        if (text[i] == ' ') {
            text[i] = '_';
            spaces++;
        }
    }
    return spaces;
}

static size_t asks_once(char *text)
{
    size_t spaces = 0;
    for (size_t i = 0, n = strlen(text); i < n; i++) {
        if (text[i] == ' ') {
            text[i] = '_';
            spaces++;
        }
    }
    return spaces;
}

static size_t stops_at_nul(char *text)
{
    size_t spaces = 0;
    for (; *text; text++) {
        if (*text == ' ') {
            *text = '_';
            spaces++;
        }
    }
    return spaces;
}

/* Each operation gets its text anew: at every tenth place a space. */
static void run(struct bench *b, size_t (*walk)(char *text))
{
    size_t n = bench_size(b);
    char *original = bench_guarded(b, n + 1), *text = bench_guarded(b, n + 1);
    memset(original, 'x', n);
    for (size_t i = 9; i < n; i += 10)
        original[i] = ' ';
    while (bench_loop(b)) {
        memcpy(text, original, n + 1);
        size_t spaces = walk(text);
        bench_keep(spaces);
        bench_digest(b, text, n + 1);
    }
}

BENCH_SIZES(reads_only, 100, 1000)
{
    run(b, reads_only);
}

BENCH_SIZES(writes_too, 100, 1000)
{
    run(b, writes_too);
}

BENCH_SIZES(asks_once, 100, 1000)
{
    run(b, asks_once);
}

BENCH_SIZES(stops_at_nul, 100, 1000)
{
    run(b, stops_at_nul);
}
