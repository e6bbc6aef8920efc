/*
 * Tests of session_open() and session_close(): a session may hold the document or not, but
 * its name stays what it was, and in the end nobody holds anything.
 */
#include <perfbench.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "keep_small.h"

/* A document that holds `before` bytes, the name, and one byte more. */
static doc *make(const char *name, size_t len, size_t before)
{
    size_t room = before + len + 1;
    doc *d = malloc(sizeof *d + room);
    *d = (doc){.refs = 1, .user = d->text + before, .user_len = len, .len = room};
    memset(d->text, '.', room);
    memcpy(d->text + before, name, len);
    return d;
}

static bool is_zero(const session *s)
{
    static const session zero;
    return memcmp(s, &zero, sizeof zero) == 0;
}

/* What a server does that reads the next request into the same memory.  Only when nobody
 * else holds the document. */
static bool overwrite(doc *d)
{
    if (d->refs != 1)
        return false;
    memset(d->text, 0xdb, d->len);
    return true;
}

static bool says(struct bench *b, const char *when, const char *want, size_t len,
                 const session *s)
{
    return bench_expect_mem(b, when, want, len, s->name, s->name_len);
}

TEST(a_name_outlives_the_text_it_came_from)
{
    doc *d = make("ada.lovelace", 12, 100);
    session s;
    bench_expect(b, session_open(&s, d), "a document with a name was refused");
    overwrite(d);
    bool held =
        says(b, "the name, after its document was overwritten", "ada.lovelace", 12, &s);
    doc_put(d);
    if (held)
        says(b, "the name, after its document was put", "ada.lovelace", 12, &s);
    session_close(&s);
}

TEST(names_of_every_length_are_kept_whole)
{
    char name[600];
    for (size_t i = 0; i < sizeof name; i++)
        name[i] = (char)('!' + bench_random_below(b, 90));
    for (size_t len = 1; len <= sizeof name; len += len < 70 ? 1 : 59) {
        char input[80];
        snprintf(input, sizeof input, "a name of %zu bytes", len);
        doc *d = make(name, len, 7);
        session s;
        bool opened = session_open(&s, d);
        overwrite(d);
        bool held = bench_expect(b, opened, "%s was refused", input) &&
                    says(b, input, name, len, &s);
        doc_put(d);
        session_close(&s);
        if (!held)
            return;
    }
}

TEST(a_name_is_bytes)
{
    static const char name[] = "Zo\xc3\xab\0\xff";
    doc *d = make(name, sizeof name, 3);
    session s;
    session_open(&s, d);
    overwrite(d);
    says(b, "a name with a NUL inside", name, sizeof name, &s);
    session_close(&s);
    doc_put(d);
}

TEST(a_document_that_names_nobody_opens_nothing)
{
    doc *d = make("", 0, 10);
    session s;
    memset(&s, 0x5a, sizeof s);
    bench_expect(b, !session_open(&s, d), "a document without a name was accepted");
    bench_expect(b, is_zero(&s), "a session that was not opened is not (session){0}");
    bench_expect_int(b, "references to the document after that", 1, d->refs);
    session_close(&s);
    doc_put(d);
}

TEST(closing_gives_everything_back)
{
    static const char *const names[] = {"eve", "a name that is longer than 24 bytes"};
    for (size_t i = 0; i < 2; i++) {
        doc *d = make(names[i], strlen(names[i]), 0);
        session s;
        session_open(&s, d);
        bench_expect(b, d->refs <= 2, "one session took %u references", d->refs - 1);
        session_close(&s);
        bench_expect_int(b, "references after closing", 1, d->refs);
        bench_expect(b, is_zero(&s), "a closed session is not (session){0}");
        session_close(&s);
        bench_expect_int(b, "references after closing twice", 1, d->refs);
        doc_put(d);
    }
}

TEST(a_document_is_not_changed)
{
    doc *d = make("grace.hopper", 12, 20);
    char before[33];
    memcpy(before, d->text, sizeof before);
    session s;
    session_open(&s, d);
    bench_expect_mem(b, "the text of the document", before, sizeof before, d->text, d->len);
    bench_expect(b, d->user == d->text + 20 && d->user_len == 12,
                 "the view of the name was changed");
    session_close(&s);
    doc_put(d);
}

TEST(sessions_of_one_document_do_not_know_of_each_other)
{
    doc *d = make("radia", 5, 1);
    session first, second;
    session_open(&first, d);
    session_open(&second, d);
    session_close(&first);
    overwrite(d);
    says(b, "the second session, after the first was closed", "radia", 5, &second);
    doc_put(d);
    session_close(&second);
}

enum { OPEN = 50, STEPS = 4000, MOST = 80 };

/* Sessions that are opened and closed in any order. */
TEST(random_sessions_keep_their_names)
{
    static session s[OPEN];
    char want[OPEN][MOST];
    size_t len[OPEN] = {0};
    memset(s, 0, sizeof s);
    for (int step = 0; step < STEPS; step++) {
        size_t k = bench_random_below(b, OPEN);
        if (len[k] > 0) {
            if (!says(b, "one of fifty sessions", want[k], len[k], &s[k]))
                return;
            session_close(&s[k]);
            len[k] = 0;
            continue;
        }
        len[k] = 1 + bench_random_below(b, bench_random_below(b, 2) ? 24 : MOST);
        for (size_t i = 0; i < len[k]; i++)
            want[k][i] = (char)bench_random(b);
        doc *d = make(want[k], len[k], bench_random_below(b, 200));
        session_open(&s[k], d);
        overwrite(d);
        bool held = says(b, "a session that was just opened", want[k], len[k], &s[k]);
        doc_put(d);
        if (!held)
            return;
    }
    for (int k = 0; k < OPEN; k++) {
        if (len[k] > 0)
            says(b, "one of fifty sessions", want[k], len[k], &s[k]);
        session_close(&s[k]);
    }
}
