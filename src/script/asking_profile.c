#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "script/asking_read.h"

enum { ROWS = 6, ROWS_MAX = 40 };

/* What a lesson can ask for; another kind is one more row. */
static const struct {
    const char *name;
    enum pc_profile_kind kind;
} kinds[] = {{"cpu", PC_PROFILE_CPU},
             {"wall", PC_PROFILE_WALL},
             {"alloc", PC_PROFILE_ALLOC},
             {"lock", PC_PROFILE_LOCK}};

static bool read_kind(struct pc_request *r, const struct pc_document *doc,
                      const struct pc_value *args)
{
    const char *kind = pc_value_text(args, "kind");
    bool known = !kind;
    for (size_t i = 0; !known && i < PC_COUNT(kinds); i++) {
        known = strcmp(kind, kinds[i].name) == 0;
        r->profile_kind = kinds[i].kind;
    }
    return known ||
           pc_document_fail(doc, args->line,
                            "kind must be cpu, wall, alloc or lock, got \"%s\"", kind);
}

static bool read_order(struct pc_request *r, const struct pc_document *doc,
                       const struct pc_value *args)
{
    const char *by = pc_value_text(args, "by");
    r->by_total = by && strcmp(by, "total") == 0;
    r->by_bytes = by && strcmp(by, "bytes") == 0;
    if (by && !r->by_total && !r->by_bytes && strcmp(by, "self") != 0)
        return pc_document_fail(doc, args->line,
                                "by must be self, total or bytes, got \"%s\"", by);
    if (r->by_bytes && r->profile_kind != PC_PROFILE_ALLOC)
        return pc_document_fail(doc, args->line,
                                "by = \"bytes\" goes with kind = \"alloc\"");
    return true;
}

bool pc_asking_profile(struct pc_asking *asking, const struct pc_document *doc)
{
    const struct pc_value *args = &asking->args;
    struct pc_request *r = &asking->request;
    if (!pc_asking_bench(asking, doc) || !read_kind(r, doc, args) ||
        !read_order(r, doc, args))
        return false;
    bool counts = r->profile_kind == PC_PROFILE_ALLOC;
    if (!counts && r->ops)
        return pc_document_fail(doc, args->line,
                                "ops goes with kind = \"alloc\"; budget "
                                "says how long others may take");
    if (counts && r->budget_ms)
        return pc_document_fail(doc, args->line,
                                "kind = \"alloc\" counts whole operations: ops says how "
                                "many, not budget");
    if (asking->n_profiles == PC_PROFILES_MAX)
        return pc_document_fail(doc, args->line, "there are at most %d profiles",
                                PC_PROFILES_MAX);
    r->profile = ++asking->n_profiles;
    r->everything = pc_value_find(args, "everything") != NULL;
    return true;
}

bool pc_asking_show(struct pc_asking *asking, const struct pc_document *doc)
{
    static const struct pc_rule rules[] = {
        {.key = "rows", .type = PC_SHAPE_COUNT},
        {.key = "lines", .type = PC_SHAPE_COUNT},
        {.key = "tree", .type = PC_SHAPE_TRUE},
        {.key = "title", .type = PC_SHAPE_LINE},
    };
    static const struct pc_shape shape = {rules, PC_COUNT(rules), NULL};
    static const struct pc_value nothing = {.kind = PC_TABLE};
    const struct pc_value *args = &asking->args;
    const struct pc_value *profile = pc_value_find(args, "profile");
    const struct pc_value *options = pc_value_find(args, "options");
    struct pc_request *r = &asking->request;
    options = options ? options : &nothing;
    double number = profile->kind == PC_NUMBER ? profile->number : 0;
    if (!(number >= 1 && number <= (double)asking->n_profiles && number == floor(number)))
        return pc_document_fail(
            doc, args->line, "show takes what profile has given: x:show(x:profile{...})");
    if (!pc_shape_check(doc, "show", options, &shape))
        return false;
    double rows = pc_value_number(options, "rows", ROWS);
    double lines = pc_value_number(options, "lines", 0);
    if (rows > ROWS_MAX || lines > ROWS_MAX)
        return pc_document_fail(doc, args->line, "rows and lines are at most %d, got %g",
                                ROWS_MAX, fmax(rows, lines));
    r->profile = (size_t)number;
    r->rows = (size_t)rows;
    r->lines = (size_t)lines;
    r->tree = pc_value_find(options, "tree") != NULL;
    r->text = pc_value_text(options, "title");
    return true;
}
