/*
 * Calls of an object that is not linked yet (profile/calls.h): any bytes are an object with
 * calls in places, or are refused with a reason.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"
#include "fuzz.h"
#include "profile/calls.h"

static const char *wanted(const char *name)
{
    return strcmp(name, "malloc") == 0 ? "malloc" : NULL;
}

static void check_calls(const struct pc_alloc_calls *calls)
{
    for (size_t i = 0; i < calls->n; i++) {
        const struct pc_alloc_call *call = &calls->items[i];
        fuzz_must(strcmp(call->name, "malloc") == 0, "a call has the name that was given");
        fuzz_must(call->n_chain >= 1 && call->n_chain <= PC_CHAIN_MAX,
                  "a call has a chain");
        fuzz_must(call->tail || !call->returned, "only a jump is called returned");
        for (size_t k = 0; k < call->n_chain; k++) {
            const struct pc_place *place = &call->chain[k];
            fuzz_must(place->line >= 0 && place->column >= 0, "places count from 1");
            fuzz_must_be_harmless(place->function, false, "a function");
            fuzz_must_be_harmless(place->file, false, "a file");
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    char path[64];
    PC_AUTO(pc_auto_close) int fd = memfd_create("object", MFD_CLOEXEC);
    if (fd < 0 || write(fd, data, n) != (ssize_t)n)
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    struct pc_object_calls found = {0};
    struct pc_err err = {0};
    if (!pc_calls_read(path, wanted, &found, &err))
        fuzz_must_explain(&err, PC_ENVIRONMENT);
    check_calls(&found.calls);
    check_calls(&found.taken);
    pc_object_calls_fini(&found);
    return 0;
}
