/*
 * All files of a folder at one moment, to be put back or compared with.
 */
#ifndef TESTS_UNIT_SNAPSHOT_H
#define TESTS_UNIT_SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>

struct snapshot_file {
    char *path;    /* below the folder, bytewise sorted */
    bool folder;   /* and then without content */
    char *content; /* NUL-terminated */
    size_t n;
};

struct snapshot {
    struct snapshot_file *items;
    size_t n, cap;
};

/* Read everything below `dir`, also names that begin with a dot. */
struct snapshot snapshot_take(const char *dir);
void snapshot_fini(struct snapshot *snapshot);

/* Make `dir` hold exactly what the snapshot does. */
void snapshot_put_back(const struct snapshot *snapshot, const char *dir);

/* NULL when it is not there. */
const struct snapshot_file *snapshot_find(const struct snapshot *snapshot,
                                          const char *path);

/* Whether both have the same content, or are missing both (NULL). */
bool snapshot_same(const struct snapshot_file *a, const struct snapshot_file *b);

#endif
