/*
 * Five ways to append n pieces of ten bytes to a text, and one that knew how much was
 * coming.  One operation builds the whole text; lesson.lua divides by n.
 */
#define _GNU_SOURCE
#include <perfbench.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PIECES = 64, LENGTH = 10 };

struct pieces {
    char text[PIECES][LENGTH + 1];
};

/* Random letters, so that nobody can know the answer before it was built. */
static void make_pieces(struct bench *b, struct pieces *pieces)
{
    for (int i = 0; i < PIECES; i++) {
        for (int k = 0; k < LENGTH; k++)
            pieces->text[i][k] = (char)('a' + bench_random_below(b, 26));
        pieces->text[i][LENGTH] = '\0';
    }
}

static const char *piece(const struct pieces *pieces, size_t i)
{
    return pieces->text[i % PIECES];
}

/* A new text for each piece: what `a + b` does in many languages. */
static char *copy_each_time(const struct pieces *pieces, size_t n)
{
    char *text = calloc(1, 1);
    for (size_t i = 0; i < n; i++) {
        const char *more = piece(pieces, i);
        char *both = malloc(strlen(text) + strlen(more) + 1);
        strcpy(both, text);
        strcat(both, more);
        free(text);
        text = both;
    }
    return text;
}

/* The block stays where it is, mostly; its end is looked for again and again. */
static char *realloc_strcat(const struct pieces *pieces, size_t n)
{
    char *text = calloc(1, 1);
    for (size_t i = 0; i < n; i++) {
        const char *more = piece(pieces, i);
        text = realloc(text, strlen(text) + strlen(more) + 1);
        strcat(text, more);
    }
    return text;
}

/* The end is known here, but each piece goes through the interpreter of formats. */
static char *snprintf_at_end(const struct pieces *pieces, size_t n)
{
    size_t room = n * LENGTH + 1, len = 0;
    char *text = malloc(room);
    for (size_t i = 0; i < n; i++)
        len += (size_t)snprintf(text + len, room - len, "%s", piece(pieces, i));
    text[len] = '\0';
    return text;
}

/* A stream that writes to memory: the library grows the block. */
static char *memstream(const struct pieces *pieces, size_t n)
{
    char *text;
    size_t len;
    FILE *stream = open_memstream(&text, &len);
    for (size_t i = 0; i < n; i++)
        fputs(piece(pieces, i), stream);
    fclose(stream);
    return text;
}

struct builder {
    char *data;
    size_t len, cap;
};

static void append(struct builder *sb, const char *more, size_t n)
{
    if (sb->cap - sb->len < n + 1) {
        sb->cap = 2 * sb->cap + n + 16;
        sb->data = realloc(sb->data, sb->cap);
    }
    memcpy(sb->data + sb->len, more, n);
    sb->len += n;
}

/* Knows its end, and doubles the room when there is none. */
static char *builder(const struct pieces *pieces, size_t n)
{
    struct builder sb = {0};
    for (size_t i = 0; i < n; i++)
        append(&sb, piece(pieces, i), LENGTH);
    append(&sb, "", 1);
    return sb.data;
}

/* The same when somebody has said how much is coming. */
static char *presized(const struct pieces *pieces, size_t n)
{
    char *text = malloc(n * LENGTH + 1), *end = text;
    for (size_t i = 0; i < n; i++)
        end = mempcpy(end, piece(pieces, i), LENGTH);
    *end = '\0';
    return text;
}

/* All of them are measured in the same way. */
static void run(struct bench *b, char *(*build)(const struct pieces *pieces, size_t n))
{
    struct pieces pieces;
    size_t n = bench_size(b);
    make_pieces(b, &pieces);
    while (bench_loop(b)) {
        char *text = build(&pieces, n);
        bench_keep(text);
        bench_digest(b, text, n * LENGTH + 1);
        free(text);
    }
}

BENCH_SIZES(copy_each_time, 10, 100, 1000)
{
    run(b, copy_each_time);
}

BENCH_SIZES(realloc_strcat, 10, 100, 1000)
{
    run(b, realloc_strcat);
}

BENCH_SIZES(snprintf_at_end, 10, 100, 1000)
{
    run(b, snprintf_at_end);
}

BENCH_SIZES(memstream, 10, 100, 1000)
{
    run(b, memstream);
}

BENCH_SIZES(builder, 10, 100, 1000)
{
    run(b, builder);
}

BENCH_SIZES(presized, 10, 100, 1000)
{
    run(b, presized);
}
