#include "profile/frames.h"

#include "profile/internal.h"
#include "profile/scopes.h"

static void describe(struct pc_scope *scope, struct pc_code_frame *frame)
{
    *frame = (struct pc_code_frame){.place = scope->place};
    pc_scopes_declared(&scope->function, frame->declared, &frame->begins);
}

size_t pc_symbols_frames(struct pc_symbols *symbols, uint64_t offset,
                         struct pc_code_frame *frames, size_t max)
{
    struct pc_scopes scopes = {.n = 0};
    if (symbols->dwarf && pc_scopes_find(&scopes, symbols->dwarf, offset))
        pc_scopes_guess_line(&scopes, offset);
    size_t n = scopes.n < max ? scopes.n : max;
    for (size_t i = 0; i < n; i++)
        describe(&scopes.items[i], &frames[i]);
    if (n > 1 || max == 0)
        return n;
    struct pc_place *place = &frames[0].place;
    if (n == 0)
        frames[0] = (struct pc_code_frame){.begins = 0};
    if (!place->function[0])
        pc_symbols_named(symbols, offset, place);
    return place->function[0] != '\0' || place->file[0] != '\0';
}
