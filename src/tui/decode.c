#include "tui/decode.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"

enum state {
    GROUND,
    ESCAPE, /* after ESC */
    CSI,    /* after ESC [ : parameters, then a final byte */
    SS3,    /* after ESC O */
    STRING, /* ESC ] P X ^ _ : up to BEL or ESC \ */
    STRING_ESCAPE,
    X10_MOUSE,      /* after ESC [ M : three bytes */
    LINUX_FUNCTION, /* after ESC [ [ : one letter */
    PASTE,
};

/* Longer sequences and pastes are cut; what is cut off is dropped, not typed. */
enum { SEQUENCE_MAX = 64, PASTE_MAX = 1 << 20 };

/* No terminal is as wide or high. */
enum { CELLS_MAX = 65535 };

struct pc_decoder {
    enum state state;
    char sequence[SEQUENCE_MAX]; /* of CSI, or the bytes of one character */
    size_t n;
    struct pc_str paste;
    void (*typed)(void *ctx, const struct pc_typed *typed);
    void *ctx;
};

/* What stands between "ESC [" or "ESC O" and the end, the final byte included. */
struct form {
    const char *text;
    int key;
};

static const struct form csi_forms[] = {
    {"A", PC_KEY_UP},
    {"B", PC_KEY_DOWN},
    {"C", PC_KEY_RIGHT},
    {"D", PC_KEY_LEFT},
    {"H", PC_KEY_HOME},
    {"F", PC_KEY_END},
    {"1~", PC_KEY_HOME},
    {"7~", PC_KEY_HOME},
    {"4~", PC_KEY_END},
    {"8~", PC_KEY_END},
    {"2~", PC_KEY_INSERT},
    {"3~", PC_KEY_DELETE},
    {"5~", PC_KEY_PAGE_UP},
    {"6~", PC_KEY_PAGE_DOWN},
    {"Z", PC_KEY_BACK_TAB},
    {"1;2C", PC_KEY_SHIFT_RIGHT},
    {"1;2D", PC_KEY_SHIFT_LEFT},
    {"c", PC_KEY_SHIFT_RIGHT},
    {"d", PC_KEY_SHIFT_LEFT},
    {"11~", PC_KEY_F1},
    {"12~", PC_KEY_F1 + 1},
    {"13~", PC_KEY_F1 + 2},
    {"14~", PC_KEY_F1 + 3},
    {"15~", PC_KEY_F1 + 4},
    {"17~", PC_KEY_F1 + 5},
    {"18~", PC_KEY_F1 + 6},
    {"19~", PC_KEY_F1 + 7},
    {"20~", PC_KEY_F1 + 8},
    {"21~", PC_KEY_F1 + 9},
    {"23~", PC_KEY_F1 + 10},
    {"24~", PC_KEY_F12},
    {"P", PC_KEY_F1},
    {"Q", PC_KEY_F1 + 1},
    {"R", PC_KEY_F1 + 2},
    {"S", PC_KEY_F1 + 3},
};

static const struct form ss3_forms[] = {
    {"A", PC_KEY_UP},     {"B", PC_KEY_DOWN},   {"C", PC_KEY_RIGHT},  {"D", PC_KEY_LEFT},
    {"H", PC_KEY_HOME},   {"F", PC_KEY_END},    {"M", PC_KEY_ENTER},  {"P", PC_KEY_F1},
    {"Q", PC_KEY_F1 + 1}, {"R", PC_KEY_F1 + 2}, {"S", PC_KEY_F1 + 3},
};

static void press(struct pc_decoder *decoder, int key)
{
    struct pc_typed typed = {.kind = PC_TYPED_KEY, .key = key};
    decoder->typed(decoder->ctx, &typed);
}

static int find(const struct form *forms, size_t n, const char *text)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(forms[i].text, text) == 0)
            return forms[i].key;
    return PC_KEY_NONE;
}

/* Column and row count from 1. */
static void mouse(struct pc_decoder *decoder, unsigned button, long column, long row,
                  bool down)
{
    if (!down || column < 1 || column > CELLS_MAX || row < 1 || row > CELLS_MAX)
        return;
    struct pc_typed typed = {.x = (int)column - 1, .y = (int)row - 1};
    if (button == 0) {
        typed.kind = PC_TYPED_CLICK;
    } else if (button == 64 || button == 65) {
        typed.kind = PC_TYPED_WHEEL;
        typed.key = button == 64 ? PC_KEY_UP : PC_KEY_DOWN;
    } else {
        return;
    }
    decoder->typed(decoder->ctx, &typed);
}

/* "<button;column;row" and M or m. */
static void sgr_mouse(struct pc_decoder *decoder)
{
    char *rest = decoder->sequence + 1;
    unsigned long button = strtoul(rest, &rest, 10);
    long column = *rest == ';' ? strtol(rest + 1, &rest, 10) : 0;
    long row = *rest == ';' ? strtol(rest + 1, &rest, 10) : 0;
    if (button < 256)
        mouse(decoder, (unsigned)button, column, row, *rest == 'M');
}

static void end_csi(struct pc_decoder *decoder)
{
    const char *text = decoder->sequence;
    decoder->state = GROUND;
    if (text[0] == '<') {
        sgr_mouse(decoder);
    } else if (strcmp(text, "200~") == 0) {
        decoder->state = PASTE;
    } else {
        int key = find(csi_forms, PC_COUNT(csi_forms), text);
        if (key != PC_KEY_NONE)
            press(decoder, key);
    }
}

/* A byte of a character.  An ASCII byte is one; others are collected until they are. */
static void character(struct pc_decoder *decoder, unsigned char byte)
{
    uint32_t c;
    if (byte < 0x80) {
        decoder->n = 0;
        press(decoder, byte == '\n' ? PC_CTRL('j') : byte == 8 ? PC_KEY_BACKSPACE : byte);
        return;
    }
    if ((byte & 0xc0) != 0x80)
        decoder->n = 0;
    decoder->sequence[decoder->n++] = (char)byte;
    if (pc_text_decode(decoder->sequence, decoder->n, &c) > 0) {
        decoder->n = 0;
        if (c >= 0xa0)
            press(decoder, (int)c);
    } else if (decoder->n >= 4) {
        decoder->n = 0;
    }
}

static void after_escape(struct pc_decoder *decoder, unsigned char byte)
{
    decoder->n = 0;
    switch (byte) {
    case '[':
        decoder->state = CSI;
        break;
    case 'O':
        decoder->state = SS3;
        break;
    case ']':
    case 'P':
    case 'X':
    case '^':
    case '_':
        decoder->state = STRING;
        break;
    case 27:
        press(decoder, PC_KEY_ESC);
        break;
    default:
        /* Alt with a key: no screen has such a key. */
        decoder->state = GROUND;
    }
}

static void in_csi(struct pc_decoder *decoder, unsigned char byte)
{
    if (byte == 27) {
        decoder->state = ESCAPE;
        return;
    }
    if (byte < 0x20)
        return;
    if (decoder->n + 1 < SEQUENCE_MAX) {
        decoder->sequence[decoder->n++] = (char)byte;
        decoder->sequence[decoder->n] = '\0';
    }
    bool first = decoder->n == 1;
    if (first && byte == '[') {
        decoder->state = LINUX_FUNCTION;
    } else if (first && byte == 'M') {
        decoder->state = X10_MOUSE;
        decoder->n = 0;
    } else if (byte >= 0x40) {
        end_csi(decoder);
        decoder->n = 0;
    }
}

static void in_ss3(struct pc_decoder *decoder, unsigned char byte)
{
    /* Modifiers may stand before the letter. */
    if ((byte >= '0' && byte <= '9') || byte == ';')
        return;
    const char text[] = {(char)byte, '\0'};
    int key = find(ss3_forms, PC_COUNT(ss3_forms), text);
    decoder->state = byte == 27 ? ESCAPE : GROUND;
    if (key != PC_KEY_NONE)
        press(decoder, key);
}

static void in_x10_mouse(struct pc_decoder *decoder, unsigned char byte)
{
    decoder->sequence[decoder->n++] = (char)byte;
    if (decoder->n < 3)
        return;
    const unsigned char *bytes = (const unsigned char *)decoder->sequence;
    decoder->state = GROUND;
    decoder->n = 0;
    mouse(decoder, bytes[0] - 32u, bytes[1] - 32, bytes[2] - 32, true);
}

static void end_paste(struct pc_decoder *decoder)
{
    struct pc_typed typed = {.kind = PC_TYPED_PASTE,
                             .text = pc_str_get(&decoder->paste),
                             .n = decoder->paste.len};
    decoder->state = GROUND;
    decoder->typed(decoder->ctx, &typed);
    pc_str_fini(&decoder->paste);
}

/* The text ends with ESC [ 201 ~; terminals send CR for the ends of lines. */
static void in_paste(struct pc_decoder *decoder, unsigned char byte)
{
    static const char end[] = "\033[201~";
    struct pc_str *paste = &decoder->paste;
    const char c = byte == '\r' ? '\n' : (char)byte;
    if (paste->len >= PASTE_MAX) {
        /* Only the end is looked for now; the mark may straddle the cut. */
        memmove(paste->s + PASTE_MAX - sizeof end, paste->s + PASTE_MAX - sizeof end + 1,
                sizeof end - 1);
        paste->s[PASTE_MAX - 1] = c;
    } else {
        pc_str_add(paste, &c, 1);
    }
    size_t tail = sizeof end - 1;
    if (byte != '~' || paste->len < tail ||
        memcmp(paste->s + paste->len - tail, end, tail) != 0)
        return;
    paste->len -= tail;
    paste->s[paste->len] = '\0';
    end_paste(decoder);
}

static void feed(struct pc_decoder *decoder, unsigned char byte)
{
    switch (decoder->state) {
    case GROUND:
        if (byte == 27)
            decoder->state = ESCAPE;
        else
            character(decoder, byte);
        break;
    case ESCAPE:
        after_escape(decoder, byte);
        break;
    case CSI:
        in_csi(decoder, byte);
        break;
    case SS3:
        in_ss3(decoder, byte);
        break;
    case STRING:
        if (byte == 27)
            decoder->state = STRING_ESCAPE;
        else if (byte == 7)
            decoder->state = GROUND;
        break;
    case STRING_ESCAPE:
        decoder->state = byte == '\\' ? GROUND : STRING;
        break;
    case X10_MOUSE:
        in_x10_mouse(decoder, byte);
        break;
    case LINUX_FUNCTION:
        decoder->state = GROUND;
        if (byte >= 'A' && byte <= 'E')
            press(decoder, PC_KEY_F1 + byte - 'A');
        break;
    case PASTE:
        in_paste(decoder, byte);
        break;
    }
}

struct pc_decoder *pc_decoder_create(void (*typed)(void *ctx, const struct pc_typed *typed),
                                     void *ctx)
{
    struct pc_decoder *decoder = pc_alloc(sizeof *decoder);
    decoder->typed = typed;
    decoder->ctx = ctx;
    return decoder;
}

void pc_decoder_free(struct pc_decoder *decoder)
{
    if (!decoder)
        return;
    pc_str_fini(&decoder->paste);
    free(decoder);
}

void pc_decoder_feed(struct pc_decoder *decoder, const char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        feed(decoder, (unsigned char)bytes[i]);
}

int pc_decoder_patience(const struct pc_decoder *decoder)
{
    switch (decoder->state) {
    case GROUND:
        return 0;
    case PASTE:
        return PC_PASTE_MS;
    default:
        return PC_ESC_MS;
    }
}

void pc_decoder_settle(struct pc_decoder *decoder)
{
    enum state state = decoder->state;
    decoder->state = GROUND;
    if (state != GROUND)
        decoder->n = 0;
    if (state == ESCAPE)
        press(decoder, PC_KEY_ESC);
    else if (state == PASTE)
        end_paste(decoder);
}
