#include "script/source.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"

enum { SOURCE_MAX = 1 << 20 }; /* bytes of a file */

static bool check_encoding(const struct pc_script_source *source, const char *name,
                           struct pc_err *err)
{
    if (source->n > 0 && source->text[0] == '\033')
        return pc_fail(err, PC_ENVIRONMENT, "%s: it is compiled, only source is read",
                       name);
    int line = 1;
    for (size_t i = 0; i < source->n; line++) {
        const char *begin = source->text + i, *end = memchr(begin, '\n', source->n - i);
        size_t n = end ? (size_t)(end - begin) + 1 : source->n - i;
        if (!pc_text_is_utf8(begin, n))
            return pc_fail(err, PC_ENVIRONMENT, "%s:%d: the line is not UTF-8", name, line);
        i += n;
    }
    return true;
}

bool pc_script_source_read(const char *path, const char *name,
                           struct pc_script_source *source, struct pc_err *err)
{
    *source = (struct pc_script_source){0};
    source->file = pc_file_read(path, SOURCE_MAX, &source->n, err);
    if (!source->file)
        return pc_while(err, "%s", name);
    /* Some editors begin a file with a byte order mark, which is no Lua. */
    size_t mark = source->n >= 3 && memcmp(source->file, "\357\273\277", 3) == 0 ? 3 : 0;
    source->text = source->file + mark;
    source->n -= mark;
    return check_encoding(source, name, err);
}

void pc_script_source_fini(struct pc_script_source *source)
{
    free(source->file);
    *source = (struct pc_script_source){0};
}
