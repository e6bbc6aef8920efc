#include "tui/term.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"
#include "tui/term_inner.h"
#include "tui/term_restore.h"

#define MOUSE_ON "\033[?1000h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1002l\033[?1000l"
#define FOCUS_OFF "\033[?1004l"
#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"

/* What leaves all our modes, whatever is on, also in the middle of a frame. */
static void prepare_restore(const struct pc_caps *caps)
{
    struct pc_str text = {0};
    pc_str_adds(&text, SYNC_OFF PASTE_OFF MOUSE_OFF);
    pc_str_adds(&text, *caps->region ? "\033[r" : "");
    pc_str_adds(&text, caps->plain);
    pc_str_adds(&text, caps->show_cursor);
    pc_str_adds(&text, caps->leave);
    pc_restore_text(text.s, text.len);
    pc_str_fini(&text);
}

/* Bytes come as they are typed, Ctrl-C too, and go out as they are written. */
static void set_raw(struct pc_term *term)
{
    struct termios modes = term->modes;
    cfmakeraw(&modes);
    modes.c_cc[VMIN] = 1;
    modes.c_cc[VTIME] = 0;
    tcsetattr(term->out, TCSADRAIN, &modes);
}

static void enter(struct pc_term *term)
{
    pc_restore_arm(true);
    set_raw(term);
    pc_term_send(term, term->caps.enter);
    pc_term_send(term, term->caps.hide_cursor);
    pc_term_send(term, PASTE_ON);
    if (term->mouse)
        pc_term_send(term, MOUSE_ON);
    term->forgotten = true;
    term->ours = true;
}

static void leave(struct pc_term *term)
{
    pc_term_send(term, PASTE_OFF);
    if (term->mouse)
        pc_term_send(term, MOUSE_OFF);
    pc_term_send(term, term->caps.plain);
    pc_term_send(term, *term->caps.region ? "\033[r" : "");
    pc_term_send(term, term->caps.show_cursor);
    pc_term_send(term, term->caps.leave);
    tcsetattr(term->out, TCSADRAIN, &term->modes);
    pc_restore_arm(false);
    term->ours = false;
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
    if (term->in < 0 || term->out < 0 || tcgetattr(term->out, &term->modes) != 0)
        return pc_fail_errno(err, "cannot open the terminal");
    return true;
}

static bool know_terminal(struct pc_term *term, struct pc_err *err)
{
    static const char fallback[] = "xterm-256color";
    const char *given = getenv("TERM"), *name = given ? given : "";
    if (!pc_caps_load(&term->caps, name, term->out)) {
        if (!pc_caps_load(&term->caps, fallback, term->out))
            return pc_fail(err, PC_ENVIRONMENT,
                           "this TERM cannot be used, nor xterm-256color");
        term->note = "this TERM is not known here, it is taken for xterm-256color";
        name = fallback;
    }
    term->syncs = can_sync(name);
    return true;
}

static void close_tty(struct pc_term *term)
{
    if (term->out >= 0)
        close(term->out);
    if (term->in >= 0)
        close(term->in);
    free(term);
}

struct pc_term *pc_term_open(const struct pc_term_spec *spec, struct pc_err *err)
{
    const char *no_color = getenv("NO_COLOR");
    struct pc_term *term = pc_alloc(sizeof *term);
    *term = (struct pc_term){.in = -1, .out = -1, .mouse = spec->mouse};
    term->theme = no_color && *no_color ? PC_THEME_MONO : spec->theme;
    term->ascii = spec->ascii || !pc_term_is_utf8();
    if (!open_tty(term, err) || !know_terminal(term, err)) {
        close_tty(term);
        return NULL;
    }
    pc_term_set_looks(term);
    pc_restore_begin(term->out);
    prepare_restore(&term->caps);
    enter(term);
    return term;
}

void pc_term_close(struct pc_term *term)
{
    if (!term)
        return;
    if (term->ours)
        leave(term);
    pc_restore_end();
    pc_caps_fini(&term->caps);
    free(term->shown.cells);
    free(term->next.cells);
    close_tty(term);
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

/* LINES and COLUMNS are not believed: they are often those of another terminal. */
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
}

void pc_term_forget(struct pc_term *term)
{
    term->forgotten = true;
}

void pc_term_suspend(struct pc_term *term)
{
    leave(term);
}

void pc_term_resume(struct pc_term *term)
{
    pc_term_send(term, FOCUS_OFF);
    if (!term->mouse)
        pc_term_send(term, MOUSE_OFF);
    enter(term);
}

void pc_term_tidy(int fd, bool killed)
{
    struct pc_caps caps = {0};
    const char *name = getenv("TERM");
    if (!isatty(fd) || !name || !pc_caps_load(&caps, name, fd))
        return;
    struct pc_str text = {0};
    pc_str_addf(&text, "%s%s%s", FOCUS_OFF PASTE_OFF MOUSE_OFF, caps.plain,
                caps.show_cursor);
    if (killed)
        pc_str_addf(&text, "%s%s", *caps.region ? "\033[r" : "", caps.leave);
    ssize_t n = write(fd, text.s, text.len);
    (void)n;
    pc_str_fini(&text);
    pc_caps_fini(&caps);
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
