#include "sampling/mute.h"

static _Thread_local unsigned depth;

void pc_mute(void)
{
    depth++;
}

void pc_unmute(void)
{
    depth--;
}

bool pc_is_muted(void)
{
    return depth > 0;
}
