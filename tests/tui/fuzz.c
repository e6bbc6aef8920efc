/*
 * Random keys, pastes, clicks and sizes for a full-screen program on a terminal of its own:
 *
 *     fuzz SEED STEPS PROGRAM [ARG...]
 *
 * It must live on and end when it is asked to, by Ctrl-C; a sanitizer's report is a failure.
 * What it writes is read and dropped.
 */
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

#include "base/mem.h"
#include "base/rng.h"

/* Keys that end the program are left out: it must not end by chance. */
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
    "g",
    "G",
    " ",
    "b",
    "?",
    ":",
    "che",
    "\r",
    "n",
    "N",
    "/",
    "m",
    "\014",
    "y",
    "t",
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

static void drain(int fd, int ms)
{
    char bytes[65536];
    struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
    while (poll(&poll_fd, 1, ms) > 0 && read(fd, bytes, sizeof bytes) > 0)
        ms = 0;
}

static void resize(int fd, struct pc_rng *rng)
{
    struct winsize size = {.ws_col = (unsigned short)(1 + pc_rng_below(rng, 200)),
                           .ws_row = (unsigned short)(1 + pc_rng_below(rng, 60))};
    if (pc_rng_below(rng, 8) == 0)
        size.ws_col = size.ws_row = 1;
    ioctl(fd, TIOCSWINSZ, &size);
}

static void step(int fd, struct pc_rng *rng)
{
    const char *keys = likely[pc_rng_below(rng, PC_COUNT(likely))];
    if (pc_rng_below(rng, 6) == 0)
        resize(fd, rng);
    else if (write(fd, keys, strlen(keys)) < 0)
        fprintf(stderr, "fuzz: %s\n", strerror(errno));
    drain(fd, (int)pc_rng_below(rng, 12));
}

/* Ctrl-C cancels what runs, then quits; an overlay does not keep it from that. */
static int end(int fd, pid_t pid)
{
    int status;
    for (int ms = 0; ms < 10000; ms += 20) {
        /* One more a second: a program that is ending must not be interrupted. */
        ssize_t n = ms % 1000 == 0 ? write(fd, "\003", 1) : 0;
        (void)n;
        drain(fd, 20);
        if (waitpid(pid, &status, WNOHANG) == pid)
            return status;
    }
    kill(pid, SIGKILL);
    waitpid(pid, &status, 0);
    return status;
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fprintf(stderr, "usage: fuzz SEED STEPS PROGRAM [ARG...]\n");
        return 2;
    }
    struct pc_rng rng;
    struct winsize size = {.ws_col = 80, .ws_row = 24};
    int fd, status;
    pc_rng_init(&rng, strtoull(argv[1], NULL, 10));
    pid_t pid = forkpty(&fd, NULL, NULL, &size);
    if (pid < 0) {
        perror("fuzz: forkpty");
        return 77;
    }
    if (pid == 0) {
        execvp(argv[3], argv + 3);
        _exit(127);
    }
    drain(fd, 2000);
    for (long i = strtol(argv[2], NULL, 10); i > 0; i--) {
        step(fd, &rng);
        if (waitpid(pid, &status, WNOHANG) == pid) {
            fprintf(stderr, "fuzz: seed %s: ended with status %#x, %ld steps left\n",
                    argv[1], (unsigned)status, i - 1);
            return 1;
        }
    }
    status = end(fd, pid);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 130) {
        fprintf(stderr, "fuzz: seed %s: status %#x after Ctrl-C\n", argv[1],
                (unsigned)status);
        return 1;
    }
    return 0;
}
