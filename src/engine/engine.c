#include "engine/internal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/path.h"
#include "engine/pack.h"
#include "runner/processors.h"
#include "script/lesson.h"

struct pc_waiter {
    struct pc_waiter *next;
    bool unproven;
    void (*proving)(void *ctx);
    void (*ready)(void *ctx, const struct pc_err *trouble);
    void *ctx;
};

/* A folder that stays empty: hosts start there, and cannot write. */
static char *make_work_dir(const char *cache, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *dir = pc_path_join(cache, "work");
    if (!pc_mkdirs(dir, err))
        return NULL;
    return PC_TAKE(dir);
}

const struct pc_evaluator *pc_engine_evaluator(const struct pc_engine *engine)
{
    return engine->pack ? &engine->pack->evaluator : NULL;
}

static bool load_course(struct pc_engine *engine, struct pc_err *err)
{
    return pc_course_load(engine->home, &engine->course, &engine->broken, err);
}

static bool load_pack(struct pc_engine *engine, struct pc_err *err)
{
    const struct pc_engine_spec *spec = &engine->spec;
    struct pc_pack *pack = engine->pack = pc_pack_open(spec->pack, spec->may_be_empty, err);
    if (!pack)
        return false;
    pack->loading = true;
    bool ok = true;
    if (spec->may_be_empty && !pc_pack_has_topics(pack))
        engine->course.dir = pc_strdup(pack->dir);
    else
        ok = pc_course_load_by(&pack->evaluator, pack->dir, &engine->course,
                               &engine->broken, err);
    pack->loading = false;
    engine->course.pack = pc_strdup(pack->name);
    return ok;
}

struct pc_engine *pc_engine_create(const struct pc_engine_spec *spec, struct pc_err *err)
{
    struct pc_engine *engine = pc_alloc(sizeof *engine);
    engine->spec = *spec;
    engine->home = pc_datadir(err);
    if (engine->home && (spec->pack ? load_pack(engine, err) : load_course(engine, err)))
        return engine;
    pc_engine_free(engine);
    return NULL;
}

bool pc_engine_prepare(struct pc_engine *engine, struct pc_err *err)
{
    if (engine->work_dir)
        return true;
    return pc_engine_has_means(err) &&
           (engine->cache || (engine->cache = pc_cachedir(err))) &&
           (engine->include_dir || (engine->include_dir = pc_perfbench_include(err))) &&
           (engine->library || (engine->library = pc_perfbench_library(err))) &&
           (engine->libexec || (engine->libexec = pc_libexecdir(err))) &&
           (engine->work_dir = make_work_dir(engine->cache, err));
}

void pc_engine_free(struct pc_engine *engine)
{
    if (!engine)
        return;
    pc_jail_cancel(engine->jail);
    if (engine->probe)
        pc_probe_cancel(engine->probe);
    if (engine->proof)
        pc_proof_cancel(engine->proof);
    while (engine->waiters) {
        struct pc_waiter *next = engine->waiters->next;
        free(engine->waiters);
        engine->waiters = next;
    }
    pc_toolchain_free(engine->toolchain);
    pc_store_close(engine->store);
    free(engine->store_note);
    pc_workspace_fini(&engine->workspace);
    pc_names_free(engine->broken);
    pc_course_fini(&engine->course);
    pc_pack_free(engine->pack);
    free(engine->home);
    free(engine->cache);
    free(engine->include_dir);
    free(engine->library);
    free(engine->libexec);
    free(engine->work_dir);
    free(engine);
}

void pc_engine_use_compiler(struct pc_engine *engine, const char *cc)
{
    engine->cc = cc;
}

bool pc_engine_has_compiler(const char *cc)
{
    return pc_toolchain_exists(cc);
}

const struct pc_course *pc_engine_course(const struct pc_engine *engine)
{
    return &engine->course;
}

char *const *pc_engine_broken_topics(const struct pc_engine *engine)
{
    return engine->broken;
}

bool pc_engine_limits_written(const struct pc_engine *engine,
                              const struct pc_exercise *exercise, struct pc_limits *limits,
                              struct pc_err *err)
{
    return pc_limits_load_by(pc_engine_evaluator(engine), &engine->course, exercise, limits,
                             err);
}

bool pc_engine_limits(const struct pc_engine *engine, const struct pc_exercise *exercise,
                      struct pc_limits *limits, struct pc_err *err)
{
    if (!pc_engine_limits_written(engine, exercise, limits, err))
        return false;
    pc_speed_limit_here(&limits->speedup, pc_processors_allowed());
    return true;
}

struct pc_host_spec pc_engine_host(const struct pc_engine *engine)
{
    return (struct pc_host_spec){.libexec = engine->libexec, .work_dir = engine->work_dir};
}

/* The first one who waits for no more than what is there now, taken off the list. */
static struct pc_waiter *take_ready(struct pc_engine *engine, const struct pc_err *trouble)
{
    for (struct pc_waiter **p = &engine->waiters; *p; p = &(*p)->next) {
        struct pc_waiter *w = *p;
        if (trouble || engine->proven || w->unproven) {
            *p = w->next;
            return w;
        }
    }
    return NULL;
}

/* A waiter that is called may add and cancel others, so the list is searched anew. */
static void serve_waiters(struct pc_engine *engine, const struct pc_err *trouble)
{
    for (struct pc_waiter *w; (w = take_ready(engine, trouble));) {
        w->ready(w->ctx, trouble);
        free(w);
    }
}

/* What a proof holds for, besides the toolchain: a file as it is now. */
static void add_file(struct pc_hash *hash, const char *dir, const char *name)
{
    PC_AUTO(pc_auto_free) char *path = pc_path_join(dir, name);
    struct stat st = {0};
    stat(path, &st); /* a missing one is noticed by whoever needs it */
    pc_hash_adds(hash, path);
    pc_hash_add(hash, &st.st_size, sizeof st.st_size);
    pc_hash_add(hash, &st.st_mtim, sizeof st.st_mtim);
}

/* A proof is remembered for a compiler, its flags, the hosts and the planted kernels. */
static char *proof_file(const struct pc_engine *engine)
{
    char key[PC_HASH_HEX];
    struct pc_hash *hash = pc_hash_create();
    pc_hash_adds(hash, pc_toolchain_key(engine->toolchain));
    add_file(hash, engine->libexec, "perfcourse-run");
    add_file(hash, engine->libexec, "perfcourse-count");
    PC_AUTO(pc_auto_free) char *dir = pc_path_join(engine->home, "checks/selfproof");
    char **names = pc_dir_names(dir, NULL);
    for (char **name = names; name && *name; name++)
        add_file(hash, dir, *name);
    pc_names_free(names);
    pc_hash_finish(hash, key);
    return pc_strfmt("%s/proof-%s", engine->cache, key);
}

static void proof_done(void *ctx, const struct pc_err *missed)
{
    struct pc_engine *engine = ctx;
    engine->proof = NULL;
    if (!missed) {
        engine->proven = true;
        PC_AUTO(pc_auto_free) char *file = proof_file(engine);
        pc_file_write_cache(file, "caught\n", 7, NULL);
    }
    serve_waiters(engine, missed);
}

static bool somebody_needs_proof(const struct pc_engine *engine)
{
    for (const struct pc_waiter *w = engine->waiters; w; w = w->next)
        if (!w->unproven)
            return true;
    return false;
}

static void start_proof(struct pc_engine *engine)
{
    struct pc_err err;
    engine->proof = pc_proof_start(engine, proof_done, engine, &err);
    if (!engine->proof) {
        serve_waiters(engine, &err);
        return;
    }
    for (struct pc_waiter *w = engine->waiters; w; w = w->next)
        if (w->proving)
            w->proving(w->ctx);
}

/* The toolchain is there; see whether it has been proven, now or in an earlier run. */
static void toolchain_ready(struct pc_engine *engine)
{
    if (!engine->proven) {
        PC_AUTO(pc_auto_free) char *file = proof_file(engine);
        engine->proven = pc_file_exists(file);
    }
    serve_waiters(engine, NULL);
    if (!engine->proven && !engine->proof && somebody_needs_proof(engine))
        start_proof(engine);
}

static void probe_done(void *ctx, struct pc_toolchain *tc, const struct pc_err *err)
{
    struct pc_engine *engine = ctx;
    engine->probe = NULL;
    engine->toolchain = tc;
    if (!tc)
        serve_waiters(engine, err);
    else
        toolchain_ready(engine);
}

struct pc_probe *pc_engine_probe(const struct pc_engine *engine, const char *cc,
                                 void (*done)(void *ctx, struct pc_toolchain *tc,
                                              const struct pc_err *err),
                                 void *ctx, struct pc_err *err)
{
    const struct pc_toolchain_spec spec = {.cc = cc,
                                           .cache = engine->cache,
                                           .include_dir = engine->include_dir,
                                           .library = engine->library};
    return pc_toolchain_find(engine->spec.loop, &spec, done, ctx, err);
}

static void start_probe(struct pc_engine *engine)
{
    if (engine->toolchain || engine->probe)
        return;
    struct pc_err err;
    engine->probe = pc_engine_probe(engine, engine->cc, probe_done, engine, &err);
    if (!engine->probe)
        serve_waiters(engine, &err);
}

static bool is_strict(void)
{
    const char *mode = getenv("PERFCOURSE_SANDBOX");
    return mode && strcmp(mode, "strict") == 0;
}

static void begin(void *ctx);

static void jail_seen(void *ctx, const struct pc_jail_found *found)
{
    struct pc_engine *engine = ctx;
    struct pc_err err;
    engine->jail = NULL;
    engine->jail_suffices = found->is_full;
    if (found->is_full) {
        begin(engine);
        return;
    }
    pc_fail(&err, PC_ENVIRONMENT,
            "PERFCOURSE_SANDBOX is strict, so no kernel runs here without %s; or set it to "
            "auto",
            found->missing);
    serve_waiters(engine, &err);
}

/* Whoever is strict about the jail wants to know of it before anything runs in it. */
static void begin(void *ctx)
{
    struct pc_engine *engine = ctx;
    if (is_strict() && !engine->jail_suffices) {
        struct pc_err err;
        struct pc_host_spec host = pc_engine_host(engine);
        if (!engine->jail)
            engine->jail = pc_jail_start(engine->spec.loop, &host, jail_seen, engine, &err);
        if (!engine->jail)
            serve_waiters(engine, &err);
    } else if (engine->toolchain) {
        toolchain_ready(engine);
    } else {
        start_probe(engine);
    }
}

struct pc_waiter *
pc_engine_when_ready(struct pc_engine *engine, bool unproven, void (*proving)(void *ctx),
                     void (*ready)(void *ctx, const struct pc_err *trouble), void *ctx)
{
    struct pc_waiter *w = pc_alloc(sizeof *w);
    *w = (struct pc_waiter){
        .unproven = unproven, .proving = proving, .ready = ready, .ctx = ctx};
    struct pc_waiter **end = &engine->waiters;
    while (*end)
        end = &(*end)->next;
    *end = w;
    pc_loop_later(engine->spec.loop, begin, engine);
    return w;
}

void pc_waiter_cancel(struct pc_engine *engine, struct pc_waiter *waiter)
{
    for (struct pc_waiter **p = &engine->waiters; *p; p = &(*p)->next) {
        if (*p == waiter) {
            *p = waiter->next;
            free(waiter);
            return;
        }
    }
}
