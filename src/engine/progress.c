#include "engine/internal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/path.h"
#include "engine/pack.h"

static void tell(struct pc_engine *engine, char *note)
{
    free(engine->store_note);
    engine->store_note = note;
    engine->store_told = true;
}

char *pc_engine_statedir(const struct pc_engine *engine, struct pc_err *err)
{
    return engine->pack ? pc_pack_statedir(engine->pack->name, err) : pc_statedir(err);
}

/* The store, opened when it is first needed; NULL when there is none. */
static struct pc_store *store_of(struct pc_engine *engine)
{
    if (engine->store_tried)
        return engine->store;
    engine->store_tried = true;
    struct pc_err err;
    char *note = NULL;
    PC_AUTO(pc_auto_free) char *dir = pc_engine_statedir(engine, &err);
    if (!dir || !pc_store_open(dir, &engine->store, &note, &err))
        note = pc_strfmt("progress is not kept: %s", err.msg);
    if (note)
        tell(engine, note);
    return engine->store;
}

/* Whether something can be kept, as far as is known. */
static struct pc_store *store_to_write(struct pc_engine *engine)
{
    struct pc_store *store = store_of(engine);
    return store && pc_store_is_writable(store) ? store : NULL;
}

/* A failure is told once: it would be the same for the next change. */
void pc_progress_missed(struct pc_engine *engine, const char *what,
                        const struct pc_err *err)
{
    if (!engine->store_told)
        tell(engine, pc_strfmt("%s is not kept: %s", what, err->msg));
}

static bool kept(struct pc_engine *engine, bool ok, const struct pc_err *err)
{
    if (!ok)
        pc_progress_missed(engine, "progress", err);
    return ok;
}

char *pc_engine_progress_note(struct pc_engine *engine)
{
    return PC_TAKE(engine->store_note);
}

bool pc_progress_keep(struct pc_engine *engine, const struct pc_attempt *attempt,
                      const struct pc_source *source, struct pc_record *record)
{
    struct pc_err err;
    struct pc_store *store = store_to_write(engine);
    return store && kept(engine,
                         pc_store_add_attempt(store, attempt, source->text, source->len,
                                              record, &err),
                         &err);
}

struct pc_status pc_engine_status(struct pc_engine *engine,
                                  const struct pc_exercise *exercise)
{
    struct pc_status status = {.best = (double)NAN};
    struct pc_store *store = store_of(engine);
    if (store && !pc_store_status(store, exercise->name, &status, NULL))
        status = (struct pc_status){.best = (double)NAN};
    return status;
}

struct pc_attempts pc_engine_history(struct pc_engine *engine,
                                     const struct pc_exercise *exercise, size_t most)
{
    struct pc_attempts attempts = {0};
    struct pc_store *store = store_of(engine);
    if (store)
        pc_store_history(store, exercise->name, most, &attempts, NULL);
    return attempts;
}

bool pc_engine_best(struct pc_engine *engine, const struct pc_exercise *exercise,
                    struct pc_attempt *best)
{
    bool found = false;
    struct pc_store *store = store_of(engine);
    return store && pc_store_best(store, exercise->name, best, &found, NULL) && found;
}

/* For calls that are useless without a store. */
static struct pc_store *must_have(struct pc_engine *engine, struct pc_err *err)
{
    struct pc_store *store = store_of(engine);
    if (!store)
        pc_fail(err, PC_ENVIRONMENT, "there is no place for progress");
    return store;
}

char *pc_engine_snapshot(struct pc_engine *engine, const struct pc_attempt *attempt,
                         size_t *n, struct pc_err *err)
{
    struct pc_store *store = must_have(engine, err);
    return store ? pc_store_snapshot(store, attempt->content, n, err) : NULL;
}

void pc_engine_hint_used(struct pc_engine *engine, const struct pc_exercise *exercise,
                         int level)
{
    struct pc_err err;
    struct pc_store *store = store_to_write(engine);
    if (store)
        kept(engine,
             pc_store_hint_used(store, exercise->name, level, pc_wall_clock_ms(), &err),
             &err);
}

void pc_engine_revealed(struct pc_engine *engine, const struct pc_exercise *exercise)
{
    struct pc_err err;
    struct pc_store *store = store_to_write(engine);
    if (store)
        kept(engine, pc_store_revealed(store, exercise->name, pc_wall_clock_ms(), &err),
             &err);
}

void pc_engine_predicted(struct pc_engine *engine, const char *question, const char *answer,
                         bool right)
{
    struct pc_err err;
    struct pc_prediction p = {.right = right, .when = pc_wall_clock_ms()};
    snprintf(p.question, sizeof p.question, "%s", question);
    snprintf(p.answer, sizeof p.answer, "%s", answer);
    struct pc_store *store = store_to_write(engine);
    if (store)
        kept(engine, pc_store_add_prediction(store, &p, &err), &err);
}

bool pc_engine_prediction(struct pc_engine *engine, const char *question,
                          struct pc_prediction *prediction)
{
    bool found = false;
    struct pc_store *store = store_of(engine);
    return store && pc_store_prediction(store, question, prediction, &found, NULL) && found;
}

void pc_engine_answered(struct pc_engine *engine, struct pc_card_answer *answer)
{
    struct pc_err err;
    if (answer->when == 0)
        answer->when = pc_wall_clock_ms();
    struct pc_store *store = store_to_write(engine);
    if (store)
        kept(engine, pc_store_add_answer(store, answer, &err), &err);
}

struct pc_card_answers pc_engine_card_answers(struct pc_engine *engine,
                                              const struct pc_topic *topic)
{
    struct pc_card_answers found = {0}, answers = {.n = topic->n_cards};
    struct pc_store *store = store_of(engine);
    char prefix[16];
    snprintf(prefix, sizeof prefix, "%02d/", topic->number);
    if (store)
        pc_store_latest_answers(store, prefix, &found, NULL);
    answers.items = pc_alloc_array(answers.n + 1, sizeof *answers.items);
    for (size_t i = 0; i < answers.n; i++)
        for (size_t k = 0; k < found.n; k++)
            if (strcmp(found.items[k].card, topic->cards[i].key) == 0)
                answers.items[i] = found.items[k];
    pc_card_answers_fini(&found);
    return answers;
}

struct pc_card_status pc_engine_card_status(struct pc_engine *engine,
                                            const struct pc_topic *topic)
{
    struct pc_card_answers answers = pc_engine_card_answers(engine, topic);
    struct pc_card_status status = {.cards = answers.n};
    for (size_t i = 0; i < answers.n; i++) {
        status.answered += answers.items[i].when != 0;
        status.right += answers.items[i].when != 0 && answers.items[i].right;
    }
    pc_card_answers_fini(&answers);
    return status;
}

void pc_engine_page_read(struct pc_engine *engine, const char *page)
{
    struct pc_err err;
    struct pc_store *store = store_to_write(engine);
    if (store)
        kept(engine, pc_store_page_read(store, page, pc_wall_clock_ms(), &err), &err);
}

bool pc_engine_page_was_read(struct pc_engine *engine, const char *page)
{
    bool read = false;
    struct pc_store *store = store_of(engine);
    return store && pc_store_page_was_read(store, page, &read, NULL) && read;
}

char *pc_engine_setting(struct pc_engine *engine, const char *key)
{
    struct pc_store *store = store_of(engine);
    char *value = store ? pc_store_get(store, key, NULL) : NULL;
    return value ? value : pc_strdup("");
}

void pc_engine_set(struct pc_engine *engine, const char *key, const char *value)
{
    struct pc_err err;
    struct pc_store *store = store_to_write(engine);
    if (store)
        kept(engine, pc_store_set(store, key, value, &err), &err);
}

char *pc_engine_export(struct pc_engine *engine, size_t *n, struct pc_err *err)
{
    struct pc_store *store = must_have(engine, err);
    return store ? pc_store_export(store, n, err) : NULL;
}

bool pc_engine_import(struct pc_engine *engine, const char *text, size_t n,
                      struct pc_import *added, struct pc_err *err)
{
    struct pc_store *store = must_have(engine, err);
    return store && pc_store_import(store, text, n, added, err);
}
