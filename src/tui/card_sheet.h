/*
 * A card, its answer, and the end of a session, written on a sheet.
 */
#ifndef PC_TUI_CARD_SHEET_H
#define PC_TUI_CARD_SHEET_H

#include <stdbool.h>

#include "model/cards.h"
#include "tui/sheet.h"

/* Write what the session shows now.  Gives the row with which the answer begins, 0 when
 * there is none. */
int pc_card_sheet_write(struct pc_sheet *sheet, const struct pc_card_session *session,
                        int width, bool ascii);

#endif
