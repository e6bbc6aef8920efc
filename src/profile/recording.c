#include "profile/recording.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "base/text.h"
#include "profile/frames.h"
#include "profile/unwind.h"
#include "wire/recording.h"

/* What is known about an address; the same ones come again and again. */
struct known {
    uint64_t address; /* 0: nothing here */
    uint32_t frames[PC_FRAMES_INLINED];
    size_t n;
};

struct reader {
    const struct pc_recording *recording;
    const struct pc_recording_spec *spec;
    struct pc_profile *profile;
    struct pc_unwinder *unwinder;
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

static enum pc_code_owner code_of(const struct pc_recording_spec *spec, const char *path)
{
    if (spec->kernel && strcmp(path, spec->kernel) == 0)
        return PC_CODE_KERNEL;
    if (spec->host && strcmp(path, spec->host) == 0)
        return PC_CODE_HOST;
    return PC_CODE_LIBRARY;
}

/* What its functions without a name are called: "[libc.so.6]"; the kernel's object has no
 * name that anybody knows. */
static char *name_of(const struct reader *reader, const char *path, enum pc_code_owner code)
{
    const char *slash = strrchr(path, '/');
    const char *base = slash ? slash + 1 : path;
    if (code == PC_CODE_KERNEL && reader->spec->source)
        base = reader->spec->source;
    PC_AUTO(pc_auto_free) char *text = pc_text_harmless(base, strlen(base), 256);
    return text[0] == '[' ? pc_strdup(text) : pc_strfmt("[%s]", text);
}

static void add_module(struct reader *reader, const struct pc_recorded_module *module)
{
    char path[PC_RECORDING_PATH];
    memcpy(path, module->path, sizeof path);
    path[sizeof path - 1] = '\0';
    size_t k = reader->n_modules++;
    bool is_file = pc_unwinder_add(reader->unwinder, path, module->bias);
    /* The first one is the executable, also when it could not tell its name. */
    bool is_kernel = k == 0 && !reader->spec->kernel;
    reader->modules[k].code = is_kernel ? PC_CODE_KERNEL : code_of(reader->spec, path);
    reader->modules[k].start = module->start;
    reader->modules[k].limit = module->limit;
    reader->modules[k].bias = module->bias;
    reader->modules[k].name = name_of(reader, path, reader->modules[k].code);
    if (is_file && path[0] != '[')
        reader->modules[k].symbols = pc_symbols_open(path, NULL);
    struct pc_module told = {.path = path,
                             .start = module->start,
                             .limit = module->limit,
                             .offset = module->offset,
                             .has_lines = reader->modules[k].symbols != NULL,
                             .code = reader->modules[k].code};
    reader->modules[k].index = pc_profile_module(reader->profile, &told);
}

static void add_modules(struct reader *reader)
{
    uint32_t n = reader->recording->n_modules;
    for (uint32_t i = 0; i < n && i < PC_RECORDING_MODULES; i++)
        add_module(reader, &reader->recording->modules[i]);
}

/* The learner's file, or another one that is in the same object. */
static enum pc_code_owner code_of_place(const struct reader *reader,
                                        enum pc_code_owner code, const char *file)
{
    if (code != PC_CODE_KERNEL || !reader->spec->source)
        return code;
    const char *slash = strrchr(file, '/');
    return strcmp(slash ? slash + 1 : file, reader->spec->source) == 0 ? PC_CODE_KERNEL
                                                                       : PC_CODE_BENCH;
}

static void describe(struct reader *reader, uint64_t address, struct known *known)
{
    size_t k = 0;
    while (k < reader->n_modules &&
           (address < reader->modules[k].start || address >= reader->modules[k].limit))
        k++;
    bool found = k < reader->n_modules;
    struct pc_code_frame frames[PC_FRAMES_INLINED] = {0};
    size_t n = 0;
    if (found && reader->modules[k].symbols)
        n = pc_symbols_frames(reader->modules[k].symbols, address - reader->modules[k].bias,
                              frames, PC_FRAMES_INLINED);
    known->address = address;
    known->n = n > 0 ? n : 1;
    char number[32];
    snprintf(number, sizeof number, "0x%" PRIx64, address);
    for (size_t i = 0; i < known->n; i++) {
        const struct pc_place *place = &frames[i].place;
        const char *file = frames[i].declared[0] ? frames[i].declared : place->file;
        const char *name = place->function[0] ? place->function
                           : found            ? reader->modules[k].name
                                              : number;
        enum pc_code_owner code = found ? reader->modules[k].code : PC_CODE_UNKNOWN;
        struct pc_frame frame = {
            .function = pc_profile_function(reader->profile, name, file, frames[i].begins,
                                            code_of_place(reader, code, file)),
            .module = found ? reader->modules[k].index : PC_NO_MODULE,
            .line = place->line,
            .inlined = i + 1 < known->n,
            .address = address};
        known->frames[i] = pc_profile_frame(reader->profile, &frame);
    }
}

static struct known *slot_of(const struct reader *reader, uint64_t address)
{
    size_t mask = reader->known.cap - 1;
    size_t k = (size_t)((address * 0x9e3779b97f4a7c15) >> 20) & mask;
    while (reader->known.items[k].address && reader->known.items[k].address != address)
        k = (k + 1) & mask;
    return &reader->known.items[k];
}

static const struct known *look_up(struct reader *reader, uint64_t address)
{
    enum { FIRST = 1024 };
    if (2 * (reader->used + 1) > reader->known.cap) {
        struct known *old = reader->known.items;
        size_t n = reader->known.cap;
        reader->known.cap = n ? 2 * n : FIRST;
        reader->known.items = pc_alloc(reader->known.cap * sizeof *old);
        for (size_t i = 0; i < n; i++)
            if (old[i].address)
                *slot_of(reader, old[i].address) = old[i];
        free(old);
    }
    struct known *known = slot_of(reader, address);
    if (!known->address) {
        describe(reader, address ? address : 1, known);
        reader->used++;
    }
    return known;
}

/* The label that a sample has, as the profile knows it. */
static size_t label_of(struct reader *reader, uint32_t number, uint32_t *label)
{
    char text[PC_RECORDING_LABEL];
    if (number == 0 || number > PC_RECORDING_LABELS)
        return 0;
    memcpy(text, reader->recording->labels[number - 1], sizeof text);
    text[sizeof text - 1] = '\0';
    PC_AUTO(pc_auto_free) char *harmless =
        pc_text_harmless(text, strlen(text), sizeof text);
    char *equals = strchr(harmless, '=');
    if (equals)
        *equals++ = '\0';
    *label = pc_profile_label(reader->profile, harmless, equals);
    return 1;
}

/* Whether the outermost frame runs the kernel: who calls that matters to nobody. */
static bool is_the_runners(const struct reader *reader, const uint32_t *frames, size_t n)
{
    if (n == 0)
        return false;
    const struct pc_profile *profile = reader->profile;
    uint32_t function = profile->frames.items[frames[n - 1]].function;
    enum pc_code_owner code = profile->functions.items[function].code;
    return code == PC_CODE_BENCH || code == PC_CODE_HOST;
}

static void add_sample(struct reader *reader, const struct pc_recorded_sample *sample,
                       int64_t ns)
{
    struct pc_profile *profile = reader->profile;
    uint64_t addresses[PC_PROFILE_DEPTH];
    const struct pc_stack_copy stack = {.registers = sample->registers,
                                        .bytes = (const unsigned char *)(sample + 1),
                                        .n = sample->stack};
    bool complete;
    size_t n =
        pc_unwind(reader->unwinder, &stack, addresses, PC_COUNT(addresses), &complete);
    uint32_t frames[PC_PROFILE_DEPTH];
    size_t depth = 0;
    for (size_t i = 0; i < n; i++) {
        const struct known *known = look_up(reader, addresses[i]);
        for (size_t j = 0; j < known->n && depth < PC_COUNT(frames); j++)
            frames[depth++] = known->frames[j];
    }
    uint32_t label = 0;
    size_t labels = label_of(reader, sample->label, &label);
    pc_profile_add(profile, frames, depth, &label, labels, (int64_t[]){1, ns, 0, 0});
    profile->taken++;
    bool whole = complete && sample->whole <= sample->stack;
    profile->broken += !whole && !is_the_runners(reader, frames, depth);
}

/* The sample at offset `*at`, which goes on to the next one; NULL at the end, or where the
 * process has written nonsense. */
static const struct pc_recorded_sample *next_sample(const struct pc_recording *recording,
                                                    size_t size, size_t *at)
{
    size_t room = size - sizeof *recording;
    if (recording->used < room)
        room = recording->used & ~UINT64_C(7);
    if (room - *at < sizeof(struct pc_recorded_sample))
        return NULL;
    const struct pc_recorded_sample *sample =
        (const void *)((const char *)(recording + 1) + *at);
    if (sample->size < sizeof *sample || sample->size % 8 != 0 ||
        sample->size > room - *at || sample->stack > sample->size - sizeof *sample)
        return NULL;
    *at += sample->size;
    return sample;
}

/* Half a year, which nobody waits for. */
static int64_t plausible(int64_t ns)
{
    static const int64_t most = INT64_C(1) << 54;
    return ns < 0 ? 0 : ns > most ? most : ns;
}

/* What was used, up to the pause or the last sample, whichever is later: a process that is
 * killed makes no pause.  Gives the number of samples. */
static uint64_t look_through(const struct pc_recording *recording, size_t size,
                             struct pc_profile *profile)
{
    uint64_t n = 0;
    profile->cpu_ns = recording->cpu_ns;
    profile->wall_ns = recording->wall_ns;
    size_t at = 0;
    for (const struct pc_recorded_sample *sample;
         (sample = next_sample(recording, size, &at)); n++) {
        if (recording->is_on && sample->cpu_ns > profile->cpu_ns)
            profile->cpu_ns = sample->cpu_ns;
        if (recording->is_on && sample->wall_ns > profile->wall_ns)
            profile->wall_ns = sample->wall_ns;
    }
    profile->cpu_ns = plausible(profile->cpu_ns);
    profile->wall_ns = plausible(profile->wall_ns);
    return n;
}

static void add_samples(struct reader *reader, size_t size)
{
    const struct pc_recording *recording = reader->recording;
    struct pc_profile *profile = reader->profile;
    uint64_t n = look_through(recording, size, profile), k = 0;
    int64_t told = 0;
    size_t at = 0;
    for (const struct pc_recorded_sample *sample;
         (sample = next_sample(recording, size, &at)); k++) {
        /* Timers of processor time are late, by how much nobody knows; those of the clock
         * are not. */
        int64_t until =
            recording->is_wall
                ? (int64_t)(k + 1) * profile->period
                : (int64_t)((double)profile->cpu_ns * (double)(k + 1) / (double)n);
        add_sample(reader, sample, until - told);
        told = until;
    }
    if (n > 0 && !recording->is_wall)
        profile->period = profile->cpu_ns / (int64_t)n;
}

static void fini(struct reader *reader)
{
    for (size_t i = 0; i < reader->n_modules; i++) {
        pc_symbols_free(reader->modules[i].symbols);
        free(reader->modules[i].name);
    }
    free(reader->known.items);
    pc_unwinder_free(reader->unwinder);
}

bool pc_recording_read(const void *memory, size_t size,
                       const struct pc_recording_spec *spec, struct pc_profile *profile,
                       struct pc_recording_state *state, struct pc_err *err)
{
    const struct pc_recording *recording = memory;
    bool wall = size >= sizeof *recording && recording->is_wall;
    pc_profile_init(profile, wall ? PC_PROFILE_WALL : PC_PROFILE_CPU);
    if (size < sizeof *recording || recording->magic != pc_recording_magic ||
        recording->version != PC_RECORDING_VERSION || recording->hz == 0)
        return pc_fail(err, PC_ENVIRONMENT, "nothing was recorded");
    *state = (struct pc_recording_state){.is_whole = !recording->is_on,
                                         .blocked = recording->blocked,
                                         .unarmed = recording->unarmed};
    profile->hz = recording->hz;
    profile->period = 1000000000 / recording->hz;
    profile->threads = recording->threads;
    profile->lost = recording->lost;
    struct reader *reader = pc_alloc(sizeof *reader);
    *reader = (struct reader){.recording = recording, .spec = spec, .profile = profile};
    reader->unwinder = pc_unwinder_create(err);
    bool fine = reader->unwinder != NULL;
    if (fine) {
        add_modules(reader);
        add_samples(reader, size);
    }
    fini(reader);
    free(reader);
    return fine;
}
