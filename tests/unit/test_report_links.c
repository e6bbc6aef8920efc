/*
 * Places in text as links.  In the rows "<" and ">" stand for where a link begins and ends.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "report/links.h"

/* The sequences of `path`, which becomes "<", and of the end, which becomes ">". */
static void shorten(struct pc_str *out, const char *text, const char *url)
{
    PC_AUTO(pc_auto_free) char *begin = pc_strfmt("\033]8;;%s\033\\", url);
    static const char end[] = "\033]8;;\033\\";
    while (*text) {
        if (strncmp(text, begin, strlen(begin)) == 0) {
            pc_str_adds(out, "<");
            text += strlen(begin);
        } else if (strncmp(text, end, strlen(end)) == 0) {
            pc_str_adds(out, ">");
            text += strlen(end);
        } else {
            pc_str_add(out, text++, 1);
        }
    }
}

static void places_in_the_kernel_become_links(void **state)
{
    static const struct {
        const char *path, *url, *text, *linked;
    } rows[] = {
        {"/w/sum.c", "/w/sum.c", "sum.c:9:12: error: x", "<sum.c:9:12>: error: x"},
        {"/w/sum.c", "/w/sum.c", "most at sum.c:9 in f", "most at <sum.c:9> in f"},
        {"/w/sum.c", "/w/sum.c", "sum.c:1 and sum.c:2", "<sum.c:1> and <sum.c:2>"},
        {"/w/sum.c", "/w/sum.c", "(sum.c:51)", "(<sum.c:51>)"},
        {"/w/sum.c", "/w/sum.c", "sum.c has no line", "sum.c has no line"},
        {"/w/sum.c", "/w/sum.c", "sum.c: no line, sum.c:x", "sum.c: no line, sum.c:x"},
        {"/w/sum.c", "/w/sum.c", "checksum.c:4, a/sum.c:5", "checksum.c:4, a/sum.c:5"},
        {"/w/sum.c", "/w/sum.c", "sum.c:4:, sum.c:4:x", "<sum.c:4>:, <sum.c:4>:x"},
        {"/w/sum.c", "/w/sum.c", "test.c:4", "test.c:4"},
        {"/a b;%/s.c", "/a%20b%3B%25/s.c", "s.c:1", "<s.c:1>"},
        {"/w/\xc3\xa4.c", "/w/%C3%A4.c", "\xc3\xa4.c:1", "<\xc3\xa4.c:1>"},
        {"the starter", "", "the starter:1", "the starter:1"},
        {"sum.c", "", "sum.c:1", "sum.c:1"},
        {"/w/sum.c", "/w/sum.c", "", ""},
    };
    char host[256] = "";
    (void)state;
    gethostname(host, sizeof host - 1);
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_str text = {0}, seen = {0};
        PC_AUTO(pc_auto_free) char *url = pc_strfmt("file://%s%s", host, rows[i].url);
        pc_str_adds(&text, "sum.c:7 ");
        pc_str_adds(&text, rows[i].text);
        pc_links_add(&text, strlen("sum.c:7 "), pc_path_base(rows[i].path), rows[i].path);
        shorten(&seen, pc_str_get(&text), url);
        assert_int_equal(strncmp(pc_str_get(&seen), "sum.c:7 ", 8), 0);
        assert_string_equal(pc_str_get(&seen) + 8, rows[i].linked);
        pc_str_fini(&text);
        pc_str_fini(&seen);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_in_the_kernel_become_links),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
