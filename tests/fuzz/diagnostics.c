/*
 * What compilers and linkers print (toolchain/diagnostics.h): of any text a list that is
 * bounded and can be shown.
 */
#include <string.h>

#include "base/mem.h"
#include "fuzz.h"
#include "toolchain/diagnostics.h"

enum { ITEMS_MAX = 100 };

static void check_item(const struct pc_diagnostic *item)
{
    fuzz_must_be_harmless(item->text, true, "a message");
    fuzz_must_be_harmless(item->place.file, false, "a file");
    fuzz_must_be_harmless(item->place.function, false, "a function");
    if (item->source)
        fuzz_must_be_harmless(item->source, true, "a line");
    fuzz_must(item->place.line >= 0 && item->place.column >= 0, "places count from 1");
    fuzz_must(item->place.line > 0 || item->place.column == 0, "a column is of a line");
}

static void check_build(struct pc_build *build)
{
    size_t n = build->n, errors = 0;
    fuzz_must(n <= ITEMS_MAX, "%zu messages are too many", n);
    for (size_t i = 0; i < n; i++) {
        check_item(&build->items[i]);
        errors += build->items[i].error;
    }
    if (build->trouble)
        fuzz_must_be_harmless(build->trouble, true, "a trouble");
    fuzz_must(pc_diagnostics_have_error(build) == (errors > 0), "errors are found");
    pc_diagnostics_sort(build);
    fuzz_must(build->n == n, "sorting loses nothing");
    for (size_t i = 0; i < n; i++)
        fuzz_must(build->items[i].error == (i < errors), "errors come first");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static void (*const readers[])(struct pc_build * build,
                                   const struct pc_sources *sources, const char *output) = {
        pc_diagnostics_json, pc_diagnostics_text, pc_diagnostics_link};
    char kernel[] = "int join(void)\n{\n\treturn \"a\033[31m\" + 1;\n}\xff",
         name[] = "join.c";
    struct pc_sources sources = {
        .kernel = {.name = name, .text = kernel, .len = strlen(kernel)}};
    struct pc_build build = {0};
    size_t reader = fuzz_choice(&data, &n, PC_COUNT(readers));
    PC_AUTO(pc_auto_free) char *output = fuzz_text(data, n);
    readers[reader](&build, &sources, output);
    check_build(&build);
    pc_build_fini(&build);
    return 0;
}
