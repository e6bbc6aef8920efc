#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "tui/term_inner.h"

static bool names_utf8(const char *name)
{
    return name && (strcasestr(name, "utf-8") || strcasestr(name, "utf8"));
}

bool pc_term_is_utf8(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

bool pc_term_locale(void)
{
    static const char *const variables[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    const char *name = NULL;
    for (size_t i = 0; i < PC_COUNT(variables) && (!name || !*name); i++)
        name = getenv(variables[i]);
    if (setlocale(LC_CTYPE, "") && pc_term_is_utf8())
        return true;
    return names_utf8(name) && setlocale(LC_CTYPE, "C.UTF-8") && pc_term_is_utf8();
}

bool pc_term_is_possible(void)
{
    const char *name = getenv("TERM");
    if (!name || !*name || strcmp(name, "dumb") == 0)
        return false;
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return false;
    int fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}
