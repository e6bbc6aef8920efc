/*
 * Tests of csv_sum() against an oracle that walks byte by byte with a small state.
 */
#include <perfbench.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "csv_sum.h"

/* What is known of the field that is being read. */
struct field {
    unsigned column, digits;
    bool negative, spoiled;
    int64_t value;
};

static void end_field(const struct field *f, unsigned col, size_t *found, int64_t *sum)
{
    if (f->column != col || f->spoiled || f->digits < 1 || f->digits > 18)
        return;
    *sum += f->negative ? -f->value : f->value;
    ++*found;
}

static size_t oracle(const char *csv, size_t len, unsigned col, int64_t *sum)
{
    struct field f = {0};
    size_t found = 0;
    *sum = 0;
    for (size_t i = 0; i < len; i++) {
        char c = csv[i];
        if (c == ',' || c == '\n') {
            end_field(&f, col, &found, sum);
            f = (struct field){.column = c == ',' ? f.column + 1 : 0};
        } else if (c == '-' && f.digits == 0 && !f.negative) {
            f.negative = true;
        } else if (c >= '0' && c <= '9') {
            if (++f.digits <= 18)
                f.value = f.value * 10 + (c - '0');
        } else {
            f.spoiled = true;
        }
    }
    end_field(&f, col, &found, sum);
    return found;
}

/* Compare with the oracle on a copy that ends at a forbidden page. */
static bool sums(struct bench *b, const char *csv, size_t len, unsigned col)
{
    char quoted[260];
    int64_t want_sum, sum = 4711;
    size_t want = oracle(csv, len, col, &want_sum);
    size_t got = csv_sum(bench_input(b, csv, len), len, col, &sum);
    return bench_expect(b, got == want && sum == want_sum,
                        "input:    column %u of %s (%zu bytes)\n"
                        "expected: %zu numbers, sum %lld\ngot:      %zu numbers, sum %lld",
                        col, bench_quote(quoted, csv, len, 0), len, want,
                        (long long)want_sum, got, (long long)sum);
}

/* Comes first: whoever remembers answers has an empty memory to put these into. */
TEST(the_same_address_with_new_contents_is_read_anew)
{
    char csv[] = "a,1\nb,2\n";
    int64_t sum = 0;
    for (char digit = '1'; digit <= '9'; digit++) {
        csv[2] = digit;
        size_t found = csv_sum(csv, sizeof csv - 1, 1, &sum);
        bench_expect_int(b, "two lines, one number changed in place: count", 2, found);
        bench_expect_int(b, "two lines, one number changed in place: sum", digit - '0' + 2,
                         sum);
    }
}

TEST(lines_and_fields_are_told_apart)
{
    static const char *const rows[] = {
        "",
        "\n",
        "\n\n\n",
        "5",
        "5\n",
        "1,2,3\n4,5,6\n",
        "1,2,3\n4,5,6",
        "1,2,",
        "1,2,\n",
        ",,\n",
        ",",
        "1\n2,3\n4,5,6\n7,8,9,10\n",
        "\n1,2,3\n\n4,5,6\n",
        "name,amount,note\nAda,12,ok\nBob,-7,\n",
        "1,2,3\r\n4,5,6\r\n",
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        for (unsigned col = 0; col < 5; col++)
            sums(b, rows[i], strlen(rows[i]), col);
}

TEST(only_numbers_are_added)
{
    static const char *const fields[] = {
        "0",
        "-0",
        "007",
        "-5",
        "-",
        "--5",
        "+5",
        " 5",
        "5 ",
        "1.5",
        "1e3",
        "0x10",
        "12 EUR",
        "5-",
        "\xb2",
        "1\xff",
        "\t7",
        "a",
        "9/",
        "9:",
        "999999999999999999",
        "-999999999999999999",
        "1000000000000000000",
        "-1000000000000000000",
        "0000000000000000001",
        "99999999999999999999999999",
    };
    char csv[128];
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        int len = snprintf(csv, sizeof csv, "1,%s,3\n4,%s\n", fields[i], fields[i]);
        sums(b, csv, (size_t)len, 1);
        sums(b, csv, (size_t)len - 1, 1);
    }
}

TEST(a_column_that_no_line_has_gives_nothing)
{
    static const unsigned columns[] = {3, 4, 255, 256, 65536, 1u << 31, UINT32_MAX};
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        sums(b, "1,2,3\n4,5,6\n", 12, columns[i]);
}

TEST(long_lines_and_many_columns_are_read_to_the_end)
{
    enum { COLUMNS = 3000, ROOM = 2 * (COLUMNS + 1) * 8 };
    char *csv = malloc(ROOM);
    size_t len = 0;
    for (int line = 0; line < 2; line++)
        for (int i = 0; i < COLUMNS; i++)
            len += (size_t)sprintf(csv + len, "%d%c", i, i + 1 < COLUMNS ? ',' : '\n');
    sums(b, csv, len, 0);
    sums(b, csv, len, 1234);
    sums(b, csv, len, COLUMNS - 1);
    sums(b, csv, len - 1, COLUMNS - 1);
    sums(b, csv, len, COLUMNS);
    free(csv);
}

TEST(many_lines_are_read_to_the_end)
{
    enum { LINES = 2000 };
    char *csv = malloc(LINES * 24);
    size_t len = 0;
    for (int i = 0; i < LINES; i++)
        len += (size_t)sprintf(csv + len, "%d,x,%d\n", i,
                               (int)bench_random_below(b, 1000000) - 500000);
    sums(b, csv, len, 0);
    sums(b, csv, len, 2);
    free(csv);
}

/* Text made of the bytes that matter, so that lines, fields and numbers are short. */
TEST(random_text_agrees_with_the_oracle)
{
    enum { ROUNDS = 1000, MOST = 120 };
    static const char bytes[] = "00123456789999,,,,,\n\n--x +";
    for (int round = 0; round < ROUNDS; round++) {
        char csv[MOST];
        size_t len = bench_random_below(b, MOST + 1);
        size_t kinds = bench_random_below(b, 4) > 0 ? sizeof bytes - 4 : sizeof bytes - 1;
        for (size_t i = 0; i < len; i++)
            csv[i] = bytes[bench_random_below(b, kinds)];
        if (!sums(b, csv, len, (unsigned)bench_random_below(b, 4)))
            return;
    }
}
