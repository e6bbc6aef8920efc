/*
 * Cards that are asked one after the other.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "model/cards.h"

/* The model's texts are not const: these are arrays of the test. */
#define TEXT(text) ((char[]){text})

static char *choices[] = {TEXT("a"), TEXT("b"), TEXT("c")};

#define CHOICES .choices = choices, .n_choices = 3

static struct pc_card cards[] = {
    {.name = TEXT("first"), .key = TEXT("07/first"), CHOICES, .right = 2},
    {.name = TEXT("free"), .key = TEXT("07/free")},
    {.name = TEXT("third"), .key = TEXT("07/third"), CHOICES, .right = 1},
};

static const struct pc_topic topic = {.number = 7, .cards = cards, .n_cards = 3};

static void what_was_wrong_last_time_comes_first(void **state)
{
    (void)state;
    enum { NEVER, WRONG, RIGHT };
    static const struct {
        int before[3];
        const char *order;
    } rows[] = {
        {{NEVER, NEVER, NEVER}, "first free third "},
        {{RIGHT, RIGHT, RIGHT}, "first free third "},
        {{NEVER, NEVER, WRONG}, "third first free "},
        {{WRONG, RIGHT, WRONG}, "first third free "},
        {{RIGHT, WRONG, NEVER}, "free first third "},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_card_answer items[3] = {0};
        for (size_t k = 0; k < 3; k++)
            items[k] = (struct pc_card_answer){.when = rows[i].before[k] != NEVER,
                                               .right = rows[i].before[k] == RIGHT};
        struct pc_card_answers latest = {.items = items, .n = 3};
        struct pc_card_session session;
        char order[64] = "";
        pc_card_session_init(&session, &topic, &latest);
        for (; pc_card_session_turn(&session); pc_card_session_next(&session)) {
            strcat(order, pc_card_session_turn(&session)->card->name);
            strcat(order, " ");
        }
        assert_string_equal(order, rows[i].order);
        pc_card_session_fini(&session);
    }
}

static struct pc_card_session begin(void)
{
    struct pc_card_answers none = {0};
    struct pc_card_session session;
    pc_card_session_init(&session, &topic, &none);
    return session;
}

static void a_choice_is_made_once_and_rated(void **state)
{
    (void)state;
    struct pc_card_session s = begin();
    struct pc_card_turn *turn = pc_card_session_turn(&s);
    assert_false(pc_card_session_choose(&s, 0));
    assert_false(pc_card_session_choose(&s, 4));
    assert_false(pc_card_session_show(&s));
    assert_false(pc_card_session_rate(&s, PC_SURE));
    assert_false(pc_card_session_recall(&s, true));
    assert_int_equal(s.phase, PC_CARD_ASKED);
    assert_true(pc_card_session_choose(&s, 3));
    assert_false(pc_card_session_choose(&s, 2));
    assert_false(pc_card_session_recall(&s, true));
    assert_true(pc_card_session_rate(&s, PC_SURE));
    assert_string_equal(turn->answer.card, "07/first");
    assert_int_equal(turn->answer.chosen, 3);
    assert_int_equal(turn->answer.sure, PC_SURE);
    assert_false(turn->answer.right);
    pc_card_session_fini(&s);
}

static void what_is_recalled_is_judged_by_the_learner(void **state)
{
    (void)state;
    struct pc_card_session s = begin();
    pc_card_session_next(&s);
    struct pc_card_turn *turn = pc_card_session_turn(&s);
    assert_false(pc_card_session_choose(&s, 1));
    assert_false(pc_card_session_recall(&s, true));
    assert_true(pc_card_session_show(&s));
    assert_false(pc_card_session_rate(&s, PC_SURE));
    assert_true(pc_card_session_recall(&s, true));
    assert_true(pc_card_session_rate(&s, PC_HESITANT));
    assert_true(turn->answered && turn->answer.right);
    assert_int_equal(turn->answer.chosen, 0);
    pc_card_session_fini(&s);
}

static void the_result_counts_answers_and_not_cards(void **state)
{
    (void)state;
    struct pc_card_session s = begin();
    char buf[PC_CARD_STATUS_MAX];
    struct pc_card_status status = pc_card_session_status(&s);
    assert_string_equal(pc_format_cards(&status, buf), "3 to answer");
    assert_true(pc_card_session_choose(&s, 2));
    pc_card_session_next(&s);
    assert_true(pc_card_session_show(&s));
    pc_card_session_next(&s);
    assert_true(pc_card_session_choose(&s, 2));
    pc_card_session_next(&s);
    assert_null(pc_card_session_turn(&s));
    pc_card_session_next(&s);
    assert_false(pc_card_session_choose(&s, 1));
    assert_false(pc_card_session_rate(&s, PC_SURE));
    status = pc_card_session_status(&s);
    assert_int_equal(status.cards, 3);
    assert_int_equal(status.answered, 2);
    assert_int_equal(status.right, 1);
    assert_string_equal(pc_format_cards(&status, buf), "1 of 3 right");
    pc_card_session_fini(&s);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_wrong_last_time_comes_first),
        cmocka_unit_test(a_choice_is_made_once_and_rated),
        cmocka_unit_test(what_is_recalled_is_judged_by_the_learner),
        cmocka_unit_test(the_result_counts_answers_and_not_cards),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
