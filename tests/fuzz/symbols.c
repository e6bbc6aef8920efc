/*
 * Debug information of an object file (profile/): any bytes are a file with places and
 * sizes, or have none.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"
#include "fuzz.h"
#include "profile/extents.h"
#include "profile/frames.h"

/* The innermost one has the place. */
static void check_frames(struct pc_symbols *symbols, uint64_t address,
                         const struct pc_place *place)
{
    struct pc_code_frame frames[PC_FRAMES_INLINED];
    size_t n = pc_symbols_frames(symbols, address, frames, PC_FRAMES_INLINED);
    fuzz_must(n <= PC_FRAMES_INLINED, "there is room for the frames");
    fuzz_must(n > 1 || (n == 1) == (place->function[0] || place->file[0]),
              "a frame is known with its place");
    if (n > 0)
        fuzz_must(frames[0].place.line == place->line &&
                      strcmp(frames[0].place.file, place->file) == 0,
                  "the innermost frame has the place");
    for (size_t i = 0; i < n; i++) {
        fuzz_must(frames[i].place.line >= 0 && frames[i].place.column >= 0 &&
                      frames[i].begins >= 0,
                  "lines of frames count from 1");
        fuzz_must_be_harmless(frames[i].place.function, false, "a frame's function");
        fuzz_must_be_harmless(frames[i].place.file, false, "a frame's file");
        fuzz_must_be_harmless(frames[i].declared, false, "where a function is");
    }
}

static void check_place(struct pc_symbols *symbols, uint64_t address)
{
    struct pc_place place;
    bool known = pc_symbols_place(symbols, address, &place);
    fuzz_must(known == (place.function[0] || place.file[0]), "a place is known or empty");
    fuzz_must(place.line >= 0 && place.column >= 0, "places count from 1");
    fuzz_must_be_harmless(place.function, false, "a function");
    fuzz_must_be_harmless(place.file, false, "a file");
    check_frames(symbols, address, &place);
}

static void check_extents(struct pc_symbols *symbols, const char *name)
{
    double size = NAN, padding = NAN, bytes = NAN;
    if (pc_extent_type(symbols, name, &size, &padding) == PC_EXTENT_FOUND)
        fuzz_must(size >= 0 && padding >= 0 && padding <= size,
                  "%s: %g of %g bytes are padding", name, padding, size);
    if (pc_extent_stack(symbols, name, &bytes) == PC_EXTENT_FOUND)
        fuzz_must(isfinite(bytes) && bytes >= 0, "%s: a frame has a size", name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const char *const names[] = {"node", "pair", "join", "main"};
    char path[64];
    PC_AUTO(pc_auto_close) int fd = memfd_create("object", MFD_CLOEXEC);
    if (fd < 0 || write(fd, data, n) != (ssize_t)n)
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    struct pc_err err = {0};
    struct pc_symbols *symbols = pc_symbols_open(path, &err);
    if (!symbols) {
        fuzz_must_explain(&err, PC_ENVIRONMENT);
        return 0;
    }
    for (uint64_t address = 0; address < 64; address += 7)
        check_place(symbols, address);
    for (uint64_t address = 0x2c0; address < 0x440; address += 0x10)
        check_place(symbols, address);
    check_place(symbols, UINT64_MAX);
    for (size_t i = 0; i < PC_COUNT(names); i++)
        check_extents(symbols, names[i]);
    pc_symbols_free(symbols);
    return 0;
}
