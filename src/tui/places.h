/*
 * The pages, experiments, exercises and cards of the course, for the palette.
 */
#ifndef PC_TUI_PLACES_H
#define PC_TUI_PLACES_H

#include "tui/browser.h"
#include "tui/commands.h"

struct pc_places;

/* `browser` must outlive them, as its engine must. */
struct pc_places *pc_places_create(struct pc_browser *browser);
void pc_places_free(struct pc_places *places);

const struct pc_commands_more *pc_places_more(const struct pc_places *places);

#endif
