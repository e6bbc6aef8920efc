#include "profile/codemap.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "profile/frames.h"
#include "wire/recording.h"

/* What is known about an address; the same ones come again and again. */
struct known {
    uint64_t address; /* 0: nothing here */
    uint32_t frames[PC_FRAMES_INLINED];
    size_t n;
};

struct pc_codemap {
    struct pc_profile *profile;
    struct pc_codemap_spec spec;
    struct {
        struct pc_symbols *symbols; /* NULL: cannot be read */
        uint64_t start, limit, bias;
        enum pc_code_owner code;
        char *name;     /* of functions without one: "[libc.so.6]" */
        uint32_t index; /* in the profile */
    } modules[PC_RECORDING_MODULES];
    size_t n_modules;
    struct {
        struct known *items;
        size_t n, cap;
    } known; /* a table by address, at most half full */
    size_t used;
};

struct pc_codemap *pc_codemap_create(struct pc_profile *profile,
                                     const struct pc_codemap_spec *spec)
{
    struct pc_codemap *map = pc_alloc(sizeof *map);
    *map = (struct pc_codemap){.profile = profile, .spec = *spec};
    return map;
}

void pc_codemap_free(struct pc_codemap *map)
{
    if (!map)
        return;
    for (size_t i = 0; i < map->n_modules; i++) {
        pc_symbols_free(map->modules[i].symbols);
        free(map->modules[i].name);
    }
    free(map->known.items);
    free(map);
}

/* What a process says about its files may be a pipe that nobody writes to. */
static bool is_file(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

static enum pc_code_owner code_of(const struct pc_codemap_spec *spec, const char *path)
{
    if (spec->kernel && strcmp(path, spec->kernel) == 0)
        return PC_CODE_KERNEL;
    if (spec->host && strcmp(path, spec->host) == 0)
        return PC_CODE_HOST;
    return PC_CODE_LIBRARY;
}

/* What its functions without a name are called: "[libc.so.6]"; the kernel's object has no
 * name that anybody knows. */
static char *name_of(const struct pc_codemap *map, const char *path,
                     enum pc_code_owner code)
{
    const char *slash = strrchr(path, '/');
    const char *base = slash ? slash + 1 : path;
    if (code == PC_CODE_KERNEL && map->spec.source)
        base = map->spec.source;
    PC_AUTO(pc_auto_free) char *text = pc_text_harmless(base, strlen(base), 256);
    return text[0] == '[' ? pc_strdup(text) : pc_strfmt("[%s]", text);
}

void pc_codemap_add(struct pc_codemap *map, const struct pc_recorded_module *module)
{
    char path[PC_RECORDING_PATH];
    memcpy(path, module->path, sizeof path);
    path[sizeof path - 1] = '\0';
    if (map->n_modules == PC_COUNT(map->modules))
        return;
    size_t k = map->n_modules++;
    /* The first one is the executable, also when it could not tell its name. */
    bool is_kernel = k == 0 && !map->spec.kernel;
    map->modules[k].code = is_kernel ? PC_CODE_KERNEL : code_of(&map->spec, path);
    map->modules[k].start = module->start;
    map->modules[k].limit = module->limit;
    map->modules[k].bias = module->bias;
    map->modules[k].name = name_of(map, path, map->modules[k].code);
    if (is_file(path))
        map->modules[k].symbols = pc_symbols_open(path, NULL);
    struct pc_module told = {.path = path,
                             .start = module->start,
                             .limit = module->limit,
                             .offset = module->offset,
                             .has_lines = map->modules[k].symbols != NULL,
                             .code = map->modules[k].code};
    map->modules[k].index = pc_profile_module(map->profile, &told);
}

/* The learner's file, or another one that is in the same object. */
static enum pc_code_owner code_of_place(const struct pc_codemap *map,
                                        enum pc_code_owner code, const char *file)
{
    if (code != PC_CODE_KERNEL || !map->spec.source)
        return code;
    const char *slash = strrchr(file, '/');
    return strcmp(slash ? slash + 1 : file, map->spec.source) == 0 ? PC_CODE_KERNEL
                                                                   : PC_CODE_BENCH;
}

static void describe(struct pc_codemap *map, uint64_t address, struct known *known)
{
    size_t k = 0;
    while (k < map->n_modules &&
           (address < map->modules[k].start || address >= map->modules[k].limit))
        k++;
    bool found = k < map->n_modules;
    struct pc_code_frame frames[PC_FRAMES_INLINED] = {0};
    size_t n = 0;
    if (found && map->modules[k].symbols)
        n = pc_symbols_frames(map->modules[k].symbols, address - map->modules[k].bias,
                              frames, PC_FRAMES_INLINED);
    bool is_stub =
        found && n == 0 && map->modules[k].symbols &&
        pc_symbols_is_stub(map->modules[k].symbols, address - map->modules[k].bias);
    known->address = address;
    known->n = n > 0 ? n : 1;
    char number[32];
    snprintf(number, sizeof number, "0x%" PRIx64, address);
    for (size_t i = 0; i < known->n; i++) {
        const struct pc_place *place = &frames[i].place;
        const char *file = frames[i].declared[0] ? frames[i].declared : place->file;
        const char *name = place->function[0] ? place->function
                           : is_stub          ? "[plt]"
                           : found            ? map->modules[k].name
                                              : number;
        enum pc_code_owner code = is_stub ? PC_CODE_LIBRARY
                                  : found ? map->modules[k].code
                                          : PC_CODE_UNKNOWN;
        struct pc_frame frame = {
            .function = pc_profile_function(map->profile, name, file, frames[i].begins,
                                            code_of_place(map, code, file)),
            .module = found ? map->modules[k].index : PC_NO_MODULE,
            .line = place->line,
            .inlined = i + 1 < known->n,
            .address = address};
        known->frames[i] = pc_profile_frame(map->profile, &frame);
    }
}

static struct known *slot_of(const struct pc_codemap *map, uint64_t address)
{
    size_t mask = map->known.cap - 1;
    size_t k = (size_t)((address * 0x9e3779b97f4a7c15) >> 20) & mask;
    while (map->known.items[k].address && map->known.items[k].address != address)
        k = (k + 1) & mask;
    return &map->known.items[k];
}

static const struct known *look_up(struct pc_codemap *map, uint64_t address)
{
    enum { FIRST = 1024 };
    if (2 * (map->used + 1) > map->known.cap) {
        struct known *old = map->known.items;
        size_t n = map->known.cap;
        map->known.cap = n ? 2 * n : FIRST;
        map->known.items = pc_alloc(map->known.cap * sizeof *old);
        for (size_t i = 0; i < n; i++)
            if (old[i].address)
                *slot_of(map, old[i].address) = old[i];
        free(old);
    }
    struct known *known = slot_of(map, address);
    if (!known->address) {
        describe(map, address, known);
        map->used++;
    }
    return known;
}

size_t pc_codemap_frames(struct pc_codemap *map, uint64_t address, uint32_t *frames,
                         size_t max)
{
    /* 0 is a free place of the table; a call of it is as wild as one of 1. */
    const struct known *known = look_up(map, address ? address : 1);
    size_t n = known->n < max ? known->n : max;
    memcpy(frames, known->frames, n * sizeof *frames);
    return n;
}
