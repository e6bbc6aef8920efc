#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "cli/globals.h"
#include "cli/shell.h"
#include "report/compare.h"

/* The largest file that is read; room for tables where the width is not known, and the
 * least that a table is of use in. */
enum { FILE_MAX = 256 << 20, USUAL_WIDTH = 80, LEAST_WIDTH = 60 };

enum {
    KEY_CSV = 256,
    KEY_JSON,
    KEY_ALPHA,
    KEY_LEVEL,
    KEY_UNCORRECTED,
    KEY_FAIL,
    KEY_IGNORE
};

enum form { FORM_TEXT, FORM_CSV, FORM_JSON };

struct compare_options {
    struct pc_words files, ignored;
    struct pc_compare_spec spec;
    enum form form;
    double fail_above; /* 0.05 for 5 %; NAN when not given */
};

static const struct argp_option options[] = {
    {"csv", KEY_CSV, NULL, 0, "Print comma-separated values (RFC 4180)", 0},
    {"json", KEY_JSON, NULL, 0, "Print one JSON document", 0},
    {"alpha", KEY_ALPHA, "P", 0, "Show differences whose p is at most P (0.05)", 0},
    {"level", KEY_LEVEL, "L", 0, "Level of the intervals (0.95)", 0},
    {"no-correction", KEY_UNCORRECTED, NULL, 0,
     "Look at each benchmark as if it were the only one", 0},
    {"ignore", KEY_IGNORE, "KEY,...", 0,
     "Pass over these configuration lines, such as a date", 0},
    {"fail-above", KEY_FAIL, "PCT", 0,
     "Exit with 1 when something got worse by more than PCT %", 0},
    {0},
};

/* A number inside (low, high), or [low, high) when `closed`; else an argp error. */
static double number(const char *arg, const char *name, double low, double high,
                     bool closed, struct argp_state *state)
{
    char *end;
    double v = strtod(arg, &end);
    if (end == arg || *end || !(closed ? v >= low : v > low) || !(v < high))
        argp_error(state, "%s needs a number between %g and %g, not \"%s\"", name, low,
                   high, arg);
    return v;
}

static void add_keys(struct pc_words *keys, const char *arg)
{
    for (const char *p = arg; *p; p += *p == ',') {
        size_t n = strcspn(p, ",");
        if (n > 0)
            pc_words_addf(keys, "%.*s", (int)n, p);
        p += n;
    }
}

static void check_files(const struct compare_options *o, struct argp_state *state)
{
    if (o->files.n < 1 || o->files.n > PC_BENCHFMT_FILES)
        argp_error(state, "name one or two files of benchmark results");
    if (o->files.n == 2 && strcmp(o->files.items[0], "-") == 0 &&
        strcmp(o->files.items[1], "-") == 0)
        argp_error(state, "standard input can be only one of the files");
    if (o->files.n == 1 && !isnan(o->fail_above))
        argp_error(state, "--fail-above compares two files");
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct compare_options *o = state->input;
    switch (key) {
    case KEY_CSV:
        o->form = FORM_CSV;
        break;
    case KEY_JSON:
        o->form = FORM_JSON;
        break;
    case KEY_ALPHA:
        o->spec.alpha = number(arg, "--alpha", 0, 1, false, state);
        break;
    case KEY_LEVEL:
        o->spec.level = number(arg, "--level", 0, 1, false, state);
        break;
    case KEY_UNCORRECTED:
        o->spec.uncorrected = true;
        break;
    case KEY_IGNORE:
        add_keys(&o->ignored, arg);
        break;
    case KEY_FAIL:
        o->fail_above = number(arg, "--fail-above", 0, 1e6, true, state) / 100;
        break;
    case ARGP_KEY_ARG:
        pc_words_add(&o->files, arg);
        break;
    case ARGP_KEY_END:
        check_files(o, state);
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

/* All of standard input; NULL when it is too much or cannot be read. */
static char *read_input(size_t *n, struct pc_err *err)
{
    struct pc_str text = {0};
    char part[1 << 14];
    for (size_t got; (got = fread(part, 1, sizeof part, stdin)) > 0;) {
        pc_str_add(&text, part, got);
        if (text.len > FILE_MAX) {
            pc_fail(err, PC_USAGE, "standard input: more than %d bytes", FILE_MAX);
            break;
        }
    }
    if (ferror(stdin))
        pc_fail_errno(err, "cannot read standard input");
    *n = text.len;
    if (err->code == PC_PASSED)
        return pc_str_take(&text);
    pc_str_fini(&text);
    return NULL;
}

static bool read_file(struct pc_benchfmt *data, const char *name,
                      const struct pc_words *ignored, struct pc_err *err)
{
    size_t n;
    bool is_input = strcmp(name, "-") == 0;
    PC_AUTO(pc_auto_free) char *text =
        is_input ? read_input(&n, err) : pc_file_read(name, FILE_MAX, &n, err);
    if (!text) {
        err->code = PC_USAGE;
        return false;
    }
    return pc_benchfmt_read(data, is_input ? "standard input" : name, text, n, ignored,
                            err);
}

static bool print(const struct compare_options *o, const struct pc_comparison *c,
                  struct pc_err *err)
{
    size_t width = pc_output_width();
    struct pc_str out = {0};
    if (o->form == FORM_JSON) {
        PC_AUTO(pc_auto_free) char *json = pc_compare_json(c);
        return pc_print(json, err);
    }
    if (o->form == FORM_CSV) {
        pc_compare_csv(c, &out);
        bool ok = pc_print(pc_str_get(&out), err);
        pc_str_fini(&out);
        return ok;
    }
    if (pc_is_plain() || (width > 0 && width < LEAST_WIDTH))
        pc_compare_sentences(c, &out);
    else
        pc_compare_text(c, width > 0 ? width : USUAL_WIDTH, &out);
    return pc_print_lines(&out, 4, err) == PC_PASSED;
}

/* PC_MISSED, naming the worst, when something is worse by more than `above`. */
static enum pc_code judge(const struct pc_comparison *c, double above, struct pc_err *err)
{
    const struct pc_compare_row *worst = NULL;
    const char *unit = NULL;
    double most = 0;
    size_t n = 0;
    for (size_t t = 0; t < c->n && !isnan(above); t++)
        for (size_t i = 0; i < c->items[t].n; i++) {
            double loss = pc_compare_loss(&c->items[t], &c->items[t].items[i]);
            n += loss > above;
            if (loss > above && loss > most) {
                most = loss;
                worst = &c->items[t].items[i];
                unit = c->items[t].unit;
            }
        }
    if (!worst)
        return PC_PASSED;
    char by[PC_CELL_MAX] = "from 0";
    if (isfinite(most))
        snprintf(by, sizeof by, "by %.2f %%", 100 * most);
    pc_fail(err, PC_MISSED,
            "%zu got worse by more than %g %%; most of all %.100s, %.40s %s", n,
            100 * above, worst->name, unit, by);
    return PC_MISSED;
}

static enum pc_code compare(const struct compare_options *o, struct pc_err *err)
{
    struct pc_benchfmt data = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < o->files.n; i++)
        ok = read_file(&data, o->files.items[i], &o->ignored, err);
    enum pc_code code = ok ? PC_PASSED : err->code;
    if (ok) {
        struct pc_comparison comparison;
        pc_compare(&data, &o->spec, &comparison);
        code =
            print(o, &comparison, err) ? judge(&comparison, o->fail_above, err) : err->code;
        pc_comparison_fini(&comparison);
    }
    pc_benchfmt_fini(&data);
    return code;
}

const struct argp pc_compare_argp = {
    .options = options,
    .parser = parse,
    .args_doc = "OLD [NEW]",
    .doc = "Compare two files of benchmark results, or sum up one.\v"
           "Reads what `perfcourse bench`, programs with libperfbench and `go test -bench` "
           "print; - is standard input.  The exit code is 0 whatever was found, unless "
           "--fail-above is given.  How to read the tables: docs/compare.md."};

enum pc_code pc_cmd_compare(struct pc_shell *shell, int argc, char **argv,
                            struct pc_err *err)
{
    struct compare_options o = {.spec = {.alpha = 0.05, .level = 0.95}, .fail_above = NAN};
    (void)shell;
    pc_parse_options(&pc_compare_argp, argc, argv, &o);
    enum pc_code code = compare(&o, err);
    pc_words_fini(&o.files);
    pc_words_fini(&o.ignored);
    return code;
}
