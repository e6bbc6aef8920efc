#include "toolchain/source.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/text.h"

enum { TEXT_MAX = 4 << 20, HEADERS_MAX = 64, LINE_MAX_SHOWN = 400 };

static bool read_source(struct pc_source *source, const char *path, struct pc_err *err)
{
    source->text = pc_file_read(path, TEXT_MAX, &source->len, err);
    if (!source->text)
        return false;
    source->name = pc_strdup(pc_path_base(path));
    return true;
}

static bool is_header(const char *name)
{
    size_t n = strlen(name);
    return n > 2 && strcmp(name + n - 2, ".h") == 0;
}

/* All headers of the exercise, and nothing else: neither starter nor bench can be included
 * by a kernel. */
static bool read_headers(struct pc_headers *headers, const char *dir, struct pc_err *err)
{
    char **names = pc_dir_names(dir, err);
    bool ok = names != NULL;
    for (char **name = names; ok && *name; name++) {
        if (!is_header(*name))
            continue;
        if (headers->n == HEADERS_MAX) {
            ok = pc_fail(err, PC_ENVIRONMENT, "%s holds more than %d headers", dir,
                         HEADERS_MAX);
            break;
        }
        PC_AUTO(pc_auto_free) char *path = pc_path_join(dir, *name);
        ok = read_source(PC_PUSH(headers), path, err);
    }
    pc_names_free(names);
    return ok;
}

/* A name that goes on a command line and below a folder as it is. */
static bool is_plain_name(const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789_.-";
    size_t n = strspn(name, letters);
    return n > 2 && name[n] == '\0' && name[0] != '-' && name[0] != '.' &&
           strcmp(name + n - 2, ".c") == 0;
}

bool pc_sources_read(struct pc_sources *sources, const struct pc_build_spec *spec,
                     const char *perfbench_dir, struct pc_err *err)
{
    if (!is_plain_name(spec->kernel_name))
        return pc_fail(err, PC_USAGE, "'%s' is no name for a C file", spec->kernel_name);
    if (spec->kernel_len > TEXT_MAX)
        return pc_fail(err, PC_USAGE, "%s has %zu bytes, at most %d are allowed",
                       spec->kernel_name, spec->kernel_len, TEXT_MAX);
    sources->kernel.name = pc_strdup(spec->kernel_name);
    sources->kernel.len = spec->kernel_len;
    sources->kernel.text = pc_alloc(spec->kernel_len + 1);
    if (spec->kernel_len > 0)
        memcpy(sources->kernel.text, spec->kernel_text, spec->kernel_len);
    bool has_bench = spec->bench_file && spec->product != PC_SANITIZED_TESTS &&
                     spec->product != PC_RACE_TESTS;
    bool has_test = spec->test_file && spec->product != PC_SHARED_OBJECT &&
                    spec->product != PC_FRAMED_OBJECT;
    PC_AUTO(pc_auto_free) char *perfbench = pc_path_join(perfbench_dir, "perfbench.h");
    return read_headers(&sources->headers, spec->header_dir, err) &&
           read_source(PC_PUSH(&sources->headers), perfbench, err) &&
           (!has_bench || read_source(&sources->bench, spec->bench_file, err)) &&
           (!has_test || read_source(&sources->test, spec->test_file, err));
}

static bool write_source(const struct pc_source *source, const char *dir,
                         struct pc_err *err)
{
    if (!source->name)
        return true;
    PC_AUTO(pc_auto_free) char *path = pc_path_join(dir, source->name);
    return pc_file_write_cache(path, source->text, source->len, err);
}

bool pc_sources_write(const struct pc_sources *sources, const char *scratch,
                      struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *kernel = pc_path_join(scratch, PC_KERNEL_DIR);
    PC_AUTO(pc_auto_free) char *course = pc_path_join(scratch, PC_COURSE_DIR);
    PC_AUTO(pc_auto_free) char *include = pc_path_join(scratch, PC_HEADER_DIR);
    bool ok = pc_mkdirs(kernel, err) && pc_mkdirs(course, err) && pc_mkdirs(include, err) &&
              write_source(&sources->kernel, kernel, err) &&
              write_source(&sources->bench, course, err) &&
              write_source(&sources->test, course, err);
    for (size_t i = 0; ok && i < sources->headers.n; i++)
        ok = write_source(&sources->headers.items[i], include, err);
    return ok;
}

static void source_fini(struct pc_source *source)
{
    free(source->name);
    free(source->text);
}

void pc_sources_fini(struct pc_sources *sources)
{
    source_fini(&sources->kernel);
    source_fini(&sources->bench);
    source_fini(&sources->test);
    for (size_t i = 0; i < sources->headers.n; i++)
        source_fini(&sources->headers.items[i]);
    free(sources->headers.items);
    *sources = (struct pc_sources){0};
}

void pc_source_hash(const struct pc_source *source, struct pc_hash *hash)
{
    pc_hash_adds(hash, source->name ? source->name : "");
    pc_hash_add(hash, source->text ? source->text : "", source->len);
}

const struct pc_source *pc_sources_find(const struct pc_sources *sources, const char *file)
{
    const char *name = pc_path_base(file);
    const struct pc_source *own[] = {&sources->kernel, &sources->bench, &sources->test};
    /* A path from the root is a header of the system, which may share a name with ours. */
    if (file[0] == '/')
        return NULL;
    for (size_t i = 0; i < PC_COUNT(own); i++)
        if (own[i]->name && strcmp(own[i]->name, name) == 0)
            return own[i];
    for (size_t i = 0; i < sources->headers.n; i++)
        if (strcmp(sources->headers.items[i].name, name) == 0)
            return &sources->headers.items[i];
    return NULL;
}

char *pc_source_line(const struct pc_source *source, int line)
{
    const char *p = source->text, *end = source->text + source->len;
    for (int i = 1; i < line; i++) {
        p = memchr(p, '\n', (size_t)(end - p));
        if (!p)
            return NULL;
        p++;
    }
    if (line < 1 || p == end)
        return NULL;
    const char *stop = memchr(p, '\n', (size_t)(end - p));
    stop = stop ? stop : end;
    if (stop > p && stop[-1] == '\r')
        stop--;
    return pc_text_harmless(p, (size_t)(stop - p), LINE_MAX_SHOWN);
}
