/* Moves each page that was found to the front, which helps those that are asked for often. */
#include "log_summary.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

const char log_summary_hotspot[] = "find_entry";

struct request {
    const char *path;
    size_t path_len;
    bool succeeded;
    uint64_t bytes;
};

struct table {
    struct top *items;
    size_t n, cap;
};

/* Take a line apart, character by character. */
static bool parse_line(const char *line, const char *end, struct request *r)
{
    int field = 0;
    size_t digits = 0;
    *r = (struct request){.path = line};
    for (const char *p = line; p < end; p++) {
        if (*p == ' ') {
            if (field == 3 && digits != 3)
                return false;
            field++;
            digits = 0;
            if (field == 2)
                r->path = p + 1;
            continue;
        }
        if (field == 2)
            r->path_len++;
        if (field == 3 || field == 4) {
            if (*p < '0' || *p > '9')
                return false;
            if (field == 3 && digits == 0)
                r->succeeded = *p == '2';
            if (field == 4 && digits < 15)
                r->bytes = 10 * r->bytes + (uint64_t)(*p - '0');
            digits++;
        }
    }
    return field == 4 && digits >= 1 && digits <= 15 && r->path_len > 0 &&
           r->path[0] == '/';
}

/* Write the page that was asked for; false when it is too long. */
static bool normalize(const struct request *r, char page[PAGE_MAX])
{
    size_t n = 0;
    for (size_t i = 0; i < r->path_len && r->path[i] != '?'; i++) {
        char c = r->path[i];
        if (n == PAGE_MAX)
            return false;
        page[n++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    if (n > 1 && page[n - 1] == '/')
        n--;
    if (n == PAGE_MAX)
        return false;
    page[n] = '\0';
    return true;
}

static struct top *to_front(struct table *t, size_t i)
{
    struct top found = t->items[i];
    t->items[i] = t->items[i / 2];
    t->items[i / 2] = found;
    return &t->items[i / 2];
}

/* The entry of a page, a new one when it has none; NULL when memory runs out. */
static struct top *find_entry(struct table *t, const char *page)
{
    for (size_t i = 0; i < t->n; i++)
        if (strcmp(t->items[i].page, page) == 0)
            return to_front(t, i);
    if (t->n == t->cap) {
        struct top *more = realloc(t->items, (t->cap + 64) * sizeof *more);
        if (!more)
            return NULL;
        t->items = more;
        t->cap += 64;
    }
    struct top *entry = &t->items[t->n++];
    *entry = (struct top){.hits = 0};
    strcpy(entry->page, page);
    return entry;
}

static bool is_before(const struct top *a, const struct top *b)
{
    return a->hits > b->hits || (a->hits == b->hits && strcmp(a->page, b->page) < 0);
}

/* Look through all entries for the first, then for the second, and so on. */
static int pick_top(struct table *t, struct top *out, int k)
{
    int n = 0;
    for (; n < k && (size_t)n < t->n; n++) {
        size_t best = (size_t)n;
        for (size_t i = best + 1; i < t->n; i++)
            if (is_before(&t->items[i], &t->items[best]))
                best = i;
        out[n] = t->items[best];
        t->items[best] = t->items[n];
    }
    return n;
}

int summarize(const char *log, size_t len, struct top *out, int k)
{
    struct table t = {0};
    const char *end = log + len;
    for (const char *line = log; line < end;) {
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        const char *stop = newline ? newline : end;
        struct request r;
        char page[PAGE_MAX];
        if (parse_line(line, stop, &r) && r.succeeded && normalize(&r, page)) {
            struct top *entry = find_entry(&t, page);
            if (!entry) {
                free(t.items);
                return -1;
            }
            entry->hits++;
            entry->bytes += r.bytes;
        }
        line = newline ? newline + 1 : end;
    }
    int n = pick_top(&t, out, k);
    free(t.items);
    return n;
}
