/*
 * Roles of text on a screen.  What they look like is the terminal's business; no meaning is
 * carried by them alone.
 */
#ifndef PC_BASE_STYLE_H
#define PC_BASE_STYLE_H

enum pc_style {
    PC_STYLE_TEXT,
    PC_STYLE_FAINT, /* less important */
    PC_STYLE_STRONG,
    PC_STYLE_EMPHASIS,
    PC_STYLE_HEADING,
    PC_STYLE_CODE, /* code inside prose */
    PC_STYLE_LINK,
    PC_STYLE_QUOTE,
    PC_STYLE_KEYWORD, /* this and the following: C */
    PC_STYLE_TYPE,
    PC_STYLE_STRING,
    PC_STYLE_NUMBER,
    PC_STYLE_COMMENT,
    PC_STYLE_CALL,
    PC_STYLE_DIRECTIVE,
    PC_STYLE_GOOD, /* passed */
    PC_STYLE_BAD,  /* missed */
    PC_STYLE_DOUBT,
    PC_STYLE_BAR,      /* header and footer lines */
    PC_STYLE_KEY,      /* the name of a key in the footer */
    PC_STYLE_SELECTED, /* the row with the cursor */
    PC_STYLE_SERIES_1, /* lines of a plot */
    PC_STYLE_SERIES_2,
    PC_STYLE_SERIES_3,
    PC_STYLE_SERIES_4,
    PC_STYLE_HOT, /* much of a profile */
    PC_STYLE_WARM,
    PC_STYLES
};

#endif
