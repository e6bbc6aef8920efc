/*
 * Bytes from the terminal to keys.
 *
 * The grammar of ECMA-48 decides where a sequence ends, so that an unknown one is swallowed
 * as a whole and never becomes commands.  Known sequences are one table with the CSI and the
 * SS3 form of each key and the forms of the Linux console and rxvt: what TERM says does not
 * matter, nor which mode the keypad is in after fg.
 */
#ifndef PC_TUI_DECODE_H
#define PC_TUI_DECODE_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/key.h"

struct pc_decoder;

struct pc_decoder *pc_decoder_create(void (*typed)(void *ctx, const struct pc_typed *typed),
                                     void *ctx);
void pc_decoder_free(struct pc_decoder *decoder);

/* Decode; what is not complete waits for more.  `typed` must not free the decoder. */
void pc_decoder_feed(struct pc_decoder *decoder, const char *bytes, size_t n);

/* How long to wait for another byte, in ms, before pc_decoder_settle(): for what may be a
 * lone Esc, or a paste whose end does not come.  0: nothing is incomplete. */
enum { PC_ESC_MS = 25, PC_PASTE_MS = 1000 };
int pc_decoder_patience(const struct pc_decoder *decoder);

/* Take what there is for complete: an Esc for the key, a paste for a paste; the beginning of
 * any other sequence is dropped. */
void pc_decoder_settle(struct pc_decoder *decoder);

#endif
