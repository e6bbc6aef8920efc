#include "model/profile.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

enum kind { MODULE, FUNCTION, FRAME, LABEL, SAMPLE };

/* What is there already, found by the bytes that make it what it is.  An open table with
 * linear probing, at most half full; the keys lie one behind the other in `bytes`. */
struct pc_profile_index {
    struct slot {
        uint64_t hash;
        size_t key, n; /* in `bytes` */
        uint32_t value;
        bool used;
    } * slots;
    size_t n, cap;
    struct pc_str bytes;
};

/* FNV-1a (Fowler, Noll, Vo, 1991). */
static uint64_t hash_of(const char *bytes, size_t n)
{
    uint64_t hash = 0xcbf29ce484222325;
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 0x100000001b3;
    return hash;
}

static struct slot *find_slot(const struct pc_profile_index *index, uint64_t hash,
                              const char *key, size_t n)
{
    size_t k = hash & (index->cap - 1);
    for (;; k = (k + 1) & (index->cap - 1)) {
        struct slot *slot = &index->slots[k];
        if (!slot->used || (slot->hash == hash && slot->n == n &&
                            memcmp(index->bytes.s + slot->key, key, n) == 0))
            return slot;
    }
}

static void make_room(struct pc_profile_index *index)
{
    enum { FIRST = 256 };
    if (2 * (index->n + 1) <= index->cap)
        return;
    struct slot *old = index->slots;
    size_t n = index->cap;
    index->cap = n ? 2 * n : FIRST;
    index->slots = pc_alloc(index->cap * sizeof *index->slots);
    for (size_t i = 0; i < n; i++) {
        if (!old[i].used)
            continue;
        size_t k = old[i].hash & (index->cap - 1);
        while (index->slots[k].used)
            k = (k + 1) & (index->cap - 1);
        index->slots[k] = old[i];
    }
    free(old);
}

/* The number that `key` was given, or `fresh`, which it gets now; `*is_new` tells. */
static uint32_t number_of(struct pc_profile *profile, struct pc_str *key, uint32_t fresh,
                          bool *is_new)
{
    if (!profile->index)
        profile->index = pc_alloc(sizeof *profile->index);
    struct pc_profile_index *index = profile->index;
    make_room(index);
    uint64_t hash = hash_of(key->s, key->len);
    struct slot *slot = find_slot(index, hash, key->s, key->len);
    *is_new = !slot->used;
    if (*is_new) {
        *slot = (struct slot){.hash = hash,
                              .key = index->bytes.len,
                              .n = key->len,
                              .value = fresh,
                              .used = true};
        pc_str_add(&index->bytes, key->s, key->len);
        index->n++;
    }
    uint32_t value = slot->value;
    pc_str_fini(key);
    return value;
}

static void key_number(struct pc_str *key, uint64_t number)
{
    pc_str_add(key, (const char *)&number, sizeof number);
}

static void key_text(struct pc_str *key, const char *text)
{
    pc_str_add(key, text ? text : "", (text ? strlen(text) : 0) + 1);
}

static char *copy_of(const char *text)
{
    return pc_strdup(text ? text : "");
}

uint32_t pc_profile_module(struct pc_profile *profile, const struct pc_module *module)
{
    struct pc_str key = {0};
    key_number(&key, MODULE);
    key_text(&key, module->path);
    key_number(&key, module->start);
    key_number(&key, module->limit);
    key_number(&key, module->offset);
    bool is_new;
    uint32_t k = number_of(profile, &key, (uint32_t)profile->modules.n, &is_new);
    if (is_new) {
        struct pc_module *copy = PC_PUSH(&profile->modules);
        *copy = *module;
        copy->path = copy_of(module->path);
        copy->build_id = copy_of(module->build_id);
    }
    return k;
}

uint32_t pc_profile_function(struct pc_profile *profile, const char *name, const char *file,
                             int line, enum pc_code_owner code)
{
    struct pc_str key = {0};
    key_number(&key, FUNCTION);
    key_text(&key, name);
    key_text(&key, file);
    key_number(&key, (uint64_t)line);
    key_number(&key, code);
    bool is_new;
    uint32_t k = number_of(profile, &key, (uint32_t)profile->functions.n, &is_new);
    if (is_new)
        *PC_PUSH(&profile->functions) = (struct pc_function){
            .name = copy_of(name), .file = copy_of(file), .line = line, .code = code};
    return k;
}

uint32_t pc_profile_frame(struct pc_profile *profile, const struct pc_frame *frame)
{
    struct pc_str key = {0};
    key_number(&key, FRAME);
    key_number(&key, frame->function);
    key_number(&key, frame->module);
    key_number(&key, (uint64_t)frame->line);
    key_number(&key, frame->inlined);
    key_number(&key, frame->address);
    bool is_new;
    uint32_t k = number_of(profile, &key, (uint32_t)profile->frames.n, &is_new);
    if (is_new)
        *PC_PUSH(&profile->frames) = *frame;
    return k;
}

static uint32_t add_label(struct pc_profile *profile, const char *name, const char *value,
                          const char *unit)
{
    struct pc_str key = {0};
    key_number(&key, LABEL);
    key_text(&key, name);
    key_text(&key, value);
    if (unit)
        key_text(&key, unit);
    bool is_new;
    uint32_t k = number_of(profile, &key, (uint32_t)profile->labels.n, &is_new);
    if (is_new)
        *PC_PUSH(&profile->labels) = (struct pc_label){.key = copy_of(name),
                                                       .value = copy_of(value),
                                                       .unit = unit ? copy_of(unit) : NULL};
    return k;
}

uint32_t pc_profile_label(struct pc_profile *profile, const char *key, const char *value)
{
    return add_label(profile, key, value, NULL);
}

uint32_t pc_profile_number(struct pc_profile *profile, const char *key, int64_t value,
                           const char *unit)
{
    char decimal[32];
    snprintf(decimal, sizeof decimal, "%" PRId64, value);
    return add_label(profile, key, decimal, unit ? unit : "");
}

void pc_profile_add(struct pc_profile *profile, const uint32_t *frames, size_t n,
                    const uint32_t *labels, size_t n_labels, const int64_t *values)
{
    if (n > PC_PROFILE_DEPTH)
        n = PC_PROFILE_DEPTH;
    if (n_labels > PC_PROFILE_LABELS)
        n_labels = PC_PROFILE_LABELS;
    struct pc_str key = {0};
    key_number(&key, SAMPLE);
    key_number(&key, n);
    pc_str_add(&key, (const char *)frames, n * sizeof *frames);
    pc_str_add(&key, (const char *)labels, n_labels * sizeof *labels);
    bool is_new;
    uint32_t k = number_of(profile, &key, (uint32_t)profile->samples.n, &is_new);
    if (is_new) {
        struct pc_profile_sample *sample = PC_PUSH(&profile->samples);
        sample->frames = pc_alloc(n * sizeof *frames + 1);
        if (n > 0)
            memcpy(sample->frames, frames, n * sizeof *frames);
        sample->n = n;
        if (n_labels > 0)
            memcpy(sample->labels, labels, n_labels * sizeof *labels);
        sample->n_labels = n_labels;
    }
    for (size_t i = 0; i < profile->n_types; i++)
        profile->samples.items[k].values[i] += values[i];
}

int64_t pc_profile_total(const struct pc_profile *profile, size_t type)
{
    int64_t sum = 0;
    for (size_t i = 0; i < profile->samples.n; i++)
        sum += profile->samples.items[i].values[type];
    return sum;
}

static const struct {
    const char *name;
    size_t main;
    struct {
        const char *name, *unit;
    } types[PC_PROFILE_VALUES];
} kinds[] = {
    [PC_PROFILE_CPU] = {"cpu", 1, {{"samples", "count"}, {"cpu", "nanoseconds"}}},
    [PC_PROFILE_WALL] = {"wall", 1, {{"samples", "count"}, {"wall", "nanoseconds"}}},
    [PC_PROFILE_ALLOC] = {"alloc",
                          1,
                          {{"alloc_objects", "count"},
                           {"alloc_space", "bytes"},
                           {"inuse_objects", "count"},
                           {"inuse_space", "bytes"}}},
    [PC_PROFILE_LOCK] = {"lock",
                         2,
                         {{"calls", "count"},
                          {"contentions", "count"},
                          {"delay", "nanoseconds"}}},
};

void pc_profile_init(struct pc_profile *profile, enum pc_profile_kind kind)
{
    *profile = (struct pc_profile){.kind = kind, .main = kinds[kind].main};
    for (; profile->n_types < PC_PROFILE_VALUES; profile->n_types++) {
        size_t k = profile->n_types;
        if (!kinds[kind].types[k].name)
            break;
        profile->types[k].name = copy_of(kinds[kind].types[k].name);
        profile->types[k].unit = copy_of(kinds[kind].types[k].unit);
    }
}

void pc_profile_fini(struct pc_profile *profile)
{
    for (size_t i = 0; i < profile->n_types; i++) {
        free(profile->types[i].name);
        free(profile->types[i].unit);
    }
    for (size_t i = 0; i < profile->modules.n; i++) {
        free(profile->modules.items[i].path);
        free(profile->modules.items[i].build_id);
    }
    for (size_t i = 0; i < profile->functions.n; i++) {
        free(profile->functions.items[i].name);
        free(profile->functions.items[i].file);
    }
    for (size_t i = 0; i < profile->labels.n; i++) {
        free(profile->labels.items[i].key);
        free(profile->labels.items[i].value);
        free(profile->labels.items[i].unit);
    }
    for (size_t i = 0; i < profile->samples.n; i++)
        free(profile->samples.items[i].frames);
    free(profile->modules.items);
    free(profile->functions.items);
    free(profile->frames.items);
    free(profile->labels.items);
    free(profile->samples.items);
    if (profile->index) {
        free(profile->index->slots);
        pc_str_fini(&profile->index->bytes);
        free(profile->index);
    }
    free(profile->source);
    free(profile->source_name);
    *profile = (struct pc_profile){0};
}

const char *pc_profile_kind_name(enum pc_profile_kind kind)
{
    return kinds[kind].name;
}
