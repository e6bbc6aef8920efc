#include "engine/internal.h"
#include "engine/pack.h"
#include "engine/page.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"

/* What a stranger put beside the lessons must not be taken for the learner's own files. */
static bool check_place(const struct pc_engine *engine, const char *dir, struct pc_err *err)
{
    if (!engine->pack)
        return true;
    PC_AUTO(pc_auto_free) char *real = realpath(dir, NULL);
    if (!real && !(real = pc_path_absolute(dir, err)))
        return false;
    if (!pc_path_is_in(real, engine->pack->dir))
        return true;
    return pc_fail(err, PC_USAGE,
                   "%s is in the folder of the pack, and so it is no place for your files: "
                   "go to another folder, or say --workspace",
                   real);
}

const char *pc_engine_workspace(struct pc_engine *engine, bool *made, struct pc_err *err)
{
    *made = false;
    if (!engine->workspace.dir) {
        if (!pc_workspace_find_of(engine->spec.workspace, engine->course.pack,
                                  &engine->workspace, err))
            return NULL;
        if (!check_place(engine, engine->workspace.dir, err)) {
            pc_workspace_fini(&engine->workspace);
            return NULL;
        }
        *made = engine->workspace.created;
    }
    return engine->workspace.dir;
}

/* Only the header's place: the rest of the installation is not needed for files. */
static bool find_header(struct pc_engine *engine, struct pc_err *err)
{
    if (!engine->include_dir)
        engine->include_dir = pc_perfbench_include(err);
    return engine->include_dir != NULL;
}

const char *pc_engine_init(struct pc_engine *engine, const char *dir, size_t *files,
                           struct pc_err *err)
{
    pc_workspace_fini(&engine->workspace);
    if (!find_header(engine, err) || !check_place(engine, dir, err) ||
        !pc_workspace_init(dir, &engine->course, engine->include_dir, &engine->workspace,
                           files, err))
        return NULL;
    return engine->workspace.dir;
}

char *pc_engine_kernel(const struct pc_engine *engine, const struct pc_exercise *exercise)
{
    return pc_workspace_kernel(&engine->workspace, exercise);
}

bool pc_engine_edited(const struct pc_engine *engine, const struct pc_exercise *exercise,
                      bool *edited, struct pc_err *err)
{
    return pc_workspace_edited(&engine->workspace, &engine->course, exercise, edited, err);
}

bool pc_engine_reset(struct pc_engine *engine, const struct pc_exercise *exercise,
                     bool *changed, struct pc_err *err)
{
    return pc_workspace_reset(&engine->workspace, &engine->course, exercise, changed, err);
}

bool pc_engine_replace(struct pc_engine *engine, const struct pc_exercise *exercise,
                       const char *text, size_t n, bool *changed, struct pc_err *err)
{
    return pc_workspace_replace(&engine->workspace, exercise, text, n, changed, err);
}

bool pc_engine_undo(struct pc_engine *engine, const struct pc_exercise *exercise,
                    struct pc_err *err)
{
    return pc_workspace_undo(&engine->workspace, exercise, err);
}

/* A file of an exercise below the course's folder; the caller owns the path. */
static char *course_file(const struct pc_engine *engine, const struct pc_exercise *exercise,
                         const char *part, const char *file)
{
    return pc_strfmt("%s/%s/%s/%s%s%s", engine->course.dir, part, exercise->topic->folder,
                     exercise->name, *file ? "/" : "", file);
}

char *pc_engine_page(const struct pc_engine *engine, const struct pc_topic *topic,
                     const struct pc_page *page, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *path =
        pc_strfmt("%s/lessons/%s/%s", engine->course.dir, topic->folder, page->file);
    return pc_file_read(path, PC_PAGE_MAX, NULL, err);
}

/* Where links are listed, one that runs an experiment is the command which does that. */
static char *spell_commands(const char *text, int topic)
{
    static const char scheme[] = "] experiment:";
    const size_t skip = sizeof scheme - 1;
    struct pc_str out = {0};
    for (const char *line = text; *line;) {
        size_t n = strcspn(line, "\n"), end = 1;
        if (*line == '[')
            end += strspn(line + 1, "0123456789");
        if (end > 1 && strncmp(line + end, scheme, skip) == 0)
            pc_str_addf(&out, "%.*s] perfcourse experiment %02d %.*s", (int)end, line,
                        topic, (int)(n - end - skip), line + end + skip);
        else
            pc_str_add(&out, line, n);
        line += n;
        if (*line == '\n')
            pc_str_add(&out, line++, 1);
    }
    return pc_str_take(&out);
}

char *pc_engine_page_text(const struct pc_engine *engine, const struct pc_topic *topic,
                          const struct pc_page *page, size_t width, bool plain,
                          struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *markdown = pc_engine_page(engine, topic, page, err);
    if (!markdown)
        return NULL;
    PC_AUTO(pc_auto_free) char *text =
        pc_page_text(markdown, strlen(markdown), width, plain);
    return spell_commands(text, topic->number);
}

static char *kernel_path(const struct pc_engine *engine, const struct pc_exercise *exercise,
                         enum pc_use use, const char *file, const struct pc_source *source)
{
    switch (use) {
    case PC_USE_STARTER:
        return pc_strdup(source->starter_file);
    case PC_USE_REFERENCE:
        return course_file(engine, exercise, "checks", "reference.c");
    case PC_USE_FILE:
        return pc_strdup(file);
    case PC_USE_LEARNERS:
        break;
    }
    return pc_workspace_kernel(&engine->workspace, exercise);
}

/* The learner's file must be there before it can be read: the first time it is the starter.
 */
bool pc_engine_provide(struct pc_engine *engine, const struct pc_exercise *exercise,
                       struct pc_err *err)
{
    bool made;
    return find_header(engine, err) && pc_engine_workspace(engine, &made, err) &&
           pc_workspace_provide(&engine->workspace, &engine->course, exercise,
                                engine->include_dir, err);
}

bool pc_source_read(struct pc_engine *engine, const struct pc_exercise *exercise,
                    enum pc_use use, const char *file, struct pc_source *source,
                    struct pc_err *err)
{
    *source = (struct pc_source){.name = pc_strfmt("%s.c", exercise->name)};
    source->header_dir = course_file(engine, exercise, "exercises", "");
    source->starter_file = course_file(engine, exercise, "exercises", source->name);
    source->bench_file = course_file(engine, exercise, "exercises", "bench.c");
    source->test_file = course_file(engine, exercise, "checks", "test.c");
    if (use == PC_USE_LEARNERS && !pc_engine_provide(engine, exercise, err))
        return false;
    source->path = kernel_path(engine, exercise, use, file, source);
    source->text = pc_file_read(source->path, PC_KERNEL_MAX, &source->len, err);
    if (!source->text && err && use == PC_USE_FILE)
        err->code = PC_USAGE;
    return source->text != NULL;
}

bool pc_source_read_program(const char *file, struct pc_source *source, struct pc_err *err)
{
    *source = (struct pc_source){.name = pc_strdup(pc_path_base(file)),
                                 .header_dir = pc_path_dir(file),
                                 .path = pc_strdup(file)};
    source->text = pc_file_read(file, PC_KERNEL_MAX, &source->len, err);
    if (!source->text && err)
        err->code = PC_USAGE;
    return source->text != NULL;
}

char *pc_build_reason(const struct pc_build *build, const char *name)
{
    if (build->n == 0)
        return pc_strfmt("%s does not build: %s", name,
                         build->trouble ? build->trouble : "no reason given");
    const struct pc_diagnostic *first = &build->items[0];
    return pc_strfmt("%s:%d:%d: %s", first->place.file, first->place.line,
                     first->place.column, first->text);
}

char *pc_engine_source(struct pc_engine *engine, const struct pc_exercise *exercise,
                       enum pc_use use, const char *file, size_t *n, struct pc_err *err)
{
    struct pc_source source;
    bool read = pc_source_read(engine, exercise, use, file, &source, err);
    char *text = read ? PC_TAKE(source.text) : NULL;
    *n = source.len;
    pc_source_fini(&source);
    return text;
}

void pc_source_fini(struct pc_source *source)
{
    free(source->path);
    free(source->text);
    free(source->name);
    free(source->header_dir);
    free(source->starter_file);
    free(source->bench_file);
    free(source->test_file);
    *source = (struct pc_source){0};
}
