#include "cli/typed.h"

#include <poll.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "cli/shell.h"

enum { LINE_MAX_BYTES = 4096 }; /* nobody types more; the rest of a line is dropped */

enum pc_typed pc_typed_take(struct pc_str *line)
{
    struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
    while (poll(&in, 1, 0) > 0) {
        char c;
        if (read(STDIN_FILENO, &c, 1) != 1)
            return line->len > 0 ? PC_TYPED_LINE : PC_TYPED_END;
        if (c == '\n')
            return PC_TYPED_LINE;
        if (c != '\r' && line->len < LINE_MAX_BYTES)
            pc_str_add(line, &c, 1);
    }
    return PC_TYPED_WAITS;
}

bool pc_typed_echo(const struct pc_str *line, struct pc_err *err)
{
    if (isatty(STDIN_FILENO))
        return true;
    PC_AUTO(pc_auto_free) char *text =
        pc_text_harmless(pc_str_get(line), line->len, LINE_MAX_BYTES);
    PC_AUTO(pc_auto_free) char *shown = pc_strfmt("%s\n", text);
    return pc_print(shown, err);
}

bool pc_ask_yes(const char *question, bool *yes, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *prompt = pc_strfmt("%s (y/n) ", question);
    for (;;) {
        if (!pc_print(prompt, err))
            return false;
        struct pc_str line = {0};
        struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
        enum pc_typed typed;
        while ((typed = pc_typed_take(&line)) == PC_TYPED_WAITS)
            poll(&in, 1, -1);
        char first = pc_str_get(&line)[0];
        bool ok = pc_typed_echo(&line, err);
        pc_str_fini(&line);
        *yes = first == 'y' || first == 'Y';
        if (!ok || *yes || first == 'n' || first == 'N' || typed == PC_TYPED_END)
            return ok;
    }
}
