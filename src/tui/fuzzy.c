#include "tui/fuzzy.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

/* The best of all ways to find the letters, not the first one: each letter either goes on
 * where the last one stood or is sought anew.  Texts are short, so two rows of a table are
 * enough. */
enum {
    TEXT_MAX = 160,
    LETTER = 1,
    TOGETHER = 10,
    WORD = 8,
    FIRST = 2,
    GAP = 3,
    NONE = -1000000
};

static bool begins_word(const char *text, size_t i)
{
    return i == 0 || !isalnum((unsigned char)text[i - 1]);
}

static int worth(const char *text, size_t i)
{
    return LETTER + (begins_word(text, i) ? WORD : 0) + (i == 0 ? FIRST : 0);
}

int pc_fuzzy(const char *typed, const char *text)
{
    /* best[i]: with the letters so far, the last one at text[i]. */
    int best[TEXT_MAX], before[TEXT_MAX];
    size_t n = strnlen(text, TEXT_MAX);
    bool first = true;
    for (; *typed; typed++) {
        if (*typed == ' ')
            continue;
        int so_far = first ? 0 : NONE;
        for (size_t i = 0; i < n; i++) {
            bool same = tolower((unsigned char)text[i]) == tolower((unsigned char)*typed);
            int together =
                !first && i > 0 && before[i - 1] > NONE ? before[i - 1] + TOGETHER : NONE;
            int from = together > so_far ? together : so_far;
            best[i] = same && from > NONE ? from + worth(text, i) : NONE;
            if (!first && before[i] - GAP > so_far)
                so_far = before[i] - GAP;
        }
        memcpy(before, best, sizeof best);
        first = false;
    }
    if (first)
        return 1;
    int score = 0;
    for (size_t i = 0; i < n; i++)
        score = before[i] > score ? before[i] : score;
    return score;
}
