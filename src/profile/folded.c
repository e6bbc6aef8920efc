#include "profile/folded.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"

enum { FILE_MAX = 64 << 20 };

static void add_name(struct pc_str *line, const char *name)
{
    size_t left = strlen(name);
    while (left > 0) {
        uint32_t c;
        size_t n = pc_text_decode(name, left, &c);
        if (n == 0)
            pc_str_adds(line, "?");
        else if (c == ';')
            pc_str_adds(line, ":");
        else if (c <= ' ' || (c >= 0x7f && c <= 0xa0))
            pc_str_adds(line, "_");
        else
            pc_str_add(line, name, n);
        name += n ? n : 1;
        left -= n ? n : 1;
    }
}

struct stack {
    char *text;
    int64_t value;
};

static int compare_stacks(const void *a, const void *b)
{
    return strcmp(((const struct stack *)a)->text, ((const struct stack *)b)->text);
}

static char *text_of(const struct pc_profile *profile,
                     const struct pc_profile_sample *sample)
{
    struct pc_str line = {0};
    for (size_t i = sample->n; i-- > 0;) {
        const struct pc_frame *frame = &profile->frames.items[sample->frames[i]];
        if (line.len > 0)
            pc_str_adds(&line, ";");
        size_t before = line.len;
        add_name(&line, profile->functions.items[frame->function].name);
        if (line.len == before)
            pc_str_adds(&line, "[unknown]");
    }
    if (line.len == 0)
        pc_str_adds(&line, "[unknown]");
    return pc_str_take(&line);
}

void pc_folded_encode(const struct pc_profile *profile, size_t type, struct pc_str *out)
{
    size_t n = profile->samples.n;
    PC_AUTO(pc_auto_free) struct stack *stacks = pc_alloc_array(n + 1, sizeof *stacks);
    for (size_t i = 0; i < n; i++) {
        const struct pc_profile_sample *sample = &profile->samples.items[i];
        stacks[i] =
            (struct stack){.text = text_of(profile, sample), .value = sample->values[type]};
    }
    qsort(stacks, n, sizeof *stacks, compare_stacks);
    for (size_t i = 0; i < n;) {
        int64_t value = 0;
        size_t first = i;
        for (; i < n && strcmp(stacks[i].text, stacks[first].text) == 0; i++)
            value += stacks[i].value;
        if (value > 0)
            pc_str_addf(out, "%s %" PRId64 "\n", stacks[first].text, value);
    }
    for (size_t i = 0; i < n; i++)
        free(stacks[i].text);
}

bool pc_folded_write(const char *path, const struct pc_profile *profile, size_t type,
                     struct pc_err *err)
{
    struct pc_str text = {0};
    pc_folded_encode(profile, type, &text);
    bool done = pc_file_write(path, pc_str_get(&text), text.len, err);
    pc_str_fini(&text);
    return done;
}

/* The number behind the last blank; `*n` is then the length of what is in front of it. */
static bool take_value(const char *line, size_t *n, int64_t *value)
{
    size_t at = *n;
    int64_t sum = 0, power = 1;
    for (; at > 0 && line[at - 1] >= '0' && line[at - 1] <= '9'; at--) {
        int digit = line[at - 1] - '0';
        if (digit > 0 && (power == 0 || __builtin_mul_overflow(power, digit, value) ||
                          __builtin_add_overflow(sum, *value, &sum)))
            return false;
        if (__builtin_mul_overflow(power, 10, &power))
            power = 0;
    }
    if (at == *n || at < 2 || line[at - 1] != ' ')
        return false;
    while (at > 0 && line[at - 1] == ' ')
        at--;
    *n = at;
    *value = sum;
    return at > 0;
}

static void add_stack(struct pc_profile *profile, const char *stack, size_t n,
                      int64_t value)
{
    uint32_t frames[PC_PROFILE_DEPTH];
    size_t depth = 0;
    for (size_t end = n; depth < PC_PROFILE_DEPTH;) {
        size_t begin = end;
        while (begin > 0 && stack[begin - 1] != ';')
            begin--;
        PC_AUTO(pc_auto_free) char *name = pc_strndup(stack + begin, end - begin);
        struct pc_frame frame = {.module = PC_NO_MODULE};
        frame.function = pc_profile_function(profile, name, "", 0, PC_CODE_UNKNOWN);
        frames[depth++] = pc_profile_frame(profile, &frame);
        if (begin == 0)
            break;
        end = begin - 1;
    }
    pc_profile_add(profile, frames, depth, NULL, 0, &value);
}

static bool fail(struct pc_profile *profile, struct pc_err *err, size_t line,
                 const char *what)
{
    pc_profile_fini(profile);
    return pc_fail(
        err, PC_USAGE,
        "line %zu %s; a line of a folded profile is \"main;f;g 12\": make the file "
        "again",
        line, what);
}

bool pc_folded_decode(const char *text, size_t n, struct pc_profile *profile,
                      struct pc_err *err)
{
    *profile = (struct pc_profile){.kind = PC_PROFILE_CPU, .n_types = 1};
    profile->types[0] =
        (struct pc_value_type){.name = pc_strdup("value"), .unit = pc_strdup("")};
    int64_t total = 0, value;
    const char *end = text + n;
    for (size_t number = 1; text < end; number++) {
        const char *newline = memchr(text, '\n', (size_t)(end - text));
        const char *line = text;
        size_t length = (size_t)((newline ? newline : end) - line);
        text = newline ? newline + 1 : end;
        if (length > 0 && line[length - 1] == '\r')
            length--;
        if (length == 0)
            continue;
        if (!pc_text_is_utf8(line, length) || memchr(line, '\0', length))
            return fail(profile, err, number, "is not text");
        if (!take_value(line, &length, &value))
            return fail(profile, err, number, "does not end with a count");
        if (__builtin_add_overflow(total, value, &total))
            return fail(profile, err, number, "makes a sum of more than 63 bits");
        add_stack(profile, line, length, value);
    }
    return true;
}

bool pc_folded_read(const char *path, struct pc_profile *profile, struct pc_err *err)
{
    size_t n;
    PC_AUTO(pc_auto_free) char *text = pc_file_read(path, FILE_MAX, &n, err);
    if (!text)
        return false;
    return pc_folded_decode(text, n, profile, err) || pc_while(err, "%s", path);
}
