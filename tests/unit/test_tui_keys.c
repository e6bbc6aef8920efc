#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/rng.h"
#include "base/str.h"
#include "tui/decode.h"
#include "tui/keymap.h"

/* What came out, as text: key names with blanks between. */
static void write_down(void *ctx, const struct pc_typed *typed)
{
    char buf[PC_KEY_NAME_MAX];
    switch (typed->kind) {
    case PC_TYPED_KEY:
        pc_str_addf(ctx, "%s ", pc_key_name(typed->key, buf));
        break;
    case PC_TYPED_PASTE:
        pc_str_addf(ctx, "paste<%.*s> ", (int)typed->n, typed->text);
        break;
    case PC_TYPED_CLICK:
        pc_str_addf(ctx, "click@%d,%d ", typed->x, typed->y);
        break;
    case PC_TYPED_WHEEL:
        pc_str_addf(ctx, "wheel-%s ", pc_key_name(typed->key, buf));
        break;
    }
}

static const struct {
    const char *name, *bytes, *expected;
} rows[] = {
    {"letters are themselves", "aZ?", "a Z ? "},
    {"characters of several bytes", "é漢😀", "é 漢 😀 "},
    {"bytes that are no UTF-8 are dropped", "a\xff\xc3z\x80", "a z "},
    {"control characters", "\001\014\032\003", "Ctrl-A Ctrl-L Ctrl-Z Ctrl-C "},
    {"keys with names", "\t\r\177\b ", "Tab Enter Backspace Backspace Space "},
    {"arrows as CSI", "\033[A\033[B\033[C\033[D", "Up Down Right Left "},
    {"arrows as SS3", "\033OA\033OB\033OC\033OD", "Up Down Right Left "},
    {"Home and End, six forms", "\033[H\033[F\033OH\033OF\033[1~\033[4~",
     "Home End Home End Home End "},
    {"Home and End of rxvt", "\033[7~\033[8~", "Home End "},
    {"pages and edits", "\033[5~\033[6~\033[2~\033[3~", "PgUp PgDn Insert Delete "},
    {"Shift", "\033[Z\033[1;2C\033[1;2D", "Shift-Tab Shift-Right Shift-Left "},
    {"function keys", "\033OP\033[11~\033[[A\033[24~", "F1 F1 F1 F12 "},
    {"an unknown sequence is swallowed", "\033[99;9~q\033[1;5Aq\033[?1;2cq", "q q q "},
    {"a sequence too long for anything",
     "\033[11111111111111111111111111111111111111111111"
     "11111111111111111111111111111111111111111~q",
     "q "},
    {"Alt is swallowed", "\033qx", "x "},
    {"an answer of the terminal is swallowed", "\033]11;rgb:00/00/00\033\\a\033]4;x\ab",
     "a b "},
    {"a device string is swallowed", "\033P1$r q\033\\z", "z "},
    {"a sequence that is broken off by another", "\033[1\033[A", "Up "},
    {"a paste is text", "\033[200~qqq:rm\n\033[A\033[201~j", "paste<qqq:rm\n\033[A> j "},
    {"a paste's line ends", "\033[200~a\rb\033[201~", "paste<a\nb> "},
    {"an empty paste", "\033[200~\033[201~", "paste<> "},
    {"a click far to the right", "\033[<0;300;100M\033[<0;300;100m", "click@299,99 "},
    {"a click farther than any terminal goes",
     "\033[<0;99999999999999999999;1M\033[<0;2;-99999999999999999999M"
     "\033[<0;4294967298;1M",
     ""},
    {"the wheel", "\033[<64;250;2M\033[<65;250;2M", "wheel-Up wheel-Down "},
    {"other buttons and moves are nothing", "\033[<2;3;4M\033[<35;3;4M\033[<x\033[<;;M",
     ""},
    {"the old mouse", "\033[M !!\033[M`!!", "click@0,0 wheel-Up "},
    {"an Esc waits", "\033", ""},
};

static char *decode(const char *bytes, size_t n, size_t at_once, bool settle)
{
    struct pc_str out = {0};
    struct pc_decoder *decoder = pc_decoder_create(write_down, &out);
    for (size_t i = 0; i < n; i += at_once)
        pc_decoder_feed(decoder, bytes + i, n - i < at_once ? n - i : at_once);
    if (settle)
        pc_decoder_settle(decoder);
    pc_decoder_free(decoder);
    return pc_str_take(&out);
}

static void bytes_become_keys_however_they_are_cut(void **state)
{
    (void)state;
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        for (size_t at_once = 1; at_once < 200; at_once += 66) {
            const char *bytes = rows[i].bytes;
            PC_AUTO(pc_auto_free)
            char *is = decode(bytes, strlen(bytes), at_once, false);
            if (strcmp(is, rows[i].expected) != 0)
                fail_msg("%s: '%s', not '%s'", rows[i].name, is, rows[i].expected);
        }
}

static void what_nothing_follows_is_taken_as_it_is(void **state)
{
    (void)state;
    PC_AUTO(pc_auto_free) char *lone = decode("a\033", 2, 1, true);
    assert_string_equal(lone, "a Esc ");
    PC_AUTO(pc_auto_free) char *two = decode("\033\033", 2, 1, true);
    assert_string_equal(two, "Esc Esc ");
    PC_AUTO(pc_auto_free) char *cut = decode("\033[1", 3, 1, true);
    assert_string_equal(cut, "");
    PC_AUTO(pc_auto_free) char *paste = decode("\033[200~abc", 9, 1, true);
    assert_string_equal(paste, "paste<abc> ");
}

static void a_huge_paste_is_cut_and_ends(void **state)
{
    (void)state;
    struct pc_str bytes = {0};
    pc_str_adds(&bytes, "\033[200~");
    for (int i = 0; i < 1500; i++)
        pc_str_addf(&bytes, "%01000d", i);
    pc_str_adds(&bytes, "\033[201~q");
    PC_AUTO(pc_auto_free) char *is = decode(bytes.s, bytes.len, 4096, false);
    size_t n = strlen(is);
    assert_in_range(n, 1000000, 1100000);
    assert_string_equal(is + n - 4, "> q ");
    pc_str_fini(&bytes);
}

static void random_bytes_never_hang_the_decoder(void **state)
{
    (void)state;
    static const char likely[] = "\033\033\033[[O<;012346MmA~\a\\]P\x80\xe2";
    struct pc_rng rng;
    pc_rng_init(&rng, 7);
    for (int round = 0; round < 200; round++) {
        char bytes[512];
        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] = pc_rng_below(&rng, 3) ? likely[pc_rng_below(&rng, sizeof likely - 1)]
                                             : (char)pc_rng_below(&rng, 256);
        memcpy(bytes + sizeof bytes - 10, "\a\033\\\033[201~", 9);
        PC_AUTO(pc_auto_free) char *is = decode(bytes, sizeof bytes, 7, true);
        assert_non_null(is);
    }
}

static void no_key_has_two_meanings_on_one_screen(void **state)
{
    (void)state;
    size_t n;
    const struct pc_binding *table = pc_keymap(&n);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < PC_BINDING_KEYS && table[i].keys[k]; k++)
            for (unsigned screen = 1; screen < PC_SCREENS_END; screen <<= 1) {
                if (!(table[i].screens & screen))
                    continue;
                const struct pc_binding *found =
                    pc_keymap_find((enum pc_screen)screen, table[i].keys[k]);
                char buf[PC_KEY_NAME_MAX];
                if (found != &table[i])
                    fail_msg("%s means two things on %s: %s and %s",
                             pc_key_name(table[i].keys[k], buf),
                             pc_screen_name((enum pc_screen)screen), table[i].label,
                             found->label);
            }
}

static void a_row_says_what_it_is_for(void **state)
{
    (void)state;
    size_t n;
    const struct pc_binding *table = pc_keymap(&n);
    for (size_t i = 0; i < n; i++) {
        assert_int_not_equal(table[i].screens, 0);
        assert_int_not_equal(table[i].keys[0], 0);
        assert_true((table[i].shown == NULL) == (table[i].label == NULL));
        /* A row without words is more keys of the action before it. */
        if (!table[i].shown)
            assert_int_equal(table[i].action, table[i - 1].action);
        if (table[i].footer)
            assert_non_null(table[i].shown);
    }
}

static void every_screen_has_a_name_help_and_a_way_out(void **state)
{
    (void)state;
    for (unsigned screen = 1; screen < PC_SCREENS_END; screen <<= 1) {
        enum pc_screen s = (enum pc_screen)screen;
        assert_true(strlen(pc_screen_name(s)) > 0);
        assert_non_null(pc_keymap_action(s, PC_ACT_HELP));
        assert_true(pc_keymap_action(s, PC_ACT_BACK) || pc_keymap_action(s, PC_ACT_NO));
        assert_non_null(pc_keymap_action(s, PC_ACT_CANCEL));
    }
}

static void characters_are_text_where_text_is_typed(void **state)
{
    (void)state;
    for (int c = 0x20; c < 0x7f; c++) {
        assert_null(pc_keymap_find(PC_SCREEN_PALETTE, c));
        assert_null(pc_keymap_find(PC_SCREEN_PROMPT, c));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_become_keys_however_they_are_cut),
        cmocka_unit_test(what_nothing_follows_is_taken_as_it_is),
        cmocka_unit_test(a_huge_paste_is_cut_and_ends),
        cmocka_unit_test(random_bytes_never_hang_the_decoder),
        cmocka_unit_test(no_key_has_two_meanings_on_one_screen),
        cmocka_unit_test(a_row_says_what_it_is_for),
        cmocka_unit_test(every_screen_has_a_name_help_and_a_way_out),
        cmocka_unit_test(characters_are_text_where_text_is_typed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
