/*
 * The browser beside other programs of the terminal, in one run:
 *
 *     screen [REPETITIONS]
 *
 * All take turns, so that a busy machine slows all of them.  A time ends with the last byte
 * before the terminal is quiet.  The goals are ratios, for no machine is like another.
 */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/path.h"
#include "course_bed.h"
#include "pty_bed.h"

enum {
    WIDTH = 200,
    HEIGHT = 50,
    REPETITIONS = 15,
    QUIET_MS = 100,
    LINES = 4, /* keys each repetition */
    SAMPLES_MAX = 1000,
};

enum measure { FIRST_FRAME, KEY, PAGE, LINE_BYTES, PAGE_BYTES, RSS, PSS, MEASURES };

static const char *const names[] = {[FIRST_FRAME] = "first frame",
                                    [KEY] = "key",
                                    [PAGE] = "page turn",
                                    [LINE_BYTES] = "B/line",
                                    [PAGE_BYTES] = "B/page",
                                    [RSS] = "RSS KiB",
                                    [PSS] = "PSS KiB"};

struct samples {
    double values[SAMPLES_MAX];
    size_t n;
};

struct peer {
    const char *name;
    const char *argv[6];
    const char *package; /* NULL for ours */
    const char *opens;   /* keys that come before what is measured */
    const char *down, *up, *next, *repaint;
    bool missing;
    struct samples samples[MEASURES];
};

static void add(struct samples *samples, double value)
{
    if (samples->n < SAMPLES_MAX)
        samples->values[samples->n++] = value;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(struct samples *s)
{
    if (s->n == 0)
        return 0;
    qsort(s->values, s->n, sizeof *s->values, ascending);
    return s->n % 2 ? s->values[s->n / 2]
                    : (s->values[s->n / 2 - 1] + s->values[s->n / 2]) / 2;
}

static bool is_there(const char *program)
{
    PC_AUTO(pc_auto_free) char *command =
        pc_strfmt("command -v '%s' >/dev/null 2>&1", program);
    return system(command) == 0;
}

/* Milliseconds from a key to the end of its frame. */
static double press(struct pty *pty, const char *key, size_t *bytes)
{
    size_t before = pty->bytes;
    int64_t begin = pc_now();
    pty_type(pty, key);
    pty_rest(pty, QUIET_MS);
    *bytes = pty->bytes - before;
    return *bytes > 0 ? (double)(pty->last - begin) / 1e6 : 0;
}

static void measure(struct peer *peer, const struct course *course)
{
    const struct pty_spec spec = {
        .argv = peer->argv, .env = course->env, .width = WIDTH, .height = HEIGHT};
    struct pty pty;
    size_t bytes;
    int64_t begin = pc_now();
    if (!pty_start(&pty, &spec))
        return;
    pty_frame(&pty);
    pty_rest(&pty, 2 * QUIET_MS);
    add(&peer->samples[FIRST_FRAME], (double)(pty.last - begin) / 1e6);
    for (const char *k = peer->opens; k && *k; k++)
        press(&pty, (const char[]){*k, 0}, &bytes);
    for (int i = 0; i < LINES; i++) {
        double ms = press(&pty, i % 2 ? peer->up : peer->down, &bytes);
        add(&peer->samples[KEY], ms);
        add(&peer->samples[LINE_BYTES], (double)bytes);
    }
    add(&peer->samples[PAGE], press(&pty, peer->next, &bytes));
    press(&pty, peer->repaint, &bytes);
    add(&peer->samples[PAGE_BYTES], (double)bytes);
    struct pty_cost cost = pty_cost(&pty);
    add(&peer->samples[RSS], (double)cost.rss_kib);
    add(&peer->samples[PSS], (double)cost.pss_kib);
    pty_end(&pty);
}

static void print_table(struct peer *peers, size_t n, int repetitions)
{
    printf("screen: %dx%d, medians of %d, times in ms\n%-18s", WIDTH, HEIGHT, repetitions,
           "");
    for (int m = 0; m < MEASURES; m++)
        printf(" %11s", names[m]);
    for (size_t i = 0; i < n; i++) {
        printf("\n  %-16s", peers[i].name);
        for (int m = 0; m < MEASURES && !peers[i].missing; m++)
            printf(" %11.*f", m < LINE_BYTES ? 2 : 0, median(&peers[i].samples[m]));
        if (peers[i].missing)
            printf(" skipped: package %s is not installed", peers[i].package);
    }
    putchar('\n');
}

/* One line each: what, the ratio or figure, its goal and whether it is reached. */
static void judge(const char *what, double value, double goal, const char *unit)
{
    printf("screen: %-52s %8.3g %-3s goal <= %-5g %s\n", what, value, unit, goal,
           value <= goal ? "reached" : "MISSED");
}

static void compare(struct peer *ours, struct peer *peer, enum measure m, double goal)
{
    if (peer->missing)
        return;
    PC_AUTO(pc_auto_free) char *what =
        pc_strfmt("%s: %s / %s", names[m], ours->name, peer->name);
    judge(what, median(&ours->samples[m]) / median(&peer->samples[m]), goal, "x");
}

static void rest(const struct course *course)
{
    struct pty pty;
    if (!course_start(course, &pty, "xterm-256color", WIDTH, HEIGHT))
        return;
    pty_listen(&pty, 1000);
    struct pty_cost before = pty_cost(&pty);
    size_t bytes = pty.bytes;
    pty_listen(&pty, 5000);
    struct pty_cost after = pty_cost(&pty);
    judge("5 s at rest: bytes", (double)(pty.bytes - bytes), 0, "B");
    judge("5 s at rest: wake-ups", (double)(after.switches - before.switches), 0, "");
    judge("5 s at rest: processor", (double)(after.cpu_ns - before.cpu_ns), 0, "ns");
    pty_end(&pty);
}

/* Every screen once, then what is resident. */
static void visit(const struct course *course)
{
    struct pty pty;
    if (!course_start(course, &pty, "xterm-256color", WIDTH, HEIGHT))
        return;
    for (size_t i = 0; i < n_course_screens; i++)
        if (course_go(&pty, &course_screens[i]))
            course_back(&pty, &course_screens[i]);
    struct pty_cost cost = pty_cost(&pty);
    judge("every screen visited: RSS", (double)cost.rss_kib / 1024, 15, "MiB");
    judge("every screen visited: PSS", (double)cost.pss_kib / 1024, 15, "MiB");
    pty_end(&pty);
}

/* From a save to the first sign of the check, and to its verdict. */
static void save(const struct course *course, int repetitions)
{
    static struct samples building, verdict, frames;
    struct pty pty;
    if (!course_start(course, &pty, "xterm-256color", WIDTH, HEIGHT) ||
        !course_go(&pty, course_screen_named("exercise")))
        return;
    for (int i = 0; i <= repetitions; i++) {
        bool passes = i % 2;
        pty_listen(&pty, 600);
        int64_t begin = pc_now();
        if (!course_save(course, passes ? course->reference : course->starter) ||
            !pty_shows(&pty, "building"))
            break;
        int64_t shown = pty.last;
        double first = (double)(shown - begin) / 1e6;
        size_t reads = pty.reads;
        if (!pty_shows(&pty, passes ? course_passed : course_missed))
            break;
        double all = (double)(pty.last - begin) / 1e9;
        /* The first check proves the toolchain. */
        if (i == 0)
            continue;
        add(&building, first);
        add(&verdict, all);
        add(&frames, (double)(pty.reads - reads) * 1e9 / (double)(pty.last - shown));
    }
    judge("save -> building", median(&building), 100, "ms");
    judge("save -> verdict", median(&verdict), 1.5, "s");
    judge("frames a second during a check", median(&frames), 4, "/s");
    printf("screen: saves measured: %zu\n", verdict.n);
    pty_end(&pty);
}

int main(int argc, char **argv)
{
    struct course course;
    int repetitions = argc > 1 ? atoi(argv[1]) : REPETITIONS;
    setlocale(LC_CTYPE, "C.UTF-8");
    if (!course_make(&course)) {
        course_remove(&course);
        return 1;
    }
    enum { HOME, LESSON, VIM, LESS, HTOP, TIG, PEERS };
    struct peer *peers = pc_alloc_array(PEERS, sizeof *peers);
    const char *source = getenv("PC_SRCDIR");
    peers[HOME] = (struct peer){.name = "home", .argv = {course.program}};
    peers[LESSON] =
        (struct peer){.name = "lesson", .argv = {course.program}, .opens = "jj\r"};
    peers[VIM] = (struct peer){.name = "vim -u NONE",
                               .argv = {"vim", "-u", "NONE", course.page},
                               .package = "vim"};
    peers[LESS] =
        (struct peer){.name = "less", .argv = {"less", course.page}, .package = "less"};
    peers[HTOP] =
        (struct peer){.name = "htop", .argv = {"htop", "-d", "100"}, .package = "htop"};
    peers[TIG] =
        (struct peer){.name = "tig", .argv = {"tig", "-C", source}, .package = "tig"};
    for (size_t i = 0; i < PEERS; i++) {
        peers[i].down = i == HTOP ? "\033OB" : "j";
        peers[i].up = i == HTOP ? "\033OA" : "k";
        peers[i].next = i == VIM ? "\006" : i == HTOP ? "\033[6~" : " ";
        peers[i].repaint = "\014";
        peers[i].missing = !is_there(peers[i].argv[0]);
    }
    /* In the middle of a file a line scrolls, as it does in the lesson. */
    peers[VIM].opens = "L";
    for (int i = 0; i < repetitions; i++)
        for (size_t k = 0; k < PEERS; k++)
            if (!peers[k].missing)
                measure(&peers[k], &course);
    print_table(peers, PEERS, repetitions);
    compare(&peers[HOME], &peers[VIM], FIRST_FRAME, 1.2);
    compare(&peers[HOME], &peers[HTOP], FIRST_FRAME, 0.1);
    compare(&peers[HOME], &peers[TIG], FIRST_FRAME, 0.3);
    compare(&peers[LESSON], &peers[HTOP], KEY, 1);
    compare(&peers[LESSON], &peers[LESS], KEY, 3);
    compare(&peers[LESSON], &peers[LESS], PAGE, 5);
    judge("bytes of a scrolled line / page",
          100 * median(&peers[LESSON].samples[LINE_BYTES]) /
              median(&peers[LESSON].samples[PAGE_BYTES]),
          2, "%");
    compare(&peers[HOME], &peers[HTOP], PSS, 1.5);
    rest(&course);
    visit(&course);
    save(&course, repetitions);
    free(peers);
    course_remove(&course);
    return 0;
}
