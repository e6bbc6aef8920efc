/*
 * The host's end of the line protocol: orders come on descriptor 3, answers leave on 4.
 */
#ifndef PC_HOST_ORDERS_H
#define PC_HOST_ORDERS_H

#include "host/member.h"
#include "wire/line.h"

/* What a host does on an order.  False when it answered with an end. */
struct pc_order_row {
    const char *verb;
    bool (*serve)(void *host, const struct pc_line *order);
};

/* Serve orders by the rows of `table`, which ends with an empty one, until one of them
 * ends, the last one ("end") was served, or the parent is gone. */
void pc_orders_serve(const struct pc_order_row *table, void *host);

/* Send a line and empty it.  False when the parent is gone. */
bool pc_answer_send(struct pc_str *line);

/* The ends; always false, so that serving ends with them.  `member` NULL: the host. */
bool pc_answer_error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
bool pc_answer_refused(const struct pc_member *member, const char *text);

/* The end that fits a worker which has died. */
bool pc_answer_death(const struct pc_member *member);

/* Give an order to a worker; whatever is not a plain success becomes the end of the host.
 */
bool pc_answer_call(struct pc_member *member, enum pc_order_kind kind);

/* The orders that all hosts have in common; the jail is that of all members together. */
bool pc_answer_hello(const char *host, const struct pc_member *members, size_t n);
bool pc_answer_jail(const char *host, const struct pc_jail_state *jail);
bool pc_answer_list(struct pc_member *member);

/* Copy name=, size= and seed= of a set-up into a mailbox. */
bool pc_order_copy_setup(const struct pc_line *order, struct pc_mailbox *box);

#endif
