#include "runner/sanitizer.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/text.h"
#include "runner/ends.h"

/* How AddressSanitizer begins to describe an error, where its own words are not the best
 * ones: signals that it caught, and sentences instead of a name. */
static const struct kind {
    const char *begin;
    enum pc_ending ending;
    int signal;
    const char *words; /* NULL: the signal's */
} kinds[] = {
    {"SEGV ", PC_ENDING_CRASH, SIGSEGV, NULL},
    {"BUS ", PC_ENDING_CRASH, SIGBUS, NULL},
    {"FPE ", PC_ENDING_CRASH, SIGFPE, NULL},
    {"ILL ", PC_ENDING_CRASH, SIGILL, NULL},
    {"ABRT ", PC_ENDING_CRASH, SIGABRT, NULL},
    {"stack-overflow ", PC_ENDING_CRASH, SIGSEGV, "stack overflow"},
    {"attempting double-free ", PC_ENDING_SANITIZER, 0, "double-free"},
    {"attempting free on address ", PC_ENDING_SANITIZER, 0,
     "free of what is not the start of an allocation"},
    {"out-of-memory", PC_ENDING_MEMORY, 0, "an allocation failed"},
    {"allocation-size-too-big", PC_ENDING_MEMORY, 0, "an allocation failed"},
};

static void add_words(struct pc_crash *crash, const char *text, size_t n)
{
    PC_AUTO(pc_auto_free) char *before = pc_strdup(crash->what);
    pc_ends_set(crash, crash->ending, "%s: %.*s", before, (int)n, text);
}

/* "heap-buffer-overflow on address 0x602000000017 at pc ..." */
static void read_asan(const char *text, const char *program, struct pc_crash *crash)
{
    (void)program;
    for (size_t i = 0; i < PC_COUNT(kinds); i++) {
        const struct kind *kind = &kinds[i];
        if (strncmp(text, kind->begin, strlen(kind->begin)) != 0)
            continue;
        const char *at = strstr(text, "address 0x");
        uint64_t address = at ? strtoull(at + strlen("address "), NULL, 16) : 0;
        if (kind->words)
            pc_ends_set(crash, kind->ending, "%s", kind->words);
        else
            pc_ends_signal(kind->signal, at ? &address : NULL, crash);
        crash->signal = kind->signal;
        return;
    }
    pc_ends_set(crash, PC_ENDING_SANITIZER, "%.*s", (int)strcspn(text, " \n"), text);
}

/* "data race (pid=1651)" */
static void read_tsan(const char *text, const char *program, struct pc_crash *crash)
{
    (void)program;
    const char *pid = strstr(text, " (pid=");
    size_t n = pid ? (size_t)(pid - text) : strcspn(text, "\n");
    pc_ends_set(crash, PC_ENDING_SANITIZER, "%.*s", (int)n, text);
}

/* Read ":NUMBER" backwards from `end`; the new end, or NULL. */
static const char *number_before(const char *begin, const char *end, int *number)
{
    const char *digit = end;
    while (digit > begin && digit[-1] >= '0' && digit[-1] <= '9')
        digit--;
    if (digit == end || digit == begin || digit[-1] != ':')
        return NULL;
    errno = 0;
    long value = strtol(digit, NULL, 10);
    if (errno || value > INT_MAX)
        return NULL;
    *number = (int)value;
    return digit - 1;
}

/* "join.c:18:33: runtime error: signed integer overflow: ..."; `text` is behind the
 * marker, `line` the whole line. */
static void read_ubsan(const char *text, const char *line, struct pc_crash *crash)
{
    pc_ends_set(crash, PC_ENDING_SANITIZER, "%.*s", (int)strcspn(text, "\n"), text);
    const char *end = text - strlen(": runtime error: ");
    struct pc_place place = {0};
    end = number_before(line, end, &place.column);
    if (end)
        end = number_before(line, end, &place.line);
    if (!end)
        return;
    pc_text_copy_line(place.file, sizeof place.file, line, (size_t)(end - line));
    crash->place = place;
}

static const struct {
    const char *marker;
    void (*read)(const char *text, const char *line, struct pc_crash *crash);
} reports[] = {
    {"ERROR: AddressSanitizer: ", read_asan},
    {"WARNING: ThreadSanitizer: ", read_tsan},
    {": runtime error: ", read_ubsan},
};

static bool read_head(const char *line, const char *end, struct pc_crash *crash)
{
    for (size_t i = 0; i < PC_COUNT(reports); i++) {
        const char *marker = reports[i].marker;
        size_t n = strlen(marker);
        const char *at = memmem(line, (size_t)(end - line), marker, n);
        if (!at)
            continue;
        /* What an earlier report said is gone, what the caller knows stays. */
        crash->n_frames = crash->n_other = 0;
        crash->object[0] = '\0';
        crash->signal = 0;
        crash->place = (struct pc_place){0};
        reports[i].read(at + n, line, crash);
        /* Kernels can print the marker, too. */
        if (crash->what[0] == '\0')
            pc_ends_set(crash, crash->ending, "an error without a name");
        return true;
    }
    return false;
}

/* "WRITE of size 4 at 0x6020000", "  Read of size 4 at", "signal is caused by a WRITE
 * memory access": how memory was touched. */
static void read_access(const char *line, const char *end, struct pc_crash *crash)
{
    const char *word = line + strspn(line, " ");
    if (strncasecmp(word, "write of size ", 14) == 0 ||
        strncasecmp(word, "read of size ", 13) == 0) {
        const char *at = memmem(word, (size_t)(end - word), " at ", 4);
        add_words(crash, word, (size_t)((at ? at : end) - word));
    }
    static const char caused[] = "The signal is caused by a ";
    const char *signal = memmem(line, (size_t)(end - line), caused, sizeof caused - 1);
    if (signal) {
        signal += sizeof caused - 1;
        add_words(crash, signal, strcspn(signal, " \n"));
    }
}

/* ThreadSanitizer names files without their folders. */
static bool is_program(const char *module, size_t n, const char *program)
{
    const char *name = memchr(module, '/', n) ? program : pc_path_base(program);
    return strlen(name) == n && memcmp(module, name, n) == 0;
}

/* "    #0 0x55804fc303ad  (/tmp/join+0x23ad) (BuildId: ...)"; false for other lines. */
static bool read_frame(const char *line, const char *end, const char *program, bool other,
                       struct pc_crash *crash)
{
    const char *text = line + strspn(line, " ");
    if (text >= end || *text != '#')
        return false;
    const char *open = memmem(text, (size_t)(end - text), " (", 2);
    const char *plus = NULL;
    for (const char *p = open; p && p + 3 < end; p++)
        if (strncmp(p, "+0x", 3) == 0)
            plus = p;
    if (!plus || !is_program(open + 2, (size_t)(plus - open - 2), program))
        return true;
    if (other && crash->n_other < PC_COUNT(crash->other_frames))
        crash->other_frames[crash->n_other++] = strtoull(plus + 1, NULL, 16);
    if (!other && crash->n_frames < PC_COUNT(crash->frames))
        crash->frames[crash->n_frames++] = strtoull(plus + 1, NULL, 16);
    snprintf(crash->object, sizeof crash->object, "%s", program);
    return true;
}

/* "  Previous write of size 8 at 0x... by thread T1:" heads the other side of a race. */
static bool heads_other_side(const char *line, const char *end)
{
    static const char head[] = "  Previous ";
    return (size_t)(end - line) > sizeof head && memcmp(line, head, sizeof head - 1) == 0;
}

bool pc_sanitizer_read(const char *text, const char *program, struct pc_crash *crash)
{
    bool found = false, inside = false, other = false;
    for (const char *line = text; *line;) {
        const char *end = strchrnul(line, '\n');
        if (read_head(line, end, crash)) {
            found = inside = true;
            other = false;
        } else if (found && heads_other_side(line, end)) {
            inside = other = true;
        } else if (end == line) {
            inside = false; /* what follows is about other places: allocated by, ... */
        } else if (inside && !read_frame(line, end, program, other, crash)) {
            read_access(line, end, crash);
        }
        line = *end ? end + 1 : end;
    }
    return found;
}

void pc_sanitizer_skip_notes(const char *text, struct pc_str *out)
{
    static const char warning[] = "==WARNING: AddressSanitizer ";
    for (const char *line = text; *line;) {
        const char *end = strchrnul(line, '\n');
        size_t n = (size_t)(end - line) + (*end == '\n');
        size_t digits =
            strncmp(line, "==", 2) == 0 ? 2 + strspn(line + 2, "0123456789") : 0;
        if (digits < 3 || strncmp(line + digits, warning, sizeof warning - 1) != 0)
            pc_str_add(out, line, n);
        line += n;
    }
}
