#include "benchfmt/benchfmt.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "benchfmt/fields.h"
#include "benchfmt/units.h"

/* The reading of one file. */
struct reader {
    struct pc_benchfmt *data;
    struct pc_benchfmt_file *file;
    const struct pc_words *ignored;
    struct pc_settings settings; /* that hold now */
    uint32_t settings_number;
    bool settings_known; /* the number is that of these settings */
    size_t line;
    struct pc_err *err;
};

__attribute__((format(printf, 2, 3))) static bool complain(const struct reader *r,
                                                           const char *fmt, ...)
{
    va_list ap;
    struct pc_str text = {0};
    va_start(ap, fmt);
    pc_str_vaddf(&text, fmt, ap);
    va_end(ap);
    char harmless[sizeof r->err->msg + 1]; /* too long for a message when it is cut */
    pc_text_copy_line(harmless, sizeof harmless, pc_str_get(&text), text.len);
    pc_str_fini(&text);
    return pc_fail(r->err, PC_USAGE, "%s:%zu: %s", r->file->name, r->line, harmless);
}

static struct pc_sample *find_sample(struct reader *r, uint32_t name, uint32_t unit)
{
    if (!r->settings_known)
        r->settings_number =
            pc_atoms_add(&r->data->settings, &r->settings, sizeof r->settings);
    r->settings_known = true;
    uint32_t key[] = {r->settings_number, name, unit};
    struct pc_benchfmt_file *file = r->file;
    uint32_t number = pc_atoms_add(&file->index, key, sizeof key);
    if (number == file->n) {
        struct pc_sample *sample = PC_PUSH(file);
        sample->settings = r->settings_number;
        sample->name = name;
        sample->unit = unit;
        r->data->unit_facts[unit].files |= 1U << (r->data->n_files - 1);
    }
    return &file->items[number];
}

static void add_value(struct pc_sample *sample, double value)
{
    if (isnan(value))
        sample->n_nan++;
    else
        *PC_PUSH(sample) = value;
}

static bool read_iterations(const struct reader *r, const char *field)
{
    char *end;
    errno = 0;
    strtoll(field, &end, 10);
    if (field[strspn(field, "0123456789")])
        return complain(r, "%.60s is no number of iterations", field);
    return errno != ERANGE || complain(r, "%.60s iterations are too many", field);
}

static bool read_value(const struct reader *r, const char *field, double *value)
{
    char *end;
    errno = 0;
    *value = strtod(field, &end);
    if (end == field || *end)
        return complain(r, "%.60s is no number", field);
    return errno != ERANGE || !isinf(*value) ||
           complain(r, "%.60s is too large a number", field);
}

/* The name ends, and pairs of a value and a unit follow the number of iterations. */
static bool read_result(struct reader *r, struct pc_fields *fields, const char *name,
                        size_t n)
{
    size_t length;
    char *field = pc_fields_next(fields, &length);
    /* `go test -v` announces each benchmark by a line with its name alone. */
    if (!field)
        return true;
    if (!read_iterations(r, field))
        return false;
    uint32_t number = pc_atoms_add(&r->data->names, name, n);
    size_t pairs = 0;
    while ((field = pc_fields_next(fields, &length))) {
        double value;
        if (!read_value(r, field, &value))
            return false;
        const char *unit = pc_fields_next(fields, &length);
        if (!unit)
            return complain(r, "the value %.60s has no unit", field);
        uint32_t unit_number = pc_units_number(r->data, unit, length);
        add_value(find_sample(r, number, unit_number), value);
        pairs++;
    }
    return pairs > 0 || complain(r, "%.200s has no value", name);
}

static bool read_unit(struct reader *r, struct pc_fields *fields)
{
    size_t length;
    const char *unit = pc_fields_next(fields, &length);
    if (!unit)
        return complain(r, "a line about a unit does not say which");
    uint32_t number = pc_units_number(r->data, unit, length);
    for (char *field; (field = pc_fields_next(fields, &length));) {
        char *equals = strchr(field, '=');
        if (!equals || equals == field)
            return complain(r, "%.60s is not of the form key=value", field);
        *equals = '\0';
        char why[PC_UNIT_WHY_MAX];
        if (!pc_units_learn(r->data, number, field, equals + 1, why))
            return complain(r, "%s", why);
    }
    return true;
}

/* The colon of "key: value", NULL when the line is none: a key begins with a small letter
 * and has neither blanks nor capital letters. */
static char *find_colon(char *line, char *end)
{
    if (!(*line >= 'a' && *line <= 'z') && !((unsigned char)*line >= 0x80))
        return NULL;
    for (char *p = line; p < end; p++) {
        if ((*p >= 'A' && *p <= 'Z') || pc_fields_blank(p, end) > 0)
            return NULL;
        if (*p == ':')
            return p + 1 == end || p[1] == ' ' || p[1] == '\t' ? p : NULL;
    }
    return NULL;
}

static bool is_ignored(const struct reader *r, const char *key)
{
    for (size_t i = 0; r->ignored && i < r->ignored->n; i++)
        if (strcmp(r->ignored->items[i], key) == 0)
            return true;
    return false;
}

static bool read_setting(struct reader *r, char *key, char *colon, char *end)
{
    char *value = colon + 1;
    *colon = '\0';
    while (value < end && (*value == ' ' || *value == '\t'))
        value++;
    if (is_ignored(r, key))
        return true;
    uint32_t number = pc_atoms_add(&r->data->keys, key, (size_t)(colon - key));
    if (number >= PC_SETTINGS_MAX)
        return complain(r, "%.60s is one key too many: at most %d are understood", key,
                        PC_SETTINGS_MAX);
    uint32_t held = 0; /* a key without a value holds no longer */
    if (value < end)
        held = pc_atoms_add(&r->data->values, value, (size_t)(end - value)) + 1;
    r->settings_known &= r->settings.values[number] == held;
    r->settings.values[number] = held;
    return true;
}

/* "Benchmark" and what is no small letter: BenchmarkJoin, but neither Benchmarks nor
 * Benchmarking. */
static bool begins_result(const char *line)
{
    static const char begin[] = "Benchmark";
    if (strncmp(line, begin, strlen(begin)) != 0)
        return false;
    char next = line[strlen(begin)];
    return next && !(next >= 'a' && next <= 'z');
}

static bool read_line(struct reader *r, char *line, char *end)
{
    struct pc_fields fields = {.next = line, .end = end};
    size_t length;
    if (end > line && end[-1] == '\r')
        *--end = '\0';
    fields.end = end;
    if (memchr(line, '\0', (size_t)(end - line)))
        return complain(r, "this is no text (a file in UTF-16 has to be converted first)");
    if (begins_result(line)) {
        char *name = pc_fields_next(&fields, &length);
        /* The word is no part of the name, unless it is the whole of it. */
        size_t word = length > strlen("Benchmark") ? strlen("Benchmark") : 0;
        return read_result(r, &fields, name + word, length - word);
    }
    if (strncmp(line, "Unit", 4) == 0 &&
        (line[4] == '\0' || line[4] == ' ' || line[4] == '\t')) {
        pc_fields_next(&fields, &length);
        return read_unit(r, &fields);
    }
    char *colon = find_colon(line, end);
    return !colon || read_setting(r, line, colon, end);
}

bool pc_benchfmt_read(struct pc_benchfmt *data, const char *name, char *text, size_t n,
                      const struct pc_words *ignored, struct pc_err *err)
{
    struct pc_benchfmt_file *file = &data->files[data->n_files++];
    struct reader r = {.data = data, .file = file, .ignored = ignored, .err = err};
    static const char mark[] = "\xef\xbb\xbf"; /* of byte order, which some editors put */
    char *line = text, *stop = text + n;
    file->name = pc_strdup(name);
    if (strncmp(text, mark, strlen(mark)) == 0)
        line += strlen(mark);
    while (line < stop) {
        char *end = memchr(line, '\n', (size_t)(stop - line));
        end = end ? end : stop;
        char *next = end < stop ? end + 1 : stop;
        *end = '\0';
        r.line++;
        if (!read_line(&r, line, end))
            return false;
        line = next;
    }
    return file->n > 0 ||
           pc_fail(err, PC_USAGE, "%s: there is no benchmark result in it", name);
}

const struct pc_settings *pc_benchfmt_settings(const struct pc_benchfmt *data,
                                               uint32_t number)
{
    return (const struct pc_settings *)(const void *)pc_atoms_text(&data->settings, number);
}

void pc_benchfmt_fini(struct pc_benchfmt *data)
{
    for (size_t f = 0; f < data->n_files; f++) {
        struct pc_benchfmt_file *file = &data->files[f];
        for (size_t i = 0; i < file->n; i++)
            free(file->items[i].items);
        free(file->items);
        free(file->name);
        pc_atoms_fini(&file->index);
    }
    pc_atoms_fini(&data->keys);
    pc_atoms_fini(&data->values);
    pc_atoms_fini(&data->settings);
    pc_atoms_fini(&data->names);
    pc_atoms_fini(&data->units);
    free(data->unit_facts);
    *data = (struct pc_benchfmt){0};
}
