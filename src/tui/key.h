/*
 * What the learner's terminal sends: keys, pasted text, the mouse.
 *
 * A key is a number: a Unicode character below 0x110000 (Ctrl-A...Ctrl-Z are 1...26, Tab,
 * Enter, Esc and Backspace have names), or one of the keys that are no character.
 */
#ifndef PC_TUI_KEY_H
#define PC_TUI_KEY_H

#include <stdbool.h>
#include <stddef.h>

enum pc_key {
    PC_KEY_NONE = 0,
    PC_KEY_TAB = 9,
    PC_KEY_ENTER = 13,
    PC_KEY_ESC = 27,
    PC_KEY_BACKSPACE = 127,
    PC_KEY_UP = 0x110000,
    PC_KEY_DOWN,
    PC_KEY_LEFT,
    PC_KEY_RIGHT,
    PC_KEY_HOME,
    PC_KEY_END,
    PC_KEY_PAGE_UP,
    PC_KEY_PAGE_DOWN,
    PC_KEY_INSERT,
    PC_KEY_DELETE,
    PC_KEY_BACK_TAB,
    PC_KEY_SHIFT_LEFT,
    PC_KEY_SHIFT_RIGHT,
    PC_KEY_F1,
    PC_KEY_F12 = PC_KEY_F1 + 11,
};

#define PC_CTRL(letter) ((letter)&0x1f)

/* Whether it is a character that can be typed into a text. */
bool pc_key_is_text(int key);

/* Such a character as UTF-8. */
enum { PC_KEY_TEXT_MAX = 5 };
const char *pc_key_text(int key, char buf[PC_KEY_TEXT_MAX]);

/* "Ctrl-L", "Up", "q"; for a character that is text just its UTF-8 (but "Space"). */
enum { PC_KEY_NAME_MAX = 16 };
const char *pc_key_name(int key, char buf[PC_KEY_NAME_MAX]);

enum pc_typed_kind {
    PC_TYPED_KEY,
    PC_TYPED_PASTE, /* `text`, valid UTF-8 or not, newlines as "\n" */
    PC_TYPED_CLICK, /* left button, at `x` and `y` */
    PC_TYPED_WHEEL, /* `key` is PC_KEY_UP or PC_KEY_DOWN */
};

struct pc_typed {
    enum pc_typed_kind kind;
    int key;
    const char *text; /* valid during the call */
    size_t n;
    int x, y; /* cells, from 0 */
};

#endif
