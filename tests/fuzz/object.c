/*
 * What is read in the object of a kernel before it is linked (toolchain/refuse.h): any
 * bytes are an object or are refused.
 */
#include <string.h>

#include "base/mem.h"
#include "fuzz.h"
#include "toolchain/refuse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    char name[] = "join.c", kernel[] = "int malloc;\n";
    struct pc_sources sources = {
        .kernel = {.name = name, .text = kernel, .len = strlen(kernel)}};
    struct pc_allowed allowed = {NULL, 0};
    struct pc_build build = {0};
    struct pc_err err = {0};
    bool sanitized = fuzz_choice(&data, &n, 2);
    if (!pc_refuse_object(&build, data, n, sanitized, &sources, &allowed, &err))
        fuzz_must_explain(&err, PC_ENVIRONMENT);
    for (size_t i = 0; i < build.n; i++) {
        fuzz_must(build.items[i].error, "a refusal is an error");
        fuzz_must_be_harmless(build.items[i].text, true, "a refusal");
    }
    pc_build_fini(&build);
    return 0;
}
