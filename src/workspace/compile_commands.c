#include "workspace/compile_commands.h"

#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "base/text.h"

/* The bytes of the UTF-8 character at `s`, 0 when there is none. */
static size_t character(const char *s)
{
    size_t n = 1;
    while ((unsigned char)*s >= 0xc0 && n < 4 && ((unsigned char)s[n] & 0xc0) == 0x80)
        n++;
    return pc_text_is_utf8(s, n) ? n : 0;
}

/* Add `s` as a JSON string.  A path may hold bytes that are not UTF-8, which JSON cannot
 * say: these become U+FFFD, so that at least the rest of the file stays readable. */
static void add_string(struct pc_str *out, const char *s)
{
    pc_str_adds(out, "\"");
    while (*s) {
        size_t n = character(s);
        if (n == 0)
            pc_str_adds(out, "\\ufffd");
        else if (*s == '"' || *s == '\\')
            pc_str_addf(out, "\\%c", *s);
        else if ((unsigned char)*s < 0x20 || *s == 0x7f)
            pc_str_addf(out, "\\u%04x", (unsigned)*s);
        else
            pc_str_add(out, s, n);
        s += n ? n : 1;
    }
    pc_str_adds(out, "\"");
}

static void add_entry(struct pc_str *out, const char *folder, const char *name,
                      const char *include_dir)
{
    PC_AUTO(pc_auto_free) char *file = pc_strfmt("%s/%s.c", folder, name);
    PC_AUTO(pc_auto_free) char *include = pc_strfmt("-I%s", include_dir);
    const char *const args[] = {"cc",    "-std=gnu17", "-Wall", "-Wextra",
                                include, "-c",         file};
    pc_str_adds(out, out->len > 2 ? ",\n" : "");
    pc_str_adds(out, "  {\"directory\": ");
    add_string(out, folder);
    pc_str_adds(out, ",\n   \"file\": ");
    add_string(out, file);
    pc_str_adds(out, ",\n   \"arguments\": [");
    for (size_t i = 0; i < PC_COUNT(args); i++) {
        pc_str_adds(out, i ? ", " : "");
        add_string(out, args[i]);
    }
    pc_str_adds(out, "]}");
}

char *pc_compile_commands(const char *dir, const struct pc_course *course,
                          const char *include_dir)
{
    struct pc_str out = {0};
    pc_str_adds(&out, "[\n");
    for (size_t t = 0; t < course->n_topics; t++) {
        const struct pc_topic *topic = &course->topics[t];
        for (size_t i = 0; i < topic->n_exercises; i++) {
            const char *name = topic->exercises[i].name;
            PC_AUTO(pc_auto_free) char *folder =
                pc_strfmt("%s/%s/%s", dir, topic->folder, name);
            add_entry(&out, folder, name, include_dir);
            add_entry(&out, folder, "bench", include_dir);
        }
    }
    pc_str_adds(&out, "\n]\n");
    return pc_str_take(&out);
}
