#include "host/jail.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "host/filter.h"
#include "host/landlock.h"
#include "host/limits.h"

enum pc_jail_mode pc_jail_mode(void)
{
    static const struct {
        const char *word;
        enum pc_jail_mode mode;
    } rows[] = {{"", PC_JAIL_AUTO},
                {"auto", PC_JAIL_AUTO},
                {"off", PC_JAIL_OFF},
                {"strict", PC_JAIL_STRICT}};
    const char *word = getenv("PERFCOURSE_SANDBOX");
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        if (strcmp(word ? word : "", rows[i].word) == 0)
            return rows[i].mode;
    return PC_JAIL_UNKNOWN;
}

struct pc_jail_state pc_jail_enter(const struct pc_jail *jail)
{
    struct pc_jail_state state = {
        .errors = {[PC_LAYER_LANDLOCK] = ECANCELED, [PC_LAYER_SECCOMP] = ECANCELED}};
    int abi = 0;
    state.errors[PC_LAYER_LIMITS] = pc_limits_enter(jail);
    state.errors[PC_LAYER_PRIVILEGES] = pc_privileges_drop();
    if (pc_jail_mode() == PC_JAIL_OFF)
        return state;
    state.errors[PC_LAYER_LANDLOCK] = pc_landlock_enter(jail, &abi);
    if (!state.errors[PC_LAYER_LANDLOCK])
        state.abi = abi;
    if (!jail->forks)
        state.errors[PC_LAYER_SECCOMP] = pc_filter_enter(jail->program);
    return state;
}

struct pc_jail_state pc_jail_both(const struct pc_jail_state *a,
                                  const struct pc_jail_state *b)
{
    struct pc_jail_state both = *a;
    for (int i = 0; i < PC_LAYERS; i++)
        if (!both.errors[i])
            both.errors[i] = b->errors[i];
    if (b->abi < both.abi)
        both.abi = b->abi;
    return both;
}

bool pc_jail_suffices(const struct pc_jail_state *state)
{
    return pc_jail_mode() != PC_JAIL_STRICT || strcmp(pc_jail_name(state), "full") == 0;
}

const char *pc_jail_name(const struct pc_jail_state *state)
{
    bool is_full = true;
    for (int i = 0; i < PC_LAYERS; i++)
        is_full = is_full && !state->errors[i];
    if (is_full)
        return "full";
    return state->errors[PC_LAYER_LANDLOCK] == ECANCELED ? "off" : "partial";
}

void pc_jail_layers(const struct pc_jail_state *state, char *text, size_t size)
{
    static const char *const names[PC_LAYERS] = {[PC_LAYER_LIMITS] = "limits",
                                                 [PC_LAYER_PRIVILEGES] = "privileges",
                                                 [PC_LAYER_LANDLOCK] = "landlock",
                                                 [PC_LAYER_SECCOMP] = "seccomp"};
    size_t used = 0;
    text[0] = '\0';
    for (int i = 0; i < PC_LAYERS; i++)
        if (!state->errors[i] && used < size)
            used += (size_t)snprintf(text + used, size - used, "%s%s", used ? "," : "",
                                     names[i]);
}

/* What is said of a layer that is missing; an error of 0 stands for all others. */
static const struct {
    enum pc_jail_layer layer;
    int error;
    const char *text;
} reasons[] = {
    {PC_LAYER_LIMITS, 0, "limits (the system does not let them be lowered)"},
    {PC_LAYER_PRIVILEGES, 0, "no new privileges (the system has no such promise)"},
    {PC_LAYER_LANDLOCK, ENOSYS,
     "Landlock (this kernel has none, or a container hides it: take Linux 5.13 or later, "
     "and allow the landlock_* calls)"},
    {PC_LAYER_LANDLOCK, EOPNOTSUPP,
     "Landlock (it is switched off: add landlock to lsm= of the kernel's command line)"},
    {PC_LAYER_LANDLOCK, EPERM,
     "Landlock (something around us forbids it: allow the landlock_* calls in the "
     "container's profile)"},
    {PC_LAYER_LANDLOCK, 0, "Landlock (the kernel refuses its rules)"},
    {PC_LAYER_SECCOMP, 0,
     "seccomp (the kernel takes no filter of system calls: it needs "
     "CONFIG_SECCOMP_FILTER)"},
};

void pc_jail_missing(const struct pc_jail_state *state, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (int layer = 0; layer < PC_LAYERS; layer++) {
        int error = state->errors[layer];
        if (!error || error == ECANCELED)
            continue;
        size_t i = 0;
        while (reasons[i].layer != (enum pc_jail_layer)layer ||
               (reasons[i].error && reasons[i].error != error))
            i++;
        if (used < size)
            used += (size_t)snprintf(text + used, size - used, "%s%s", used ? "; " : "",
                                     reasons[i].text);
    }
}
