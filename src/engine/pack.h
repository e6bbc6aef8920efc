/*
 * A pack: lessons of somebody else, in a folder as the course's own.
 *
 * Its C is built and run as all C is.  Its Lua runs in a process that is shut in
 * (engine/jailed.h).  Its name, that of the folder, keeps what the learner does with it
 * apart: ~/perfcourse-NAME, and packs/NAME in the state folder.
 */
#ifndef PC_ENGINE_PACK_H
#define PC_ENGINE_PACK_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

#include "base/err.h"
#include "script/lesson.h"

struct pc_pack {
    char *dir;  /* absolute, without symbolic links */
    char *name; /* of the folder */
    char *host; /* the program that runs its Lua */
    struct pc_evaluator evaluator;
    /* Files that had to be stopped, which nobody should wait for again. */
    struct pc_stopped_file {
        char *path;
        struct stat as;
        struct pc_err err;
    } * items;
    size_t n, cap;
    bool loading;       /* the course is being read */
    int64_t stopped_ns; /* time that went to files that were stopped meanwhile */
};

/* Open the pack in the folder `given`: what is in it is files and folders, and links only
 * to files inside.  One without a topic passes when it `may_be_empty`.  NULL with PC_USAGE
 * or PC_ENVIRONMENT. */
struct pc_pack *pc_pack_open(const char *given, bool may_be_empty, struct pc_err *err);
void pc_pack_free(struct pc_pack *pack);

/* Whether lessons/ holds anything. */
bool pc_pack_has_topics(const struct pc_pack *pack);

/* Where its progress is kept, made when missing; the caller owns it.  NULL with a reason. */
char *pc_pack_statedir(const char *name, struct pc_err *err);

#endif
