#include "benchfmt/fields.h"

#include <stdint.h>

#include "base/text.h"

static bool is_wide_blank(uint32_t c)
{
    return c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) ||
           c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

size_t pc_fields_blank(const char *s, const char *end)
{
    unsigned char c = (unsigned char)*s;
    uint32_t wide;
    if (c < 0x80)
        return c == ' ' || (c >= '\t' && c <= '\r');
    size_t n = pc_text_decode(s, (size_t)(end - s), &wide);
    return n > 0 && is_wide_blank(wide) ? n : 0;
}

char *pc_fields_next(struct pc_fields *fields, size_t *length)
{
    char *p = fields->next, *end = fields->end;
    size_t blank;
    while (p < end && (blank = pc_fields_blank(p, end)) > 0)
        p += blank;
    char *field = p;
    for (blank = 0; p < end && (blank = pc_fields_blank(p, end)) == 0;)
        p++;
    *length = (size_t)(p - field);
    *p = '\0';
    fields->next = p < end ? p + blank : end;
    return *length > 0 ? field : NULL;
}
