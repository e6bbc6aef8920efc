#include "tests/host/drive.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"

static char folder[] = "/tmp/perfcourse-hosts-XXXXXX";

int drive_setup(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

int drive_teardown(void **state)
{
    (void)state;
    struct pc_err err;
    return pc_file_remove_tree(folder, &err) ? 0 : -1;
}

static const char *environment(const char *name, const char *otherwise)
{
    const char *value = getenv(name);
    return value && *value ? value : otherwise;
}

char *drive_compile(const char *source, const char *flags, const char *name)
{
    const char *src = environment("PC_SRCDIR", ".");
    char *path = pc_strfmt("%s/%s", folder, name);
    char *command = pc_strfmt("%s -O2 -g -std=gnu17 -D_GNU_SOURCE %s -I'%s/src/perfbench' "
                              "'%s/tests/host/%s' -o '%s' -pthread 2>/dev/null",
                              environment("CC", "cc"), flags, src, src, source, path);
    bool built = system(command) == 0;
    free(command);
    if (built)
        return path;
    free(path);
    return NULL;
}

static void be_host(const char *const *argv, const int orders[2], const int answers[2],
                    const int output[2], int share)
{
    char *path = pc_strfmt("%s/%s", environment("PC_BUILDDIR", "."), argv[0]);
    int from = fcntl(orders[0], F_DUPFD, 20), to = fcntl(answers[1], F_DUPFD, 20);
    int out = fcntl(output[1], F_DUPFD, 20), null = open("/dev/null", O_RDONLY);
    int shared = share >= 0 ? fcntl(share, F_DUPFD, 20) : -1;
    setpgid(0, 0);
    if (chdir(folder) != 0)
        _exit(126);
    dup2(null, 0);
    dup2(out, 1);
    dup2(out, 2);
    dup2(from, PC_WIRE_ORDERS);
    dup2(to, PC_WIRE_ANSWERS);
    if (shared >= 0)
        dup2(shared, PC_WIRE_RECORDING);
    closefrom(shared >= 0 ? PC_WIRE_RECORDING + 1 : PC_WIRE_RECORDING);
    execv(path, (char *const *)(uintptr_t)argv);
    _exit(127);
}

/* Read both pipes until nobody holds their other ends. */
static bool gather(const int fds[2], struct pc_str texts[2], int patience_ms)
{
    int64_t deadline = pc_now() + (int64_t)patience_ms * 1000000;
    struct pollfd polls[2] = {{.fd = fds[0], .events = POLLIN},
                              {.fd = fds[1], .events = POLLIN}};
    while (polls[0].fd >= 0 || polls[1].fd >= 0) {
        int64_t left = (deadline - pc_now()) / 1000000;
        if (left <= 0)
            return false;
        poll(polls, 2, (int)left);
        for (int k = 0; k < 2; k++) {
            char buf[4096];
            if (polls[k].fd < 0 || polls[k].revents == 0)
                continue;
            ssize_t n = read(polls[k].fd, buf, sizeof buf);
            if (n > 0)
                pc_str_add(&texts[k], buf, (size_t)n);
            else
                polls[k].fd = -1;
        }
    }
    return true;
}

struct drive_result drive(const char *const *argv, const char *orders, int patience_ms)
{
    return drive_sharing(argv, orders, patience_ms, -1);
}

struct drive_result drive_sharing(const char *const *argv, const char *orders,
                                  int patience_ms, int fd)
{
    int to[2], from[2], output[2];
    assert_int_equal(pipe(to), 0);
    assert_int_equal(pipe(from), 0);
    assert_int_equal(pipe(output), 0);
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        be_host(argv, to, from, output, fd);
    setpgid(pid, pid);
    close(to[0]);
    close(from[1]);
    close(output[1]);
    assert_int_equal(write(to[1], orders, strlen(orders)), strlen(orders));
    close(to[1]);

    struct drive_result result = {0};
    struct pc_str texts[2] = {0};
    const int fds[2] = {from[0], output[0]};
    if (!gather(fds, texts, patience_ms)) {
        result.killed = true;
        kill(-pid, SIGKILL);
        assert_true(gather(fds, texts, 5000));
    }
    assert_int_equal(waitpid(pid, &result.status, 0), pid);
    /* A host that was killed could not reap its workers; they are ours now. */
    while (result.killed && waitpid(-pid, NULL, 0) > 0)
        ;
    assert_int_equal(kill(-pid, 0), -1);
    assert_int_equal(errno, ESRCH);
    close(from[0]);
    close(output[0]);
    result.answers = pc_str_take(&texts[0]);
    result.output = pc_str_take(&texts[1]);
    return result;
}

void drive_free(struct drive_result *result)
{
    free(result->answers);
    free(result->output);
}

const char *drive_last(char *text)
{
    size_t n = strlen(text);
    if (n > 0 && text[n - 1] == '\n')
        text[n - 1] = '\0';
    char *newline = strrchr(text, '\n');
    return newline ? newline + 1 : text;
}

char *drive_line(const char *text, const char *start, struct pc_line *line)
{
    for (const char *s = text; s && *s; s = strchr(s, '\n'), s += s != NULL) {
        if (strncmp(s, start, strlen(start)) != 0)
            continue;
        char *copy = pc_strndup(s, strcspn(s, "\n"));
        assert_true(pc_line_parse(copy, line));
        return copy;
    }
    fail_msg("no line \"%s...\" in:\n%s", start, text);
    return NULL;
}
