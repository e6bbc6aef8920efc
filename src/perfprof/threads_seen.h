/*
 * The threads of the process, as the system knows them.
 */
#ifndef PC_PERFPROF_THREADS_SEEN_H
#define PC_PERFPROF_THREADS_SEEN_H

#include <stddef.h>

struct pc_threads_seen {
    struct pc_thread_seen {
        int tid;
        char state; /* as in proc(5): 'R' runs, 'S' sleeps */
        double cpu_s;
        char name[64]; /* that a terminal cannot act on */
    } * items;
    size_t n, cap;
};

/* Those that are there now; the caller frees the items. */
struct pc_threads_seen pc_threads_look(void);

#endif
