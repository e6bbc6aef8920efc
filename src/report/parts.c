#include "report/parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

enum { TEXT_MAX = 8192 };

json_t *pc_json_text(const char *s)
{
    if (!s)
        return json_null();
    PC_AUTO(pc_auto_free) char *harmless = pc_text_harmless(s, strlen(s), TEXT_MAX);
    return json_string(harmless);
}

json_t *pc_json_number(double v)
{
    return isfinite(v) ? json_real(v) : json_null();
}

char *pc_json_dump(json_t *root)
{
    char *text =
        json_dumps(root, JSON_INDENT(2) | JSON_ENSURE_ASCII | JSON_REAL_PRECISION(8));
    json_decref(root);
    if (!text)
        return pc_strdup("{}\n");
    char *line = pc_strfmt("%s\n", text);
    free(text);
    return line;
}
