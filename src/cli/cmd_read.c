#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "cli/shell.h"

/* Split "07.2" or "strings.2" into the topic's word and the page; 1 when none is named. */
static char *split_page(const char *word, size_t *page)
{
    const char *dot = strrchr(word, '.');
    *page = 1;
    if (!dot || !isdigit((unsigned char)dot[1]))
        return pc_strdup(word);
    char *end;
    unsigned long n = strtoul(dot + 1, &end, 10);
    if (*end)
        return pc_strdup(word);
    *page = n;
    return pc_strndup(word, (size_t)(dot - word));
}

/* Where one is, and what comes next. */
static void add_footer(struct pc_str *out, const struct pc_topic *topic, size_t page)
{
    pc_str_addf(out, "\n-- %02d %s, page %zu of %zu", topic->number, topic->title, page,
                topic->n_pages);
    if (page < topic->n_pages)
        pc_str_addf(out, "; next: perfcourse read %02d.%zu\n", topic->number, page + 1);
    else if (topic->n_experiments > 0)
        pc_str_addf(out, "; then: perfcourse experiment %02d\n", topic->number);
    else
        pc_str_addf(out, "; then: perfcourse show %02d.1\n", topic->number);
}

const struct pc_topic *pc_choose_page(const struct pc_shell *shell, const char *word,
                                      size_t *page, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *name = split_page(word, page);
    const struct pc_topic *topic = pc_choose_topic(shell, name, err);
    if (!topic)
        return NULL;
    if (topic->n_pages == 0)
        pc_fail(err, PC_USAGE, "topic %02d has no pages", topic->number);
    else if (*page < 1 || *page > topic->n_pages)
        pc_fail(err, PC_USAGE, "topic %02d has %zu page%s, there is no page %zu",
                topic->number, topic->n_pages, topic->n_pages == 1 ? "" : "s", *page);
    else
        return topic;
    return NULL;
}

static enum pc_code read_page(struct pc_shell *shell, const char *word, struct pc_err *err)
{
    size_t page;
    const struct pc_topic *topic = pc_choose_page(shell, word, &page, err);
    if (!topic)
        return err->code;
    PC_AUTO(pc_auto_free) char *text =
        pc_engine_page_text(shell->engine, topic, &topic->pages[page - 1],
                            pc_output_width(), !pc_output_is_live(), err);
    if (!text)
        return err->code;
    struct pc_str out = {0};
    pc_str_adds(&out, text);
    add_footer(&out, topic, page);
    bool ok = pc_print(pc_str_get(&out), err);
    pc_str_fini(&out);
    if (ok)
        pc_engine_page_read(shell->engine, topic->pages[page - 1].key);
    return ok ? PC_PASSED : err->code;
}

const struct argp pc_read_argp = {
    .options = pc_no_options,
    .parser = pc_parse_words,
    .args_doc = "TOPIC[.PAGE]",
    .doc = "Print a page of a lesson; the first one unless another is named."};

enum pc_code pc_cmd_read(struct pc_shell *shell, int argc, char **argv, struct pc_err *err)
{
    struct pc_words words = {0};
    pc_parse_options(&pc_read_argp, argc, argv, &words);
    enum pc_code code = PC_USAGE;
    if (words.n == 1)
        code = read_page(shell, words.items[0], err);
    else
        pc_fail(err, PC_USAGE, "name one page, such as `perfcourse read 07.1`");
    pc_words_fini(&words);
    return code;
}
