#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/rng.h"
#include "base/str.h"
#include "markup/clexer.h"
#include "markup_dump.h"

/* One letter for every byte of `source`, newlines as they are. */
static char *letters(const char *source, size_t n)
{
    struct pc_str out = {0};
    struct pc_clexer lexer = {0};
    for (size_t i = 0; i < n;) {
        enum pc_style style;
        size_t len = pc_clexer_next(&lexer, source + i, n - i, &style);
        assert_in_range(len, 1, n - i);
        for (size_t k = i; k < i + len; k++) {
            char letter = style_letter(style);
            if (source[k] == '\n') {
                assert_int_equal(len, 1);
                letter = '\n';
            }
            pc_str_add(&out, &letter, 1);
        }
        i += len;
    }
    return pc_str_take(&out);
}

static void every_token_has_its_style(void **state)
{
    (void)state;
    static const struct {
        const char *rule, *source, *letters;
    } rows[] = {
        {"keywords and types", "static int i", "kkkkkk.ttt.."},
        {"a keyword inside a word is none", "intern int", ".......ttt"},
        {"names that end in _t are types", "my_t x", "tttt.."},
        {"but not _t alone", "_t x", "...."},
        {"a tag is a type", "struct node *p", "kkkkkk.tttt..."},
        {"a tag need not follow", "struct { int x", "kkkkkk...ttt.."},
        {"an enum, too", "enum e {", "kkkk.t.."},
        {"a call is a name before a parenthesis", "f(g (x))", "f.f....."},
        {"sizeof is no call", "sizeof(x)", "kkkkkk..."},
        {"a type in parentheses", "(char)x", ".tttt.."},
        {"numbers", "0x1p-3f+1e5", "nnnnnnn.nnn"},
        {"e in hexadecimal is a digit", "0xe+1", "nnn.n"},
        {"digits apart, suffixes", "1'000ull;.5", "nnnnnnnn.nn"},
        {"a dot alone is none", "a.b", "..."},
        {"names of values", "NULL true", "nnnn.nnnn"},
        {"strings", "x = \"a b\";", "....sssss."},
        {"a quote behind a backslash does not end one", "\"\\\"\"x", "ssss."},
        {"two backslashes do not hide the quote", "\"\\\\\"x", "ssss."},
        {"characters", "'\\''+'a'", "ssss.sss"},
        {"wide strings", "L\"a\" u8\"b\" Ux", "ssss.sssss..."},
        {"a string that is not closed ends with its line", "\"ab\nint", "sss\nttt"},
        {"a string goes on behind a backslash", "\"ab\\\ncd\" x", "ssss\nsss.."},
        {"but not past an empty line", "\"ab\\\n\nint", "ssss\n\nttt"},
        {"a character does not go on", "'a\\\nint", "sss\nttt"},
        {"comments", "a /* b */ c", "..ccccccc.."},
        {"comments over lines", "/* a\nint b\n*/int", "cccc\nccccc\nccttt"},
        {"a star and a slash apart do not end one", "/*/ * /*/x", "ccccccccc."},
        {"remarks", "a// int\nint", ".cccccc\nttt"},
        {"a remark goes on behind a backslash", "// a\\\nint\nint", "ccccc\nccc\nttt"},
        {"a comment inside a string is none", "\"/*\" int", "ssss.ttt"},
        {"a quote inside a comment is none", "/*\"*/ int", "ccccc.ttt"},
        {"directives", "#define N 1", "ddddddd...n"},
        {"with blanks in them", "  #  if x", "..ddddd.."},
        {"not in the middle of a line", "a # b", "....."},
        {"nor in a line that goes on", "a \\\n#if", "...\n.kk"},
        {"headers in brackets", "#include <a.h>", "dddddddd.sssss"},
        {"headers in quotes", "#include \"a.h\"", "dddddddd.sssss"},
        {"a smaller sign elsewhere is none", "#if a <b>", "ddd......"},
        {"a bracket that is not closed", "#include <a\nb>", "dddddddd...\n.."},
        {"a comment before a directive", "/* a */ #if x", "ccccccc.ddd.."},
        {"a lone hash", "#\nint", "d\nttt"},
        {"letters outside ASCII belong to names", "\xc3\xa9t\xc3\xa9(", "fffff."},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        PC_AUTO(pc_auto_free) char *got = letters(rows[i].source, strlen(rows[i].source));
        if (strcmp(got, rows[i].letters) != 0)
            fail_msg("%s:\n%s\ninstead of\n%s", rows[i].rule, got, rows[i].letters);
    }
}

static void any_bytes_are_cut_without_loss(void **state)
{
    (void)state;
    static const char alphabet[] = "/*\"'\\\n# <>aLu8.0xe+-({;\t\xc3\xa9";
    struct pc_rng rng;
    pc_rng_init(&rng, 31);
    for (int round = 0; round < 20000; round++) {
        char source[40];
        size_t n = pc_rng_below(&rng, sizeof source);
        for (size_t i = 0; i < n; i++)
            source[i] = pc_rng_below(&rng, 16)
                            ? alphabet[pc_rng_below(&rng, sizeof alphabet)]
                            : (char)pc_rng_next(&rng);
        PC_AUTO(pc_auto_free) char *exact = pc_alloc(n ? n : 1); /* no NUL behind it */
        memcpy(exact, source, n);
        PC_AUTO(pc_auto_free) char *got = letters(exact, n);
        assert_int_equal(strlen(got), n);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_token_has_its_style),
        cmocka_unit_test(any_bytes_are_cut_without_loss),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
