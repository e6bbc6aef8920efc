/*
 * Answers to cards, and a file that knows nothing of them yet.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/rng.h"
#include "store_bed.h"
#include "store_old.h"

enum { KILLS = 40 };

static void add(struct pc_store *store, const char *card, int64_t when, size_t chosen,
                bool right, enum pc_sureness sure)
{
    struct pc_card_answer a = {
        .when = when, .chosen = chosen, .right = right, .sure = sure};
    struct pc_err err = {.msg = ""};
    strcpy(a.card, card);
    bool ok = pc_store_add_answer(store, &a, &err);
    assert_string_equal(err.msg, "");
    assert_true(ok);
}

static void must_be(const struct pc_card_answer *a, const char *card, int64_t when,
                    size_t chosen, bool right, enum pc_sureness sure)
{
    assert_string_equal(a->card, card);
    assert_int_equal(a->when, when);
    assert_int_equal(a->chosen, chosen);
    assert_int_equal(a->right, right);
    assert_int_equal(a->sure, sure);
}

static void answers_come_back_newest_first(void **state)
{
    struct pc_store *store = bed_open(*state, NULL);
    struct pc_card_answers answers;
    assert_true(pc_store_answers(store, "07/a", &answers, NULL));
    assert_int_equal(answers.n, 0);
    assert_true(pc_store_latest_answers(store, "07/", &answers, NULL));
    assert_int_equal(answers.n, 0);
    assert_int_equal(bed_files(*state, "", ""), 0);
    add(store, "07/a", 3000, 4, false, PC_GUESSED);
    add(store, "07/a", 9000, 0, true, PC_NOT_TOLD);
    add(store, "07/a", 5000, 2, true, PC_TOO_EASY);
    add(store, "07/ab", 1, 1, true, PC_SURE);
    pc_store_close(store);
    store = bed_open(*state, NULL);
    assert_true(pc_store_answers(store, "07/a", &answers, NULL));
    assert_int_equal(answers.n, 3);
    must_be(&answers.items[0], "07/a", 9000, 0, true, PC_NOT_TOLD);
    must_be(&answers.items[1], "07/a", 5000, 2, true, PC_TOO_EASY);
    must_be(&answers.items[2], "07/a", 3000, 4, false, PC_GUESSED);
    pc_card_answers_fini(&answers);
    pc_store_close(store);
}

static void how_sure_one_was_joins_the_answer(void **state)
{
    struct pc_store *store = bed_open(*state, NULL);
    struct pc_card_answers answers;
    add(store, "07/a", 5000, 2, true, PC_NOT_TOLD);
    add(store, "07/a", 5000, 2, true, PC_SURE);
    assert_true(pc_store_answers(store, "07/a", &answers, NULL));
    assert_int_equal(answers.n, 1);
    must_be(&answers.items[0], "07/a", 5000, 2, true, PC_SURE);
    pc_card_answers_fini(&answers);
    pc_store_close(store);
}

static void the_latest_answer_of_each_card_of_a_topic_counts(void **state)
{
    struct pc_store *store = bed_open(*state, NULL);
    add(store, "07/b", 2000, 1, true, PC_SURE);
    add(store, "07/a", 9000, 3, false, PC_NOT_TOLD);
    add(store, "07/a", 4000, 1, true, PC_TOO_EASY);
    add(store, "07/\xf0\x9f\x98\x80", 1, 0, true, PC_NOT_TOLD);
    add(store, "06/z", 9000, 1, true, PC_NOT_TOLD);
    add(store, "070", 9000, 1, true, PC_NOT_TOLD);
    add(store, "08/a", 9000, 1, true, PC_NOT_TOLD);
    struct pc_card_answers answers;
    assert_true(pc_store_latest_answers(store, "07/", &answers, NULL));
    assert_int_equal(answers.n, 3);
    must_be(&answers.items[0], "07/a", 9000, 3, false, PC_NOT_TOLD);
    must_be(&answers.items[1], "07/b", 2000, 1, true, PC_SURE);
    pc_card_answers_fini(&answers);
    pc_store_close(store);
}

/* What it held is there, and answers can be kept. */
static void must_take_answers(const struct bed *bed)
{
    struct pc_store *store = bed_open(bed, NULL);
    struct pc_card_answers answers;
    bool read;
    assert_true(pc_store_is_writable(store));
    assert_int_equal(bed_count(store, "join"), 1);
    assert_true(pc_store_page_was_read(store, "07/1", &read, NULL));
    assert_true(read);
    add(store, "07/a", 5, 1, true, PC_SURE);
    assert_true(pc_store_answers(store, "07/a", &answers, NULL));
    assert_int_equal(answers.n, 1);
    pc_card_answers_fini(&answers);
    pc_store_close(store);
}

static void a_file_without_answers_is_copied_and_gets_them(void **state)
{
    struct bed *bed = *state;
    old_write(bed, 2);
    must_take_answers(bed);
    assert_int_equal(bed_files(bed, "backup", "-format-2.db"), 1);
}

static void a_kill_while_the_format_changes_loses_nothing(void **state)
{
    struct pc_rng rng;
    pc_rng_init(&rng, 3);
    for (int i = 0; i < KILLS; i++) {
        old_write(*state, 2);
        pid_t pid = fork();
        assert_true(pid >= 0);
        if (pid == 0) {
            struct pc_store *store;
            char *note;
            _exit(pc_store_open(((struct bed *)*state)->dir, &store, &note, NULL) ? 0 : 1);
        }
        for (int64_t end = pc_now() + (int64_t)pc_rng_below(&rng, 4000000); pc_now() < end;)
            ;
        kill(pid, SIGKILL);
        assert_int_equal(waitpid(pid, NULL, 0), pid);
        must_take_answers(*state);
        bed_remove(state);
        bed_make(state);
    }
}

/* Root may write everywhere, so somebody else has to look. */
static int look_at_read_only(const struct bed *bed)
{
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
        return 77;
    struct pc_store *store;
    char *note;
    size_t n;
    if (!pc_store_open(bed->dir, &store, &note, NULL))
        return 1;
    struct pc_card_answer a = {.card = "07/a", .when = 1};
    PC_AUTO(pc_auto_free) char *text = pc_store_export(store, &n, NULL);
    bool right = note && strstr(note, "not kept") &&
                 !pc_store_add_answer(store, &a, NULL) && text && strstr(text, "07/1");
    free(note);
    pc_store_close(store);
    return right ? 0 : 2;
}

static void an_older_file_that_cannot_be_written_is_exported_as_it_is(void **state)
{
    struct bed *bed = *state;
    old_write(bed, 2);
    assert_int_equal(chmod(bed->dir, 0555), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        _exit(look_at_read_only(bed));
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) != 77)
        assert_int_equal(WEXITSTATUS(status), 0);
    assert_int_equal(chmod(bed->dir, 0755), 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        RULE(answers_come_back_newest_first),
        RULE(how_sure_one_was_joins_the_answer),
        RULE(the_latest_answer_of_each_card_of_a_topic_counts),
        RULE(a_file_without_answers_is_copied_and_gets_them),
        RULE(a_kill_while_the_format_changes_loses_nothing),
        RULE(an_older_file_that_cannot_be_written_is_exported_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
