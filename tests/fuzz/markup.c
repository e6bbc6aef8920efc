/*
 * Markdown and C as lines of styled text (markup/): any bytes, any width, every mode.  What
 * holds for documents besides is in tests/unit/test_markup_any.c.
 */
#include <locale.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "fuzz.h"
#include "markup/clexer.h"
#include "markup/markup.h"

static void check_line(const struct pc_line *line, const struct pc_markup_options *options)
{
    size_t width =
        options->width < PC_MARKUP_WIDTH_MIN ? PC_MARKUP_WIDTH_MIN : options->width;
    fuzz_must(strlen(line->text) == line->n, "a line is as long as it says");
    fuzz_must_be_harmless(line->text, false, "a line");
    fuzz_must(pc_text_width(line->text, line->n) == line->width, "a width is true");
    fuzz_must(line->code || line->width <= width, "%zu columns are too many: %s",
              line->width, line->text);
    fuzz_must(line->head <= line->n, "a head is part of the line");
    for (size_t i = 0; options->ascii && i < line->n; i++)
        fuzz_must((unsigned char)line->text[i] < 0x7f, "ASCII is ASCII: %s", line->text);
    size_t end = 0;
    for (size_t k = 0; k < line->n_spans; k++) {
        fuzz_must(line->spans[k].at == end && line->spans[k].n > 0, "spans follow");
        end += line->spans[k].n;
    }
    fuzz_must(end == line->n, "spans cover the line");
}

static void check_search(const struct pc_document *document)
{
    struct pc_match match, back;
    if (!pc_document_find(document, "a b", 0, 0, &match))
        return;
    fuzz_must(match.line < document->n_lines, "a match is in a line");
    const struct pc_line *line = &document->lines[match.line];
    fuzz_must(match.at + match.n <= line->n && match.n > 0, "a match is in its line");
    fuzz_must(pc_document_find_back(document, "a b", document->n_lines, 0, &back) &&
                  back.line >= match.line,
              "what is found forwards is found backwards");
}

static void check_document(struct pc_document *document,
                           const struct pc_markup_options *options)
{
    for (size_t i = 0; i < document->n_lines; i++) {
        check_line(&document->lines[i], options);
        fuzz_must(pc_document_line_at(document, document->lines[i].place) == i,
                  "line %zu is at its place", i);
    }
    for (size_t i = 0; i < document->n_headings; i++)
        fuzz_must(document->headings[i].line < document->n_lines, "a heading is in a line");
    for (size_t i = 0; i < document->n_links; i++) {
        fuzz_must(document->links[i].line < document->n_lines, "a link is in a line");
        for (const char *p = document->links[i].url; *p; p++)
            fuzz_must(*p > ' ' && *p < 0x7f, "an address is plain");
    }
    check_search(document);
    pc_document_free(document);
}

/* Tokens are never empty, never go too far and hold no newline but their own. */
static void check_tokens(const char *s, size_t n)
{
    struct pc_clexer lexer = {0};
    for (size_t at = 0; at < n;) {
        enum pc_style style;
        size_t len = pc_clexer_next(&lexer, s + at, n - at, &style);
        fuzz_must(len >= 1 && len <= n - at, "a token has bytes of its own");
        fuzz_must(len == 1 || memchr(s + at, '\n', len) == NULL, "a newline is alone");
        at += len;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    size_t mode = fuzz_choice(&data, &n, 8);
    struct pc_markup_options options = {
        .width = fuzz_choice(&data, &n, 130), .ascii = mode & 1, .plain = mode & 2};
    /* Exactly as many bytes as there are: the library gets no NUL behind them. */
    const char *text = (const char *)data;
    if (mode & 4) {
        check_tokens(text, n);
        check_document(pc_markup_render_c(text, n, &options), &options);
    } else {
        check_document(pc_markup_render(text, n, &options), &options);
    }
    return 0;
}
