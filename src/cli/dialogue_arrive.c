/* What the learner hears where a step has led. */
#include "base/mem.h"
#include "cli/dialogue.h"

bool pc_dialogue_say_place(struct pc_dialogue *dialogue)
{
    struct pc_str name = {0};
    pc_stop_name(&dialogue->place, &name);
    bool ok = pc_dialogue_say(dialogue, "%s", name.s);
    pc_str_fini(&name);
    return ok;
}

bool pc_dialogue_read(struct pc_dialogue *dialogue, const struct pc_words *line,
                      size_t from)
{
    size_t page = 0;
    pc_stop_kind(&dialogue->place, &page);
    struct pc_words argv = {0};
    pc_words_add(&argv, "read");
    pc_words_addf(&argv, "%02d.%zu", dialogue->place.topic->number, page + 1);
    for (size_t i = from; i < line->n; i++)
        pc_words_add(&argv, line->items[i]);
    bool ok = pc_dialogue_say_place(dialogue) && pc_dialogue_run(dialogue, &argv);
    pc_words_fini(&argv);
    return ok;
}

static bool announce_experiment(struct pc_dialogue *d, const struct pc_experiment *x)
{
    return pc_dialogue_say_place(d) &&
           pc_dialogue_say(d, "%s\n%s", x->title, x->question) &&
           pc_dialogue_say(d, "experiment runs it on this machine, next goes on");
}

static bool show_exercise(struct pc_dialogue *d, const struct pc_exercise *e)
{
    char id[16];
    struct pc_words argv = {0};
    pc_words_add(&argv, "show");
    pc_words_add(&argv, pc_exercise_id(e, id));
    bool ok = pc_dialogue_run(d, &argv);
    pc_words_fini(&argv);
    return ok;
}

bool pc_dialogue_arrive(struct pc_dialogue *dialogue)
{
    static const struct pc_words nothing;
    const struct pc_topic *topic = dialogue->place.topic;
    size_t index = 0;
    switch (pc_stop_kind(&dialogue->place, &index)) {
    case PC_STOP_COURSE:
    case PC_STOP_TOPIC:
        break;
    case PC_STOP_PAGE:
        return pc_dialogue_read(dialogue, &nothing, 0);
    case PC_STOP_EXPERIMENT:
        return announce_experiment(dialogue, &topic->experiments[index]);
    case PC_STOP_EXERCISE:
        return show_exercise(dialogue, &topic->exercises[index]);
    case PC_STOP_CARDS:
        return pc_dialogue_say_place(dialogue) &&
               pc_dialogue_say(dialogue, "cards asks %zu questions", topic->n_cards);
    }
    return pc_dialogue_list(dialogue);
}
