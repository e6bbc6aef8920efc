#include "sampling/cursor.h"

#include <string.h>

uint64_t pc_cursor_bytes(struct pc_cursor *c, size_t n)
{
    uint64_t value = 0;
    if ((size_t)(c->end - c->at) < n) {
        c->failed = true;
        c->at = c->end;
        return 0;
    }
    memcpy(&value, c->at, n);
    c->at += n;
    return value;
}

uint64_t pc_cursor_uleb(struct pc_cursor *c)
{
    uint64_t value = 0, byte = 0x80;
    for (unsigned shift = 0; byte & 0x80; shift += 7) {
        byte = pc_cursor_bytes(c, 1);
        if (shift < 64)
            value |= (byte & 0x7f) << shift;
    }
    return value;
}

int64_t pc_cursor_sleb(struct pc_cursor *c)
{
    uint64_t value = 0, byte = 0x80;
    unsigned shift = 0;
    for (; byte & 0x80; shift += 7) {
        byte = pc_cursor_bytes(c, 1);
        if (shift < 64)
            value |= (byte & 0x7f) << shift;
    }
    if (shift < 64 && byte & 0x40)
        value |= ~UINT64_C(0) << shift;
    return (int64_t)value;
}

void pc_cursor_skip(struct pc_cursor *c, uint64_t n)
{
    if ((uint64_t)(c->end - c->at) < n) {
        c->failed = true;
        n = (uint64_t)(c->end - c->at);
    }
    c->at += n;
}
