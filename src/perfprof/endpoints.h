/*
 * The profiles that can be asked for, each by its name below /debug/pprof/.
 */
#ifndef PC_PERFPROF_ENDPOINTS_H
#define PC_PERFPROF_ENDPOINTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "model/profile.h"

struct pc_endpoint {
    const char *name;
    const char *about; /* one line */
    long seconds;      /* for which it is taken unless it is asked for others */
    int ms;            /* the same of what takes less, and once more that long, up to */
    int ms_most;       /* so much, unless is_whole(); 0: see above */
    bool (*is_whole)(void);
    bool has_text; /* of threads: the answer may be text */
    /* What there is now, when it is not asked for any seconds; NULL: it always is taken. */
    bool (*read)(struct pc_profile *profile, struct pc_err *err);
    /* Take it; nothing has begun when that fails.  `end` makes a profile, which pc_profile_fini()
     * frees also when it fails; NULL: nobody wants it any more. */
    bool (*begin)(struct pc_err *err);
    bool (*end)(struct pc_profile *profile, struct pc_err *err);
};

/* All `*n` of them, in the order of the index. */
const struct pc_endpoint *pc_endpoints(size_t *n);

/* The one at a path, "/debug/pprof/profile"; NULL: there is none. */
const struct pc_endpoint *pc_endpoint_at(const char *path);

#endif
