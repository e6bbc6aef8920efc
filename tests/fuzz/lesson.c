/*
 * lesson.lua (script/lesson.h, run.h): any text is refused with one line that names the
 * file, or gives a topic that can be shown, whose experiments run to their end whatever
 * they are answered.
 */
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "fuzz.h"
#include "script/lesson.h"
#include "script/run.h"
#include "script/sandbox.h"

enum { STEPS_MAX = 100 };

static void check_exercises(const struct pc_topic *topic)
{
    fuzz_must(topic->n_exercises > 0, "a topic has exercises");
    for (size_t i = 0; i < topic->n_exercises; i++) {
        const struct pc_exercise *e = &topic->exercises[i];
        fuzz_must(e->number == (int)i + 1 && e->topic == topic, "exercises count from 1");
        fuzz_must_be_harmless(e->name, false, "a name");
        fuzz_must_be_harmless(e->title, false, "a title");
        fuzz_must(e->story[0] != '\0' && e->n_hints > 0, "an exercise has story and hints");
        for (size_t k = 0; k < i; k++)
            fuzz_must(strcmp(e->name, topic->exercises[k].name) != 0, "%s occurs once",
                      e->name);
    }
}

static void check_cards(const struct pc_topic *topic)
{
    for (size_t i = 0; i < topic->n_cards; i++) {
        const struct pc_card *card = &topic->cards[i];
        fuzz_must(card->n_choices != 1 && card->n_choices <= PC_CHOICES_MAX,
                  "a card has choices or none");
        fuzz_must(card->right <= card->n_choices, "the right choice is one");
        fuzz_must((card->right == 0) == (card->n_choices == 0), "choices have a right one");
        fuzz_must(strlen(card->key) < 64, "progress has room for a card: %s", card->key);
        fuzz_must(card->question[0] && card->answer[0] && card->why[0], "a card is whole");
    }
}

static void check_topic(const struct pc_topic *topic)
{
    fuzz_must_be_harmless(topic->title, false, "a title");
    check_exercises(topic);
    check_cards(topic);
    for (size_t i = 0; i < topic->n_pages; i++) {
        fuzz_must_be_harmless(topic->pages[i].title, false, "a page's title");
        fuzz_must(strstr(topic->pages[i].file, "..") == NULL, "a page is in its folder");
    }
    for (size_t i = 0; i < topic->n_experiments; i++)
        fuzz_must_be_harmless(topic->experiments[i].title, false, "a title");
    for (size_t i = 0; i < topic->n_essence; i++)
        fuzz_must_be_harmless(topic->essence[i], false, "what to remember");
}

static void check_request(const struct pc_request *r)
{
    fuzz_must(r->n_choices <= PC_CHOICES_MAX, "choices fit");
    fuzz_must(r->right <= PC_CHOICES_MAX, "the right choice is one");
    fuzz_must(r->prediction <= PC_PREDICTIONS_MAX, "predictions fit");
    if (r->file)
        fuzz_must(strncmp(r->file, "experiments/", 12) == 0 && !strstr(r->file, ".."),
                  "a bench is in its folder: %s", r->file);
    fuzz_must(r->budget_ms >= 0 && r->budget_ms <= 60000, "a budget is bounded");
    fuzz_must(r->rights < 1u << PC_CHOICES_MAX, "the right choices are some");
    fuzz_must(r->kind != PC_REQUEST_ANSWER || (r->rights >> (r->right - 1) & 1),
              "the right choice is one of those");
    fuzz_must(r->profile <= PC_PROFILES_MAX && r->rows <= 40 && r->lines <= 40,
              "a profile is bounded");
    fuzz_must((r->kind != PC_REQUEST_PROFILE && r->kind != PC_REQUEST_SHOW) ||
                  r->profile > 0,
              "a profile has a number");
    fuzz_must(r->kind != PC_REQUEST_POINT || (isfinite(r->x) && isfinite(r->y)),
              "a point is somewhere");
}

/* What a profile is answered; the caller frees it. */
static void make_profile(struct pc_value *table)
{
    static const char source[] =
        "return {number = 1, by = 'self', top = 'f', settled = true, samples = 60,\n"
        "functions = {{name = 'f', self = 1, self_low = 0.9, self_high = 1}},\n"
        "lines = {}, unseen = {'g'}, nothing = {self = 0}}";
    struct pc_err err;
    fuzz_must(pc_sandbox_run_text("profile", source, sizeof source - 1, table, &err),
              "a profile is a table: %s", err.msg);
}

static void run_experiment(const struct pc_course *course, const struct pc_topic *topic,
                           const struct pc_experiment *experiment)
{
    const struct pc_metrics metrics = {.n = 1, .items = {{"allocs/op", 1, 2, 1.5}}};
    struct pc_err err = {0};
    struct pc_lesson_run *run = pc_lesson_run_create(course, topic, experiment, &err);
    if (!run) {
        fuzz_must_explain(&err, PC_ENVIRONMENT);
        return;
    }
    struct pc_value profile;
    make_profile(&profile);
    struct pc_answer answer = {
        .value = 10, .low = 9, .high = 11, .metrics = &metrics, .table = &profile};
    const struct pc_request *request = NULL;
    enum pc_lesson_step step = pc_lesson_run_next(run, NULL, &request, &err);
    for (int i = 0; step == PC_LESSON_ASKS && i < STEPS_MAX; i++) {
        check_request(request);
        answer.choice = request->n_choices > 0 ? 1 : 0;
        answer.trouble = request->line % 8 == 7 ? "no compiler" : NULL;
        step = pc_lesson_run_next(run, &answer, &request, &err);
    }
    if (step == PC_LESSON_FAILED)
        fuzz_must_explain(&err, PC_ENVIRONMENT);
    pc_lesson_run_free(run);
    pc_value_fini(&profile);
}

static void make_files(void)
{
    static const char *const names[] = {
        "exercises/07_strings/join/join.h",   "exercises/07_strings/join/join.c",
        "exercises/07_strings/join/bench.c",  "checks/07_strings/join/limits.lua",
        "checks/07_strings/join/test.c",      "checks/07_strings/join/reference.c",
        "lessons/07_strings/experiments/a.c", "lessons/07_strings/pages/1_a.md"};
    static bool made;
    for (size_t i = 0; !made && i < PC_COUNT(names); i++)
        fuzz_file(names[i], "# A\n", 4);
    made = true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct pc_course course;
    struct pc_err err = {0};
    make_files();
    fuzz_file("lessons/07_strings/lesson.lua", data, n);
    if (!pc_course_load(fuzz_folder(), &course, NULL, &err)) {
        fuzz_must_explain(&err, PC_ENVIRONMENT);
        fuzz_must(strstr(err.msg, "lesson.lua") != NULL, "the file is named: %s", err.msg);
        pc_course_fini(&course);
        return 0;
    }
    fuzz_must(course.n_topics == 1, "there is one topic");
    const struct pc_topic *topic = &course.topics[0];
    check_topic(topic);
    for (size_t i = 0; i < topic->n_experiments; i++)
        run_experiment(&course, topic, &topic->experiments[i]);
    pc_course_fini(&course);
    return 0;
}
