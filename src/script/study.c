#include "script/study.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/text.h"
#include "model/request.h"
#include "script/needs.h"

enum { PAGE_MAX = 256 << 10 };

bool pc_study_is_file(const char *path, const char *folder, const char *ending)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789_.-";
    size_t n = strlen(folder), end = strlen(ending);
    if (strncmp(path, folder, n) != 0)
        return false;
    const char *name = path + n;
    size_t len = strlen(name);
    return len > end && name[0] != '.' && strspn(name, letters) == len &&
           strcmp(name + len - end, ending) == 0;
}

/* The first line of a page is its title: "# What a C string does not know". */
static char *title_of(const char *text)
{
    while (isspace((unsigned char)*text))
        text++;
    if (text[0] != '#' || text[1] != ' ')
        return NULL;
    text += 2 + strspn(text + 2, " \t");
    size_t n = strcspn(text, "\r\n");
    while (n > 0 && isspace((unsigned char)text[n - 1]))
        n--;
    return n > 0 ? pc_strndup(text, n) : NULL;
}

/* "pages/1_the_end.md" as "07/1_the_end": it stays when pages change their places. */
static char *key_of(const struct pc_topic *topic, const char *file)
{
    const char *name = pc_path_base(file);
    return pc_strfmt("%02d/%.*s", topic->number, (int)strcspn(name, "."), name);
}

/* A link to an experiment, [words](experiment:NAME), names one that there is. */
static bool check_links(const struct pc_document *doc, int line, const char *text,
                        const struct pc_topic *topic, const struct pc_page *page)
{
    static const char scheme[] = "](experiment:";
    for (const char *at = text; (at = strstr(at, scheme));) {
        at += sizeof scheme - 1;
        size_t n = strcspn(at, ")"), i = 0;
        while (i < topic->n_experiments && (strlen(topic->experiments[i].name) != n ||
                                            memcmp(topic->experiments[i].name, at, n) != 0))
            i++;
        if (i < topic->n_experiments)
            continue;
        int row = 1;
        for (const char *c = text; c < at; c++)
            row += *c == '\n';
        return pc_document_fail(doc, line, "%s:%d: there is no experiment \"%.*s\"",
                                page->file, row, (int)n, at);
    }
    return true;
}

static bool read_page(const struct pc_document *doc, const char *dir, int line,
                      const struct pc_topic *topic, struct pc_page *page)
{
    struct pc_err err;
    if (!pc_study_is_file(page->file, "pages/", ".md"))
        return pc_document_fail(doc, line, "a page is pages/NAME.md, not \"%s\"",
                                page->file);
    PC_AUTO(pc_auto_free) char *path = pc_path_join(dir, page->file);
    size_t n;
    PC_AUTO(pc_auto_free) char *text = pc_file_read(path, PAGE_MAX, &n, &err);
    if (!text)
        return pc_document_fail(doc, line, "%s", err.msg);
    if (!pc_text_is_utf8(text, n))
        return pc_document_fail(doc, line, "%s must be UTF-8", page->file);
    page->title = title_of(text);
    if (!page->title)
        return pc_document_fail(doc, line, "%s must begin with a heading, \"# Title\"",
                                page->file);
    return check_links(doc, line, text, topic, page);
}

/* A page that is not in the list could never be read. */
static bool check_all_listed(const struct pc_document *doc, const char *dir, int line,
                             const struct pc_topic *topic)
{
    PC_AUTO(pc_auto_free) char *folder = pc_path_join(dir, "pages");
    char **names = pc_dir_names(folder, NULL);
    bool ok = true;
    for (char **name = names; ok && name && *name; name++) {
        PC_AUTO(pc_auto_free) char *file = pc_strfmt("pages/%s", *name);
        bool listed = !pc_study_is_file(file, "pages/", ".md");
        for (size_t i = 0; i < topic->n_pages; i++)
            listed = listed || strcmp(topic->pages[i].file, file) == 0;
        if (!listed)
            ok = pc_document_fail(doc, line, "%s is not listed in pages", file);
    }
    pc_names_free(names);
    return ok;
}

static bool read_pages(const struct pc_document *doc, const char *dir,
                       const struct pc_value *table, struct pc_topic *topic)
{
    const struct pc_value *list = pc_value_find(table, "pages");
    size_t n = list ? list->n : 0;
    topic->pages = pc_alloc_array(n + 1, sizeof *topic->pages);
    for (size_t i = 0; i < n; i++) {
        const struct pc_value *v = &list->items[i].value;
        struct pc_page *page = &topic->pages[topic->n_pages++];
        page->file = pc_value_trimmed(v);
        page->key = key_of(topic, page->file);
        for (size_t k = 0; k < i; k++)
            if (strcmp(topic->pages[k].file, page->file) == 0)
                return pc_document_fail(doc, v->line, "%s is listed twice", page->file);
        if (!read_page(doc, dir, v->line, topic, page))
            return false;
    }
    return check_all_listed(doc, dir, list ? list->line : table->line, topic);
}

/* Copy a list of strings, which may be missing. */
static void copy_texts(const struct pc_value *list, char ***texts, size_t *n)
{
    *texts = pc_alloc_array(list ? list->n + 1 : 1, sizeof **texts);
    for (*n = 0; list && *n < list->n; (*n)++)
        (*texts)[*n] = pc_value_trimmed(&list->items[*n].value);
}

static const struct pc_rule experiment_rules[] = {
    {.key = "title", .type = PC_SHAPE_LINE, .required = true},
    {.key = "question", .type = PC_SHAPE_PROSE, .required = true},
    {.key = "run", .type = PC_SHAPE_FUNCTION, .required = true},
    {.key = "x", .type = PC_SHAPE_LINE},
    {.key = "y", .type = PC_SHAPE_LINE},
    {.key = "unit", .type = PC_SHAPE_LINE},
    {.key = "scale", .type = PC_SHAPE_LINE},
    {.key = "needs", .type = PC_SHAPE_LIST, .item = PC_SHAPE_LINE},
};
static const struct pc_shape experiment_shape = {experiment_rules,
                                                 PC_COUNT(experiment_rules), NULL};

static bool read_scale(const struct pc_document *doc, const char *path,
                       const struct pc_value *v, enum pc_scale *scale)
{
    static const char *const names[] = {[PC_SCALE_LOG_LOG] = "log-log",
                                        [PC_SCALE_LOG_X] = "log-x",
                                        [PC_SCALE_LOG_Y] = "log-y",
                                        [PC_SCALE_LINEAR] = "linear"};
    for (size_t i = 0; v && i < PC_COUNT(names); i++) {
        if (strcmp(v->text, names[i]) == 0) {
            *scale = (enum pc_scale)i;
            return true;
        }
    }
    return !v || pc_document_fail(doc, v->line,
                                  "%s.scale must be log-log, log-x, log-y or linear, got "
                                  "\"%s\"",
                                  path, v->text);
}

static char *text_or(const struct pc_value *table, const char *key, const char *missing)
{
    const struct pc_value *v = pc_value_find(table, key);
    return v ? pc_value_trimmed(v) : pc_strdup(missing);
}

static bool read_experiment(const struct pc_document *doc, const struct pc_field *field,
                            struct pc_experiment *x)
{
    const struct pc_value *v = &field->value;
    if (!field->key)
        return pc_document_fail(doc, v->line,
                                "experiments have names: experiments = {append = {...}}");
    PC_AUTO(pc_auto_free) char *path = pc_strfmt("experiments.%s", field->key);
    struct pc_value name = {.line = v->line, .kind = PC_STRING, .text = field->key};
    name.len = strlen(field->key);
    if (!pc_shape_check_value(doc, path, &name, PC_SHAPE_NAME) ||
        !pc_shape_check_value(doc, path, v, PC_SHAPE_TABLE) ||
        !pc_shape_check(doc, path, v, &experiment_shape) ||
        !read_scale(doc, path, pc_value_find(v, "scale"), &x->scale))
        return false;
    x->name = pc_strdup(field->key);
    x->title = pc_value_trimmed(pc_value_find(v, "title"));
    x->question = pc_value_trimmed(pc_value_find(v, "question"));
    x->x = text_or(v, "x", "n");
    x->y = text_or(v, "y", "time of one operation");
    x->unit = text_or(v, "unit", "ns/op");
    PC_AUTO(pc_auto_free) char *needs = pc_strfmt("%s.needs", path);
    return pc_needs_read(doc, needs, pc_value_find(v, "needs"), &x->needs, &x->n_needs);
}

static bool read_experiments(const struct pc_document *doc, const struct pc_value *table,
                             struct pc_topic *topic)
{
    const struct pc_value *list = pc_value_find(table, "experiments");
    size_t n = list ? list->n : 0;
    topic->experiments = pc_alloc_array(n + 1, sizeof *topic->experiments);
    for (size_t i = 0; i < n; i++)
        if (!read_experiment(doc, &list->items[i],
                             &topic->experiments[topic->n_experiments++]))
            return false;
    return true;
}

static const struct pc_rule card_rules[] = {
    {.key = "name", .type = PC_SHAPE_NAME, .required = true},
    {.key = "question", .type = PC_SHAPE_PROSE, .required = true},
    {.key = "answer", .type = PC_SHAPE_ANY, .required = true},
    {.key = "why", .type = PC_SHAPE_PROSE, .required = true},
    {.key = "choices",
     .type = PC_SHAPE_LIST,
     .item = PC_SHAPE_LINE,
     .least = 2,
     .most = PC_CHOICES_MAX},
    {.key = "free", .type = PC_SHAPE_TRUE},
    {.key = "proof", .type = PC_SHAPE_NAME},
};
static const struct pc_shape card_shape = {card_rules, PC_COUNT(card_rules), NULL};

/* The answer is one of the choices, or a text when there are none. */
static bool read_card_answer(const struct pc_document *doc, const char *path,
                             const struct pc_value *table, struct pc_card *card)
{
    const struct pc_value *v = pc_value_find(table, "answer");
    PC_AUTO(pc_auto_free) char *where = pc_strfmt("%s.answer", path);
    bool free_recall = pc_value_find(table, "free") != NULL;
    if (free_recall == (card->n_choices > 0))
        return pc_document_fail(doc, table->line, "%s needs either choices or free = true",
                                path);
    if (!pc_shape_check_value(doc, where, v, free_recall ? PC_SHAPE_PROSE : PC_SHAPE_COUNT))
        return false;
    if (!free_recall && v->number > (double)card->n_choices)
        return pc_document_fail(doc, v->line, "%s is %g, but there are %zu choices", where,
                                v->number, card->n_choices);
    card->right = free_recall ? 0 : (size_t)v->number;
    card->answer =
        free_recall ? pc_value_trimmed(v) : pc_strdup(card->choices[card->right - 1]);
    return true;
}

/* Answers are kept under the name, so two cards must not share one. */
static bool read_card_name(const struct pc_document *doc, const char *path,
                           const struct pc_value *table, const struct pc_topic *topic,
                           struct pc_card *card)
{
    const struct pc_value *v = pc_value_find(table, "name");
    card->name = pc_value_trimmed(v);
    card->key = pc_strfmt("%02d/%s", topic->number, card->name);
    for (const struct pc_card *other = topic->cards; other < card; other++)
        if (strcmp(other->name, card->name) == 0)
            return pc_document_fail(doc, v->line,
                                    "%s.name: cards[%zu] is called %s already", path,
                                    (size_t)(other - topic->cards) + 1, card->name);
    return true;
}

static const struct pc_experiment *find_experiment(const struct pc_topic *topic,
                                                   const char *name)
{
    for (size_t i = 0; i < topic->n_experiments; i++)
        if (strcmp(topic->experiments[i].name, name) == 0)
            return &topic->experiments[i];
    return NULL;
}

/* Which experiment belongs to which exercise: the topic's first one unless it is named. */
static bool assign_experiments(const struct pc_document *doc, const struct pc_value *table,
                               struct pc_topic *topic)
{
    const struct pc_value *list = pc_value_find(table, "exercises");
    for (size_t i = 0; i < topic->n_exercises; i++) {
        const struct pc_value *name = pc_value_find(&list->items[i].value, "experiment");
        struct pc_exercise *e = &topic->exercises[i];
        e->experiment = name                       ? find_experiment(topic, name->text)
                        : topic->n_experiments > 0 ? &topic->experiments[0]
                                                   : NULL;
        if (name && !e->experiment)
            return pc_document_fail(doc, name->line,
                                    "exercises[%zu].experiment: there is no experiment "
                                    "\"%s\"",
                                    i + 1, name->text);
    }
    return true;
}

static bool read_card(const struct pc_document *doc, const char *path,
                      const struct pc_value *table, const struct pc_topic *topic,
                      struct pc_card *card)
{
    if (!pc_shape_check(doc, path, table, &card_shape) ||
        !read_card_name(doc, path, table, topic, card))
        return false;
    const struct pc_value *proof = pc_value_find(table, "proof");
    copy_texts(pc_value_find(table, "choices"), &card->choices, &card->n_choices);
    card->question = pc_value_trimmed(pc_value_find(table, "question"));
    card->why = pc_value_trimmed(pc_value_find(table, "why"));
    card->proof = pc_value_trimmed(proof);
    if (proof && !find_experiment(topic, card->proof))
        return pc_document_fail(doc, proof->line, "%s.proof: there is no experiment \"%s\"",
                                path, card->proof);
    return read_card_answer(doc, path, table, card);
}

static bool read_cards(const struct pc_document *doc, const struct pc_value *table,
                       struct pc_topic *topic)
{
    const struct pc_value *list = pc_value_find(table, "cards");
    size_t n = list ? list->n : 0;
    topic->cards = pc_alloc_array(n + 1, sizeof *topic->cards);
    for (size_t i = 0; i < n; i++) {
        PC_AUTO(pc_auto_free) char *path = pc_strfmt("cards[%zu]", i + 1);
        if (!read_card(doc, path, &list->items[i].value, topic,
                       &topic->cards[topic->n_cards++]))
            return false;
    }
    return true;
}

bool pc_study_read(const struct pc_document *doc, const char *dir,
                   const struct pc_value *table, struct pc_topic *topic)
{
    copy_texts(pc_value_find(table, "essence"), &topic->essence, &topic->n_essence);
    /* Exercises, pages and cards name experiments. */
    return read_experiments(doc, table, topic) && assign_experiments(doc, table, topic) &&
           read_pages(doc, dir, table, topic) && read_cards(doc, table, topic);
}
