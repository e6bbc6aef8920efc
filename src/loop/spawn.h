/*
 * Starting a process: fork, limits, descriptors, exec.
 */
#ifndef PC_LOOP_SPAWN_H
#define PC_LOOP_SPAWN_H

#include <stdbool.h>

#include "base/err.h"

struct pc_child_spec;

/* Our ends of its pipes, none of them blocking; -1 where there is none. */
struct pc_spawned {
    int pid;
    int out, err, answers, orders;
};

/* Returns when the program runs or could not be started, with the reason. */
bool pc_spawn(const struct pc_child_spec *spec, struct pc_spawned *spawned,
              struct pc_err *err);

#endif
