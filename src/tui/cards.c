/* The cards of a topic, joined with the engine that keeps the answers. */
#include "engine/engine.h"
#include "tui/browser.h"
#include "tui/view_card.h"

static void answered(void *ctx, struct pc_card_answer *answer)
{
    struct pc_browser *browser = ctx;
    pc_engine_answered(browser->engine, answer);
}

static void draw_header(void *ctx, struct pc_canvas *canvas, const struct pc_view *view,
                        const char *title, const char *facts)
{
    pc_browser_header(ctx, canvas, view, title, facts, NULL);
}

static struct pc_view *proof(void *ctx, const struct pc_topic *topic,
                             const struct pc_card *card)
{
    struct pc_browser *browser = ctx;
    struct pc_err err;
    const struct pc_experiment *experiment = pc_topic_experiment(topic, card->proof, &err);
    struct pc_view *view =
        experiment ? pc_experiment_create(browser, topic, experiment, &err) : NULL;
    if (!view)
        pc_app_say(browser->app, "%s", err.msg);
    return view;
}

struct pc_view *pc_cards_create(struct pc_browser *browser, const struct pc_topic *topic,
                                struct pc_err *err)
{
    static const struct pc_card_ops ops = {
        .answered = answered, .header = draw_header, .proof = proof};
    if (topic->n_cards == 0) {
        pc_fail(err, PC_USAGE, "topic %02d has no cards", topic->number);
        return NULL;
    }
    struct pc_card_answers latest = pc_engine_card_answers(browser->engine, topic);
    const struct pc_card_spec spec = {.topic = topic,
                                      .latest = &latest,
                                      .ascii = pc_app_is_ascii(browser->app),
                                      .ops = &ops,
                                      .ctx = browser};
    struct pc_view *view = pc_card_view_create(&spec);
    pc_card_answers_fini(&latest);
    return view;
}
