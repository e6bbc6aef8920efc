/*
 * Messages of protocol buffers, as bytes: fields with a number, each a varint, eight or four
 * bytes, or a run of bytes that may be a message itself
 * (protobuf.dev/programming-guides/encoding).
 */
#ifndef PC_PROFILE_PROTO_H
#define PC_PROFILE_PROTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* Append a field.  A number that is 0 is left out, as its absence says so; a value is not. */
void pc_proto_number(struct pc_str *out, unsigned field, uint64_t number);
void pc_proto_value(struct pc_str *out, unsigned field, uint64_t value);
void pc_proto_bytes(struct pc_str *out, unsigned field, const char *bytes, size_t n);
void pc_proto_text(struct pc_str *out, unsigned field, const char *text);

/* Append `message` as a field and empty it. */
void pc_proto_message(struct pc_str *out, unsigned field, struct pc_str *message);

/* Append a number without a field: an item of a packed list. */
void pc_proto_item(struct pc_str *out, uint64_t value);

/* Reading: what is left of a message, inside the bytes of whoever called. */
struct pc_proto {
    const char *at, *end;
    const char *wrong; /* what is wrong with the bytes; NULL: nothing up to here */
};

enum pc_wire { PC_WIRE_NUMBER = 0, PC_WIRE_EIGHT = 1, PC_WIRE_BYTES = 2, PC_WIRE_FOUR = 5 };

struct pc_proto_field {
    uint64_t number;
    enum pc_wire wire;
    uint64_t value;    /* PC_WIRE_NUMBER */
    const char *bytes; /* PC_WIRE_BYTES */
    size_t n;
};

/* The next field; false at the end, or with `wrong`. */
bool pc_proto_next(struct pc_proto *in, struct pc_proto_field *field);

/* The next number of a packed list; likewise. */
bool pc_proto_next_item(struct pc_proto *in, uint64_t *value);

#endif
