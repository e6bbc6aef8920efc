/*
 * Tests of mask_digits() against an oracle that goes character by character.
 */
#include <perfbench.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mask_digits.h"

static size_t oracle(char *text)
{
    size_t masked = 0;
    for (; *text; text++) {
        if (strchr("0123456789", *text)) {
            *text = '#';
            masked++;
        }
    }
    return masked;
}

/* Mask a copy that ends at a forbidden page, and one with other bytes on either side. */
static bool masks(struct bench *b, const char *text)
{
    enum { BESIDE = 16 };
    static const char fence[BESIDE] = "0Z1Z2Z3Z4Z5Z6Z7Z";
    size_t len = strlen(text);
    char quoted[260], input[300];
    snprintf(input, sizeof input, "%s (%zu characters)", bench_quote(quoted, text, len, 0),
             len);

    char *want = strdup(text), *guarded = bench_guarded(b, len + 1);
    size_t count = oracle(want);
    memcpy(guarded, text, len + 1);
    bool same = bench_expect_int(b, input, count, mask_digits(guarded)) &&
                bench_expect_str(b, input, want, guarded);

    char *between = malloc(2 * BESIDE + len + 1);
    memcpy(between, fence, BESIDE);
    memcpy(between + BESIDE, text, len + 1);
    memcpy(between + BESIDE + len + 1, fence, BESIDE);
    mask_digits(between + BESIDE);
    same = same &&
           bench_expect(b, memcmp(between, fence, BESIDE) == 0,
                        "input:    %s\nbytes before the text were changed", input) &&
           bench_expect(b, memcmp(between + BESIDE + len + 1, fence, BESIDE) == 0,
                        "input:    %s\nbytes behind the NUL were changed", input);
    free(between);
    free(want);
    return same;
}

/* Comes first: whoever remembers answers has an empty memory to put these into. */
TEST(the_same_address_with_new_contents_is_masked_anew)
{
    char text[8];
    for (char digit = '0'; digit <= '9'; digit++) {
        memcpy(text, "room 1x", sizeof text);
        text[6] = digit;
        bench_expect_int(b, "\"room 1\" and a digit", 2, mask_digits(text));
        bench_expect_str(b, "\"room 1\" and a digit", "room ##", text);
        bench_expect_int(b, "\"room ##\"", 0, mask_digits(text));
    }
}

TEST(a_text_at_the_same_address_has_a_length_of_its_own)
{
    enum { LONGEST = 20 };
    char text[LONGEST + 1], want[LONGEST + 1];
    for (size_t round = 0; round < 2 * LONGEST; round++) {
        size_t len = round < LONGEST ? LONGEST - round : round - LONGEST;
        memset(text, '5', LONGEST);
        text[len] = '\0';
        memcpy(want, text, sizeof want);
        memset(want, '#', len);
        bench_expect_int(b, "first shorter, then longer texts of the digit 5", len,
                         mask_digits(text));
        bench_expect_mem(b, "first shorter, then longer texts of the digit 5", want,
                         LONGEST, text, LONGEST);
    }
}

TEST(digits_are_masked_wherever_they_stand)
{
    static const char *const rows[] = {
        "",
        "7",
        "x",
        "#",
        "1234567890",
        "no digits at all",
        "5 at the beginning",
        "at the end 5",
        "7:30, gate 12, seat 4F",
        "/0:9;",
        "call +49 30 1234567\n",
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        masks(b, rows[i]);
}

TEST(of_all_255_bytes_ten_are_digits)
{
    char text[256];
    for (int byte = 1; byte < 256; byte++)
        text[byte - 1] = (char)byte;
    text[255] = '\0';
    masks(b, text);
    for (int byte = 1; byte < 256; byte++) {
        const char one[] = {(char)byte, '\0'};
        masks(b, one);
    }
}

TEST(every_length_is_masked_to_its_end)
{
    enum { LONGEST = 300 };
    char text[LONGEST + 1];
    memset(text, '8', sizeof text);
    for (size_t len = LONGEST + 1; len-- > 0;) {
        text[len] = '\0';
        masks(b, text);
    }
}

TEST(long_texts_are_masked_to_their_end)
{
    static const size_t lengths[] = {4095, 4096, 5000, 65537};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        char *text = malloc(lengths[i] + 1);
        for (size_t k = 0; k < lengths[i]; k++)
            text[k] = (char)(' ' + bench_random_below(b, 95));
        text[lengths[i] - 1] = '9';
        text[lengths[i]] = '\0';
        masks(b, text);
        free(text);
    }
}

TEST(random_bytes_agree_with_the_oracle)
{
    enum { ROUNDS = 500, MOST = 100 };
    for (int round = 0; round < ROUNDS; round++) {
        char text[MOST + 1];
        size_t len = bench_random_below(b, MOST + 1);
        for (size_t i = 0; i < len; i++)
            text[i] = (char)(bench_random_below(b, 2) ? '0' + bench_random_below(b, 10)
                                                      : 1 + bench_random_below(b, 255));
        text[len] = '\0';
        if (!masks(b, text))
            return;
    }
}
