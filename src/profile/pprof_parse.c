#include "profile/pprof_parse.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "profile/pprof_fields.h"

/* More than any profile has, and less than what would fill the memory. */
enum { ITEMS_MAX = 1 << 20 };

static struct pc_proto begin(struct pc_raw_bytes bytes)
{
    return (struct pc_proto){.at = bytes.s, .end = bytes.s + bytes.n};
}

bool pc_raw_ended(const struct pc_proto *in, struct pc_err *err)
{
    return !in->wrong ||
           pc_fail(err, PC_USAGE,
                   "it is damaged, or no profile in pprof's format (%s): make it "
                   "again",
                   in->wrong);
}

bool pc_raw_has_type(const struct pc_proto_field *field, enum pc_wire wire,
                     struct pc_err *err)
{
    return field->wire == wire ||
           pc_fail(err, PC_USAGE,
                   "it is damaged, or no profile in pprof's format (field %" PRIu64
                   " is of another type): make it again",
                   field->number);
}

bool pc_raw_numbers(struct pc_raw_bytes message, const unsigned *fields, uint64_t *values,
                    size_t n, struct pc_err *err)
{
    struct pc_proto in = begin(message);
    struct pc_proto_field field;
    while (pc_proto_next(&in, &field)) {
        for (size_t i = 0; i < n; i++) {
            if (field.number != fields[i])
                continue;
            if (!pc_raw_has_type(&field, PC_WIRE_NUMBER, err))
                return false;
            values[i] = field.value;
        }
    }
    return pc_raw_ended(&in, err);
}

static bool has_field(struct pc_raw_bytes message, uint64_t number)
{
    struct pc_proto in = begin(message);
    struct pc_proto_field field;
    while (pc_proto_next(&in, &field)) {
        if (field.number == number)
            return true;
    }
    return false;
}

bool pc_raw_label(struct pc_raw_bytes message, struct pc_raw_label *label,
                  struct pc_err *err)
{
    static const unsigned fields[] = {LABEL_KEY, LABEL_TEXT, LABEL_NUMBER, LABEL_UNIT};
    uint64_t v[PC_COUNT(fields)] = {0};
    if (!pc_raw_numbers(message, fields, v, PC_COUNT(fields), err))
        return false;
    *label = (struct pc_raw_label){.key = v[0], .text = v[1], .number = v[2], .unit = v[3]};
    label->is_number = v[1] == 0 && (v[3] > 0 || has_field(message, LABEL_NUMBER));
    return true;
}

static bool add_type(struct pc_raw_bytes message, struct pc_raw_type *type,
                     struct pc_err *err)
{
    static const unsigned fields[] = {TYPE_NAME, TYPE_UNIT};
    uint64_t v[PC_COUNT(fields)] = {0};
    if (!pc_raw_numbers(message, fields, v, PC_COUNT(fields), err))
        return false;
    *type = (struct pc_raw_type){.name = v[0], .unit = v[1]};
    return true;
}

static bool add_mapping(struct pc_raw *raw, struct pc_raw_bytes message, struct pc_err *err)
{
    static const unsigned fields[] = {MAPPING_ID,        MAPPING_START, MAPPING_LIMIT,
                                      MAPPING_OFFSET,    MAPPING_FILE,  MAPPING_BUILD_ID,
                                      MAPPING_HAS_LINES, OURS};
    uint64_t v[PC_COUNT(fields)] = {0};
    if (!pc_raw_numbers(message, fields, v, PC_COUNT(fields), err))
        return false;
    *PC_PUSH(&raw->mappings) = (struct pc_raw_mapping){.id = v[0],
                                                       .start = v[1],
                                                       .limit = v[2],
                                                       .offset = v[3],
                                                       .file = v[4],
                                                       .build_id = v[5],
                                                       .has_lines = v[6],
                                                       .code = v[7]};
    return true;
}

static bool add_function(struct pc_raw *raw, struct pc_raw_bytes message,
                         struct pc_err *err)
{
    static const unsigned fields[] = {FUNCTION_ID, FUNCTION_NAME, FUNCTION_FILE,
                                      FUNCTION_LINE, OURS};
    uint64_t v[PC_COUNT(fields)] = {0};
    if (!pc_raw_numbers(message, fields, v, PC_COUNT(fields), err))
        return false;
    *PC_PUSH(&raw->functions) = (struct pc_raw_function){
        .id = v[0], .name = v[1], .file = v[2], .line = v[3], .code = v[4]};
    return true;
}

static bool add_lines(struct pc_raw *raw, struct pc_raw_bytes message, struct pc_err *err)
{
    static const unsigned fields[] = {LINE_FUNCTION, LINE_NUMBER};
    struct pc_proto in = begin(message);
    struct pc_proto_field field;
    while (pc_proto_next(&in, &field)) {
        if (field.number != LOCATION_LINE)
            continue;
        uint64_t v[PC_COUNT(fields)] = {0};
        if (!pc_raw_has_type(&field, PC_WIRE_BYTES, err) ||
            !pc_raw_numbers((struct pc_raw_bytes){field.bytes, field.n}, fields, v,
                            PC_COUNT(fields), err))
            return false;
        if (raw->lines.n == ITEMS_MAX)
            return pc_fail(err, PC_USAGE,
                           "it has more than %d lines: record a shorter time", ITEMS_MAX);
        *PC_PUSH(&raw->lines) = (struct pc_raw_line){.function = v[0], .line = v[1]};
    }
    return pc_raw_ended(&in, err);
}

static bool add_location(struct pc_raw *raw, struct pc_raw_bytes message,
                         struct pc_err *err)
{
    static const unsigned fields[] = {LOCATION_ID, LOCATION_MAPPING, LOCATION_ADDRESS};
    uint64_t v[PC_COUNT(fields)] = {0};
    size_t line = raw->lines.n;
    if (!pc_raw_numbers(message, fields, v, PC_COUNT(fields), err) ||
        !add_lines(raw, message, err))
        return false;
    *PC_PUSH(&raw->locations) = (struct pc_raw_location){.id = v[0],
                                                         .mapping = v[1],
                                                         .address = v[2],
                                                         .line = line,
                                                         .n = raw->lines.n - line};
    return true;
}

static bool add_message(struct pc_raw *raw, uint64_t number, struct pc_raw_bytes message,
                        struct pc_err *err)
{
    switch (number) {
    case PROFILE_SAMPLE_TYPE:
        if (raw->n_types == PC_RAW_TYPES)
            return pc_fail(err, PC_USAGE,
                           "its samples have more than %d values: make it again",
                           PC_RAW_TYPES);
        return add_type(message, &raw->types[raw->n_types++], err);
    case PROFILE_PERIOD_TYPE:
        return add_type(message, &raw->period_type, err);
    case PROFILE_SAMPLE:
        *PC_PUSH(&raw->samples) = message;
        return true;
    case PROFILE_STRING:
        *PC_PUSH(&raw->texts) = message;
        return true;
    case PROFILE_MAPPING:
        return add_mapping(raw, message, err);
    case PROFILE_LOCATION:
        return add_location(raw, message, err);
    case PROFILE_FUNCTION:
        return add_function(raw, message, err);
    case OURS:
        raw->ours = message;
        return true;
    }
    return true;
}

static bool add_field(struct pc_raw *raw, const struct pc_proto_field *field,
                      struct pc_err *err)
{
    uint64_t *numbers[] = {[PROFILE_TIME_NANOS] = &raw->time_ns,
                           [PROFILE_DURATION_NANOS] = &raw->duration_ns,
                           [PROFILE_PERIOD] = &raw->period,
                           [PROFILE_DEFAULT_TYPE] = &raw->default_type};
    bool is_message = field->number <= PROFILE_STRING ||
                      field->number == PROFILE_PERIOD_TYPE || field->number == OURS;
    bool is_number = field->number < PC_COUNT(numbers) && numbers[field->number];
    if (!is_message && !is_number)
        return true;
    if (!pc_raw_has_type(field, is_message ? PC_WIRE_BYTES : PC_WIRE_NUMBER, err))
        return false;
    if (is_message)
        return add_message(raw, field->number,
                           (struct pc_raw_bytes){field->bytes, field->n}, err);
    *numbers[field->number] = field->value;
    return true;
}

/* The id is the first member of everything that has one. */
static int compare_ids(const void *a, const void *b)
{
    uint64_t p = *(const uint64_t *)a, q = *(const uint64_t *)b;
    return (p > q) - (p < q);
}

static bool sort_ids(void *items, size_t n, size_t size, const char *what,
                     struct pc_err *err)
{
    if (n == 0)
        return true;
    qsort(items, n, size, compare_ids);
    for (size_t i = 0; i < n; i++) {
        const uint64_t *id = (const uint64_t *)((const char *)items + i * size);
        const uint64_t *before = (const uint64_t *)((const char *)id - size);
        if (*id == 0 || (i > 0 && *id == *before))
            return pc_fail(err, PC_USAGE,
                           "two %s have the id %" PRIu64 ", or one has none: make it again",
                           what, *id);
    }
    return true;
}

static bool is_too_large(const struct pc_raw *raw)
{
    return raw->texts.n > ITEMS_MAX || raw->samples.n > ITEMS_MAX ||
           raw->mappings.n > ITEMS_MAX || raw->functions.n > ITEMS_MAX ||
           raw->locations.n > ITEMS_MAX;
}

bool pc_raw_parse(struct pc_raw *raw, const char *bytes, size_t n, struct pc_err *err)
{
    *raw = (struct pc_raw){0};
    struct pc_proto in = {.at = bytes, .end = bytes + n};
    struct pc_proto_field field;
    while (pc_proto_next(&in, &field)) {
        if (!add_field(raw, &field, err))
            return false;
        if (is_too_large(raw))
            return pc_fail(
                err, PC_USAGE,
                "it has more than %d functions, places, texts or samples: record a "
                "shorter time",
                ITEMS_MAX);
    }
    if (!pc_raw_ended(&in, err))
        return false;
    if (raw->n_types == 0 || raw->texts.n == 0 || raw->texts.items[0].n != 0)
        return pc_fail(
            err, PC_USAGE,
            "it is no profile in pprof's format: it says not what was counted, or "
            "its first text is not empty");
    return sort_ids(raw->mappings.items, raw->mappings.n, sizeof *raw->mappings.items,
                    "mappings", err) &&
           sort_ids(raw->functions.items, raw->functions.n, sizeof *raw->functions.items,
                    "functions", err) &&
           sort_ids(raw->locations.items, raw->locations.n, sizeof *raw->locations.items,
                    "locations", err);
}

void pc_raw_fini(struct pc_raw *raw)
{
    free(raw->texts.items);
    free(raw->samples.items);
    free(raw->mappings.items);
    free(raw->functions.items);
    free(raw->locations.items);
    free(raw->lines.items);
    *raw = (struct pc_raw){0};
}
