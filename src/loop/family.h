/*
 * Processes as /proc shows them: who has which children, who uses how much memory.
 * Without /proc nobody has any.
 */
#ifndef PC_LOOP_FAMILY_H
#define PC_LOOP_FAMILY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pc_pids {
    int *items;
    size_t n, cap;
};

/* Append the children of process `pid`, those that have ended but are not waited for
 * included.  Reads an entry for every process of the system. */
void pc_family_children(int pid, struct pc_pids *pids);

/* What processes use: bytes in memory, threads. */
struct pc_footprint {
    uint64_t resident, threads;
};

/* Of `pid` alone. */
struct pc_footprint pc_family_footprint(int pid);

/* Of all processes of a group; as slow as pc_family_children(). */
struct pc_footprint pc_family_group_footprint(int group);

bool pc_pids_has(const struct pc_pids *pids, int pid);
void pc_pids_drop(struct pc_pids *pids, int pid);
void pc_pids_fini(struct pc_pids *pids);

#endif
