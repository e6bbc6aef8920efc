#include "vt.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/mem.h"
#include "base/str.h"

static struct vt_cell *cell(const struct vt *vt, int x, int y)
{
    return &vt->cells[(size_t)y * (size_t)vt->width + (size_t)x];
}

static int clamp(int value, int low, int high)
{
    return value < low ? low : value > high ? high : value;
}

void vt_init(struct vt *vt, int width, int height)
{
    *vt = (struct vt){.width = width, .height = height, .bottom = height - 1};
    vt->cells = pc_alloc_array((size_t)width * (size_t)height, sizeof *vt->cells);
}

void vt_fini(struct vt *vt)
{
    free(vt->cells);
    *vt = (struct vt){0};
}

void vt_resize(struct vt *vt, int width, int height)
{
    struct vt_cell *old = vt->cells;
    int w = width < vt->width ? width : vt->width;
    int h = height < vt->height ? height : vt->height;
    vt->cells = pc_alloc_array((size_t)width * (size_t)height, sizeof *vt->cells);
    for (int y = 0; y < h; y++)
        memcpy(vt->cells + (size_t)y * (size_t)width, old + (size_t)y * (size_t)vt->width,
               (size_t)w * sizeof *old);
    free(old);
    vt->width = width;
    vt->height = height;
    vt->top = 0;
    vt->bottom = height - 1;
    vt->x = clamp(vt->x, 0, width - 1);
    vt->y = clamp(vt->y, 0, height - 1);
}

/* Erased cells keep the background of the pen; ours has none, so they are blank. */
static void erase(struct vt *vt, int y, int from, int to)
{
    for (int x = clamp(from, 0, vt->width); x < to && x < vt->width; x++)
        *cell(vt, x, y) = (struct vt_cell){0};
}

/* Move the rows from..bottom up by n, down by -n. */
static void scroll(struct vt *vt, int from, int n)
{
    int rows = vt->bottom - from + 1, step = clamp(n, -rows, rows);
    size_t row = (size_t)vt->width;
    struct vt_cell *at = vt->cells + (size_t)from * row;
    size_t kept = (size_t)(rows - abs(step)) * row * sizeof *at;
    if (step > 0)
        memmove(at, at + (size_t)step * row, kept);
    else
        memmove(at + (size_t)-step * row, at, kept);
    for (int i = 0; i < abs(step); i++)
        erase(vt, step > 0 ? vt->bottom - i : from + i, 0, vt->width);
}

static void line_feed(struct vt *vt)
{
    if (vt->y == vt->bottom)
        scroll(vt, vt->top, 1);
    else if (vt->y < vt->height - 1)
        vt->y++;
}

static void reverse_feed(struct vt *vt)
{
    if (vt->y == vt->top)
        scroll(vt, vt->top, -1);
    else if (vt->y > 0)
        vt->y--;
}

static void draw(struct vt *vt, uint32_t character)
{
    int width = wcwidth((wchar_t)character);
    vt->last = character;
    vt->written++;
    if (width < 1)
        return;
    if (vt->wraps || vt->x + width > vt->width) {
        vt->x = 0;
        line_feed(vt);
        vt->wraps = false;
    }
    *cell(vt, vt->x, vt->y) = (struct vt_cell){.character = character, .look = vt->look};
    if (width == 2)
        *cell(vt, vt->x + 1, vt->y) = (struct vt_cell){.look = vt->look};
    vt->wraps = vt->x + width >= vt->width;
    vt->x = vt->wraps ? vt->width - 1 : vt->x + width;
}

/* Insert n blanks at the cursor, or delete -n characters there. */
static void shift(struct vt *vt, int n)
{
    struct vt_cell *row = cell(vt, 0, vt->y);
    int step = clamp(n, vt->x - vt->width, vt->width - vt->x);
    size_t kept = (size_t)(vt->width - vt->x - abs(step)) * sizeof *row;
    if (step > 0)
        memmove(row + vt->x + step, row + vt->x, kept);
    else
        memmove(row + vt->x, row + vt->x - step, kept);
    if (step > 0)
        erase(vt, vt->y, vt->x, vt->x + step);
    else
        erase(vt, vt->y, vt->width + step, vt->width);
}

static void erase_display(struct vt *vt, int how)
{
    for (int y = 0; y < vt->height; y++) {
        int from = how == 0 && y == vt->y ? vt->x : 0;
        int to = how == 1 && y == vt->y ? vt->x + 1 : vt->width;
        if (how >= 2 || (how == 0 ? y >= vt->y : y <= vt->y))
            erase(vt, y, from, to);
    }
}

/* The pen's bits: attributes by their SGR numbers, the colours above them. */
enum { FOREGROUND = 10, BACKGROUND = 20, COLOUR_BITS = 0x1ff };

static void set_colour(struct vt *vt, int shift, int colour)
{
    vt->look &= ~((uint32_t)COLOUR_BITS << shift);
    vt->look |= (uint32_t)(colour + 1) << shift;
}

static void set_look(struct vt *vt, const int *args, int n)
{
    for (int i = 0; i < n; i++) {
        int a = args[i];
        if (a == 0)
            vt->look = 0;
        else if (a < 10)
            vt->look |= 1u << a;
        else if (a >= 10 && a < 20)
            continue; /* fonts */
        else if (a == 22)
            vt->look &= ~6u;
        else if (a > 22 && a < 30)
            vt->look &= ~(1u << (a - 20));
        else if ((a == 38 || a == 48) && i + 2 < n)
            set_colour(vt, a == 38 ? FOREGROUND : BACKGROUND, args[i += 2]);
        else if (a >= 30 && a < 40)
            set_colour(vt, FOREGROUND, a == 39 ? -1 : a - 30);
        else if (a >= 40 && a < 50)
            set_colour(vt, BACKGROUND, a == 49 ? -1 : a - 40);
        else if (a >= 90 && a < 98)
            set_colour(vt, FOREGROUND, a - 82);
        else
            vt->unknown++;
    }
}

static void set_mode(struct vt *vt, int mode, bool on)
{
    if (mode == 2026)
        vt->frames += !on;
    else if (mode == 1049)
        vt->alternate = on;
    else if (mode == 1000)
        vt->mouse = on;
}

static void lines(struct vt *vt, int n)
{
    if (vt->y >= vt->top && vt->y <= vt->bottom)
        scroll(vt, vt->y, n);
    vt->x = 0;
}

static void region(struct vt *vt, int top, int bottom)
{
    vt->top = clamp(top - 1, 0, vt->height - 1);
    vt->bottom = bottom > 0 ? clamp(bottom - 1, 0, vt->height - 1) : vt->height - 1;
    vt->x = vt->y = 0;
    vt->wraps = false;
}

/* Movements and erasing; false when it is none. */
static bool move(struct vt *vt, char final, int n, int second)
{
    switch (final) {
    case 'A':
        vt->y = clamp(vt->y - n, 0, vt->height - 1);
        break;
    case 'B':
        vt->y = clamp(vt->y + n, 0, vt->height - 1);
        break;
    case 'C':
        vt->x = clamp(vt->x + n, 0, vt->width - 1);
        break;
    case 'D':
        vt->x = clamp(vt->x - n, 0, vt->width - 1);
        break;
    case 'G':
        vt->x = clamp(n - 1, 0, vt->width - 1);
        break;
    case 'd':
        vt->y = clamp(n - 1, 0, vt->height - 1);
        break;
    case 'H':
        vt->y = clamp(n - 1, 0, vt->height - 1);
        vt->x = clamp(second - 1, 0, vt->width - 1);
        break;
    default:
        return false;
    }
    vt->wraps = false;
    return true;
}

static bool change(struct vt *vt, char final, int n)
{
    switch (final) {
    case 'L':
        lines(vt, -n);
        return true;
    case 'M':
        lines(vt, n);
        return true;
    case 'S':
        scroll(vt, vt->top, n);
        return true;
    case 'T':
        scroll(vt, vt->top, -n);
        return true;
    case '@':
        shift(vt, n);
        return true;
    case 'P':
        shift(vt, -n);
        return true;
    case 'X':
        erase(vt, vt->y, vt->x, vt->x + n);
        return true;
    case 'b':
        for (int i = 0; i < n; i++)
            draw(vt, vt->last);
        return true;
    default:
        return false;
    }
}

static void control(struct vt *vt, const char *s, size_t n)
{
    int args[VT_ARGS] = {0}, used = 1;
    bool private = n > 0 && (s[0] == '?' || s[0] == '>');
    char final = s[n - 1];
    for (size_t i = private; i + 1 < n; i++) {
        if (s[i] >= '0' && s[i] <= '9')
            args[used - 1] = args[used - 1] * 10 + s[i] - '0';
        else if (used < VT_ARGS)
            used++;
    }
    int first = args[0] > 0 ? args[0] : 1, second = args[1] > 0 ? args[1] : 1;
    if (private && (final == 'h' || final == 'l'))
        for (int i = 0; i < used; i++)
            set_mode(vt, args[i], final == 'h');
    else if (final == 'm' && !private)
        set_look(vt, args, used);
    else if (final == 'J')
        erase_display(vt, args[0]);
    else if (final == 'K')
        erase(vt, vt->y, args[0] == 0 ? vt->x : 0, args[0] == 1 ? vt->x + 1 : vt->width);
    else if (final == 'r')
        region(vt, first, args[1]);
    else if (!private && !move(vt, final, first, second) && !change(vt, final, first) &&
             !strchr("hltcnq", final))
        vt->unknown++;
}

/* Whether the sequence that is being collected is complete after this byte. */
static bool is_complete(const struct vt *vt, unsigned char byte)
{
    if (vt->n == 2)
        return !strchr("[]()P", byte);
    switch (vt->sequence[1]) {
    case '[':
        return byte >= 0x40 && byte <= 0x7e;
    case ']':
    case 'P':
        return byte == 7 || (byte == '\\' && vt->sequence[vt->n - 2] == '\033');
    default:
        return true;
    }
}

static void escape(struct vt *vt)
{
    switch (vt->sequence[1]) {
    case '[':
        control(vt, vt->sequence + 2, vt->n - 2);
        break;
    case 'M':
        reverse_feed(vt);
        break;
    case 'E':
        vt->x = 0;
        line_feed(vt);
        break;
    default:
        vt->unknown += !strchr("]()P=>78\\", vt->sequence[1]);
    }
}

/* Collect; a sequence that is too long, a clipboard's, keeps its last byte only. */
static void collect(struct vt *vt, unsigned char byte)
{
    if (vt->n == VT_TEXT)
        vt->n--;
    vt->sequence[vt->n++] = (char)byte;
}

static void text_byte(struct vt *vt, unsigned char byte)
{
    mbstate_t state = {0};
    wchar_t wide;
    collect(vt, byte);
    size_t n = mbrtowc(&wide, vt->sequence, vt->n, &state);
    if (n == (size_t)-2)
        return;
    vt->n = 0;
    draw(vt, n == (size_t)-1 ? '?' : (uint32_t)wide);
}

static void byte_in(struct vt *vt, unsigned char byte)
{
    if (vt->n > 0 && vt->sequence[0] == '\033') {
        collect(vt, byte);
        if (!is_complete(vt, byte))
            return;
        escape(vt);
        vt->n = 0;
    } else if (byte == '\033') {
        vt->sequence[0] = '\033';
        vt->n = 1;
    } else if (byte == '\r' || byte == '\n' || byte == '\b') {
        if (byte == '\n')
            line_feed(vt);
        else
            vt->x = byte == '\b' && vt->x > 0 ? vt->x - 1 : 0;
        vt->wraps = false;
    } else if (byte >= ' ') {
        text_byte(vt, byte);
    }
}

void vt_feed(struct vt *vt, const char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        byte_in(vt, (unsigned char)bytes[i]);
}

char *vt_row(const struct vt *vt, int y)
{
    struct pc_str row = {0};
    size_t end = 0;
    for (int x = 0; x < vt->width; x++) {
        uint32_t character = cell(vt, x, y)->character;
        char text[16];
        int n = wctomb(text, character ? (wchar_t)character : L' ');
        pc_str_add(&row, text, n > 0 ? (size_t)n : 0);
        if (character && character != ' ')
            end = row.len;
        x += character && wcwidth((wchar_t)character) == 2;
    }
    char *s = pc_str_take(&row);
    s[end] = '\0';
    return s;
}

bool vt_shows(const struct vt *vt, const char *text)
{
    for (int y = 0; y < vt->height; y++) {
        PC_AUTO(pc_auto_free) char *row = vt_row(vt, y);
        if (strstr(row, text))
            return true;
    }
    return false;
}
