/*
 * The line protocol (wire/line.h): any bytes are a line or refused, and a line that is
 * printed again is the same line.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "fuzz.h"
#include "wire/line.h"

static void check_numbers(const struct pc_line *line, const char *name)
{
    double x;
    uint64_t u, hex;
    if (pc_line_double(line, name, &x))
        fuzz_must(isfinite(x), "numbers are finite: %s", pc_line_get(line, name));
    if (pc_line_u64(line, name, &u)) {
        char *end;
        fuzz_must(strtoull(pc_line_get(line, name), &end, 10) == u && *end == '\0',
                  "a whole number is read whole: %s", pc_line_get(line, name));
        fuzz_must(pc_line_hex(line, name, &hex) || u > UINT32_MAX,
                  "decimal digits are hexadecimal ones: %s", pc_line_get(line, name));
    }
}

static void check_fields(const struct pc_line *line)
{
    fuzz_must(line->verb[0] != '\0', "a line has a verb");
    fuzz_must(line->n <= PC_LINE_FIELDS, "there is room for all fields");
    for (size_t i = 0; i < line->n; i++) {
        const char *name = line->fields[i].name;
        fuzz_must(name[0] != '\0', "a field has a name");
        fuzz_must(pc_line_get(line, name) != NULL, "a field is found: %s", name);
        check_numbers(line, name);
    }
}

static char *print(const struct pc_line *line)
{
    struct pc_str text = {0};
    pc_str_adds(&text, line->verb);
    for (size_t i = 0; i < line->n; i++)
        pc_line_add(&text, line->fields[i].name, line->fields[i].value);
    return pc_str_take(&text);
}

/* What was printed parses to the same, and is printed the same a second time. */
static void check_printed(const struct pc_line *line)
{
    struct pc_line again;
    PC_AUTO(pc_auto_free) char *text = print(line), *parsed = pc_strdup(text);
    fuzz_must(strchr(text, '\n') == NULL, "a line is one line");
    fuzz_must(pc_line_parse(parsed, &again), "a printed line is a line: %s", text);
    fuzz_must(strcmp(again.verb, line->verb) == 0 && again.n == line->n,
              "a printed line is the same: %s", text);
    for (size_t i = 0; i < line->n; i++)
        fuzz_must(strcmp(again.fields[i].name, line->fields[i].name) == 0 &&
                      strcmp(again.fields[i].value, line->fields[i].value) == 0,
                  "field %zu stays the same: %s", i, text);
    PC_AUTO(pc_auto_free) char *twice = print(&again);
    fuzz_must(strcmp(text, twice) == 0, "a line is printed in one way: %s", text);
}

/* Any text can be a value. */
static void check_value(const char *value)
{
    struct pc_str text = {0};
    struct pc_line line;
    pc_str_adds(&text, "note");
    pc_line_add(&text, "text", value);
    PC_AUTO(pc_auto_free) char *printed = pc_str_take(&text);
    fuzz_must(pc_line_parse(printed, &line), "any value fits");
    fuzz_must(strcmp(pc_line_get(&line, "text"), value) == 0, "a value arrives");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    PC_AUTO(pc_auto_free) char *text = fuzz_text(data, n);
    check_value(text);
    struct pc_line line;
    if (!pc_line_parse(text, &line))
        return 0;
    check_fields(&line);
    check_printed(&line);
    return 0;
}
