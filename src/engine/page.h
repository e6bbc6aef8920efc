/*
 * A page of a lesson as text.  It stands apart from the rest of the engine because the
 * markup has lines and places of its own.
 */
#ifndef PC_ENGINE_PAGE_H
#define PC_ENGINE_PAGE_H

#include <stdbool.h>
#include <stddef.h>

/* Markdown for somebody who reads lines: at most `width` columns (0: as wide as prose
 * should be), in the characters of the locale.  `plain` draws nothing.  The caller owns the
 * text. */
char *pc_page_text(const char *markdown, size_t n, size_t width, bool plain);

#endif
