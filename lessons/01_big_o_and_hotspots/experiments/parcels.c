/*
 * The evening report of a parcel service, in four stages.  One operation takes n lines such as
 *
 *     9183345120;1250;17
 *
 * (number, grams, zone) through one stage, or through all of them.  Numbers are all different,
 * as they should be.
 */
#include <perfbench.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 24, ZONES = 20 };

struct parcel {
    uint64_t number;
    uint32_t grams, zone;
};

struct report {
    size_t n;
    char (*lines)[LINE];
    struct parcel *parcels;
    uint64_t *numbers;
};

static void parse(const char *line, struct parcel *p)
{
    char *end;
    p->number = strtoull(line, &end, 10);
    p->grams = (uint32_t)strtoul(end + 1, &end, 10);
    p->zone = (uint32_t)strtoul(end + 1, NULL, 10);
}

/* A checksum of a line, one bit at a time: CRC-32, as it is found in many programs. */
static uint32_t check(const char *line)
{
    uint32_t crc = ~0u;
    for (; *line; line++) {
        crc ^= (unsigned char)*line;
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return ~crc;
}

/* How many numbers have been there before? */
static size_t find_twins(const uint64_t *numbers, size_t n)
{
    size_t twins = 0;
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (k < i && numbers[k] != numbers[i])
            k++;
        twins += k < i;
    }
    return twins;
}

/* The same with a table of what has been there; numbers are never 0. */
static size_t find_twins_hashed(const uint64_t *numbers, size_t n)
{
    size_t slots = 16, twins = 0;
    while (slots < 2 * n)
        slots *= 2;
    uint64_t *table = calloc(slots, sizeof *table);
    for (size_t i = 0; i < n; i++) {
        size_t at = (numbers[i] * 0x9e3779b97f4a7c15 >> 32) & (slots - 1);
        while (table[at] && table[at] != numbers[i])
            at = (at + 1) & (slots - 1);
        twins += table[at] != 0;
        table[at] = numbers[i];
    }
    free(table);
    return twins;
}

/* The weight of each zone, one zone after the other. */
static uint64_t add_up(const struct parcel *parcels, size_t n)
{
    uint64_t heaviest = 0;
    for (uint32_t zone = 0; zone < ZONES; zone++) {
        uint64_t grams = 0;
        for (size_t i = 0; i < n; i++)
            grams += parcels[i].zone == zone ? parcels[i].grams : 0;
        heaviest = grams > heaviest ? grams : heaviest;
    }
    return heaviest;
}

static char *put_number(char *end, uint64_t v)
{
    do
        *--end = (char)('0' + v % 10);
    while (v /= 10);
    return end;
}

/* A line is written from its end, and starts where its room does. */
static void make_line(struct bench *b, char line[LINE])
{
    char room[LINE], *end = room + LINE, *at = end;
    *--at = '\0';
    at = put_number(at, bench_random_below(b, ZONES));
    *--at = ';';
    at = put_number(at, 100 + bench_random_below(b, 9900));
    *--at = ';';
    at = put_number(at, 1000000000 + bench_random_below(b, 9000000000));
    memcpy(line, at, (size_t)(end - at));
}

static struct report make_report(struct bench *b)
{
    size_t n = bench_size(b);
    struct report r = {
        .n = n,
        .lines = bench_guarded(b, n * LINE),
        .parcels = bench_guarded(b, n * sizeof(struct parcel)),
        .numbers = bench_guarded(b, n * sizeof(uint64_t)),
    };
    for (size_t i = 0; i < n; i++) {
        make_line(b, r.lines[i]);
        parse(r.lines[i], &r.parcels[i]);
        r.numbers[i] = r.parcels[i].number;
    }
    return r;
}

static void parse_all(struct report *r)
{
    for (size_t i = 0; i < r->n; i++) {
        parse(r->lines[i], &r->parcels[i]);
        r->numbers[i] = r->parcels[i].number;
    }
}

static uint32_t check_all(const struct report *r)
{
    uint32_t all = 0;
    for (size_t i = 0; i < r->n; i++)
        all ^= check(r->lines[i]);
    return all;
}

BENCH_SIZES(parse, 100, 1000)
{
    struct report r = make_report(b);
    while (bench_loop(b)) {
        parse_all(&r);
        bench_keep(r.numbers);
    }
}

BENCH_SIZES(check, 100, 1000)
{
    struct report r = make_report(b);
    while (bench_loop(b))
        bench_keep(check_all(&r));
}

BENCH_SIZES(find_twins, 100, 1000)
{
    struct report r = make_report(b);
    while (bench_loop(b))
        bench_keep(find_twins(r.numbers, r.n));
}

BENCH_SIZES(add_up, 100, 1000)
{
    struct report r = make_report(b);
    while (bench_loop(b))
        bench_keep(add_up(r.parcels, r.n));
}

static void run(struct bench *b, size_t (*find)(const uint64_t *numbers, size_t n))
{
    struct report r = make_report(b);
    while (bench_loop(b)) {
        parse_all(&r);
        bench_keep(check_all(&r));
        bench_keep(find(r.numbers, r.n));
        bench_keep(add_up(r.parcels, r.n));
    }
}

BENCH_SIZES(whole, 100, 1000)
{
    run(b, find_twins);
}

BENCH_SIZES(whole_hashed, 100, 1000)
{
    run(b, find_twins_hashed);
}
