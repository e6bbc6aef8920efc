#include "profile/pprof.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/units.h"
#include "profile/gzip.h"
#include "profile/pprof_fields.h"
#include "profile/pprof_index.h"
#include "profile/proto.h"

struct writer {
    const struct pc_profile *profile;
    size_t order[PC_PROFILE_VALUES]; /* of the types: the main one is the last */
    char *comment;
    struct pc_pprof_index index;
    struct pc_str out;
};

static void write_type(struct writer *w, unsigned field, const char *name, const char *unit)
{
    struct pc_str message = {0};
    pc_proto_number(&message, TYPE_NAME, pc_pprof_text(&w->index, name));
    pc_proto_number(&message, TYPE_UNIT, pc_pprof_text(&w->index, unit));
    pc_proto_message(&w->out, field, &message);
    pc_str_fini(&message);
}

static void write_label(const struct writer *w, const struct pc_label *label,
                        struct pc_str *sample)
{
    struct pc_str message = {0};
    pc_proto_number(&message, LABEL_KEY, pc_pprof_text(&w->index, label->key));
    if (label->unit) {
        pc_proto_value(&message, LABEL_NUMBER, (uint64_t)strtoll(label->value, NULL, 10));
        pc_proto_number(&message, LABEL_UNIT, pc_pprof_text(&w->index, label->unit));
    } else {
        pc_proto_number(&message, LABEL_TEXT, pc_pprof_text(&w->index, label->value));
    }
    pc_proto_message(sample, SAMPLE_LABEL, &message);
    pc_str_fini(&message);
}

static void write_samples(struct writer *w)
{
    const struct pc_profile *profile = w->profile;
    struct pc_str message = {0}, list = {0};
    for (size_t i = 0; i < profile->samples.n; i++) {
        const struct pc_profile_sample *sample = &profile->samples.items[i];
        for (size_t at = 0; at < sample->n;) {
            struct pc_pprof_place place = pc_pprof_place_at(profile, sample, at);
            pc_proto_item(&list, pc_pprof_place_id(&w->index, &place));
            at += place.n;
        }
        pc_proto_message(&message, SAMPLE_LOCATION, &list);
        for (size_t k = 0; k < profile->n_types; k++)
            pc_proto_item(&list, (uint64_t)sample->values[w->order[k]]);
        pc_proto_message(&message, SAMPLE_VALUE, &list);
        for (size_t k = 0; k < sample->n_labels; k++)
            write_label(w, &profile->labels.items[sample->labels[k]], &message);
        pc_proto_message(&w->out, PROFILE_SAMPLE, &message);
    }
    pc_str_fini(&list);
    pc_str_fini(&message);
}

/* All functions have names, so pprof need not look for the files, which may be gone. */
static void write_mapping(struct writer *w, const struct pc_module *module, size_t k)
{
    struct pc_str message = {0};
    pc_proto_number(&message, MAPPING_ID, k + 1);
    pc_proto_number(&message, MAPPING_START, module->start);
    pc_proto_number(&message, MAPPING_LIMIT, module->limit);
    pc_proto_number(&message, MAPPING_OFFSET, module->offset);
    pc_proto_number(&message, MAPPING_FILE, pc_pprof_text(&w->index, module->path));
    pc_proto_number(&message, MAPPING_BUILD_ID, pc_pprof_text(&w->index, module->build_id));
    pc_proto_number(&message, MAPPING_HAS_FUNCTIONS, 1);
    pc_proto_number(&message, MAPPING_HAS_FILES, module->has_lines);
    pc_proto_number(&message, MAPPING_HAS_LINES, module->has_lines);
    pc_proto_number(&message, MAPPING_HAS_INLINED, module->has_lines);
    pc_proto_number(&message, OURS, module->code);
    pc_proto_message(&w->out, PROFILE_MAPPING, &message);
    pc_str_fini(&message);
}

/* pprof calls the first mapping the program, and without any it looks for a file. */
static void write_mappings(struct writer *w)
{
    const struct pc_modules *modules = &w->profile->modules;
    size_t program = 0;
    while (program < modules->n && modules->items[program].code != PC_CODE_KERNEL)
        program++;
    if (program < modules->n)
        write_mapping(w, &modules->items[program], program);
    for (size_t i = 0; i < modules->n; i++) {
        if (i != program)
            write_mapping(w, &modules->items[i], i);
    }
    char none[] = "";
    if (modules->n == 0)
        write_mapping(w, &(struct pc_module){.path = none, .build_id = none}, 0);
}

static void write_locations(struct writer *w)
{
    const struct pc_profile *profile = w->profile;
    struct pc_str message = {0}, line = {0};
    for (size_t i = 0; i < w->index.places.n; i++) {
        const struct pc_pprof_place *place = &w->index.places.items[i];
        const struct pc_frame *outer = &profile->frames.items[place->frames[place->n - 1]];
        pc_proto_number(&message, LOCATION_ID, i + 1);
        if (outer->module != PC_NO_MODULE)
            pc_proto_number(&message, LOCATION_MAPPING, (uint64_t)outer->module + 1);
        pc_proto_number(&message, LOCATION_ADDRESS, outer->address);
        for (size_t k = 0; k < place->n; k++) {
            const struct pc_frame *frame = &profile->frames.items[place->frames[k]];
            pc_proto_number(&line, LINE_FUNCTION, (uint64_t)frame->function + 1);
            pc_proto_number(&line, LINE_NUMBER, (uint64_t)frame->line);
            pc_proto_message(&message, LOCATION_LINE, &line);
        }
        pc_proto_message(&w->out, PROFILE_LOCATION, &message);
    }
    pc_str_fini(&line);
    pc_str_fini(&message);
}

static void write_functions(struct writer *w)
{
    struct pc_str message = {0};
    for (size_t i = 0; i < w->profile->functions.n; i++) {
        const struct pc_function *function = &w->profile->functions.items[i];
        uint64_t name = pc_pprof_text(&w->index, function->name);
        pc_proto_number(&message, FUNCTION_ID, i + 1);
        pc_proto_number(&message, FUNCTION_NAME, name);
        pc_proto_number(&message, FUNCTION_SYSTEM_NAME, name);
        pc_proto_number(&message, FUNCTION_FILE, pc_pprof_text(&w->index, function->file));
        pc_proto_number(&message, FUNCTION_LINE, (uint64_t)function->line);
        pc_proto_number(&message, OURS, function->code);
        pc_proto_message(&w->out, PROFILE_FUNCTION, &message);
    }
    pc_str_fini(&message);
}

/* What the values are counted by: pprof shows it with the period. */
static const struct period {
    const char *name, *unit;
} periods[] = {
    [PC_PROFILE_CPU] = {"cpu", "nanoseconds"},
    [PC_PROFILE_WALL] = {"wall", "nanoseconds"},
    [PC_PROFILE_ALLOC] = {"space", "bytes"},
    [PC_PROFILE_LOCK] = {"contentions", "count"},
};

static void write_types(struct writer *w)
{
    for (size_t i = 0; i < w->profile->n_types; i++) {
        const struct pc_value_type *type = &w->profile->types[w->order[i]];
        write_type(w, PROFILE_SAMPLE_TYPE, type->name, type->unit);
    }
}

static void write_circumstances(struct writer *w)
{
    const struct pc_profile *profile = w->profile;
    const struct period *period = &periods[profile->kind];
    enum { NS_PER_MS = 1000000 };
    pc_proto_number(&w->out, PROFILE_TIME_NANOS, (uint64_t)(profile->when * NS_PER_MS));
    pc_proto_number(&w->out, PROFILE_DURATION_NANOS, (uint64_t)profile->wall_ns);
    write_type(w, PROFILE_PERIOD_TYPE, period->name, period->unit);
    pc_proto_number(&w->out, PROFILE_PERIOD, (uint64_t)profile->period);
    pc_proto_number(&w->out, PROFILE_COMMENT, pc_pprof_text(&w->index, w->comment));
    const char *main = profile->n_types > 0 ? profile->types[profile->main].name : "";
    pc_proto_number(&w->out, PROFILE_DEFAULT_TYPE, pc_pprof_text(&w->index, main));
}

static void write_ours(struct writer *w)
{
    const struct pc_profile *profile = w->profile;
    struct pc_str message = {0};
    pc_proto_number(&message, OURS_CPU_NS, (uint64_t)profile->cpu_ns);
    pc_proto_number(&message, OURS_TAKEN, profile->taken);
    pc_proto_number(&message, OURS_LOST, profile->lost);
    pc_proto_number(&message, OURS_BROKEN, profile->broken);
    pc_proto_number(&message, OURS_OPS, profile->ops);
    pc_proto_number(&message, OURS_HZ, profile->hz);
    pc_proto_number(&message, OURS_THREADS, profile->threads);
    if (profile->source)
        pc_proto_text(&message, OURS_SOURCE, profile->source);
    if (profile->source_name)
        pc_proto_text(&message, OURS_SOURCE_NAME, profile->source_name);
    pc_proto_message(&w->out, OURS, &message);
    pc_str_fini(&message);
}

/* For `go tool pprof -comments`: "perfcourse: cpu profile of join_names.c, 739 samples at
 * 250 Hz, 2.96 s of CPU in 3.01 s". */
static char *describe(const struct pc_profile *profile)
{
    struct pc_str text = {0};
    char buf[PC_UNITS_MAX];
    pc_str_addf(&text, "perfcourse: %s profile", pc_profile_kind_name(profile->kind));
    if (profile->source_name)
        pc_str_addf(&text, " of %s", profile->source_name);
    if (profile->taken > 0)
        pc_str_addf(&text, ", %" PRIu64 " samples", profile->taken);
    if (profile->lost > 0)
        pc_str_addf(&text, ", and %" PRIu64 " more lost for want of room", profile->lost);
    if (profile->hz > 0)
        pc_str_addf(&text, " at %u Hz", profile->hz);
    if (profile->cpu_ns > 0)
        pc_str_addf(&text, ", %s of CPU", pc_format_ns((double)profile->cpu_ns, buf));
    if (profile->wall_ns > 0)
        pc_str_addf(&text, " in %s", pc_format_ns((double)profile->wall_ns, buf));
    return pc_str_take(&text);
}

/* Programs that do not look for a default show the last value. */
static void order_types(struct writer *w)
{
    size_t n = 0;
    for (size_t i = 0; i < w->profile->n_types; i++) {
        if (i != w->profile->main)
            w->order[n++] = i;
    }
    if (w->profile->n_types > 0)
        w->order[n] = w->profile->main;
}

void pc_pprof_encode(const struct pc_profile *profile, struct pc_str *out)
{
    PC_AUTO(pc_auto_free) char *comment = describe(profile);
    struct writer w = {.profile = profile, .comment = comment};
    const struct period *period = &periods[profile->kind];
    pc_pprof_index_init(&w.index, profile,
                        (const char *[]){comment, period->name, period->unit}, 3);
    order_types(&w);
    write_types(&w);
    write_samples(&w);
    write_mappings(&w);
    write_locations(&w);
    write_functions(&w);
    for (size_t i = 0; i < w.index.texts.n; i++)
        pc_proto_text(&w.out, PROFILE_STRING, w.index.texts.items[i]);
    write_circumstances(&w);
    write_ours(&w);
    pc_gzip_pack(w.out.s, w.out.len, out);
    pc_str_fini(&w.out);
    pc_pprof_index_fini(&w.index);
}

bool pc_pprof_write(const char *path, const struct pc_profile *profile, struct pc_err *err)
{
    struct pc_str bytes = {0};
    pc_pprof_encode(profile, &bytes);
    bool done = pc_file_write(path, bytes.s, bytes.len, err);
    pc_str_fini(&bytes);
    return done;
}
