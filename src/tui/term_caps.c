#include "tui/term_caps.h"

#include <curses.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>

#include "base/mem.h"
#include "base/str.h"

static const struct {
    const char *name;
    size_t at;
} strings[] = {
    {"smcup", offsetof(struct pc_caps, enter)},
    {"rmcup", offsetof(struct pc_caps, leave)},
    {"civis", offsetof(struct pc_caps, hide_cursor)},
    {"cnorm", offsetof(struct pc_caps, show_cursor)},
    {"clear", offsetof(struct pc_caps, clear)},
    {"sgr0", offsetof(struct pc_caps, plain)},
    {"bold", offsetof(struct pc_caps, bold)},
    {"dim", offsetof(struct pc_caps, faint)},
    {"smul", offsetof(struct pc_caps, underlined)},
    {"rev", offsetof(struct pc_caps, reversed)},
    {"setaf", offsetof(struct pc_caps, colour)},
    {"cup", offsetof(struct pc_caps, move)},
    {"cuf", offsetof(struct pc_caps, right)},
    {"el", offsetof(struct pc_caps, erase)},
    {"csr", offsetof(struct pc_caps, region)},
    {"ind", offsetof(struct pc_caps, up)},
    {"indn", offsetof(struct pc_caps, up_n)},
    {"ri", offsetof(struct pc_caps, down)},
    {"rin", offsetof(struct pc_caps, down_n)},
};

static char **string_at(struct pc_caps *caps, size_t i)
{
    return (char **)((char *)caps + strings[i].at);
}

/* The string without its pauses, "$<5>". */
static char *load_string(const char *name)
{
    struct pc_str text = {0};
    const char *s = tigetstr(name);
    for (; s && s != (const char *)-1 && *s; s++) {
        const char *pause = s[0] == '$' && s[1] == '<' ? strchr(s, '>') : NULL;
        if (pause)
            s = pause;
        else
            pc_str_add(&text, s, 1);
    }
    return pc_str_take(&text);
}

static void set(char **capability, const char *s)
{
    free(*capability);
    *capability = pc_strdup(s);
}

/* Leaving all attributes often leaves the line-drawing set too, which is never entered. */
static void shorten(struct pc_caps *caps)
{
    if (strstr(caps->plain, "\033[m"))
        set(&caps->plain, "\033[m");
    else if (strstr(caps->plain, "\033[0m"))
        set(&caps->plain, "\033[0m");
}

/* A scroll region must be what ECMA-48's successors know, and must lose nothing. */
static void check_scrolling(struct pc_caps *caps)
{
    if (strcmp(caps->region, "\033[%i%p1%d;%p2%dr") != 0 || tigetflag("ndscr") > 0)
        set(&caps->region, "");
    if (strcmp(caps->up_n, "\033[%p1%dS") != 0)
        set(&caps->up_n, "");
    if (strcmp(caps->down_n, "\033[%p1%dT") != 0)
        set(&caps->down_n, "");
}

void pc_caps_fini(struct pc_caps *caps)
{
    for (size_t i = 0; i < PC_COUNT(strings); i++)
        free(*string_at(caps, i));
    *caps = (struct pc_caps){0};
}

bool pc_caps_load(struct pc_caps *caps, const char *name, int fd)
{
    int trouble;
    if (setupterm(name, fd, &trouble) == ERR)
        return false;
    *caps = (struct pc_caps){0};
    for (size_t i = 0; i < PC_COUNT(strings); i++)
        *string_at(caps, i) = load_string(strings[i].name);
    shorten(caps);
    check_scrolling(caps);
    int ncv = tigetnum("ncv");
    caps->not_with_colour = ncv > 0 ? (unsigned)ncv : 0;
    caps->colours = *caps->colour ? tigetnum("colors") : 0;
    caps->fills_corner = tigetflag("am") <= 0 || tigetflag("xenl") > 0;
    /* All that is needed is copied; tparm() asks for no terminal. */
    del_curterm(cur_term);
    bool enough = *caps->move != '\0' && *caps->clear != '\0';
    if (!enough)
        pc_caps_fini(caps);
    return enough;
}

void pc_caps_add(struct pc_str *out, const char *capability, int first, int second)
{
    const char *s = *capability ? tparm(capability, first, second) : NULL;
    if (s)
        pc_str_adds(out, s);
}
