#include "runner/ends.h"

#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"

void pc_ends_set(struct pc_crash *crash, enum pc_ending ending, const char *fmt, ...)
{
    struct pc_str text = {0};
    va_list ap;
    va_start(ap, fmt);
    pc_str_vaddf(&text, fmt, ap);
    va_end(ap);
    char *words =
        pc_text_harmless(pc_str_get(&text), text.len, sizeof crash->what - sizeof "...");
    crash->ending = ending;
    snprintf(crash->what, sizeof crash->what, "%s", words);
    free(words);
    pc_str_fini(&text);
}

/* What lies so low is reached from a null pointer: by an index, or a field's offset. */
enum { NULL_PAGE = 4096 };

void pc_ends_signal(int signal, const uint64_t *address, struct pc_crash *crash)
{
    const char *name = sigdescr_np(signal);
    bool has_address = address && (signal == SIGSEGV || signal == SIGBUS);
    crash->signal = signal;
    if (signal == SIGXCPU)
        pc_ends_set(crash, PC_ENDING_TIME, "it used up its processor time");
    else if (signal == SIGXFSZ)
        pc_ends_set(crash, PC_ENDING_OUTPUT, "it wrote too large a file");
    else if (signal == SIGSYS)
        pc_ends_set(crash, PC_ENDING_CRASH, "a system call that kernels may not make");
    else if (has_address && *address < NULL_PAGE)
        pc_ends_set(crash, PC_ENDING_CRASH, "%s: null pointer", name);
    else if (has_address)
        pc_ends_set(crash, PC_ENDING_CRASH, "%s at address 0x%" PRIx64, name, *address);
    else
        pc_ends_set(crash, PC_ENDING_CRASH, "%s", name ? name : "unknown signal");
}

bool pc_ends_late(const struct pc_child_end *end)
{
    return end->why == PC_END_WALL || end->why == PC_END_RESIDENT ||
           end->why == PC_END_THREADS;
}

void pc_ends_process(const struct pc_child_end *end, struct pc_crash *crash)
{
    /* Somebody who waits for an answer uses a twentieth of a processor at most. */
    bool asleep = end->cpu_ns < end->wall_ns / 20;
    switch (end->why) {
    case PC_END_EXITED:
        if (end->status == EX_IOERR) {
            pc_ends_set(crash, PC_ENDING_PROTOCOL, "its answers could not be sent");
            break;
        }
        pc_ends_set(crash, PC_ENDING_EXIT, "exit status %d", end->status);
        break;
    case PC_END_SIGNAL:
        pc_ends_signal(end->status, NULL, crash);
        break;
    case PC_END_WALL:
        pc_ends_set(crash, PC_ENDING_TIME, "%s", "");
        crash->asleep = asleep;
        break;
    case PC_END_CPU:
        pc_ends_signal(SIGXCPU, NULL, crash);
        break;
    case PC_END_RESIDENT:
        pc_ends_set(crash, PC_ENDING_MEMORY, "%s", "");
        break;
    case PC_END_THREADS:
        pc_ends_set(crash, PC_ENDING_THREADS, "%s", "");
        break;
    case PC_END_OUTPUT:
        pc_ends_set(crash, PC_ENDING_OUTPUT, "%s", "");
        break;
    case PC_END_CANCELLED:
        pc_ends_set(crash, PC_ENDING_PROTOCOL, "it was stopped");
        break;
    }
}

static const char *text_of(const struct pc_line *line)
{
    const char *text = pc_line_get(line, "text");
    return text ? text : "without a reason";
}

static void end_crash(const struct pc_line *line, struct pc_ends *ends)
{
    struct pc_crash *crash = &ends->crash;
    uint64_t signal = 0, address;
    bool has_address = pc_line_hex(line, "address", &address);
    pc_line_u64(line, "signal", &signal);
    pc_ends_signal((int)signal, has_address ? &address : NULL, crash);
    if (pc_line_get(line, "threads"))
        pc_ends_set(crash, PC_ENDING_THREADS, "%s", "");
    if (pc_line_get(line, "stack"))
        pc_ends_set(crash, PC_ENDING_CRASH, "stack overflow");
    const char *frames = pc_line_get(line, "frames");
    while (frames && *frames && crash->n_frames < PC_COUNT(crash->frames)) {
        char *end;
        uint64_t frame = strtoull(frames, &end, 16);
        if (end == frames)
            return;
        crash->frames[crash->n_frames++] = frame;
        frames = *end == ',' ? end + 1 : end;
    }
}

static void end_exit(const struct pc_line *line, struct pc_ends *ends)
{
    uint64_t status = 0;
    pc_line_u64(line, "status", &status);
    pc_ends_set(&ends->crash, PC_ENDING_EXIT, "exit status %" PRIu64, status);
}

static void end_fail(const struct pc_line *line, struct pc_ends *ends)
{
    ends->failed = true;
    pc_ends_set(&ends->crash, PC_ENDING_NONE, "%s", text_of(line));
}

static void end_differ(const struct pc_line *line, struct pc_ends *ends)
{
    const char *iteration = pc_line_get(line, "iteration");
    ends->failed = true;
    pc_ends_set(&ends->crash, PC_ENDING_NONE, "the results differ in iteration %s",
                iteration ? iteration : "?");
}

static void end_refused(const struct pc_line *line, struct pc_ends *ends)
{
    pc_ends_set(&ends->crash, PC_ENDING_REFUSED, "%s", text_of(line));
}

static void end_error(const struct pc_line *line, struct pc_ends *ends)
{
    pc_ends_set(&ends->crash, PC_ENDING_PROTOCOL, "%s", text_of(line));
}

static const struct {
    const char *verb;
    void (*read)(const struct pc_line *line, struct pc_ends *ends);
} verbs[] = {
    {"crash", end_crash},   {"ended", end_exit},      {"fail", end_fail},
    {"differ", end_differ}, {"refused", end_refused}, {"error", end_error},
};

bool pc_ends_answer(const struct pc_line *line, struct pc_ends *ends)
{
    for (size_t i = 0; i < PC_COUNT(verbs); i++) {
        if (strcmp(line->verb, verbs[i].verb) != 0)
            continue;
        const char *worker = pc_line_get(line, "worker");
        ends->in_base = worker && strcmp(worker, "base") == 0;
        verbs[i].read(line, ends);
        return true;
    }
    return false;
}
