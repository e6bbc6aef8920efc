#include "tui/term.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"
#include "tui/term_inner.h"
#include "tui/term_restore.h"

#define MOUSE_ON "\033[?1000h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1002l\033[?1000l"
#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"

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

static void enter(struct pc_term *term)
{
    curs_set(0);
    pc_term_send(term, PASTE_ON);
    if (term->mouse)
        pc_term_send(term, MOUSE_ON);
    term->forgotten = true;
    pc_restore_arm(true);
}

static void leave(struct pc_term *term)
{
    pc_term_send(term, PASTE_OFF);
    if (term->mouse)
        pc_term_send(term, MOUSE_OFF);
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
    const char *given = getenv("TERM"), *name = given ? given : "";
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
    term->ascii = spec->ascii || !pc_term_is_utf8();
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
    pc_term_set_looks(term);
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

/* Curses believes LINES and COLUMNS, which are often those of another terminal. */
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
    pc_term_send(term, on ? MOUSE_ON : MOUSE_OFF);
}

bool pc_term_has_mouse(const struct pc_term *term)
{
    return term->mouse;
}
