#include "profile/proto.h"

#include <string.h>

void pc_proto_item(struct pc_str *out, uint64_t value)
{
    char bytes[10];
    size_t n = 0;
    for (; value >= 0x80; value >>= 7)
        bytes[n++] = (char)(0x80 | (value & 0x7f));
    bytes[n++] = (char)value;
    pc_str_add(out, bytes, n);
}

static void add_tag(struct pc_str *out, unsigned field, enum pc_wire wire)
{
    pc_proto_item(out, (uint64_t)field << 3 | wire);
}

void pc_proto_value(struct pc_str *out, unsigned field, uint64_t value)
{
    add_tag(out, field, PC_WIRE_NUMBER);
    pc_proto_item(out, value);
}

void pc_proto_number(struct pc_str *out, unsigned field, uint64_t number)
{
    if (number != 0)
        pc_proto_value(out, field, number);
}

void pc_proto_bytes(struct pc_str *out, unsigned field, const char *bytes, size_t n)
{
    add_tag(out, field, PC_WIRE_BYTES);
    pc_proto_item(out, n);
    pc_str_add(out, bytes, n);
}

void pc_proto_text(struct pc_str *out, unsigned field, const char *text)
{
    pc_proto_bytes(out, field, text, strlen(text));
}

void pc_proto_message(struct pc_str *out, unsigned field, struct pc_str *message)
{
    pc_proto_bytes(out, field, message->s, message->len);
    pc_str_shift(message, message->len);
}

static bool fail(struct pc_proto *in, const char *wrong)
{
    in->wrong = wrong;
    in->at = in->end;
    return false;
}

bool pc_proto_next_item(struct pc_proto *in, uint64_t *value)
{
    if (in->at == in->end)
        return false;
    uint64_t sum = 0;
    for (unsigned shift = 0; in->at < in->end; shift += 7) {
        unsigned char byte = (unsigned char)*in->at++;
        if (shift == 63 && byte > 1)
            return fail(in, "a number of more than 64 bits");
        sum |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            *value = sum;
            return true;
        }
    }
    return fail(in, "it ends inside of a number");
}

static bool skip(struct pc_proto *in, size_t n, struct pc_proto_field *field)
{
    if ((size_t)(in->end - in->at) < n)
        return fail(in, "it ends inside of a field");
    field->bytes = in->at;
    field->n = n;
    in->at += n;
    return true;
}

bool pc_proto_next(struct pc_proto *in, struct pc_proto_field *field)
{
    uint64_t tag, n;
    if (!pc_proto_next_item(in, &tag))
        return false;
    *field = (struct pc_proto_field){.number = tag >> 3, .wire = (enum pc_wire)(tag & 7)};
    if (field->number == 0)
        return fail(in, "a field has the number 0");
    switch (field->wire) {
    case PC_WIRE_NUMBER:
        return pc_proto_next_item(in, &field->value) ||
               fail(in, in->wrong ? in->wrong : "it ends inside of a field");
    case PC_WIRE_EIGHT:
        return skip(in, 8, field);
    case PC_WIRE_FOUR:
        return skip(in, 4, field);
    case PC_WIRE_BYTES:
        if (!pc_proto_next_item(in, &n))
            return fail(in, in->wrong ? in->wrong : "it ends inside of a field");
        if (n > (size_t)(in->end - in->at))
            return fail(in, "a field is longer than what is left");
        return skip(in, (size_t)n, field);
    }
    return fail(in, "a field of a type that does not exist");
}
