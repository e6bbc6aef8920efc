/*
 * Runs files through a harness of the fuzz, for builds without libFuzzer: every seed, and
 * every input that once broke a rule, is tried by each `make check`.
 *
 *   tests/fuzz/NAME FILE|FOLDER...      the name of each file is told before it is read
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "fuzz.h"

enum { INPUT_MAX = 16 << 20 };

/* The copy is exactly as long as the input, so that a sanitizer sees a step too far. */
static bool replay_file(const char *path)
{
    size_t n;
    struct pc_err err;
    PC_AUTO(pc_auto_free) char *text = pc_file_read(path, INPUT_MAX, &n, &err);
    if (!text) {
        fprintf(stderr, "%s\n", err.msg);
        return false;
    }
    puts(path);
    uint8_t *data = malloc(n ? n : 1);
    if (!data)
        return false;
    memcpy(data, text, n);
    LLVMFuzzerTestOneInput(data, n);
    free(data);
    return true;
}

static bool replay_folder(const char *path, size_t *files)
{
    struct pc_err err;
    char **names = pc_dir_names(path, &err);
    bool ok = names != NULL;
    if (!ok)
        fprintf(stderr, "%s\n", err.msg);
    for (size_t i = 0; ok && names[i]; i++, ++*files) {
        PC_AUTO(pc_auto_free) char *file = pc_path_join(path, names[i]);
        ok = replay_file(file);
    }
    pc_names_free(names);
    return ok;
}

int main(int argc, char **argv)
{
    size_t files = 0;
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (int i = 1; i < argc; i++) {
        struct stat st;
        bool is_folder = stat(argv[i], &st) == 0 && S_ISDIR(st.st_mode);
        if (!(is_folder ? replay_folder(argv[i], &files) : replay_file(argv[i])))
            return 1;
        files += !is_folder;
    }
    printf("%zu inputs\n", files);
    return files > 0 ? 0 : 1;
}
