/*
 * The command line, the environment and the limits of a host that is about to start.
 */
#ifndef PC_RUNNER_LAUNCH_H
#define PC_RUNNER_LAUNCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/words.h"
#include "loop/child.h"
#include "runner/runner.h"

/* A copy of a struct pc_host_spec, with absolute paths and without zeros, for jobs that
 * start several hosts. */
struct pc_host {
    char *libexec, *work_dir, *counter, *reads;
    uint64_t memory;
    int64_t wall_ms;
};

bool pc_host_init(struct pc_host *host, const struct pc_host_spec *spec,
                  struct pc_err *err);
void pc_host_fini(struct pc_host *host);

struct pc_launch {
    struct pc_words argv, env;
    struct pc_child_spec spec; /* argv and env are set by pc_launch_spec() */
};

/* Begin a command line with the host `name`; the environment holds only what every host
 * needs. */
void pc_launch_init(struct pc_launch *launch, const struct pc_host *host, const char *name);
void pc_launch_fini(struct pc_launch *launch);

void pc_launch_arg(struct pc_launch *launch, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void pc_launch_env(struct pc_launch *launch, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* What the loop starts; valid until the launch changes. */
const struct pc_child_spec *pc_launch_spec(struct pc_launch *launch);

#endif
