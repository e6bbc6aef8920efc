#include "tui/profile_kinds.h"

#include "base/mem.h"

static const char until_settled[] =
    "It runs until one function is surely the first, 5 s at most.";

static const struct pc_profile_kind_row kinds[] = {
    {.kind = PC_PROFILE_CPU,
     .action = PC_ACT_CPU,
     .fact = "CPU",
     .option = "",
     .file = "cpu",
     .takes = "takes most time",
     .question = "",
     .patience = until_settled,
     .tools = {{"perf record -g ", ""},
               {"perf report", NULL},
               {"valgrind --tool=callgrind ", " --benchtime=32x"}}},
    {.kind = PC_PROFILE_WALL,
     .action = PC_ACT_CLOCK,
     .fact = "wall",
     .option = " --wall",
     .file = "wall",
     .takes = "takes most time",
     .question = "-wall",
     .patience = until_settled,
     .tools = {{"strace -f -c -w ", " --benchtime=32x"}}},
    {.kind = PC_PROFILE_ALLOC,
     .action = PC_ACT_ALLOCS,
     .fact = "allocations",
     .option = " --alloc",
     .file = "heap",
     .takes = "allocates most often",
     .question = "-alloc",
     .patience = "It counts every allocation of 32 operations.",
     .tools = {{"valgrind --tool=dhat ", " --benchtime=32x"},
               {"valgrind --tool=massif ", " --benchtime=32x"}}},
    {.kind = PC_PROFILE_LOCK,
     .action = PC_ACT_LOCKS,
     .fact = "locks",
     .option = " --lock",
     .file = "mutex",
     .takes = "waits longest",
     .question = "-lock",
     .patience = "It times every wait, for a second.",
     .tools = {{"valgrind --tool=drd --exclusive-threshold=10 ", " --benchtime=2x"},
               {"strace -f -c -w -e trace=futex ", " --benchtime=32x"}}},
};

const struct pc_profile_kind_row *pc_profile_kinds(size_t *n)
{
    *n = PC_COUNT(kinds);
    return kinds;
}

const struct pc_profile_kind_row *pc_profile_kind_row(enum pc_profile_kind kind)
{
    for (size_t i = 0; i < PC_COUNT(kinds); i++)
        if (kinds[i].kind == kind)
            return &kinds[i];
    return &kinds[0];
}

const struct pc_profile_kind_row *pc_profile_kind_chosen(enum pc_action action,
                                                         enum pc_profile_kind now)
{
    for (size_t i = 0; i < PC_COUNT(kinds); i++) {
        if (kinds[i].action == action)
            return &kinds[i];
        if (action == PC_ACT_AXES && kinds[i].kind == now)
            return &kinds[(i + 1) % PC_COUNT(kinds)];
    }
    return NULL;
}
