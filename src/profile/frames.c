#include "profile/frames.h"

#include <dwarf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "profile/internal.h"

static bool is_function(Dwarf_Die *die)
{
    int tag = dwarf_tag(die);
    return tag == DW_TAG_subprogram || tag == DW_TAG_inlined_subroutine;
}

static void describe(Dwarf_Die *function, struct pc_code_frame *frame)
{
    Dwarf_Attribute attribute;
    const char *name =
        dwarf_formstring(dwarf_attr_integrate(function, DW_AT_name, &attribute));
    snprintf(frame->place.function, sizeof frame->place.function, "%s", name ? name : "");
    pc_symbols_file(frame->declared, dwarf_decl_file(function));
    if (dwarf_decl_line(function, &frame->begins) != 0)
        frame->begins = 0;
}

static int number_of(Dwarf_Die *die, unsigned name)
{
    Dwarf_Attribute attribute;
    Dwarf_Word value;
    return dwarf_formudata(dwarf_attr(die, name, &attribute), &value) == 0 ? (int)value : 0;
}

/* Where the code of `inlined` was called: a line of the function around it. */
static void describe_call(Dwarf_Die *unit, Dwarf_Die *inlined, struct pc_place *place)
{
    Dwarf_Files *files;
    size_t n, file = (size_t)number_of(inlined, DW_AT_call_file);
    if (dwarf_getsrcfiles(unit, &files, &n) == 0 && file < n)
        pc_symbols_file(place->file, dwarf_filesrc(files, file, NULL, NULL));
    place->line = number_of(inlined, DW_AT_call_line);
    place->column = number_of(inlined, DW_AT_call_column);
}

/* The entries around the innermost one as they are nested in the code.  The list for an
 * address goes on from an inlined function to where that was written instead. */
static int nested_scopes(Dwarf *dwarf, Dwarf_Die *unit, Dwarf_Addr address,
                         Dwarf_Die **scopes)
{
    Dwarf_Die *found = NULL, innermost;
    int n = dwarf_getscopes(unit, address, &found);
    bool fine = n > 0 && dwarf_offdie(dwarf, dwarf_dieoffset(&found[0]), &innermost);
    free(found);
    return fine ? dwarf_getscopes_die(&innermost, scopes) : 0;
}

size_t pc_symbols_frames(struct pc_symbols *symbols, uint64_t offset,
                         struct pc_code_frame *frames, size_t max)
{
    Dwarf_Die unit, *scopes = NULL, *inner = NULL;
    size_t n = 0;
    int depth = 0;
    if (symbols->dwarf && pc_symbols_unit(symbols->dwarf, offset, &unit))
        depth = nested_scopes(symbols->dwarf, &unit, offset, &scopes);
    for (int i = 0; i < depth && n < max; i++) {
        Dwarf_Die *scope = &scopes[i];
        if (!is_function(scope))
            continue;
        struct pc_code_frame *frame = &frames[n++];
        *frame = (struct pc_code_frame){.begins = 0};
        describe(scope, frame);
        if (inner)
            describe_call(&unit, inner, &frame->place);
        else
            pc_symbols_line(&unit, offset, scope, &frame->place);
        inner = scope;
        if (dwarf_tag(scope) == DW_TAG_subprogram)
            break;
    }
    free(scopes);
    if (n > 0 || max == 0)
        return n;
    frames[0] = (struct pc_code_frame){.begins = 0};
    return pc_symbols_named(symbols, offset, &frames[0].place);
}
