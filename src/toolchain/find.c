#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/text.h"
#include "loop/loop.h"
#include "toolchain/cache.h"
#include "toolchain/compiler.h"
#include "toolchain/step.h"
#include "toolchain/toolchain.h"

enum { ANSWER_MS = 5000, LIBRARY_MAX = 64 << 20 };

/* Bump it when builds change in another way than by the flags below. */
static const char generation[] = "toolchain 1";

/* The course's flags.  Alignment keeps where code happens to land out of the timings, and
 * gcc inlines across exported functions only without interposition. */
static const char *const wanted[] = {
    "-O2",
    "-g",
    "-std=gnu17",
    "-Wall",
    "-Wextra",
    /* As newer compilers have it: a missing #include is an error, not a guess. */
    "-Werror=implicit-function-declaration",
    "-fPIC",
    "-fno-lto",
    "-fno-semantic-interposition",
    "-ftls-model=initial-exec",
    "-fno-ipa-icf",
    "-falign-functions=64",
    "-falign-loops=64",
    "-falign-jumps=64",
    "-falign-labels=32",
    "-fmax-errors=20",
    "-fdiagnostics-column-unit=byte",
};

/* Lines of source between the messages could be taken for messages. */
static const char plain_flag[] = "-fno-caret-diagnostics";

static const char probe_source[] = "#include <stdio.h>\nint main(void) { return 0; }\n";

enum question {
    ASK_VERSION,
    ASK_WHETHER_IT_WORKS,
    ASK_ALL_FLAGS,
    ASK_EACH_FLAG,
    ASK_JSON,
    ASK_PLAIN,
    ASK_SANITIZERS,
    ASK_SANITIZED_RUN,
};

struct pc_probe {
    struct pc_loop *loop;
    struct pc_toolchain *tc;
    char *remembered, *scratch;
    int64_t answer_ms;
    enum question question;
    size_t flag; /* of ASK_EACH_FLAG */
    struct pc_step *step;
    struct pc_timer *timer;
    void (*done)(void *ctx, struct pc_toolchain *tc, const struct pc_err *err);
    void *ctx;
};

static void probe_free(struct pc_probe *probe)
{
    pc_cache_discard(probe->scratch);
    pc_timer_free(probe->timer);
    pc_toolchain_free(probe->tc);
    free(probe->remembered);
    free(probe->scratch);
    free(probe);
}

/* The key so far stands for the files of the compiler; add what it was found to do and what
 * is linked. */
static bool finish_key(struct pc_toolchain *tc, struct pc_err *err)
{
    size_t n;
    PC_AUTO(pc_auto_free) char *library = pc_file_read(tc->library, LIBRARY_MAX, &n, err);
    if (!library)
        return false;
    struct pc_hash *hash = pc_hash_create();
    pc_hash_adds(hash, generation);
    pc_hash_adds(hash, tc->key);
    pc_hash_adds(hash, tc->version);
    pc_args_hash(&tc->flags, hash);
    pc_hash_add(hash, &tc->json, sizeof tc->json);
    pc_hash_add(hash, library, n);
    pc_hash_finish(hash, tc->key);
    return true;
}

static void succeed(struct pc_probe *probe)
{
    struct pc_err err = {0};
    struct pc_toolchain *tc = finish_key(probe->tc, &err) ? PC_TAKE(probe->tc) : NULL;
    probe->done(probe->ctx, tc, tc ? NULL : &err);
    probe_free(probe);
}

static void fail(struct pc_probe *probe, const struct pc_err *err)
{
    probe->done(probe->ctx, NULL, err);
    probe_free(probe);
}

static void command_of(const struct pc_probe *probe, struct pc_words *argv)
{
    static const char *const sanitize[] = {"-fsanitize=address,undefined",
                                           "-fno-sanitize-recover=all", "probe.c", "-o",
                                           "sanitized"};
    if (probe->question == ASK_SANITIZED_RUN) {
        pc_words_add(argv, "./sanitized");
        return;
    }
    pc_words_add_list(argv, &probe->tc->command);
    switch (probe->question) {
    case ASK_VERSION:
        pc_words_add(argv, "--version");
        return;
    case ASK_WHETHER_IT_WORKS:
        pc_args_add_split(argv, "probe.c -o plain");
        return;
    case ASK_ALL_FLAGS:
        for (size_t i = 0; i < PC_COUNT(wanted); i++)
            pc_words_add(argv, wanted[i]);
        break;
    case ASK_EACH_FLAG:
        pc_words_add(argv, wanted[probe->flag]);
        break;
    case ASK_JSON:
        pc_words_add(argv, PC_JSON_FLAG);
        break;
    case ASK_PLAIN:
        pc_words_add(argv, plain_flag);
        break;
    case ASK_SANITIZERS:
        for (size_t i = 0; i < PC_COUNT(sanitize); i++)
            pc_words_add(argv, sanitize[i]);
        return;
    case ASK_SANITIZED_RUN:
        break;
    }
    /* clang only warns of flags that it ignores. */
    pc_args_add_split(argv, "-Werror -c probe.c -o probe.o");
}

static void on_answer(void *ctx, const struct pc_step_end *end);

static void ask(struct pc_probe *probe, enum question question)
{
    struct pc_err err = {0};
    struct pc_words argv = {0};
    probe->question = question;
    command_of(probe, &argv);
    struct pc_step_spec spec = {
        .argv = &argv,
        .cwd = probe->scratch,
        .tmp = probe->scratch,
        .wall_ms = probe->answer_ms,
        .any_addresses = question == ASK_SANITIZED_RUN,
        .program = probe->tc->path,
    };
    probe->step = pc_step_start(probe->loop, &spec, on_answer, probe, &err);
    pc_words_fini(&argv);
    if (!probe->step)
        fail(probe, &err);
}

/* "gcc (Debian 12.2.0-14) 12.2.0" and "Debian clang version 14.0.6" in the form
 * "name version". */
static char *version_of(const char *path, const char *output)
{
    PC_AUTO(pc_auto_free) char *line = pc_strndup(output, strcspn(output, "\n"));
    const char *name = strstr(line, "clang")                        ? "clang"
                       : strstr(output, "Free Software Foundation") ? "gcc"
                                                                    : pc_path_base(path);
    const char *number = strstr(line, " version ");
    number = number ? number + strlen(" version ") : strrchr(line, ' ');
    if (!number)
        number = line;
    while (*number == ' ')
        number++;
    PC_AUTO(pc_auto_free) char *clean = pc_text_harmless(number, strcspn(number, " "), 40);
    return pc_strfmt("%s %s", name, clean);
}

/* The line of a compiler's output that says most: the first error, else the first line. */
static char *telling_line(const char *output)
{
    const char *error = strstr(output, "error: ");
    while (error && error > output && error[-1] != '\n')
        error--;
    const char *line = error ? error : output;
    size_t n = strcspn(line, "\n");
    return n > 0 ? pc_text_harmless(line, n, 200) : pc_strdup("it printed nothing");
}

/* The reason why a compiler cannot be used at all. */
static void give_up(struct pc_probe *probe, const struct pc_step_end *end)
{
    struct pc_err err = {0};
    const char *path = probe->tc->path;
    PC_AUTO(pc_auto_free) char *line = telling_line(end->output);
    if (end->child->why == PC_END_WALL)
        pc_fail(&err, PC_ENVIRONMENT,
                "the compiler %s did not answer within %g s (choose another with --cc)",
                path, (double)probe->answer_ms / 1000);
    else if (end->trouble)
        pc_fail(&err, PC_ENVIRONMENT,
                "the compiler cannot be used: %s (choose another with "
                "--cc)",
                end->trouble);
    else if (probe->question == ASK_VERSION)
        pc_fail(&err, PC_ENVIRONMENT,
                "%s is no usable C compiler: asked for its version it gave status %d: %s "
                "(choose another with --cc or CC)",
                path, end->child->status, line);
    else
        pc_fail(&err, PC_ENVIRONMENT,
                "%s cannot build a program: %s (`apt install gcc libc6-dev` brings what it "
                "needs)",
                path, line);
    fail(probe, &err);
}

static void settle(struct pc_probe *probe)
{
    /* Not being able to remember costs time, nothing else: builds tell of a full disk. */
    if (probe->tc->sanitizes)
        pc_compiler_remember(probe->tc, probe->remembered, NULL);
    succeed(probe);
}

static void on_flag(struct pc_probe *probe, bool accepted)
{
    struct pc_words *flags = &probe->tc->flags;
    if (probe->question == ASK_ALL_FLAGS && accepted) {
        for (size_t i = 0; i < PC_COUNT(wanted); i++)
            pc_words_add(flags, wanted[i]);
        ask(probe, ASK_JSON);
        return;
    }
    if (probe->question == ASK_EACH_FLAG) {
        if (accepted)
            pc_words_add(flags, wanted[probe->flag]);
        probe->flag++;
    }
    ask(probe, probe->flag < PC_COUNT(wanted) ? ASK_EACH_FLAG : ASK_JSON);
}

static void on_answer(void *ctx, const struct pc_step_end *end)
{
    struct pc_probe *probe = ctx;
    struct pc_toolchain *tc = probe->tc;
    probe->step = NULL;
    /* A full disk says nothing about the compiler, whatever it was asked. */
    struct pc_err err;
    if (!end->ok && pc_step_lacked_means(end->output, &err)) {
        fail(probe, &err);
        return;
    }
    switch (probe->question) {
    case ASK_VERSION:
        if (!end->ok || end->n == 0) {
            give_up(probe, end);
            return;
        }
        tc->version = version_of(tc->path, end->output);
        ask(probe, ASK_WHETHER_IT_WORKS);
        return;
    case ASK_WHETHER_IT_WORKS:
        if (end->ok)
            ask(probe, ASK_ALL_FLAGS);
        else
            give_up(probe, end);
        return;
    /* One question is enough for gcc; clang, which lacks some, is asked flag by flag. */
    case ASK_ALL_FLAGS:
    case ASK_EACH_FLAG:
        on_flag(probe, end->ok);
        return;
    case ASK_JSON:
        /* A compiler that has the format prints an empty list when all is well. */
        tc->json = end->ok && strncmp(end->output, "[]", 2) == 0;
        ask(probe, tc->json ? ASK_SANITIZERS : ASK_PLAIN);
        return;
    case ASK_PLAIN:
        if (end->ok)
            pc_words_add(&tc->flags, plain_flag);
        ask(probe, ASK_SANITIZERS);
        return;
    case ASK_SANITIZERS:
        if (end->ok)
            ask(probe, ASK_SANITIZED_RUN);
        else
            settle(probe);
        return;
    case ASK_SANITIZED_RUN:
        tc->sanitizes = end->ok;
        settle(probe);
        return;
    }
}

/* Where the answers of this compiler are; answers about other flags are none. */
static char *memory_of(const struct pc_toolchain *tc)
{
    char key[PC_HASH_HEX];
    struct pc_hash *hash = pc_hash_create();
    pc_hash_adds(hash, tc->key);
    for (size_t i = 0; i < PC_COUNT(wanted); i++)
        pc_hash_adds(hash, wanted[i]);
    pc_hash_adds(hash, plain_flag);
    pc_hash_finish(hash, key);
    return pc_cache_path(tc->cache, key, ".compiler");
}

/* The first callback; nothing is called from inside pc_toolchain_find(). */
static void on_begin(void *ctx)
{
    struct pc_probe *probe = ctx;
    if (pc_compiler_recall(probe->tc, probe->remembered)) {
        succeed(probe);
        return;
    }
    struct pc_err err = {0};
    probe->scratch = pc_cache_scratch(probe->tc->cache, &err);
    PC_AUTO(pc_auto_free) char *source =
        probe->scratch ? pc_path_join(probe->scratch, "probe.c") : NULL;
    if (source && pc_file_write_cache(source, probe_source, sizeof probe_source - 1, &err))
        ask(probe, ASK_VERSION);
    else
        fail(probe, &err);
}

struct pc_probe *pc_toolchain_find(struct pc_loop *loop,
                                   const struct pc_toolchain_spec *spec,
                                   void (*done)(void *ctx, struct pc_toolchain *tc,
                                                const struct pc_err *err),
                                   void *ctx, struct pc_err *err)
{
    struct pc_toolchain *tc = pc_compiler_locate(spec->cc, err);
    if (!tc)
        return NULL;
    tc->cache = pc_path_absolute(spec->cache, err);
    tc->include_dir = pc_path_absolute(spec->include_dir, err);
    tc->library = pc_path_absolute(spec->library, err);
    tc->compile_ms = spec->compile_ms;
    if (!tc->cache || !tc->include_dir || !tc->library) {
        pc_toolchain_free(tc);
        return NULL;
    }
    struct pc_probe *probe = pc_alloc(sizeof *probe);
    probe->loop = loop;
    probe->tc = tc;
    probe->remembered = memory_of(tc);
    probe->answer_ms = spec->answer_ms ? spec->answer_ms : ANSWER_MS;
    probe->done = done;
    probe->ctx = ctx;
    probe->timer = pc_timer_start(loop, 0, on_begin, probe);
    return probe;
}

void pc_probe_cancel(struct pc_probe *probe)
{
    pc_step_abandon(probe->step);
    probe_free(probe);
}
