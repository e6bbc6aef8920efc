/*
 * Random keys, pastes, clicks and sizes for a full-screen program on a terminal of its own:
 *
 *     fuzz SEED STEPS                    the course: so many steps from each of its screens
 *     fuzz SEED STEPS PROGRAM [ARG...]   another program
 *
 * It must live on, or end as it was asked to, and end by Ctrl-C at last; a sanitizer's report
 * is a failure, and so is a sequence that no terminal knows.
 */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

#include "base/mem.h"
#include "base/rng.h"
#include "course_bed.h"
#include "pty_bed.h"

enum { WIDTH = 80, HEIGHT = 24, PAUSE_MS = 12, ALL_TRIES = 30, INTERRUPTED = 130 };

static const char *const likely[] = {
    "\033[A",
    "\033[B",
    "\033OA",
    "\033OB",
    "\033[5~",
    "\033[6~",
    "\033[H",
    "\033[F",
    "\033[1;2C",
    "\033[1;2D",
    "\t",
    "\033[Z",
    "j",
    "k",
    "h",
    "l",
    "g",
    "G",
    " ",
    "b",
    "?",
    ":",
    "che",
    "\r",
    "/str\r",
    "n",
    "N",
    "m",
    "\014",
    "y",
    "t",
    "q",
    "\033",
    "c",
    "r",
    "e",
    "d",
    "s",
    "i",
    "x",
    "o",
    "v",
    "H",
    "R",
    "1",
    "3",
    "+",
    "a",
    "u",
    "<",
    ">",
    "\020",
    "\004",
    "\025",
    "\177",
    "\033[<0;5;5M",
    "\033[<64;9;9M",
    "\033[<65;2;2M",
    "\033[<0;3;24M",
    "\033[200~qQ\r:x\033[201~",
    "é漢",
    "\033[99;9~",
    "\033]0;x\a",
};

struct fuzz {
    const struct pty_spec *spec;
    struct pty pty;
    struct pc_rng rng;
    long left; /* steps */
};

static void resize(struct fuzz *fuzz)
{
    int width = 1 + (int)pc_rng_below(&fuzz->rng, 200);
    int height = 1 + (int)pc_rng_below(&fuzz->rng, 60);
    bool tiny = pc_rng_below(&fuzz->rng, 8) == 0;
    pty_resize(&fuzz->pty, tiny ? 1 : width, tiny ? 1 : height);
}

static bool fails(const struct fuzz *fuzz, const char *what)
{
    fprintf(stderr, "fuzz: %s, status %#x, %ld steps left\n", what,
            (unsigned)fuzz->pty.status, fuzz->left);
    for (int y = 0; y < fuzz->pty.vt.height; y++) {
        PC_AUTO(pc_auto_free) char *row = vt_row(&fuzz->pty.vt, y);
        fprintf(stderr, "  | %s\n", row);
    }
    return false;
}

static bool start(struct fuzz *fuzz)
{
    if (!pty_start(&fuzz->pty, fuzz->spec))
        return fails(fuzz, "there is no terminal");
    return pty_shows(&fuzz->pty, "? help") || fails(fuzz, "it does not start");
}

/* Keys may end it well; then it begins anew. */
static bool step(struct fuzz *fuzz)
{
    struct pty *pty = &fuzz->pty;
    if (pc_rng_below(&fuzz->rng, 6) == 0)
        resize(fuzz);
    else
        pty_type(pty, likely[pc_rng_below(&fuzz->rng, PC_COUNT(likely))]);
    pty_listen(pty, (int)pc_rng_below(&fuzz->rng, PAUSE_MS));
    if (pty->vt.unknown > 0)
        return fails(fuzz, "it wrote what no terminal knows");
    if (!pty_has_ended(pty))
        return true;
    if (!WIFEXITED(pty->status) || WEXITSTATUS(pty->status) != 0)
        return fails(fuzz, "it ended");
    pty_end(pty);
    return start(fuzz);
}

/* Ctrl-C cancels what runs, then ends the program; whatever is open does not keep it. */
static bool end(struct fuzz *fuzz)
{
    struct pty *pty = &fuzz->pty;
    for (int i = 0; i < ALL_TRIES && !pty_has_ended(pty); i++) {
        pty_type(pty, "\003");
        for (int k = 0; k < 50 && !pty_has_ended(pty); k++)
            pty_listen(pty, 20);
    }
    bool ok =
        pty->ended && WIFEXITED(pty->status) && WEXITSTATUS(pty->status) == INTERRUPTED;
    if (!ok)
        fails(fuzz, "it does not end by Ctrl-C");
    pty_end(pty);
    return ok;
}

static bool run(struct fuzz *fuzz, long steps, const struct course_screen *screen)
{
    if (!start(fuzz))
        return false;
    if (screen && !course_go(&fuzz->pty, screen))
        return fails(fuzz, screen->name);
    for (fuzz->left = steps; fuzz->left > 0; fuzz->left--)
        if (!step(fuzz))
            return false;
    return end(fuzz);
}

static bool run_course(struct fuzz *fuzz, long steps)
{
    struct course course;
    bool ok = course_make(&course);
    const char *const argv[] = {course.program, NULL};
    const struct pty_spec spec = {
        .argv = argv, .env = course.env, .width = WIDTH, .height = HEIGHT};
    fuzz->spec = &spec;
    /* Nobody is there to leave an editor. */
    setenv("EDITOR", "true", 1);
    for (size_t i = 0; ok && i < n_course_screens; i++)
        ok = run(fuzz, steps, &course_screens[i]);
    course_remove(&course);
    return ok;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: fuzz SEED STEPS [PROGRAM [ARG...]]\n");
        return 2;
    }
    struct fuzz fuzz = {0};
    long steps = strtol(argv[2], NULL, 10);
    setlocale(LC_CTYPE, "C.UTF-8");
    pc_rng_init(&fuzz.rng, strtoull(argv[1], NULL, 10));
    const struct pty_spec spec = {
        .argv = (const char *const *)argv + 3, .width = WIDTH, .height = HEIGHT};
    fuzz.spec = &spec;
    if (argc > 3 ? run(&fuzz, steps, NULL) : run_course(&fuzz, steps))
        return 0;
    fprintf(stderr, "fuzz: again with: FUZZ_SEED=%s make fuzz\n", argv[1]);
    return 1;
}
