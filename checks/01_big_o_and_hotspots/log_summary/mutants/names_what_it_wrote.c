/* Names a function of its own: the question is about the starter. */
#include "log_summary.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

const char log_summary_hotspot[] = "slot_of";

struct request {
    const char *path;
    size_t path_len;
    bool succeeded;
    uint64_t bytes;
};

/* Entries in the order of their first hit, and an index with open addressing: a slot has the
 * number of an entry plus 1, or 0.  At least half of the slots are free. */
struct table {
    struct top *items;
    uint32_t *slots;
    size_t n, cap; /* there are 2 * cap slots, a power of two */
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

/* FNV-1a, by Fowler, Noll and Vo. */
static uint32_t hash_of(const char *page)
{
    uint32_t hash = 2166136261u;
    for (; *page; page++)
        hash = (hash ^ (unsigned char)*page) * 16777619u;
    return hash;
}

/* The slot of a page, or the free one where it belongs. */
static uint32_t *slot_of(const struct table *t, const char *page)
{
    size_t mask = 2 * t->cap - 1, i = hash_of(page) & mask;
    while (t->slots[i] > 0 && strcmp(t->items[t->slots[i] - 1].page, page) != 0)
        i = (i + 1) & mask;
    return &t->slots[i];
}

static bool grow(struct table *t)
{
    size_t cap = t->cap ? 2 * t->cap : 64;
    struct top *items = realloc(t->items, cap * sizeof *items);
    if (items)
        t->items = items;
    uint32_t *slots = calloc(2 * cap, sizeof *slots);
    if (!items || !slots) {
        free(slots);
        return false;
    }
    free(t->slots);
    t->slots = slots;
    t->cap = cap;
    for (size_t i = 0; i < t->n; i++)
        *slot_of(t, t->items[i].page) = (uint32_t)i + 1;
    return true;
}

/* The entry of a page, a new one when it has none; NULL when memory runs out. */
static struct top *find_entry(struct table *t, const char *page)
{
    if (t->n == t->cap && !grow(t))
        return NULL;
    uint32_t *slot = slot_of(t, page);
    if (*slot == 0) {
        t->items[t->n] = (struct top){.hits = 0};
        strcpy(t->items[t->n].page, page);
        *slot = (uint32_t)++t->n;
    }
    return &t->items[*slot - 1];
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
                free(t.slots);
                return -1;
            }
            entry->hits++;
            entry->bytes += r.bytes;
        }
        line = newline ? newline + 1 : end;
    }
    int n = pick_top(&t, out, k);
    free(t.items);
    free(t.slots);
    return n;
}
