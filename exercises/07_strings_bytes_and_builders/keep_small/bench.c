/*
 * In one operation 64 people log in, each with a request of 256 KiB.  The server gives its
 * own reference up as soon as the session is open.  What is alive then is what 64 open
 * sessions cost: this bench is about live-B, not about time.
 *
 * Three of four names are short, one in sixteen has more than 24 bytes.
 */
#include <perfbench.h>

#include "keep_small.h"

enum { INPUTS = 16, SESSIONS = 64, REQUEST = 256 << 10, LONGEST = 40 };

/* Whose request it is, and where in it the name stands. */
struct login {
    char name[LONGEST];
    uint32_t name_len, at;
};

static const struct login *make_input(struct bench *b)
{
    struct login logins[SESSIONS] = {0};
    for (int k = 0; k < SESSIONS; k++) {
        struct login *l = &logins[k];
        l->name_len = (uint32_t)(k % 16 == 5  ? 25 + bench_random_below(b, LONGEST - 24)
                                 : k % 4 == 2 ? 13 + bench_random_below(b, 12)
                                              : 4 + bench_random_below(b, 9));
        l->at = (uint32_t)bench_random_below(b, REQUEST - LONGEST);
        for (uint32_t i = 0; i < l->name_len; i++)
            l->name[i] = (char)('a' + bench_random_below(b, 26));
    }
    return bench_input(b, logins, sizeof logins);
}

/* A request in memory of its own, which the caller holds.  All that is read of it is the
 * name, so only that is written. */
static doc *receive(const struct login *l)
{
    doc *d = malloc(sizeof *d + REQUEST);
    *d = (doc){.refs = 1, .user = d->text + l->at, .user_len = l->name_len, .len = REQUEST};
    memcpy(d->text + l->at, l->name, l->name_len);
    return d;
}

BENCH(keep_small)
{
    const struct login *in[INPUTS];
    for (int k = 0; k < INPUTS; k++)
        in[k] = make_input(b);

    while (bench_loop(b)) {
        const struct login *logins = in[bench_i(b) % INPUTS];
        session open[SESSIONS];
        for (int k = 0; k < SESSIONS; k++) {
            doc *d = receive(&logins[k]);
            session_open(&open[k], d);
            doc_put(d);
        }

        /* Nothing is counted from here on, so that closing does not hide what was kept. */
        bench_stop_timer(b);
        for (int k = 0; k < SESSIONS; k++) {
            bench_digest(b, open[k].name, open[k].name_len);
            session_close(&open[k]);
        }
        bench_start_timer(b);
    }
}
