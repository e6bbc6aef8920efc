#include "pty_bed.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"

/* At most this many bytes are taken from a slow line at once. */
enum { SLOW_BYTES = 16, READ_BYTES = 65536 };

static void become(const struct pty_spec *spec)
{
    static const char *const foreign[] = {"LINES",  "COLUMNS", "TMUX",    "NO_COLOR",
                                          "LC_ALL", "VISUAL",  "LC_CTYPE"};
    for (size_t i = 0; i < PC_COUNT(foreign); i++)
        unsetenv(foreign[i]);
    setenv("LANG", "C.UTF-8", 1);
    setenv("TERM", spec->term ? spec->term : "xterm-256color", 1);
    for (const char *const *e = spec->env; e && *e; e++)
        putenv(pc_strdup(*e));
    if (spec->ignores_hang_up)
        signal(SIGHUP, SIG_IGN);
    execvp(spec->argv[0], (char *const *)spec->argv);
    _exit(127);
}

bool pty_start(struct pty *pty, const struct pty_spec *spec)
{
    struct winsize size = {.ws_col = (unsigned short)spec->width,
                           .ws_row = (unsigned short)spec->height};
    *pty = (struct pty){.fd = -1, .last = pc_now()};
    pty->pid = forkpty(&pty->fd, NULL, NULL, &size);
    if (pty->pid == 0)
        become(spec);
    vt_init(&pty->vt, spec->width, spec->height);
    return pty->pid > 0;
}

void pty_end(struct pty *pty)
{
    if (pty->pid > 0 && !pty->ended) {
        kill(pty->pid, SIGKILL);
        waitpid(pty->pid, &pty->status, 0);
    }
    if (pty->fd >= 0)
        close(pty->fd);
    vt_fini(&pty->vt);
    *pty = (struct pty){.fd = -1};
}

void pty_type(struct pty *pty, const char *keys)
{
    for (size_t n = strlen(keys); n > 0;) {
        ssize_t written = write(pty->fd, keys, n);
        if (written < 0 && errno != EINTR)
            return;
        if (written > 0) {
            keys += written;
            n -= (size_t)written;
        }
    }
}

void pty_resize(struct pty *pty, int width, int height)
{
    struct winsize size = {.ws_col = (unsigned short)width,
                           .ws_row = (unsigned short)height};
    vt_resize(&pty->vt, width, height);
    ioctl(pty->fd, TIOCSWINSZ, &size);
}

/* Answer the question that the bytes so far end with. */
static void answer(struct pty *pty, char byte)
{
    static const struct {
        const char *asked, *said;
    } table[] = {
        {"\033[c", "\033[?62;22c"},
        {"\033[0c", "\033[?62;22c"},
        {"\033[>c", "\033[>41;388;0c"},
        {"\033[5n", "\033[0n"},
        {"\033[6n", "\033[1;1R"},
        {"\033]10;?\a", "\033]10;rgb:ffff/ffff/ffff\a"},
        {"\033]11;?\a", "\033]11;rgb:0000/0000/0000\a"},
    };
    if (pty->n_tail == PTY_TAIL)
        memmove(pty->tail, pty->tail + 1, --pty->n_tail);
    pty->tail[pty->n_tail++] = byte;
    for (size_t i = 0; i < PC_COUNT(table); i++) {
        size_t n = strlen(table[i].asked);
        if (n <= pty->n_tail && memcmp(pty->tail + pty->n_tail - n, table[i].asked, n) == 0)
            pty_type(pty, table[i].said);
    }
}

/* How long the line is still busy with what it has carried. */
static int busy_ms(struct pty *pty)
{
    int64_t left = pty->line_free - pc_now();
    return pty->rate == 0 || left <= 0 ? 0 : (int)(left / 1000000) + 1;
}

/* Wait at most `ms` and take what is there; false when nothing came. */
static bool take(struct pty *pty, int ms)
{
    char bytes[READ_BYTES];
    int busy = busy_ms(pty);
    if (busy > 0) {
        poll(NULL, 0, busy < ms ? busy : ms);
        return busy < ms && take(pty, ms - busy);
    }
    struct pollfd ready = {.fd = pty->fd, .events = POLLIN};
    if (pty->fd < 0 || poll(&ready, 1, ms) <= 0)
        return false;
    ssize_t n = read(pty->fd, bytes, pty->rate ? SLOW_BYTES : sizeof bytes);
    if (n <= 0) {
        /* Its end is closed: there is nothing to wait for but its last moment. */
        poll(NULL, 0, ms < 5 ? ms : 5);
        return false;
    }
    pty->last = pc_now();
    pty->bytes += (size_t)n;
    pty->reads++;
    if (pty->rate)
        pty->line_free = pty->last + (int64_t)n * 1000000000 / pty->rate;
    vt_feed(&pty->vt, bytes, (size_t)n);
    for (ssize_t i = 0; i < n; i++)
        answer(pty, bytes[i]);
    return true;
}

static int left_ms(int64_t end)
{
    int64_t left = end - pc_now();
    return left > 0 ? (int)(left / 1000000) + 1 : 0;
}

void pty_listen(struct pty *pty, int ms)
{
    for (int64_t end = pc_now() + (int64_t)ms * 1000000; left_ms(end) > 0;)
        take(pty, left_ms(end));
}

/* Whether the program would go on if the machine let it. */
static bool is_waiting_for_processor(const struct pty *pty)
{
    char path[64], line[256] = "";
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pty->pid);
    FILE *file = fopen(path, "re");
    const char *found = file ? fgets(line, sizeof line, file) : NULL;
    if (file)
        fclose(file);
    const char *state = found ? strrchr(line, ')') : NULL;
    return state && (state[2] == 'R' || state[2] == 'D');
}

size_t pty_rest(struct pty *pty, int quiet_ms)
{
    size_t before = pty->bytes;
    int64_t end = pc_now() + (int64_t)PTY_PATIENCE_MS * 1000000;
    while (take(pty, quiet_ms + busy_ms(pty)) ||
           (is_waiting_for_processor(pty) && left_ms(end) > 0))
        ;
    return pty->bytes - before;
}

size_t pty_frame(struct pty *pty)
{
    size_t before = pty->bytes;
    int64_t end = pc_now() + (int64_t)PTY_PATIENCE_MS * 1000000;
    while (pty->bytes == before && left_ms(end) > 0)
        take(pty, 100);
    pty_rest(pty, PTY_FRAME_MS);
    return pty->bytes - before;
}

static bool await(struct pty *pty, const char *text, bool wanted)
{
    int64_t end = pc_now() + (int64_t)PTY_PATIENCE_MS * 1000000;
    while (vt_shows(&pty->vt, text) != wanted) {
        if (left_ms(end) == 0)
            return false;
        take(pty, left_ms(end) < 100 ? left_ms(end) : 100);
    }
    return true;
}

bool pty_shows(struct pty *pty, const char *text)
{
    return await(pty, text, true);
}

bool pty_hides(struct pty *pty, const char *text)
{
    return await(pty, text, false);
}

void pty_hang_up(struct pty *pty)
{
    close(pty->fd);
    pty->fd = -1;
}

bool pty_has_ended(struct pty *pty)
{
    if (!pty->ended)
        pty->ended = waitpid(pty->pid, &pty->status, WNOHANG) == pty->pid;
    return pty->ended;
}

bool pty_ends(struct pty *pty)
{
    int64_t end = pc_now() + (int64_t)PTY_PATIENCE_MS * 1000000;
    while (!pty_has_ended(pty) && left_ms(end) > 0) {
        if (pty->fd >= 0)
            take(pty, 5);
        else
            poll(NULL, 0, 5);
    }
    return pty->ended;
}

/* The number after `key` in a file of /proc/PID; without a key the first one. */
static long long number(const struct pty *pty, const char *file, const char *key)
{
    char path[64], line[256];
    long long value = -1;
    snprintf(path, sizeof path, "/proc/%d/%s", (int)pty->pid, file);
    FILE *f = fopen(path, "r");
    while (f && value < 0 && fgets(line, sizeof line, f))
        if (!key || strncmp(line, key, strlen(key)) == 0)
            value = strtoll(line + (key ? strlen(key) : 0), NULL, 10);
    if (f)
        fclose(f);
    return value;
}

struct pty_cost pty_cost(const struct pty *pty)
{
    return (struct pty_cost){
        .cpu_ns = number(pty, "schedstat", NULL),
        .switches = (long)number(pty, "status", "voluntary_ctxt_switches:"),
        .rss_kib = (long)number(pty, "status", "VmRSS:"),
        .pss_kib = (long)number(pty, "smaps_rollup", "Pss:"),
    };
}

static bool is_child(const char *pid, int parent)
{
    char path[280], text[512];
    int ppid = 0;
    snprintf(path, sizeof path, "/proc/%s/stat", pid);
    FILE *f = fopen(path, "r");
    bool ok = f && fgets(text, sizeof text, f) && strrchr(text, ')') &&
              sscanf(strrchr(text, ')'), ") %*c %d", &ppid) == 1;
    if (f)
        fclose(f);
    return ok && ppid == parent;
}

int pty_children(const struct pty *pty)
{
    int n = 0;
    DIR *proc = opendir("/proc");
    for (struct dirent *entry; proc && (entry = readdir(proc));)
        if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9')
            n += is_child(entry->d_name, (int)pty->pid);
    if (proc)
        closedir(proc);
    return n;
}
