/*
 * A terminal in memory: what a person would see after some bytes.
 *
 * It knows what the terminfo entries of xterm-256color and tmux-256color can make a program
 * send: movements, scroll regions, insertion and deletion of lines and characters, erasing,
 * repetition, attributes and colours.  Anything it does not know is counted, so that a test
 * does not trust a wrong picture.
 */
#ifndef PC_TESTS_VT_H
#define PC_TESTS_VT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { VT_ARGS = 16, VT_TEXT = 64 };

struct vt_cell {
    uint32_t character;
    uint32_t look; /* attributes and colours, to be compared */
};

struct vt {
    int width, height, x, y;
    int top, bottom; /* the scroll region, both inclusive */
    bool wraps;      /* the next character begins a new row */
    struct vt_cell *cells;
    uint32_t look, last;   /* the pen; the last character, for repetition */
    unsigned unknown;      /* sequences that are not known */
    unsigned frames;       /* synchronized ones that have ended */
    unsigned written;      /* characters that were drawn */
    bool alternate, mouse; /* modes a program must leave */
    char sequence[VT_TEXT];
    size_t n; /* bytes of an unfinished sequence or character */
};

void vt_init(struct vt *vt, int width, int height);
void vt_fini(struct vt *vt);

/* As many terminals do: the picture is kept where it fits. */
void vt_resize(struct vt *vt, int width, int height);

void vt_feed(struct vt *vt, const char *bytes, size_t n);

/* A row as UTF-8 without blanks at its end; the caller owns it. */
char *vt_row(const struct vt *vt, int y);

/* Whether some row holds the text. */
bool vt_shows(const struct vt *vt, const char *text);

#endif
