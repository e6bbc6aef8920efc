#include "profile/scopes.h"

#include <dwarf.h>
#include <limits.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

/* clang writes no .debug_aranges, which dwarf_addrdie() needs, so every unit is asked; there
 * are few. */
static bool find_unit(Dwarf *dwarf, Dwarf_Addr address, Dwarf_Die *unit)
{
    Dwarf_CU *cu = NULL;
    uint8_t type;
    while (dwarf_get_units(dwarf, cu, &cu, NULL, &type, unit, NULL) == 0)
        if (type == DW_UT_compile && dwarf_haspc(unit, address) == 1)
            return true;
    return false;
}

/* The function or block directly inside `scope` that holds `address`. */
static bool find_inner(Dwarf_Die *scope, Dwarf_Addr address, Dwarf_Die *inner)
{
    bool more = dwarf_child(scope, inner) == 0;
    for (; more; more = dwarf_siblingof(inner, inner) == 0) {
        int tag = dwarf_tag(inner);
        bool holds_code = tag == DW_TAG_subprogram || tag == DW_TAG_inlined_subroutine ||
                          tag == DW_TAG_lexical_block;
        if (holds_code && dwarf_haspc(inner, address) == 1)
            return true;
    }
    return false;
}

/* From the unit inwards.  dwarf_getscopes() leaks on entries that refer to themselves, and
 * goes on from an inlined function to where that was written instead of where it is. */
static void find_functions(struct pc_scopes *scopes, Dwarf_Addr address)
{
    Dwarf_Die chain[PC_FRAMES_INLINED], scope = scopes->unit, inner;
    size_t n = 0;
    for (; find_inner(&scope, address, &inner); scope = inner) {
        if (dwarf_tag(&inner) == DW_TAG_lexical_block)
            continue;
        /* A function that is written inside of another one is not inlined there. */
        if (dwarf_tag(&inner) == DW_TAG_subprogram)
            n = 0;
        if (n == PC_COUNT(chain))
            memmove(chain, chain + 1, --n * sizeof *chain);
        chain[n++] = inner;
    }
    if (n == 0)
        chain[n++] = scopes->unit;
    scopes->n = n;
    for (size_t i = 0; i < n; i++)
        scopes->items[i] = (struct pc_scope){.function = chain[n - 1 - i]};
}

const char *pc_scopes_name(Dwarf_Die *entry)
{
    Dwarf_Attribute attribute;
    return dwarf_formstring(dwarf_attr_integrate(entry, DW_AT_name, &attribute));
}

/* The name of a source file as the learner knows it: builds map their folder to ".", and
 * #line may have put anything there. */
static void set_file(char file[256], const char *path)
{
    while (path && strncmp(path, "./", 2) == 0)
        path += 2;
    pc_text_copy_line(file, 256, path ? path : "", path ? strlen(path) : 0);
}

static void take_row(Dwarf_Line *row, struct pc_place *place)
{
    const char *file = dwarf_linesrc(row, NULL, NULL);
    if (!file)
        return;
    set_file(place->file, file);
    /* The numbers of a broken table may not fit. */
    if (dwarf_lineno(row, &place->line) != 0 || place->line < 0)
        place->line = 0;
    if (dwarf_linecol(row, &place->column) != 0 || place->column < 0)
        place->column = 0;
}

/* The number of `attribute`, which is NULL where it is missing; 0 then. */
static int number_of(Dwarf_Attribute *attribute)
{
    Dwarf_Word value;
    return dwarf_formudata(attribute, &value) == 0 && value <= INT_MAX ? (int)value : 0;
}

/* The file that `attribute` names by its number in the line table.  dwarf_decl_file() takes
 * number 0, which is a file since DWARF 5, for none. */
static void take_file(Dwarf_Attribute *attribute, char file[256])
{
    Dwarf_Word number;
    Dwarf_Half version;
    Dwarf_Die unit;
    Dwarf_Files *files;
    size_t n;
    *file = '\0';
    if (dwarf_formudata(attribute, &number) == 0 &&
        dwarf_cu_info(attribute->cu, &version, NULL, &unit, NULL, NULL, NULL, NULL) == 0 &&
        (number > 0 || version >= 5) && dwarf_getsrcfiles(&unit, &files, &n) == 0 &&
        number < n)
        set_file(file, dwarf_filesrc(files, number, NULL, NULL));
}

/* Where `inlined` was called. */
static void take_call(Dwarf_Die *inlined, struct pc_place *place)
{
    Dwarf_Attribute attribute;
    take_file(dwarf_attr(inlined, DW_AT_call_file, &attribute), place->file);
    place->line = number_of(dwarf_attr(inlined, DW_AT_call_line, &attribute));
    place->column = number_of(dwarf_attr(inlined, DW_AT_call_column, &attribute));
}

void pc_scopes_declared(Dwarf_Die *function, char file[256], int *line)
{
    Dwarf_Attribute attribute;
    take_file(dwarf_attr_integrate(function, DW_AT_decl_file, &attribute), file);
    *line = number_of(dwarf_attr_integrate(function, DW_AT_decl_line, &attribute));
}

static bool is_unit(Dwarf_Die *die)
{
    return dwarf_tag(die) == DW_TAG_compile_unit;
}

bool pc_scopes_find(struct pc_scopes *scopes, Dwarf *dwarf, Dwarf_Addr address)
{
    scopes->n = 0;
    if (!find_unit(dwarf, address, &scopes->unit))
        return false;
    find_functions(scopes, address);
    Dwarf_Line *row = dwarf_getsrc_die(&scopes->unit, address);
    if (row)
        take_row(row, &scopes->items[0].place);
    for (size_t i = 0; i < scopes->n; i++) {
        struct pc_scope *scope = &scopes->items[i];
        struct pc_place *place = &scope->place;
        const char *name =
            is_unit(&scope->function) ? NULL : pc_scopes_name(&scope->function);
        if (name)
            pc_text_copy_line(place->function, sizeof place->function, name, strlen(name));
        if (i > 0)
            take_call(&scopes->items[i - 1].function, place);
    }
    return true;
}

void pc_scopes_guess_line(struct pc_scopes *scopes, Dwarf_Addr address)
{
    struct pc_scope *scope = &scopes->items[0];
    struct pc_place *place = &scope->place;
    Dwarf_Lines *table;
    Dwarf_Line *best = NULL;
    Dwarf_Addr best_at = 0;
    size_t n;
    if (place->line > 0 || !place->file[0])
        return;
    *place->file = '\0';
    place->column = 0;
    if (is_unit(&scope->function) || dwarf_getsrclines(&scopes->unit, &table, &n) != 0)
        return;
    for (size_t i = 0; i < n; i++) {
        Dwarf_Line *row = dwarf_onesrcline(table, i);
        Dwarf_Addr at;
        int number;
        if (dwarf_lineaddr(row, &at) != 0 || at > address || (best && at < best_at))
            continue;
        if (dwarf_lineno(row, &number) != 0 || number <= 0 ||
            dwarf_haspc(&scope->function, at) != 1)
            continue;
        best = row;
        best_at = at;
    }
    if (best)
        take_row(best, place);
}
