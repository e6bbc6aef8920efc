/*
 * Starting a process: fork, limits, descriptors, exec.
 */
#ifndef PC_LOOP_SPAWN_H
#define PC_LOOP_SPAWN_H

#include <stdbool.h>
#include <sys/types.h>

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

/* As write(), without SIGPIPE, which would end the program when a child has closed its end.
 */
ssize_t pc_spawned_write(int fd, const char *data, size_t n);

#endif
