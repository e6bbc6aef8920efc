#include "sampling/mute.h"

_Thread_local unsigned pc_mute_depth;
