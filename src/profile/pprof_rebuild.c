#include "profile/pprof_rebuild.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "profile/pprof_fields.h"

enum {
    PROFILE_MAX = 256 << 20, /* what the profile may take, about */
    TEXT_MAX = 4096,
    COST = 300 /* of a function, a frame, a sample, with its place in the index */
};

static bool spend(struct pc_rebuild *r, size_t bytes)
{
    if (bytes > r->left)
        return pc_fail(r->err, PC_USAGE,
                       "it is a profile of more than %d MiB: record a shorter time",
                       PROFILE_MAX >> 20);
    r->left -= bytes;
    return true;
}

static bool damaged(struct pc_rebuild *r, const char *what, uint64_t id)
{
    return pc_fail(r->err, PC_USAGE,
                   "it refers to %s %" PRIu64 ", which is not there: make it again", what,
                   id);
}

char *pc_rebuild_text(struct pc_rebuild *r, uint64_t index)
{
    if (index >= r->raw->texts.n) {
        damaged(r, "text", index);
        return NULL;
    }
    struct pc_raw_bytes text = r->raw->texts.items[index];
    if (text.n > TEXT_MAX)
        text.n = TEXT_MAX + 1;
    if (!spend(r, 2 * text.n))
        return NULL;
    char *copy = pc_text_harmless(text.s, text.n, TEXT_MAX);
    for (char *c = copy; *c; c++) {
        if (*c == '\n' || *c == '\t')
            *c = ' ';
    }
    return copy;
}

/* Ids are mostly those from 1 on. */
static const void *find(const void *items, size_t n, size_t size, uint64_t id)
{
    if (id > 0 && id <= n) {
        const char *guess = (const char *)items + (id - 1) * size;
        if (*(const uint64_t *)guess == id)
            return guess;
    }
    for (size_t low = 0, high = n; low < high;) {
        size_t middle = low + (high - low) / 2;
        const char *item = (const char *)items + middle * size;
        uint64_t at = *(const uint64_t *)item;
        if (at == id)
            return item;
        if (at < id)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* Lines of code; what cannot be one is unknown. */
static int line_of(uint64_t number)
{
    return number <= INT_MAX ? (int)number : 0;
}

static enum pc_code_owner owner_of(uint64_t code)
{
    return code <= PC_CODE_HOST ? (enum pc_code_owner)code : PC_CODE_UNKNOWN;
}

static bool module_of(struct pc_rebuild *r, uint64_t id, uint32_t *module)
{
    const struct pc_raw_mappings *all = &r->raw->mappings;
    *module = PC_NO_MODULE;
    if (id == 0)
        return true;
    const struct pc_raw_mapping *m = find(all->items, all->n, sizeof *all->items, id);
    if (!m)
        return damaged(r, "mapping", id);
    PC_AUTO(pc_auto_free) char *path = pc_rebuild_text(r, m->file);
    PC_AUTO(pc_auto_free) char *build_id = path ? pc_rebuild_text(r, m->build_id) : NULL;
    if (!build_id || !spend(r, COST))
        return false;
    *module = pc_profile_module(r->profile, &(struct pc_module){.path = path,
                                                                .build_id = build_id,
                                                                .start = m->start,
                                                                .limit = m->limit,
                                                                .offset = m->offset,
                                                                .has_lines = m->has_lines,
                                                                .code = owner_of(m->code)});
    return true;
}

/* Without an id, or a name, the function is called as the address. */
static bool function_of(struct pc_rebuild *r, uint64_t id, uint64_t address,
                        uint32_t *function)
{
    const struct pc_raw_functions *all = &r->raw->functions;
    static const struct pc_raw_function nameless;
    const struct pc_raw_function *f =
        id == 0 ? &nameless : find(all->items, all->n, sizeof *all->items, id);
    if (!f)
        return damaged(r, "function", id);
    PC_AUTO(pc_auto_free) char *name = pc_rebuild_text(r, f->name);
    PC_AUTO(pc_auto_free) char *file = name ? pc_rebuild_text(r, f->file) : NULL;
    if (!file || !spend(r, COST))
        return false;
    char hex[32];
    snprintf(hex, sizeof hex, "0x%" PRIx64, address);
    *function = pc_profile_function(r->profile, *name ? name : hex, file, line_of(f->line),
                                    owner_of(f->code));
    return true;
}

/* The lines of a location are functions from the one that is inlined the deepest outwards.
 * Without lines it is a function of which only the address is known. */
static bool expand(struct pc_rebuild *r, const struct pc_raw_location *location,
                   struct pc_rebuilt *out)
{
    static const struct pc_raw_line nowhere;
    struct pc_frame frame = {.address = location->address};
    size_t n = location->n > 0 ? location->n : 1;
    if (n > PC_PROFILE_DEPTH)
        n = PC_PROFILE_DEPTH;
    if (!module_of(r, location->mapping, &frame.module) || !spend(r, n * COST))
        return false;
    out->frames = pc_alloc_array(n, sizeof *out->frames);
    for (; out->n < n; out->n++) {
        const struct pc_raw_line *line =
            location->n > 0 ? &r->raw->lines.items[location->line + out->n] : &nowhere;
        if (!function_of(r, line->function, location->address, &frame.function))
            return false;
        frame.line = line_of(line->line);
        frame.inlined = out->n + 1 < location->n;
        out->frames[out->n] = pc_profile_frame(r->profile, &frame);
    }
    out->is_made = true;
    return true;
}

/* A stack that is being put together. */
struct stack {
    uint32_t frames[PC_PROFILE_DEPTH], labels[PC_PROFILE_LABELS];
    size_t n, n_labels, n_values;
    int64_t values[PC_PROFILE_VALUES];
};

static bool add_location(struct pc_rebuild *r, struct stack *stack, uint64_t id)
{
    const struct pc_raw_locations *all = &r->raw->locations;
    if (stack->n == PC_PROFILE_DEPTH)
        return true;
    const struct pc_raw_location *location =
        find(all->items, all->n, sizeof *all->items, id);
    if (!location)
        return damaged(r, "location", id);
    struct pc_rebuilt *e = &r->locations[location - all->items];
    if (!e->is_made && !expand(r, location, e))
        return false;
    for (size_t i = 0; i < e->n && stack->n < PC_PROFILE_DEPTH; i++)
        stack->frames[stack->n++] = e->frames[i];
    return true;
}

static bool add_value(struct pc_rebuild *r, struct stack *stack, uint64_t number)
{
    int64_t value = (int64_t)number;
    if (stack->n_values == r->raw->n_types)
        return pc_fail(r->err, PC_USAGE,
                       "a sample has more than the %zu values of each: make it again",
                       r->raw->n_types);
    if (value < 0)
        return pc_fail(
            r->err, PC_USAGE,
            "a value is negative, so it is no profile, or the difference of two: "
            "give the profile itself");
    size_t slot = r->slots[stack->n_values++];
    if (slot == PC_PROFILE_VALUES)
        return true;
    stack->values[slot] = value;
    return !__builtin_add_overflow(r->totals[slot], value, &r->totals[slot]) ||
           pc_fail(r->err, PC_USAGE,
                   "its values make a sum of more than 63 bits: make it again");
}

static bool add_label(struct pc_rebuild *r, struct stack *stack,
                      const struct pc_proto_field *field)
{
    struct pc_raw_label label;
    if (!pc_raw_has_type(field, PC_WIRE_BYTES, r->err) ||
        !pc_raw_label((struct pc_raw_bytes){field->bytes, field->n}, &label, r->err))
        return false;
    PC_AUTO(pc_auto_free) char *key = pc_rebuild_text(r, label.key);
    PC_AUTO(pc_auto_free) char *text =
        key ? pc_rebuild_text(r, label.is_number ? label.unit : label.text) : NULL;
    if (!text || !spend(r, COST))
        return false;
    uint32_t k = label.is_number
                     ? pc_profile_number(r->profile, key, (int64_t)label.number, text)
                     : pc_profile_label(r->profile, key, text);
    if (stack->n_labels < PC_PROFILE_LABELS)
        stack->labels[stack->n_labels++] = k;
    return true;
}

/* A number, or a packed list of them. */
static bool add_numbers(struct pc_rebuild *r, struct stack *stack,
                        const struct pc_proto_field *field,
                        bool (*add)(struct pc_rebuild *, struct stack *, uint64_t))
{
    if (field->wire == PC_WIRE_NUMBER)
        return add(r, stack, field->value);
    if (!pc_raw_has_type(field, PC_WIRE_BYTES, r->err))
        return false;
    uint64_t number;
    struct pc_proto in = {.at = field->bytes, .end = field->bytes + field->n};
    while (pc_proto_next_item(&in, &number)) {
        if (!add(r, stack, number))
            return false;
    }
    return pc_raw_ended(&in, r->err);
}

static bool add_sample(struct pc_rebuild *r, struct pc_raw_bytes message)
{
    struct stack stack = {.n = 0};
    struct pc_proto in = {.at = message.s, .end = message.s + message.n};
    struct pc_proto_field field;
    while (pc_proto_next(&in, &field)) {
        bool added =
            field.number == SAMPLE_LOCATION ? add_numbers(r, &stack, &field, add_location)
            : field.number == SAMPLE_VALUE  ? add_numbers(r, &stack, &field, add_value)
            : field.number == SAMPLE_LABEL  ? add_label(r, &stack, &field)
                                            : true;
        if (!added)
            return false;
    }
    if (!pc_raw_ended(&in, r->err) || !spend(r, COST + 8 * stack.n))
        return false;
    if (stack.n_values < r->raw->n_types)
        return pc_fail(r->err, PC_USAGE,
                       "a sample has %zu of the %zu values: make it again", stack.n_values,
                       r->raw->n_types);
    pc_profile_add(r->profile, stack.frames, stack.n, stack.labels, stack.n_labels,
                   stack.values);
    return true;
}

void pc_rebuild_init(struct pc_rebuild *r, const struct pc_raw *raw,
                     struct pc_profile *profile, struct pc_err *err)
{
    *r = (struct pc_rebuild){.raw = raw,
                             .profile = profile,
                             .locations =
                                 pc_alloc_array(raw->locations.n + 1, sizeof *r->locations),
                             .left = PROFILE_MAX,
                             .err = err};
}

void pc_rebuild_fini(struct pc_rebuild *r)
{
    for (size_t i = 0; i < r->raw->locations.n; i++)
        free(r->locations[i].frames);
    free(r->locations);
}

bool pc_rebuild_samples(struct pc_rebuild *r)
{
    for (size_t i = 0; i < r->raw->samples.n; i++) {
        if (!add_sample(r, r->raw->samples.items[i]))
            return false;
    }
    return true;
}
