/*
 * Bytes that are read one after the other, none beyond the end.
 */
#ifndef PC_SAMPLING_CURSOR_H
#define PC_SAMPLING_CURSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* `failed` once something was asked for that is not there; all is 0 from then on. */
struct pc_cursor {
    const uint8_t *at, *end;
    bool failed;
};

/* A number of `n` bytes, at most 8, the lowest first. */
uint64_t pc_cursor_bytes(struct pc_cursor *c, size_t n);

/* Numbers of any length (DWARF 5, section 7.6). */
uint64_t pc_cursor_uleb(struct pc_cursor *c);
int64_t pc_cursor_sleb(struct pc_cursor *c);

void pc_cursor_skip(struct pc_cursor *c, uint64_t n);

#endif
