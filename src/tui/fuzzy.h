/*
 * How well a text answers to a few typed letters.
 */
#ifndef PC_TUI_FUZZY_H
#define PC_TUI_FUZZY_H

/* Positive when the letters of `typed` occur in `text` in this order, without regard to case
 * (ASCII) and to blanks in `typed`; more when they are together, begin words, or come early.
 * 0: no match.  An empty `typed` matches everything with 1. */
int pc_fuzzy(const char *typed, const char *text);

#endif
