/*
 * Hosts that do what a shell script says, to see what the runner makes of them.
 *
 * In a script, `next` reads an order into $order and `say` gives an answer; the arguments
 * are those of the host.
 */
#ifndef PC_TESTS_FAKE_HOST_H
#define PC_TESTS_FAKE_HOST_H

#include "loop/loop.h"
#include "runner/runner.h"

struct fake {
    struct pc_loop *loop;
    char *dir; /* holds the hosts, and work/ */
    struct pc_host_spec host;
};

/* Set-up and teardown of a cmocka test; the second fails when a process is left. */
int fake_set_up(void **state);
int fake_tear_down(void **state);

/* Install `script` under both names. */
void fake_script(struct fake *fake, const char *script);

/* Run the loop until nothing is left to do, and insist that no process is either. */
void fake_run(struct fake *fake);

#endif
