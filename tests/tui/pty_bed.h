/*
 * A program on a terminal of its own, driven from C.
 *
 * What it writes is remembered with times and shown on a terminal in memory; its questions
 * (device attributes, cursor position, colours) are answered as xterm does.  A line can be
 * made slow.  Waiting ends with the bytes that are waited for, or after a generous time.
 */
#ifndef PC_TESTS_PTY_BED_H
#define PC_TESTS_PTY_BED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "vt.h"

enum { PTY_PATIENCE_MS = 60000, PTY_REST_MS = 60, PTY_FRAME_MS = 15, PTY_TAIL = 16 };

struct pty {
    pid_t pid;
    int fd;
    int rate;     /* bytes a second that the line carries; 0: as many as there are */
    size_t bytes; /* all that came */
    size_t reads; /* how often something came */
    int64_t last; /* when the last came, on pc_now() */
    bool ended;   /* `status` is that of waitpid() */
    int status;
    struct vt vt;
    char tail[PTY_TAIL]; /* the end of what came, where questions are found */
    size_t n_tail;
    int64_t line_free; /* when a slow line can carry the next byte */
};

struct pty_spec {
    const char *const *argv;
    const char *const *env; /* "NAME=VALUE"..., NULL; on top of what there is */
    const char *term;
    int width, height;
    bool ignores_hang_up;
};

/* False when there are no terminals here. */
bool pty_start(struct pty *pty, const struct pty_spec *spec);

/* Kill it if it still runs, and forget everything. */
void pty_end(struct pty *pty);

void pty_type(struct pty *pty, const char *keys);
void pty_resize(struct pty *pty, int width, int height);

/* Read for `ms` milliseconds, whatever comes. */
void pty_listen(struct pty *pty, int ms);

/* Read until nothing has come for `quiet_ms` while the program had nothing to do; gives how
 * many bytes came. */
size_t pty_rest(struct pty *pty, int quiet_ms);

/* Wait for a frame and read it to its end; gives its bytes, 0 when none came. */
size_t pty_frame(struct pty *pty);

/* Read until the screen shows the text, or does no more; false when it never happens. */
bool pty_shows(struct pty *pty, const char *text);
bool pty_hides(struct pty *pty, const char *text);

/* Take the terminal away. */
void pty_hang_up(struct pty *pty);

/* Whether the program has ended by now. */
bool pty_has_ended(struct pty *pty);

/* Wait for the end of the program; false when it does not end. */
bool pty_ends(struct pty *pty);

/* How many children it has. */
int pty_children(const struct pty *pty);

/* What the kernel knows about the process: nanoseconds on a processor, voluntary switches,
 * resident and proportional KiB. */
struct pty_cost {
    long long cpu_ns;
    long switches, rss_kib, pss_kib;
};
struct pty_cost pty_cost(const struct pty *pty);

#endif
