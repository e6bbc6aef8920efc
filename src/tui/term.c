#include "tui/term.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>
#include <wchar.h>

#include "base/mem.h"
#include "base/str.h"
#include "tui/term_restore.h"

/* Frames that change more rows than this are shown at once, where the terminal can. */
enum { SYNC_ROWS = 3 };

#define MOUSE_ON "\033[?1000h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1002l\033[?1000l"
#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define SYNC_ON "\033[?2026h"
#define SYNC_OFF "\033[?2026l"

struct pc_term {
    SCREEN *screen;
    int in, out;
    FILE *stream; /* of `out`, for curses */
    const char *note;
    bool ascii, mouse, syncs, forgotten, colours;
    enum pc_theme theme;
    attr_t attributes[PC_STYLES];
    short pairs[PC_STYLES];
    int width, height;
    struct pc_cell *shown; /* the last canvas */
};

static void send(const struct pc_term *term, const char *text, size_t n)
{
    while (n > 0) {
        ssize_t written = write(term->out, text, n);
        if (written < 0 && errno != EINTR)
            return;
        if (written > 0) {
            text += written;
            n -= (size_t)written;
        }
    }
}

static void sends(const struct pc_term *term, const char *text)
{
    send(term, text, strlen(text));
}

static bool names_utf8(const char *name)
{
    return name && (strcasestr(name, "utf-8") || strcasestr(name, "utf8"));
}

static bool is_utf8(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

bool pc_term_locale(void)
{
    static const char *const variables[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    const char *name = NULL;
    for (size_t i = 0; i < PC_COUNT(variables) && (!name || !*name); i++)
        name = getenv(variables[i]);
    if (setlocale(LC_CTYPE, "") && is_utf8())
        return true;
    return names_utf8(name) && setlocale(LC_CTYPE, "C.UTF-8") && is_utf8();
}

bool pc_term_is_possible(void)
{
    const char *name = getenv("TERM");
    if (!name || !*name || strcmp(name, "dumb") == 0)
        return false;
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return false;
    int fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

/* What curses would write to leave a mode, without the pauses that old terminals need. */
static void add_capability(struct pc_str *text, const char *name)
{
    const char *s = tigetstr(name);
    if (!s || s == (const char *)-1)
        return;
    for (; *s; s++) {
        const char *pause = s[0] == '$' && s[1] == '<' ? strchr(s, '>') : NULL;
        if (pause)
            s = pause;
        else
            pc_str_add(text, s, 1);
    }
}

static void prepare_restore(bool colours)
{
    static const char *const names[] = {"sgr0", "op", "cnorm", "rmcup"};
    struct pc_str text = {0};
    pc_str_adds(&text, SYNC_OFF PASTE_OFF MOUSE_OFF);
    for (size_t i = 0; i < PC_COUNT(names); i++)
        if (strcmp(names[i], "op") != 0 || colours)
            add_capability(&text, names[i]);
    pc_restore_text(text.s, text.len);
    pc_str_fini(&text);
}

static void set_looks(struct pc_term *term)
{
    int colours = term->colours ? COLORS : 0;
    for (int i = 0; i < PC_STYLES; i++) {
        struct pc_look look = pc_theme_look(term->theme, (enum pc_style)i, colours);
        term->attributes[i] = (look.bold ? A_BOLD : 0) | (look.faint ? A_DIM : 0) |
                              (look.underlined ? A_UNDERLINE : 0) |
                              (look.reversed ? A_REVERSE : 0);
        term->pairs[i] = 0;
        if (look.colour >= 0 && init_pair((short)(i + 1), (short)look.colour, -1) == OK)
            term->pairs[i] = (short)(i + 1);
    }
}

static void enter(struct pc_term *term)
{
    curs_set(0);
    sends(term, PASTE_ON);
    if (term->mouse)
        sends(term, MOUSE_ON);
    term->forgotten = true;
    pc_restore_arm(true);
}

static void leave(struct pc_term *term)
{
    sends(term, PASTE_OFF);
    if (term->mouse)
        sends(term, MOUSE_OFF);
    endwin();
    pc_restore_arm(false);
}

/* The linux console and real terminals would show or misread it. */
static bool can_sync(const char *name)
{
    return strncmp(name, "linux", 5) != 0 && strncmp(name, "vt", 2) != 0;
}

static bool open_tty(struct pc_term *term, struct pc_err *err)
{
    term->out = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
    term->in = open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    term->stream = term->out < 0 ? NULL : fdopen(term->out, "r+");
    if (term->in < 0 || !term->stream)
        return pc_fail_errno(err, "cannot open the terminal");
    return true;
}

static bool start_curses(struct pc_term *term, struct pc_err *err)
{
    static const char fallback[] = "xterm-256color";
    const char *name = getenv("TERM");
    /* Sizes come from the terminal: LINES and COLUMNS are often those of another one. */
    use_env(FALSE);
    pc_restore_begin(term->out);
    term->screen = newterm(name, term->stream, term->stream);
    if (!term->screen) {
        term->screen = newterm(fallback, term->stream, term->stream);
        term->note = "this TERM is not known here, it is taken for xterm-256color";
        name = fallback;
    }
    if (!term->screen) {
        pc_restore_end();
        return pc_fail(err, PC_ENVIRONMENT, "this TERM cannot be used, nor xterm-256color");
    }
    term->syncs = can_sync(name);
    set_term(term->screen);
    raw();
    noecho();
    nonl();
    typeahead(-1);
    term->colours = term->theme != PC_THEME_MONO && has_colors();
    if (term->colours) {
        start_color();
        use_default_colors();
    }
    return true;
}

struct pc_term *pc_term_open(const struct pc_term_spec *spec, struct pc_err *err)
{
    const char *no_color = getenv("NO_COLOR");
    struct pc_term *term = pc_alloc(sizeof *term);
    *term = (struct pc_term){.in = -1, .out = -1, .mouse = spec->mouse};
    term->theme = no_color && *no_color ? PC_THEME_MONO : spec->theme;
    term->ascii = spec->ascii || !is_utf8();
    if (!open_tty(term, err) || !start_curses(term, err)) {
        if (term->stream)
            fclose(term->stream);
        else if (term->out >= 0)
            close(term->out);
        if (term->in >= 0)
            close(term->in);
        free(term);
        return NULL;
    }
    set_looks(term);
    prepare_restore(term->colours);
    enter(term);
    return term;
}

void pc_term_close(struct pc_term *term)
{
    if (!term)
        return;
    if (!isendwin())
        leave(term);
    pc_restore_end();
    delscreen(term->screen);
    fclose(term->stream);
    close(term->in);
    free(term->shown);
    free(term);
}

const char *pc_term_note(const struct pc_term *term)
{
    return term->note;
}

bool pc_term_is_ascii(const struct pc_term *term)
{
    return term->ascii;
}

int pc_term_fd(const struct pc_term *term)
{
    return term->in;
}

int pc_term_out(const struct pc_term *term)
{
    return term->out;
}

void pc_term_size(struct pc_term *term, int *width, int *height)
{
    struct winsize size = {0};
    ioctl(term->out, TIOCGWINSZ, &size);
    *width = size.ws_col > 0 ? size.ws_col : 80;
    *height = size.ws_row > 0 ? size.ws_row : 24;
    if (*width > PC_CANVAS_MAX)
        *width = PC_CANVAS_MAX;
    if (*height > PC_CANVAS_MAX)
        *height = PC_CANVAS_MAX;
    if (*width != COLS || *height != LINES)
        resize_term(*height, *width);
}

void pc_term_forget(struct pc_term *term)
{
    term->forgotten = true;
}

/* One row as curses wants it; gives the number of characters. */
static int convert(const struct pc_term *term, const struct pc_cell *row, cchar_t *line)
{
    int n = 0;
    for (int x = 0; x < term->width; x++) {
        const struct pc_cell *cell = &row[x];
        wchar_t text[CCHARW_MAX + 1] = {0};
        if (cell->width == 0)
            continue;
        if (mbstowcs(text, cell->text, CCHARW_MAX) == (size_t)-1)
            wcscpy(text, L"?");
        attr_t attributes = term->attributes[cell->style];
        if (cell->marked)
            attributes ^= A_REVERSE;
        setcchar(&line[n++], text, attributes, term->pairs[cell->style], NULL);
    }
    return n;
}

static void keep(struct pc_term *term, struct pc_area size)
{
    if (term->shown && size.w == term->width && size.h == term->height)
        return;
    free(term->shown);
    term->width = size.w;
    term->height = size.h;
    term->shown = pc_alloc_array((size_t)size.w * (size_t)size.h, sizeof *term->shown);
    term->forgotten = true;
}

void pc_term_show(struct pc_term *term, const struct pc_canvas *canvas)
{
    keep(term, pc_canvas_area(canvas));
    PC_AUTO(pc_auto_free)
    cchar_t *line = pc_alloc_array((size_t)term->width, sizeof *line);
    size_t bytes = (size_t)term->width * sizeof *term->shown;
    int changed = 0;
    for (int y = 0; y < term->height; y++) {
        const struct pc_cell *row = pc_canvas_row(canvas, y);
        struct pc_cell *old = term->shown + (size_t)y * (size_t)term->width;
        if (!term->forgotten && memcmp(row, old, bytes) == 0)
            continue;
        memcpy(old, row, bytes);
        mvadd_wchnstr(y, 0, line, convert(term, row, line));
        changed++;
    }
    if (changed == 0)
        return;
    if (term->forgotten)
        clearok(curscr, TRUE);
    term->forgotten = false;
    bool sync = term->syncs && changed > SYNC_ROWS;
    if (sync)
        sends(term, SYNC_ON);
    wnoutrefresh(stdscr);
    doupdate();
    if (sync)
        sends(term, SYNC_OFF);
}

void pc_term_set_theme(struct pc_term *term, enum pc_theme theme)
{
    term->theme = theme;
    set_looks(term);
    term->forgotten = true;
}

void pc_term_suspend(struct pc_term *term)
{
    def_prog_mode();
    leave(term);
}

void pc_term_resume(struct pc_term *term)
{
    reset_prog_mode();
    enter(term);
}

void pc_term_stop(struct pc_term *term)
{
    struct sigaction plain = {.sa_handler = SIG_DFL}, old;
    pc_term_suspend(term);
    sigaction(SIGTSTP, &plain, &old);
    kill(0, SIGTSTP);
    sigaction(SIGTSTP, &old, NULL);
    pc_term_resume(term);
}

void pc_term_set_mouse(struct pc_term *term, bool on)
{
    term->mouse = on;
    sends(term, on ? MOUSE_ON : MOUSE_OFF);
}

bool pc_term_has_mouse(const struct pc_term *term)
{
    return term->mouse;
}

static void encode(struct pc_str *out, const unsigned char *s, size_t n)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < n; i += 3) {
        size_t left = n - i;
        unsigned bits = (unsigned)s[i] << 16 | (left > 1 ? (unsigned)s[i + 1] << 8 : 0) |
                        (left > 2 ? s[i + 2] : 0);
        const char four[] = {digits[bits >> 18], digits[bits >> 12 & 63],
                             left > 1 ? digits[bits >> 6 & 63] : '=',
                             left > 2 ? digits[bits & 63] : '='};
        pc_str_add(out, four, sizeof four);
    }
}

bool pc_term_copy(struct pc_term *term, const char *text, size_t n)
{
    if (n > PC_COPY_MAX)
        return false;
    struct pc_str out = {0};
    pc_str_adds(&out, "\033]52;c;");
    encode(&out, (const unsigned char *)text, n);
    pc_str_adds(&out, "\a");
    send(term, out.s, out.len);
    pc_str_fini(&out);
    return true;
}
