/*
 * A lock profile as a table: which lines waited, how often and how long, and for which lines.
 */
#ifndef PC_REPORT_LOCK_WAITS_H
#define PC_REPORT_LOCK_WAITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/profiled.h"

/* The values of the kind PC_PROFILE_LOCK (model/profile.h). */
enum pc_lock_value { PC_LOCK_CALLS, PC_LOCK_WAITS, PC_LOCK_NS, PC_LOCK_VALUES };

struct pc_lock_waits {
    const struct pc_profile *profile;
    double per; /* operations, or 1 when their number is not known */
    int64_t calls, waits, ns;
    struct pc_lock_row {
        uint32_t frame;   /* that waited; PC_NO_FRAME: unknown */
        const char *what; /* for: "mutex"; "" when the file does not say */
        int64_t calls;    /* of the line */
        int64_t waits, ns;
        struct pc_lock_others {
            struct pc_lock_other {
                const char *place; /* "add pool.c:31"; NULL: nobody knows */
                bool wakes;        /* it woke the one that waited; else it held the lock */
                int64_t waits, ns;
            } * items; /* in the order of the rows */
            size_t n, cap;
        } others;
    } * items; /* the greatest are first */
    size_t n, cap;
};

/* Whether it is such a profile: what others have written, or call otherwise, is not. */
bool pc_lock_is_counted(const struct pc_profile *profile);

/* In the order of `by`, a value.  `profile` must outlive them. */
void pc_lock_waits_init(struct pc_lock_waits *waits, const struct pc_profile *profile,
                        enum pc_lock_value by);
void pc_lock_waits_fini(struct pc_lock_waits *waits);

/* What a line of the kernel's source waited, and what others waited for it. */
struct pc_lock_line {
    int64_t waits, ns, caused;
};
struct pc_lock_line pc_lock_line_of(const struct pc_lock_waits *waits, int line);

#endif
