/*
 * The tables of a file in pprof's format, as they stand there: nothing refers to anything yet.
 */
#ifndef PC_PROFILE_PPROF_PARSE_H
#define PC_PROFILE_PPROF_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "profile/proto.h"

enum { PC_RAW_TYPES = 64 };

/* Bytes of the file. */
struct pc_raw_bytes {
    const char *s;
    size_t n;
};

struct pc_raw_mapping {
    uint64_t id, start, limit, offset, file, build_id, has_lines, code;
};

struct pc_raw_function {
    uint64_t id, name, file, line, code;
};

struct pc_raw_line {
    uint64_t function, line;
};

struct pc_raw_location {
    uint64_t id, mapping, address;
    size_t line, n; /* its lines among all */
};

struct pc_raw_label {
    uint64_t key, text, number, unit;
    bool is_number;
};

/* Items with an id are sorted by it, and each id is there once. */
struct pc_raw {
    struct pc_raw_type {
        uint64_t name, unit;
    } types[PC_RAW_TYPES], period_type;
    size_t n_types;
    struct pc_raw_texts {
        struct pc_raw_bytes *items;
        size_t n, cap;
    } texts, samples;
    struct pc_raw_mappings {
        struct pc_raw_mapping *items;
        size_t n, cap;
    } mappings;
    struct pc_raw_functions {
        struct pc_raw_function *items;
        size_t n, cap;
    } functions;
    struct pc_raw_locations {
        struct pc_raw_location *items;
        size_t n, cap;
    } locations;
    struct pc_raw_lines {
        struct pc_raw_line *items;
        size_t n, cap;
    } lines;
    uint64_t time_ns, duration_ns, period, default_type; /* as they are: perhaps negative */
    struct pc_raw_bytes ours;                            /* NULL: another program's file */
};

/* Refer to `bytes`, which must outlive it.  False with the reason, PC_USAGE; pc_raw_fini()
 * then, too. */
bool pc_raw_parse(struct pc_raw *raw, const char *bytes, size_t n, struct pc_err *err);
void pc_raw_fini(struct pc_raw *raw);

/* Read fields that are numbers from a message, which may have others: values[i] is that of
 * fields[i], untouched when it is not there. */
bool pc_raw_numbers(struct pc_raw_bytes message, const unsigned *fields, uint64_t *values,
                    size_t n, struct pc_err *err);

bool pc_raw_label(struct pc_raw_bytes message, struct pc_raw_label *label,
                  struct pc_err *err);

/* Whether a field is of the type that its number promises; false with the reason. */
bool pc_raw_has_type(const struct pc_proto_field *field, enum pc_wire wire,
                     struct pc_err *err);

/* The reason why nothing more came of `in`, when there is one. */
bool pc_raw_ended(const struct pc_proto *in, struct pc_err *err);

#endif
