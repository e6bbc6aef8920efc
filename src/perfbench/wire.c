#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "perfbench/report.h"

enum { ORDERS = 3, ANSWERS = 4, LINE_MAX_BYTES = 16384 };

/* The two ends of the protocol, where a kernel does not look for them. */
struct wire {
    int orders, answers;
    unsigned tests, failed;
    bool lost; /* an answer could not be sent: a kernel closed what is not its own */
};

struct line {
    size_t length;
    char text[LINE_MAX_BYTES];
};

static void start(struct line *line, const char *verb)
{
    line->length = (size_t)snprintf(line->text, sizeof line->text, "%s", verb);
}

/* Append " name=value"; a value too long for a line is cut, never the line broken. */
static void add(struct line *line, const char *name, const char *value)
{
    size_t spare = strlen(name) + 8;
    if (line->length + spare > sizeof line->text)
        return;
    line->length += (size_t)sprintf(line->text + line->length, " %s=", name);
    for (; *value && line->length + 8 < sizeof line->text; value++) {
        unsigned char c = (unsigned char)*value;
        bool plain = c > 0x20 && c != '%' && c != '=' && c != 0x7f;
        line->length +=
            (size_t)sprintf(line->text + line->length, plain ? "%c" : "%%%02X", c);
    }
}

static bool send_line(struct line *line, int fd)
{
    line->text[line->length++] = '\n';
    for (size_t sent = 0; sent < line->length;) {
        ssize_t n = write(fd, line->text + sent, line->length - sent);
        if (n < 0 && errno != EINTR)
            return false;
        sent += n > 0 ? (size_t)n : 0;
    }
    return true;
}

static void send_error(const char *why, int fd)
{
    struct line line;
    start(&line, "error");
    add(&line, "text", why);
    send_line(&line, fd);
}

/* One byte at a time, so that nothing beyond the line is taken. */
static bool receive(struct line *line, int fd)
{
    for (line->length = 0; line->length + 1 < sizeof line->text;) {
        char *c = &line->text[line->length];
        ssize_t n = read(fd, c, 1);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        if (*c == '\n') {
            *c = '\0';
            return true;
        }
        line->length++;
    }
    return false;
}

/* Numbers are plain and a token is given back as it came, escapes and all, so nothing needs
 * to be decoded. */
static bool parse_order(char *text, uint64_t *seed, const char **token)
{
    bool has_seed = false;
    *token = NULL;
    char *rest = text, *verb = strsep(&rest, " ");
    for (char *field; (field = strsep(&rest, " "));) {
        char *end;
        if (strncmp(field, "token=", 6) == 0)
            *token = field + 6;
        if (strncmp(field, "seed=", 5) != 0)
            continue;
        errno = 0;
        *seed = strtoull(field + 5, &end, 10);
        has_seed = field[5] >= '0' && field[5] <= '9' && !*end && !errno;
    }
    return strcmp(verb, "tests") == 0 && has_seed && *token && **token;
}

static void report(struct bench_run *run)
{
    struct wire *wire = run->program->reporter;
    if (run->parent)
        return;
    struct line line;
    start(&line, run->core.failures > 0 ? "failure" : "pass");
    add(&line, "name", run->name);
    if (run->core.failures > 0)
        add(&line, "text", run->core.failure);
    wire->lost |= !send_line(&line, wire->answers);
    wire->failed += run->core.failures > 0;
}

static void run_tests(struct bench_program *program, struct wire *wire, uint64_t seed)
{
    program->report = report;
    program->reporter = wire;
    program->cpu = program->options.cpus[0];
    for (size_t k = 0; k < program->n_entries; k++) {
        const struct bench_entry *entry = program->entries[k];
        if (entry->kind != BENCH_KIND_TEST || !bench_run_selected(program, entry, 0))
            continue;
        struct line line;
        start(&line, "run");
        add(&line, "name", entry->name);
        wire->lost |= !send_line(&line, wire->answers);
        wire->tests++;
        bench_run_entry(program, k, 0, seed);
    }
}

/* Only this end sends the token, and only after the last test: a kernel that exits early,
 * or prints what looks like success, cannot. */
static void send_ok(struct wire *wire, const char *token)
{
    struct line line;
    start(&line, "ok");
    line.length += (size_t)snprintf(line.text + line.length, 64,
                                    " n=%u failed=%u token=", wire->tests, wire->failed);
    size_t n = strnlen(token, sizeof line.text - line.length - 1);
    memcpy(line.text + line.length, token, n);
    line.length += n;
    wire->lost |= !send_line(&line, wire->answers);
}

int bench_report_wire(struct bench_program *program)
{
    struct wire wire = {.orders = fcntl(ORDERS, F_DUPFD_CLOEXEC, 200),
                        .answers = fcntl(ANSWERS, F_DUPFD_CLOEXEC, 200)};
    if (wire.orders < 0 || wire.answers < 0) {
        fprintf(stderr, "--wire needs orders on descriptor %d and answers on %d\n", ORDERS,
                ANSWERS);
        return 2;
    }
    close(ORDERS);
    close(ANSWERS);
    struct line order;
    uint64_t seed = 0;
    const char *token;
    if (!receive(&order, wire.orders) || !parse_order(order.text, &seed, &token)) {
        send_error("expected an order: tests seed=NUMBER token=TEXT", wire.answers);
        return 2;
    }
    run_tests(program, &wire, seed);
    send_ok(&wire, token);
    return wire.lost ? EX_IOERR : wire.failed > 0;
}
