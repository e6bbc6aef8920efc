#include "tui/key.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

static const struct {
    int key;
    const char *name;
} names[] = {
    {PC_KEY_TAB, "Tab"},
    {PC_KEY_ENTER, "Enter"},
    {PC_KEY_ESC, "Esc"},
    {PC_KEY_BACKSPACE, "Backspace"},
    {' ', "Space"},
    {PC_KEY_UP, "Up"},
    {PC_KEY_DOWN, "Down"},
    {PC_KEY_LEFT, "Left"},
    {PC_KEY_RIGHT, "Right"},
    {PC_KEY_HOME, "Home"},
    {PC_KEY_END, "End"},
    {PC_KEY_PAGE_UP, "PgUp"},
    {PC_KEY_PAGE_DOWN, "PgDn"},
    {PC_KEY_INSERT, "Insert"},
    {PC_KEY_DELETE, "Delete"},
    {PC_KEY_BACK_TAB, "Shift-Tab"},
    {PC_KEY_SHIFT_LEFT, "Shift-Left"},
    {PC_KEY_SHIFT_RIGHT, "Shift-Right"},
};

const char *pc_key_text(int c, char s[PC_KEY_TEXT_MAX])
{
    memset(s, 0, PC_KEY_TEXT_MAX);
    if (c < 0x80) {
        s[0] = (char)c;
    } else if (c < 0x800) {
        s[0] = (char)(0xc0 | c >> 6);
        s[1] = (char)(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        s[0] = (char)(0xe0 | c >> 12);
        s[1] = (char)(0x80 | (c >> 6 & 0x3f));
        s[2] = (char)(0x80 | (c & 0x3f));
    } else {
        s[0] = (char)(0xf0 | c >> 18);
        s[1] = (char)(0x80 | (c >> 12 & 0x3f));
        s[2] = (char)(0x80 | (c >> 6 & 0x3f));
        s[3] = (char)(0x80 | (c & 0x3f));
    }
    return s;
}

bool pc_key_is_text(int key)
{
    return (key >= 0x20 && key < 0x7f) || (key >= 0xa0 && key < PC_KEY_UP);
}

const char *pc_key_name(int key, char buf[PC_KEY_NAME_MAX])
{
    memset(buf, 0, PC_KEY_NAME_MAX);
    for (size_t i = 0; i < PC_COUNT(names); i++)
        if (names[i].key == key)
            return names[i].name;
    if (key >= PC_KEY_F1 && key <= PC_KEY_F12)
        snprintf(buf, PC_KEY_NAME_MAX, "F%d", key - PC_KEY_F1 + 1);
    else if (key > 0 && key < 27)
        snprintf(buf, PC_KEY_NAME_MAX, "Ctrl-%c", '@' + key);
    else if (pc_key_is_text(key))
        return pc_key_text(key, buf);
    return buf;
}
