/*
 * What is read in the text of a kernel before a compiler sees it (toolchain/refuse.h,
 * scan.h): any bytes are tokens with places that are theirs, and refusals that can be
 * shown.
 */
#include <string.h>

#include "base/mem.h"
#include "fuzz.h"
#include "toolchain/refuse.h"
#include "toolchain/scan.h"

static void check_tokens(const char *text, size_t n)
{
    struct pc_scan scan;
    struct pc_token token;
    int line = 1, column = 0;
    size_t tokens = 0;
    pc_scan_init(&scan, text, n);
    do {
        pc_scan_next(&scan, &token);
        fuzz_must(++tokens <= 2 * n + 2, "tokens come to an end");
        fuzz_must(memchr(token.text, '\0', sizeof token.text) != NULL, "a token ends");
        fuzz_must(token.line >= line, "lines go on");
        fuzz_must(token.line > line || token.column >= column, "columns go on");
        fuzz_must(token.column >= 1, "columns count from 1");
        line = token.line;
        column = token.column;
    } while (token.kind != PC_TOKEN_END);
    pc_scan_next(&scan, &token);
    fuzz_must(token.kind == PC_TOKEN_END, "after the end is the end");
}

static void check_refusals(char *text, size_t n)
{
    char name[] = "join.c", static_word[] = "static";
    char *allowed_names[] = {static_word};
    struct pc_sources sources = {.kernel = {.name = name, .text = text, .len = n}};
    struct pc_allowed allowed = {allowed_names, PC_COUNT(allowed_names)};
    struct pc_build build = {0};
    pc_refuse_text(&build, &sources, &allowed);
    for (size_t i = 0; i < build.n; i++) {
        const struct pc_diagnostic *item = &build.items[i];
        fuzz_must(item->error, "a refusal is an error");
        fuzz_must_be_harmless(item->text, true, "a refusal");
        fuzz_must(item->place.line >= 1, "a refusal has a line");
        if (item->source)
            fuzz_must_be_harmless(item->source, true, "a line");
    }
    pc_build_fini(&build);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    PC_AUTO(pc_auto_free) char *text = fuzz_text(data, n);
    check_tokens(text, n);
    check_refusals(text, n);
    int line, column;
    if (pc_scan_find(text, n, "malloc", &line, &column))
        fuzz_must(memmem(text, n, "m", 1) != NULL && line >= 1 && column >= 1,
                  "what is found is there");
    return 0;
}
