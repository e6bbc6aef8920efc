#include "tui/prompt.h"

#include <string.h>

#include "base/text.h"
#include "tui/key.h"

static bool continues(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

static size_t before(const struct pc_prompt *prompt, size_t at)
{
    while (at > 0 && continues(prompt->text.s[--at]))
        continue;
    return at;
}

static size_t after(const struct pc_prompt *prompt, size_t at)
{
    if (at < prompt->text.len)
        at++;
    while (at < prompt->text.len && continues(prompt->text.s[at]))
        at++;
    return at;
}

/* Drop the bytes from..to; the cursor is at `from` then. */
static enum pc_reaction cut(struct pc_prompt *prompt, size_t from, size_t to)
{
    struct pc_str *text = &prompt->text;
    prompt->cursor = from;
    if (from == to)
        return PC_HANDLED;
    memmove(text->s + from, text->s + to, text->len - to + 1);
    text->len -= to - from;
    return PC_REDRAW;
}

static enum pc_reaction move(struct pc_prompt *prompt, size_t to)
{
    bool moves = to != prompt->cursor;
    prompt->cursor = to;
    return moves ? PC_REDRAW : PC_HANDLED;
}

static enum pc_reaction insert(struct pc_prompt *prompt, const char *s, size_t n)
{
    struct pc_str *text = &prompt->text;
    size_t at = prompt->cursor, old = text->len;
    if (old + n > PC_PROMPT_MAX)
        return PC_HANDLED;
    pc_str_add(text, s, n);
    memmove(text->s + at + n, text->s + at, old - at);
    memcpy(text->s + at, s, n);
    prompt->cursor += n;
    return PC_REDRAW;
}

static size_t word_start(const struct pc_prompt *prompt)
{
    size_t at = prompt->cursor;
    while (at > 0 && prompt->text.s[at - 1] == ' ')
        at--;
    while (at > 0 && prompt->text.s[at - 1] != ' ')
        at--;
    return at;
}

enum pc_reaction pc_prompt_key(struct pc_prompt *prompt, int key)
{
    size_t at = prompt->cursor, end = prompt->text.len;
    char text[PC_KEY_TEXT_MAX];
    switch (key) {
    case PC_KEY_BACKSPACE:
        return cut(prompt, before(prompt, at), at);
    case PC_KEY_DELETE:
        return cut(prompt, at, after(prompt, at));
    case PC_CTRL('u'):
        return cut(prompt, 0, at);
    case PC_CTRL('k'):
        return cut(prompt, at, end);
    case PC_CTRL('w'):
        return cut(prompt, word_start(prompt), at);
    case PC_KEY_LEFT:
        return move(prompt, before(prompt, at));
    case PC_KEY_RIGHT:
        return move(prompt, after(prompt, at));
    case PC_KEY_HOME:
    case PC_CTRL('a'):
        return move(prompt, 0);
    case PC_KEY_END:
    case PC_CTRL('e'):
        return move(prompt, end);
    default:
        if (!pc_key_is_text(key))
            return PC_IGNORED;
        pc_key_text(key, text);
        return insert(prompt, text, strlen(text));
    }
}

enum pc_reaction pc_prompt_paste(struct pc_prompt *prompt, const char *text, size_t n)
{
    enum pc_reaction reaction = PC_HANDLED;
    for (size_t i = 0; i < n;) {
        uint32_t c = 0;
        size_t len = pc_text_decode(text + i, n - i, &c);
        bool control = len == 0 || c < 0x20 || (c >= 0x7f && c < 0xa0);
        if (insert(prompt, control ? " " : text + i, control ? 1 : len) == PC_REDRAW)
            reaction = PC_REDRAW;
        i += len ? len : 1;
    }
    return reaction;
}

void pc_prompt_set(struct pc_prompt *prompt, const char *text)
{
    pc_prompt_fini(prompt);
    insert(prompt, text, strlen(text));
}

void pc_prompt_fini(struct pc_prompt *prompt)
{
    pc_str_fini(&prompt->text);
    prompt->cursor = 0;
}

void pc_prompt_draw(const struct pc_prompt *prompt, struct pc_canvas *canvas,
                    struct pc_area area, const char *mark)
{
    int begin = pc_canvas_text(canvas, area, 0, 0, PC_STYLE_STRONG, mark) + 1;
    struct pc_area field = pc_area_columns(area, begin, area.w - begin);
    const char *text = pc_str_get(&prompt->text);
    int cursor = pc_canvas_measure(canvas, text, prompt->cursor);
    int x = cursor < field.w ? 0 : field.w - 1 - cursor;
    pc_canvas_text(canvas, field, x, 0, PC_STYLE_TEXT, text);
    int width = pc_canvas_measure(canvas, text + prompt->cursor,
                                  after(prompt, prompt->cursor) - prompt->cursor);
    pc_canvas_mark(canvas, pc_area_columns(pc_area_rows(field, 0, 1), x + cursor,
                                           width > 0 ? width : 1));
}
