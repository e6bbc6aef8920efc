/*
 * Where a kernel, or a C file with benches of its own, spends its time, allocates, or
 * waits for its own threads.
 */
#ifndef PC_ENGINE_PROFILE_H
#define PC_ENGINE_PROFILE_H

#include "engine/engine.h"
#include "model/profiled.h"

struct pc_profile_spec {
    const struct pc_exercise *exercise; /* NULL: `file` has benches of its own */
    enum pc_use use;
    const char *file; /* for PC_USE_FILE, and without an exercise */
    enum pc_profile_kind kind;
    const char *bench; /* NULL: that of the limits, or the only one, "": the only one */
    size_t size;       /* 0: that of the limits, or the first one of the bench */
    int64_t ms;        /* how long; 0: until one function is surely the first */
    int64_t most_ms;   /* or so long has passed and there are enough samples; 0: 5 s, of
                          locks 1 s */
    unsigned hz;       /* 0: 250 */
    uint32_t ops; /* of allocations: operations that are counted; 0: as many as a check */
    uint64_t seed;
    const char *const *needs; /* without an exercise: libraries by their pkg-config names */
    size_t n_needs;
};

/* `done` is called once, from the loop: with what was found, which is valid during
 * the call, or NULL and the reason why there is nothing (PC_NOBUILD, PC_ENVIRONMENT, ...); then
 * the run frees itself. */
struct pc_profile_run;
struct pc_profile_run *pc_profile_start(
    struct pc_engine *engine, const struct pc_profile_spec *spec,
    void (*done)(void *ctx, const struct pc_profiled *found, const struct pc_err *trouble),
    void *ctx, struct pc_err *err);
/* Only before `done`. */
void pc_profile_cancel(struct pc_profile_run *run);

/* Read a file of pprof's format, ours or another program's, into `profile`, which
 * pc_profile_fini() frees.  False with PC_USAGE and the reason when it is none, is damaged
 * or cannot be read. */
bool pc_profile_read(const char *path, struct pc_profile *profile, struct pc_err *err);

/* Write it into `folder`, which is made when it is missing: KIND.pb.gz for pprof, KIND.folded
 * for flame graphs (KIND is "heap" for allocations), and the source as it was profiled, unless
 * another file of its name is there that no profile of before has left: then nothing is written.
 * Their paths are appended to `files`. */
bool pc_profile_write(const char *folder, const struct pc_profile *profile,
                      struct pc_words *files, struct pc_err *err);

#endif
