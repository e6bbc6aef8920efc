#include "profile/recording.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "profile/codemap.h"
#include "profile/unwind.h"
#include "wire/recording.h"

struct reader {
    const struct pc_recording *recording;
    struct pc_profile *profile;
    struct pc_unwinder *unwinder;
    struct pc_codemap *map;
};

static void add_modules(struct reader *reader)
{
    uint32_t n = reader->recording->n_modules;
    for (uint32_t i = 0; i < n && i < PC_RECORDING_MODULES; i++) {
        char path[PC_RECORDING_PATH];
        const struct pc_recorded_module *module = &reader->recording->modules[i];
        memcpy(path, module->path, sizeof path);
        path[sizeof path - 1] = '\0';
        pc_unwinder_add(reader->unwinder, path, module->bias);
        pc_codemap_add(reader->map, module);
    }
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

/* The frames of a sample; gives how many.  What lacks an end that matters is broken. */
static size_t frames_of(struct reader *reader, const struct pc_recorded_sample *sample,
                        uint32_t frames[PC_PROFILE_DEPTH])
{
    uint64_t addresses[PC_PROFILE_DEPTH];
    const struct pc_stack_copy stack = {.registers = sample->registers,
                                        .bytes = (const unsigned char *)(sample + 1),
                                        .n = sample->stack};
    bool complete;
    size_t n =
        pc_unwind(reader->unwinder, &stack, addresses, PC_COUNT(addresses), &complete);
    size_t depth = 0;
    for (size_t i = 0; i < n; i++)
        depth += pc_codemap_frames(reader->map, addresses[i], frames + depth,
                                   PC_PROFILE_DEPTH - depth);
    bool whole = complete && sample->stack > 0 && sample->whole <= sample->stack;
    reader->profile->broken += !whole && !is_the_runners(reader, frames, depth);
    return depth;
}

static void add_sample(struct reader *reader, const struct pc_recorded_sample *sample,
                       int64_t ns)
{
    uint32_t frames[PC_PROFILE_DEPTH], label = 0;
    size_t depth = frames_of(reader, sample, frames);
    size_t labels = label_of(reader, sample->label, &label);
    pc_profile_add(reader->profile, frames, depth, &label, labels,
                   (int64_t[]){1, ns, 0, 0});
    reader->profile->taken++;
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

/* What is used of the `*size` bytes, which a thread of the kernel may still write to: what was
 * looked at once must be the same when it is used.  NULL: no header. */
static struct pc_recording *copy_used(const struct pc_recording *recording, size_t *size)
{
    if (*size < sizeof *recording)
        return NULL;
    uint64_t used = __atomic_load_n(&recording->used, __ATOMIC_RELAXED);
    size_t room = *size - sizeof *recording;
    *size = sizeof *recording + (used < room ? (size_t)used : room);
    struct pc_recording *copy = pc_alloc(*size);
    memcpy(copy, recording, *size);
    return copy;
}

static enum pc_deafness deafness(uint32_t deaf)
{
    switch (deaf) {
    case 0:
        return PC_HEARS_SIGNAL;
    case PC_RECORDING_HANDLED:
        return PC_HANDLES_SIGNAL;
    case PC_RECORDING_STOPPED:
        return PC_STOPS_TIMER;
    default:
        return PC_BLOCKS_SIGNAL;
    }
}

static bool is_recording(const struct pc_recording *recording, struct pc_err *err)
{
    return (recording && recording->magic == pc_recording_magic &&
            recording->version == PC_RECORDING_VERSION && recording->hz != 0) ||
           pc_fail(err, PC_ENVIRONMENT, "nothing was recorded");
}

/* What frames are looked up with. */
static bool open_reader(struct reader *reader, const struct pc_codemap_spec *spec,
                        struct pc_err *err)
{
    reader->unwinder = pc_unwinder_create(err);
    if (!reader->unwinder)
        return false;
    reader->map = pc_codemap_create(reader->profile, spec);
    add_modules(reader);
    return true;
}

static void close_reader(struct reader *reader)
{
    pc_codemap_free(reader->map);
    pc_unwinder_free(reader->unwinder);
}

bool pc_recording_read(const void *memory, size_t size, const struct pc_codemap_spec *spec,
                       struct pc_profile *profile, struct pc_recording_state *state,
                       struct pc_err *err)
{
    PC_AUTO(pc_auto_free) struct pc_recording *recording = copy_used(memory, &size);
    bool wall = recording && recording->is_wall;
    pc_profile_init(profile, wall ? PC_PROFILE_WALL : PC_PROFILE_CPU);
    if (!is_recording(recording, err))
        return false;
    *state = (struct pc_recording_state){.is_whole = !recording->is_on,
                                         .deaf = deafness(recording->deaf),
                                         .unarmed = recording->unarmed};
    profile->hz = recording->hz;
    profile->period = 1000000000 / recording->hz;
    profile->threads = recording->threads;
    profile->lost = recording->lost;
    struct reader reader = {.recording = recording, .profile = profile};
    if (!open_reader(&reader, spec, err))
        return false;
    add_samples(&reader, size);
    close_reader(&reader);
    return true;
}

/* A profile of the clock whose one value is a number of threads. */
static void count_threads(struct pc_profile *profile)
{
    pc_profile_init(profile, PC_PROFILE_WALL);
    for (size_t i = 0; i < profile->n_types; i++) {
        free(profile->types[i].name);
        free(profile->types[i].unit);
    }
    profile->types[0] =
        (struct pc_value_type){.name = pc_strdup("threads"), .unit = pc_strdup("count")};
    profile->n_types = 1;
    profile->main = 0;
    profile->period = 1;
    profile->source_name = pc_strdup("threads");
}

bool pc_recording_read_threads(const void *memory, size_t size,
                               const struct pc_codemap_spec *spec,
                               const char *(*name)(void *ctx, uint32_t tid), void *ctx,
                               struct pc_profile *profile, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) struct pc_recording *recording = copy_used(memory, &size);
    struct reader reader = {.recording = recording, .profile = profile};
    count_threads(profile);
    if (!is_recording(recording, err) || !open_reader(&reader, spec, err))
        return false;
    struct {
        uint32_t *items; /* the threads that were seen */
        size_t n, cap;
    } seen = {0};
    size_t at = 0;
    for (const struct pc_recorded_sample *sample;
         (sample = next_sample(reader.recording, size, &at));) {
        size_t k = 0;
        while (k < seen.n && seen.items[k] != sample->tid)
            k++;
        if (k < seen.n)
            continue;
        *PC_PUSH(&seen) = sample->tid;
        uint32_t frames[PC_PROFILE_DEPTH], labels[3];
        size_t depth = frames_of(&reader, sample, frames);
        labels[0] = pc_profile_number(profile, "tid", sample->tid, "");
        labels[1] = pc_profile_label(profile, "thread", name(ctx, sample->tid));
        size_t n = 2 + label_of(&reader, sample->label, &labels[2]);
        pc_profile_add(profile, frames, depth, labels, n, (int64_t[]){1, 0, 0, 0});
    }
    profile->threads = (unsigned)seen.n;
    free(seen.items);
    close_reader(&reader);
    return true;
}
