#include "engine/internal.h"

#include <string.h>

#include "profile/symbols.h"

void pc_locate_crash(struct pc_crash *crash, const char *kernel_name)
{
    if (crash->ending == PC_ENDING_NONE || crash->place.line > 0 || crash->n_frames == 0)
        return;
    struct pc_symbols *symbols = pc_symbols_open(crash->object, NULL);
    if (!symbols)
        return;
    for (size_t i = 0; i < crash->n_frames; i++) {
        struct pc_place place;
        if (!pc_symbols_place(symbols, crash->frames[i], &place) || place.line == 0)
            continue;
        bool in_kernel = strcmp(place.file, kernel_name) == 0;
        if (in_kernel || crash->place.line == 0)
            crash->place = place;
        if (in_kernel)
            break;
    }
    pc_symbols_free(symbols);
}

void pc_locate_sites(struct pc_counts *counts, const char *object)
{
    if (counts->n_sites == 0 && counts->n_leaks == 0)
        return;
    struct pc_symbols *symbols = pc_symbols_open(object, NULL);
    if (!symbols)
        return;
    for (size_t i = 0; i < counts->n_sites; i++)
        pc_symbols_place(symbols, counts->sites[i].address, &counts->sites[i].place);
    for (size_t i = 0; i < counts->n_leaks; i++)
        if (counts->leaks[i].address)
            pc_symbols_place(symbols, counts->leaks[i].address, &counts->leaks[i].place);
    pc_symbols_free(symbols);
}
