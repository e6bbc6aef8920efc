/*
 * Progress, kept in one SQLite file that survives crashes, other instances and damage.
 *
 * DIR/perfcourse.db holds everything, DIR/backup/ the last good copies.  Each change is one
 * transaction: after a crash at any moment the file is as before it or as after it.  The
 * file is made at the first change; until then everything reads as empty.  Several
 * processes may have it open; a change waits up to ten seconds for another one.
 *
 * Calls that change something fail with PC_ENVIRONMENT and leave the file as it was.
 */
#ifndef PC_STORE_STORE_H
#define PC_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "model/attempt.h"

struct pc_store;

/* Open the store in the folder `dir`.  `*note` becomes one line for the user, which the
 * caller owns, or NULL:
 *   a damaged file was set aside under a dated name and the latest good backup is used;
 *   the file is of a newer version, or the folder cannot be written: it is shown, and
 *   nothing is added (pc_store_is_writable).
 * Fails when nothing can be read or kept. */
bool pc_store_open(const char *dir, struct pc_store **store, char **note,
                   struct pc_err *err);
void pc_store_close(struct pc_store *store);

bool pc_store_is_writable(const struct pc_store *store);

/* Keep an attempt, with the `n` bytes of the kernel under its content hash, and the pass if
 * it is one; `record` (may be NULL) tells what it changed. */
bool pc_store_add_attempt(struct pc_store *store, const struct pc_attempt *attempt,
                          const char *source, size_t n, struct pc_record *record,
                          struct pc_err *err);

/* The latest attempts, newest first; at most `most`, 0 for all.  The caller frees them
 * (pc_attempts_fini). */
bool pc_store_history(struct pc_store *store, const char *exercise, size_t most,
                      struct pc_attempts *attempts, struct pc_err *err);

/* The pass with the best ratio, else the first pass; `*found` tells whether there is one. */
bool pc_store_best(struct pc_store *store, const char *exercise, struct pc_attempt *best,
                   bool *found, struct pc_err *err);

/* The kernel that was judged under this content hash, NUL-terminated, its length in `*n`
 * (may be NULL).  The caller owns it; NULL with the reason when it is not there. */
char *pc_store_snapshot(struct pc_store *store, const char *content, size_t *n,
                        struct pc_err *err);

bool pc_store_status(struct pc_store *store, const char *exercise, struct pc_status *status,
                     struct pc_err *err);

/* A hint was shown; levels count from 1.  Showing it again changes nothing. */
bool pc_store_hint_used(struct pc_store *store, const char *exercise, int level,
                        int64_t when, struct pc_err *err);

/* The reference was shown before a pass. */
bool pc_store_revealed(struct pc_store *store, const char *exercise, int64_t when,
                       struct pc_err *err);

bool pc_store_add_prediction(struct pc_store *store, const struct pc_prediction *prediction,
                             struct pc_err *err);

/* The first prediction for a question, the one that counts: later ones know the truth. */
bool pc_store_prediction(struct pc_store *store, const char *question,
                         struct pc_prediction *prediction, bool *found, struct pc_err *err);

/* Keep an answer to a card.  One of the same card and time takes the place of the other:
 * how sure somebody was is told after the answer. */
bool pc_store_add_answer(struct pc_store *store, const struct pc_card_answer *answer,
                         struct pc_err *err);

/* All answers to a card, newest first; the latest one to each card whose name begins with
 * `prefix`, such as "07/".  The caller frees them (pc_card_answers_fini). */
bool pc_store_answers(struct pc_store *store, const char *card,
                      struct pc_card_answers *answers, struct pc_err *err);
bool pc_store_latest_answers(struct pc_store *store, const char *prefix,
                             struct pc_card_answers *answers, struct pc_err *err);

/* A page of a lesson was read to its end; `page` is a name that the lesson gives it. */
bool pc_store_page_read(struct pc_store *store, const char *page, int64_t when,
                        struct pc_err *err);
bool pc_store_page_was_read(struct pc_store *store, const char *page, bool *read,
                            struct pc_err *err);

/* Small values by name.  The caller owns what get gives; "" when it was never set, NULL
 * when it cannot be read. */
bool pc_store_set(struct pc_store *store, const char *key, const char *value,
                  struct pc_err *err);
char *pc_store_get(struct pc_store *store, const char *key, struct pc_err *err);

/* Everything as text, one JSON object a line, from a single moment; docs/progress.md tells
 * the format.  The caller owns it, its length is in `*n`. */
char *pc_store_export(struct pc_store *store, size_t *n, struct pc_err *err);

/* Add what such a text holds and the store does not: all of it or, on any mistake in the
 * text (PC_USAGE, with the line), nothing. */
bool pc_store_import(struct pc_store *store, const char *text, size_t n,
                     struct pc_import *added, struct pc_err *err);

#endif
