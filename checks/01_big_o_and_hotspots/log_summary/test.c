/*
 * Tests of summarize() against an oracle that copies each line, takes it apart by sscanf() and
 * strchr(), and sorts what it has found.
 */
#include <perfbench.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "log_summary.h"

struct pages {
    struct top *items;
    size_t n, cap;
};

/* Whether `s` is 1 to `most` digits. */
static bool is_number(const char *s, size_t most)
{
    size_t n = strspn(s, "0123456789");
    return n >= 1 && n <= most && s[n] == '\0';
}

/* Cut `line` into fields at its blanks; gives how many there are. */
static size_t cut(char *line, char *fields[5])
{
    size_t n = 0;
    for (char *blank = line; blank; n++) {
        if (n < 5)
            fields[n] = blank;
        blank = strchr(blank, ' ');
        if (blank)
            *blank++ = '\0';
    }
    return n;
}

static void add_hit(struct pages *pages, const char *page, uint64_t bytes)
{
    if (pages->n == pages->cap) {
        pages->cap = 2 * pages->cap + 16;
        pages->items = realloc(pages->items, pages->cap * sizeof *pages->items);
    }
    struct top *hit = &pages->items[pages->n++];
    *hit = (struct top){.hits = 1, .bytes = bytes};
    strcpy(hit->page, page);
}

static void add_line(struct pages *pages, char *line)
{
    char *fields[5];
    if (cut(line, fields) != 5 || fields[2][0] != '/' || strlen(fields[3]) != 3 ||
        fields[3][0] != '2' || !is_number(fields[3], 3) || !is_number(fields[4], 15))
        return;
    char *page = fields[2];
    page[strcspn(page, "?")] = '\0';
    for (char *p = page; *p; p++)
        *p = *p >= 'A' && *p <= 'Z' ? (char)(*p + 'a' - 'A') : *p;
    size_t n = strlen(page);
    if (n > 1 && page[n - 1] == '/')
        page[--n] = '\0';
    if (n < PAGE_MAX)
        add_hit(pages, page, strtoull(fields[4], NULL, 10));
}

static int compare_pages(const void *a, const void *b)
{
    const struct top *p = a, *q = b;
    return strcmp(p->page, q->page);
}

static int compare_hits(const void *a, const void *b)
{
    const struct top *p = a, *q = b;
    if (p->hits != q->hits)
        return p->hits > q->hits ? -1 : 1;
    return strcmp(p->page, q->page);
}

/* Put hits of one page together, which are neighbours once they are sorted. */
static void join(struct pages *pages)
{
    size_t n = 0;
    for (size_t i = 0; i < pages->n; i++) {
        struct top *hit = &pages->items[i], *last = &pages->items[n - (n > 0)];
        if (n > 0 && strcmp(last->page, hit->page) == 0) {
            last->hits++;
            last->bytes += hit->bytes;
        } else {
            pages->items[n++] = *hit;
        }
    }
    pages->n = n;
}

static struct pages oracle(const char *log, size_t len)
{
    struct pages pages = {0};
    for (size_t at = 0; at < len;) {
        const char *newline = memchr(log + at, '\n', len - at);
        size_t n = newline ? (size_t)(newline - log) - at : len - at;
        char *line = malloc(n + 1);
        memcpy(line, log + at, n);
        line[n] = '\0';
        add_line(&pages, line);
        free(line);
        at += n + 1;
    }
    if (pages.n > 0) {
        qsort(pages.items, pages.n, sizeof *pages.items, compare_pages);
        join(&pages);
        qsort(pages.items, pages.n, sizeof *pages.items, compare_hits);
    }
    return pages;
}

static bool same(struct bench *b, const char *log, size_t len, int i,
                 const struct top *want, const struct top *got)
{
    char quoted[260];
    return bench_expect(b,
                        strncmp(want->page, got->page, PAGE_MAX) == 0 &&
                            want->hits == got->hits && want->bytes == got->bytes,
                        "input:    %s (%zu bytes), number %d of the pages\n"
                        "expected: %s, %llu hits, %llu bytes\n"
                        "got:      %.*s, %llu hits, %llu bytes",
                        bench_quote(quoted, log, len, 0), len, i + 1, want->page,
                        (unsigned long long)want->hits, (unsigned long long)want->bytes,
                        PAGE_MAX - 1, got->page, (unsigned long long)got->hits,
                        (unsigned long long)got->bytes);
}

/* Compare with the oracle on a copy that ends at a forbidden page. */
static bool summarizes(struct bench *b, const char *log, size_t len, int k)
{
    char quoted[260];
    struct pages want = oracle(log, len);
    size_t n = want.n < (size_t)k ? want.n : (size_t)k;
    struct top *got = malloc(((size_t)k + 1) * sizeof *got), guard;
    memset(got, '~', ((size_t)k + 1) * sizeof *got);
    guard = got[k];
    int found = summarize(bench_input(b, log, len), len, got, k);
    bool held = bench_expect(
        b, found == (int)n, "input:    %s (%zu bytes), k = %d\nexpected: %zu\ngot:      %d",
        bench_quote(quoted, log, len, 0), len, k, n, found);
    for (int i = 0; held && i < found; i++)
        held = same(b, log, len, i, &want.items[i], &got[i]);
    held = held && bench_expect(b, memcmp(&guard, &got[k], sizeof guard) == 0,
                                "input:    k = %d\nexpected: nothing behind the first %d\n"
                                "got:      a page",
                                k, k);
    free(got);
    free(want.items);
    return held;
}

static bool all_of(struct bench *b, const char *log)
{
    return summarizes(b, log, strlen(log), 20);
}

/* Comes first: whoever remembers answers has an empty memory to put these into. */
TEST(the_same_address_with_another_log_is_read_anew)
{
    char log[] = "a GET /x 200 1\nb GET /y 200 2\nc GET /x 200 3\n";
    struct top top[2];
    int n = summarize(log, sizeof log - 1, top, 2);
    bench_expect_int(b, "two pages", 2, n);
    bench_expect_int(b, "/x is asked for twice: hits", 2, top[0].hits);
    log[7] = 'y';
    n = summarize(log, sizeof log - 1, top, 2);
    bench_expect_int(b, "two pages, one character changed in place", 2, n);
    bench_expect_str(b, "now /y is asked for twice", "/y", top[0].page);
    bench_expect_int(b, "now /y is asked for twice: bytes", 3, top[0].bytes);
}

TEST(lines_that_are_hits_and_lines_that_are_not)
{
    static const char *const rows[] = {
        "",
        "\n",
        "\n\n",
        "a GET /x 200 5",
        "a GET /x 200 5\n",
        "a GET /x 200 5\n\nb GET /x 204 7\n",
        "a GET /x 404 5\n",
        "a GET /x 302 5\n",
        "a GET /x 299 5\na GET /x 200 6\n",
        "a GET /x 20 5\n",
        "a GET /x 2000 5\n",
        "a GET /x 2x0 5\n",
        "a GET /x 200 \n",
        "a GET /x 200\n",
        "a GET /x 200 5 6\n",
        "a GET /x 200 5 \n",
        "a  GET /x 200 5\n",
        " GET /x 200 5\n",
        "a  /x 200 5\n",
        "  /x 200 5\n",
        "a GET  200 5\n",
        "a GET x 200 5\n",
        "a GET ?/x 200 5\n",
        "a GET /x 200 -5\n",
        "a GET /x 200 0x5\n",
        "a GET /x 200 5\r\n",
        "a GET /x 200 123456789012345\n",
        "a GET /x 200 1234567890123456\n",
        "a GET /x 200 000000000000005\n",
        "a GET /x 200 5",
        "a GET /x 200",
        "a GET /x 20",
        "a GET /x",
        "a GET",
        "/ / / 200 5\n",
        "200 200 /200 200 200\n",
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        all_of(b, rows[i]);
}

TEST(pages_are_normalized)
{
    static const char *const paths[] = {
        "/",     "//",       "///",    "/a/",     "/a//",   "/?",        "/?x",     "/a?",
        "/a/?b", "/a?b/",    "/a?b?c", "/A/b/C",  "/Zz@[`", "/\xc4\xe4", "/a%2F",   "/a/b/",
        "/a.b",  "/a;b=1?c", "/a/B/?", "/[]{}|~", "/-_",    "/\x7f",     "/@`AZaz", "/.."};
    char log[96];
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        snprintf(log, sizeof log, "a GET %s 200 5\nb GET /a 200 7\n", paths[i]);
        all_of(b, log);
    }
}

TEST(long_pages)
{
    char log[400];
    for (int n = PAGE_MAX - 4; n < PAGE_MAX + 4; n++)
        for (int query = 0; query < 3; query++) {
            static const char *const ends[] = {"", "/",
                                               "?and=a&long=query&that=does&not=count"};
            int len = snprintf(log, sizeof log, "a GET /%0*d%s 200 5\nb GET /a 200 7\n",
                               n - 1, 7, ends[query]);
            summarizes(b, log, (size_t)len, 5);
        }
}

TEST(equal_hits_are_ordered_by_page)
{
    all_of(b, "a GET /b 200 1\na GET /a 200 1\na GET /c 200 1\n");
    all_of(b, "a GET /b/c 200 1\na GET /b 200 1\na GET /b-c 200 1\na GET /b?c 200 1\n");
    all_of(b, "a GET /\xe4 200 1\na GET /a 200 1\na GET /\x7f 200 1\n");
    all_of(b, "a GET /b 200 1\na GET /a 200 1\na GET /a 200 1\na GET /b 200 1\n");
}

TEST(as_many_pages_as_are_asked_for)
{
    static const char log[] = "a GET /b 200 1\na GET /a 200 1\na GET /c 200 1\n"
                              "a GET /d 200 1\na GET /c 200 1\n";
    for (int k = 0; k < 7; k++)
        summarizes(b, log, sizeof log - 1, k);
    summarizes(b, "", 0, 0);
}

/* Numbers in all positions, so that sums of their characters are often equal. */
TEST(many_pages)
{
    enum { LINES = 5000, ROOM = LINES * 40 };
    char *log = malloc(ROOM);
    for (unsigned pages = 300; pages <= 9000; pages *= 30) {
        size_t len = 0;
        for (int i = 0; i < LINES; i++)
            len += (size_t)sprintf(log + len, "x GET /%u/p 200 %d\n",
                                   (unsigned)bench_random_below(b, pages), i);
        summarizes(b, log, len, 25);
    }
    free(log);
}

TEST(random_logs_agree_with_the_oracle)
{
    static const char *const words[] = {"a",   "GET", "/x", "/y",  "/x/", "/X?q", "200",
                                        "404", "201", "5",  "123", "-",   "",     "/y/z"};
    static const size_t n_words = sizeof words / sizeof words[0];
    for (int round = 0; round < 400; round++) {
        char log[1024];
        size_t len = 0;
        for (int line = 0; line < 12; line++) {
            const char *method = bench_random_below(b, 8) ? "GET" : words[4];
            bool odd = bench_random_below(b, 6) == 0;
            len += (size_t)snprintf(
                log + len, sizeof log - len, "a %s %s %s %s%s", method,
                words[odd ? bench_random_below(b, n_words) : 2 + bench_random_below(b, 4)],
                words[odd ? bench_random_below(b, n_words) : 6 + bench_random_below(b, 3)],
                words[odd ? bench_random_below(b, n_words) : 9 + bench_random_below(b, 2)],
                bench_random_below(b, 20) ? "\n" : " ");
        }
        len -= bench_random_below(b, 3);
        if (!summarizes(b, log, len, (int)bench_random_below(b, 8)))
            return;
    }
}
