#include <ctype.h>
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "script/asking_read.h"

static unsigned bit_of(size_t choice)
{
    return choice ? 1u << (choice - 1) : 0;
}

bool pc_asking_predict(struct pc_asking *asking, const struct pc_document *doc)
{
    const struct pc_value *args = &asking->args;
    const struct pc_value *choices = pc_value_find(args, "choices");
    const struct pc_value *values = pc_value_find(args, "values");
    struct pc_request *r = &asking->request;
    if (asking->n_predictions == PC_PREDICTIONS_MAX)
        return pc_document_fail(doc, args->line, "there are at most %d predictions",
                                PC_PREDICTIONS_MAX);
    if (values && values->n != choices->n)
        return pc_document_fail(doc, args->line, "%zu choices need %zu values, not %zu",
                                choices->n, choices->n, values->n);
    r->right = (size_t)pc_value_number(args, "answer", 0);
    if (r->right > choices->n)
        return pc_document_fail(doc, args->line, "answer is %zu, but there are %zu choices",
                                r->right, choices->n);
    r->rights = bit_of(r->right);
    struct pc_asked_prediction *p = &asking->predictions[asking->n_predictions++];
    *p = (struct pc_asked_prediction){
        .line = args->line, .n_choices = choices->n, .answered = r->right > 0};
    for (size_t i = 0; i < choices->n; i++) {
        const struct pc_value *choice = &choices->items[i].value;
        asking->choices[i] = choice->text;
        p->choices[i] = pc_strdup(choice->text);
        p->values[i] = values ? values->items[i].value.number : NAN;
    }
    r->prediction = asking->n_predictions;
    r->question = pc_value_text(args, "question");
    r->choices = asking->choices;
    r->n_choices = choices->n;
    r->text = pc_value_text(args, "why");
    return true;
}

/* The choice whose value is nearest to `found`, as a ratio. */
static size_t nearest(const struct pc_asked_prediction *p, double found)
{
    size_t best = 0;
    double least = INFINITY;
    for (size_t i = 0; i < p->n_choices; i++) {
        double off = fabs(log(p->values[i]) - log(found));
        if (off < least) {
            least = off;
            best = i;
        }
    }
    return best + 1;
}

static bool answer_number(struct pc_request *r, const struct pc_asked_prediction *p,
                          const struct pc_value *right, const struct pc_document *doc)
{
    double found = right->number;
    if (!pc_shape_check_value(doc, "answer.right", right, PC_SHAPE_NUMBER))
        return false;
    if (!isnan(p->values[0])) {
        if (found <= 0)
            return pc_document_fail(doc, right->line, "a value found must be positive");
        r->right = nearest(p, found);
        r->value = found;
    } else if (found < 1 || found > (double)p->n_choices || found != floor(found)) {
        return pc_document_fail(doc, right->line,
                                "the right choice is a number from 1 to %zu, got %g",
                                p->n_choices, found);
    } else {
        r->right = (size_t)found;
    }
    r->rights = bit_of(r->right);
    return true;
}

/* The choice that is this text, or begins with it as with a name: "sort, called for each row";
 * from 1, 0: none. */
static size_t find_choice(const struct pc_asked_prediction *p, const char *name)
{
    size_t n = strlen(name);
    for (size_t i = 0; i < p->n_choices; i++)
        if (strcmp(p->choices[i], name) == 0)
            return i + 1;
    for (size_t i = 0; i < p->n_choices; i++) {
        const char *choice = p->choices[i];
        if (strncmp(choice, name, n) == 0 && choice[n] != '_' &&
            !isalnum((unsigned char)choice[n]))
            return i + 1;
    }
    return 0;
}

static bool answer_texts(struct pc_request *r, const struct pc_asked_prediction *p,
                         const struct pc_value *list, const struct pc_document *doc)
{
    static const struct pc_rule rule = {.item = PC_SHAPE_LINE, .least = 1};
    if (!pc_shape_check_list(doc, "answer.right", list, &rule))
        return false;
    for (size_t i = 0; i < list->n; i++) {
        size_t choice = find_choice(p, list->items[i].value.text);
        if (choice == 0)
            return pc_document_fail(doc, list->line, "\"%s\" is none of the choices",
                                    list->items[i].value.text);
        r->rights |= bit_of(choice);
    }
    return true;
}

/*
 * Of the functions that are choices the one with the greatest share is right, and with it
 * each that cannot be told from it: their intervals overlap.  What is no choice does not
 * matter.
 */
static bool answer_profile(struct pc_request *r, const struct pc_asked_prediction *p,
                           const struct pc_value *rows, const struct pc_document *doc)
{
    static const struct pc_rule rules[] = {
        {.key = "name", .type = PC_SHAPE_LINE, .required = true},
        {.key = "share", .type = PC_SHAPE_NUMBER, .required = true},
        {.key = "low", .type = PC_SHAPE_NUMBER, .required = true},
        {.key = "high", .type = PC_SHAPE_NUMBER, .required = true},
    };
    static const struct pc_rule rule = {.item = PC_SHAPE_TABLE};
    static const struct pc_shape shape = {rules, PC_COUNT(rules), NULL};
    double most = 0, low = 0;
    if (!pc_shape_check_list(doc, "answer.right", rows, &rule))
        return false;
    for (size_t i = 0; i < rows->n; i++) {
        const struct pc_value *row = &rows->items[i].value;
        if (!pc_shape_check(doc, "answer.right", row, &shape))
            return false;
        double share = pc_value_number(row, "share", 0);
        if (share > most && find_choice(p, pc_value_text(row, "name")) > 0) {
            most = share;
            low = pc_value_number(row, "low", 0);
        }
    }
    for (size_t i = 0; i < rows->n; i++) {
        const struct pc_value *row = &rows->items[i].value;
        if (pc_value_number(row, "share", 0) > 0 && pc_value_number(row, "high", 0) >= low)
            r->rights |= bit_of(find_choice(p, pc_value_text(row, "name")));
    }
    return most > 0 || pc_document_fail(doc, rows->line,
                                        "none of the choices begins with the name of a "
                                        "function of this profile");
}

static bool is_profile(const struct pc_value *right)
{
    return right->kind == PC_TABLE && right->n > 0 &&
           right->items[0].value.kind == PC_TABLE;
}

static bool answer_names(struct pc_request *r, const struct pc_asked_prediction *p,
                         const struct pc_value *right, const struct pc_document *doc)
{
    struct pc_field item = {.index = 1, .value = *right};
    const struct pc_value one = {
        .kind = PC_TABLE, .line = right->line, .items = &item, .n = 1};
    if (!isnan(p->values[0]))
        return pc_document_fail(doc, right->line,
                                "this prediction has values: answer it with the number "
                                "that was measured");
    if (right->kind == PC_TABLE && right->n == 0)
        return pc_document_fail(doc, right->line,
                                "nothing was found that one of the choices could be");
    bool fine = right->kind == PC_STRING ? answer_texts(r, p, &one, doc)
                : is_profile(right)      ? answer_profile(r, p, right, doc)
                                         : answer_texts(r, p, right, doc);
    while (fine && !(r->rights & bit_of(r->right)))
        r->right++;
    return fine;
}

bool pc_asking_answer(struct pc_asking *asking, const struct pc_document *doc)
{
    const struct pc_value *args = &asking->args;
    const struct pc_value *right = pc_value_find(args, "right");
    struct pc_request *r = &asking->request;
    r->prediction = (size_t)pc_value_number(args, "prediction", 0);
    if (r->prediction > asking->n_predictions)
        return pc_document_fail(doc, args->line, "there is no prediction %zu",
                                r->prediction);
    struct pc_asked_prediction *p = &asking->predictions[r->prediction - 1];
    if (p->answered)
        return pc_document_fail(doc, args->line, "prediction %zu was answered already",
                                r->prediction);
    bool named = right->kind == PC_STRING || right->kind == PC_TABLE;
    p->answered = named ? answer_names(r, p, right, doc) : answer_number(r, p, right, doc);
    r->text = pc_value_text(args, "why");
    return p->answered;
}
