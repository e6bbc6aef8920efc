#include "wire/line.h"

#include <errno.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static bool must_be_escaped(unsigned char c)
{
    return c < 0x21 || c == '%' || c == '=' || c == 0x7f;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

static bool is_plain(const char *s)
{
    for (; *s; s++)
        if (must_be_escaped((unsigned char)*s))
            return false;
    return true;
}

/* Undo the escapes in place.  A byte that should have been escaped, or an escaped NUL,
 * which would cut the value short, makes the line malformed. */
static bool unescape(char *s)
{
    char *out = s;
    while (*s) {
        char c = *s;
        if (c == '%') {
            int high = hex_digit(s[1]);
            int low = high < 0 ? -1 : hex_digit(s[2]);
            if (low < 0 || high + low == 0)
                return false;
            c = (char)(high << 4 | low);
            s += 2;
        } else if (must_be_escaped((unsigned char)c)) {
            return false;
        }
        *out++ = c;
        s++;
    }
    *out = '\0';
    return true;
}

static bool parse_field(char *word, struct pc_line *line)
{
    char *value = strchr(word, '=');
    if (!value || value == word || line->n == PC_LINE_FIELDS)
        return false;
    *value++ = '\0';
    if (!is_plain(word) || !unescape(value))
        return false;
    line->fields[line->n].name = word;
    line->fields[line->n].value = value;
    line->n++;
    return true;
}

bool pc_line_parse(char *text, struct pc_line *line)
{
    *line = (struct pc_line){.verb = strsep(&text, " ")};
    if (!*line->verb || !is_plain(line->verb))
        return false;
    for (char *word; (word = strsep(&text, " "));)
        if (!parse_field(word, line))
            return false;
    return true;
}

const char *pc_line_get(const struct pc_line *line, const char *name)
{
    for (size_t i = 0; i < line->n; i++)
        if (strcmp(line->fields[i].name, name) == 0)
            return line->fields[i].value;
    return NULL;
}

/* The user's locale may write decimal commas; the wire never does. */
bool pc_line_double(const struct pc_line *line, const char *name, double *value)
{
    const char *text = pc_line_get(line, name);
    if (!text || !*text || strspn(text, "0123456789+-.eE") != strlen(text))
        return false;
    locale_t c_locale = newlocale(LC_ALL_MASK, "C", NULL);
    if (!c_locale)
        return false;
    char *end;
    double x = strtod_l(text, &end, c_locale);
    freelocale(c_locale);
    if (*end || !isfinite(x))
        return false;
    *value = x;
    return true;
}

static bool unsigned_in_base(const char *text, int base, const char *digits,
                             uint64_t *value)
{
    if (!text || !*text || strspn(text, digits) != strlen(text))
        return false;
    errno = 0;
    unsigned long long x = strtoull(text, NULL, base);
    if (errno)
        return false;
    *value = x;
    return true;
}

bool pc_line_u64(const struct pc_line *line, const char *name, uint64_t *value)
{
    return unsigned_in_base(pc_line_get(line, name), 10, "0123456789", value);
}

bool pc_line_hex(const struct pc_line *line, const char *name, uint64_t *value)
{
    return unsigned_in_base(pc_line_get(line, name), 16, "0123456789abcdefABCDEF", value);
}

void pc_line_add(struct pc_str *str, const char *name, const char *value)
{
    pc_str_adds(str, " ");
    pc_str_adds(str, name);
    pc_str_adds(str, "=");
    for (; *value; value++) {
        unsigned char c = (unsigned char)*value;
        if (must_be_escaped(c))
            pc_str_addf(str, "%%%02x", c);
        else
            pc_str_add(str, value, 1);
    }
}

void pc_line_addf(struct pc_str *str, const char *name, const char *fmt, ...)
{
    struct pc_str value = {0};
    va_list ap;
    va_start(ap, fmt);
    pc_str_vaddf(&value, fmt, ap);
    va_end(ap);
    pc_line_add(str, name, pc_str_get(&value));
    pc_str_fini(&value);
}
