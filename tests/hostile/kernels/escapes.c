/* tests: 4 wrong result */
#include "hostile.h"

MISDEED
{
    static const char text[] =
        "\033[2J\033]0;title\a\033]52;c;cHduZWQ=\a\r\b\177\0\377\300\200\u202e\001\n";
    fwrite(text, 1, sizeof text - 1, stdout);
    fwrite(text, 1, sizeof text - 1, stderr);
    escaped = true;
}
