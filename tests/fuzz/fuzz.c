#include "fuzz.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/text.h"

void fuzz_must(bool holds, const char *rule, ...)
{
    if (holds)
        return;
    va_list ap;
    va_start(ap, rule);
    fputs("broken rule: ", stderr);
    vfprintf(stderr, rule, ap);
    fputs("\n", stderr);
    va_end(ap);
    abort();
}

char *fuzz_text(const uint8_t *data, size_t n)
{
    char *text = pc_alloc(n + 1);
    if (n > 0)
        memcpy(text, data, n);
    return text;
}

void fuzz_must_be_harmless(const char *text, bool lines, const char *what)
{
    size_t n = strlen(text);
    PC_AUTO(pc_auto_free) char *harmless = pc_text_harmless(text, n, n);
    fuzz_must(strcmp(text, harmless) == 0, "%s is harmless: %s", what, harmless);
    fuzz_must(lines || strpbrk(text, "\n\t") == NULL, "%s is one line: %s", what, text);
}

void fuzz_must_explain(const struct pc_err *err, enum pc_code code)
{
    fuzz_must(err->msg[0] != '\0', "an error has a message");
    fuzz_must(memchr(err->msg, '\0', sizeof err->msg) != NULL, "a message ends");
    fuzz_must(err->code == code, "the code is %d, not %d: %s", code, err->code, err->msg);
    fuzz_must_be_harmless(err->msg, false, "an error");
}

static char folder[4096];

static void remove_folder(void)
{
    pc_file_remove_tree(folder, NULL);
}

const char *fuzz_folder(void)
{
    if (folder[0])
        return folder;
    const char *tmp = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/perfcourse-fuzz-XXXXXX", tmp ? tmp : "/tmp");
    if (!mkdtemp(folder)) {
        perror(folder);
        exit(1);
    }
    atexit(remove_folder);
    return folder;
}

/* In place and without waiting for the disk: this is done thousands of times a second. */
static bool write_file(const char *path, const void *data, size_t n)
{
    PC_AUTO(pc_auto_close) int fd =
        open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    return fd >= 0 && write(fd, data, n) == (ssize_t)n;
}

void fuzz_file(const char *name, const void *data, size_t n)
{
    PC_AUTO(pc_auto_free) char *path = pc_path_join(fuzz_folder(), name);
    if (write_file(path, data, n))
        return;
    PC_AUTO(pc_auto_free) char *above = pc_path_dir(path);
    if (!pc_mkdirs(above, NULL) || !write_file(path, data, n)) {
        perror(path);
        exit(1);
    }
}

size_t fuzz_choice(const uint8_t **data, size_t *size, size_t n)
{
    if (*size == 0)
        return 0;
    size_t choice = **data % n;
    ++*data;
    --*size;
    return choice;
}
