#include <string.h>

#include "base/str.h"
#include "markup/markup.h"

char *pc_document_text(const struct pc_document *document)
{
    struct pc_str out = {0};
    for (size_t i = 0; i < document->n_lines; i++) {
        pc_str_add(&out, document->lines[i].text, document->lines[i].n);
        pc_str_add(&out, "\n", 1);
    }
    return pc_str_take(&out);
}

static bool is_behind(struct pc_spot a, struct pc_spot b)
{
    return a.block != b.block ? a.block > b.block : a.offset > b.offset;
}

size_t pc_document_line_at(const struct pc_document *document, struct pc_spot place)
{
    size_t low = 0, high = document->n_lines;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (is_behind(document->lines[middle].place, place))
            high = middle;
        else
            low = middle + 1;
    }
    return low > 0 ? low - 1 : 0;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool has_upper(const char *words)
{
    return strpbrk(words, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != NULL;
}

/* Whether `words` stand at byte `at` of line `line`.  Where the line ends a blank goes on
 * with the text of the next one in the same block. */
static bool stands_at(const struct pc_document *document, const char *words, bool exact,
                      size_t line, size_t at, struct pc_match *match)
{
    const struct pc_line *now = &document->lines[line];
    const struct pc_line *end = document->lines + document->n_lines;
    *match = (struct pc_match){.line = line, .at = at};
    size_t first_end = 0;
    for (const char *w = words; *w; w++) {
        if (at == now->n && *w == ' ') {
            if (now + 1 == end || now[1].place.block != now->place.block || now->code)
                return false;
            first_end = first_end ? first_end : at;
            now++;
            at = now->head;
            continue;
        }
        if (at >= now->n)
            return false;
        char c = exact ? now->text[at] : lower(now->text[at]);
        if (c != *w)
            return false;
        at++;
    }
    match->n = (first_end ? first_end : at) - match->at;
    return match->n > 0;
}

bool pc_document_find(const struct pc_document *document, const char *words, size_t from,
                      size_t at, struct pc_match *match)
{
    bool exact = has_upper(words);
    for (size_t i = from; i < document->n_lines; i++, at = 0)
        for (; at < document->lines[i].n; at++)
            if (stands_at(document, words, exact, i, at, match))
                return true;
    return false;
}

bool pc_document_find_back(const struct pc_document *document, const char *words,
                           size_t from, size_t at, struct pc_match *match)
{
    bool exact = has_upper(words);
    if (from >= document->n_lines) {
        from = document->n_lines;
        at = 0;
    }
    for (;;) {
        while (at-- > 0)
            if (stands_at(document, words, exact, from, at, match))
                return true;
        if (from-- == 0)
            return false;
        at = document->lines[from].n;
    }
}
