/*
 * Characters of a screen that shows ASCII only.
 */
#ifndef PC_TUI_GLYPH_H
#define PC_TUI_GLYPH_H

#include <stdint.h>

/* What stands for a character beyond ASCII; "?" when nothing is known. */
const char *pc_glyph_ascii(uint32_t character);

#endif
