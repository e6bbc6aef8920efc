#include "profile/symbols.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <fcntl.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "profile/internal.h"

struct pc_symbols *pc_symbols_open(const char *object, struct pc_err *err)
{
    struct pc_symbols *symbols = pc_alloc(sizeof *symbols);
    symbols->fd = open(object, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (symbols->fd < 0) {
        pc_fail_errno(err, "cannot read the symbols of %s", object);
        free(symbols);
        return NULL;
    }
    elf_version(EV_CURRENT);
    symbols->elf = elf_begin(symbols->fd, ELF_C_READ_MMAP, NULL);
    GElf_Ehdr header;
    if (!symbols->elf || !gelf_getehdr(symbols->elf, &header)) {
        pc_fail(err, PC_ENVIRONMENT, "cannot read the symbols of %s: not an ELF file",
                object);
        pc_symbols_free(symbols);
        return NULL;
    }
    symbols->dwarf = dwarf_begin_elf(symbols->elf, DWARF_C_READ, NULL);
    return symbols;
}

void pc_symbols_free(struct pc_symbols *symbols)
{
    if (!symbols)
        return;
    dwarf_end(symbols->dwarf);
    elf_end(symbols->elf);
    close(symbols->fd);
    free(symbols);
}

/* The compilation unit that holds `address`.  clang writes no .debug_aranges, which
 * dwarf_addrdie() needs, so every unit is asked; there are few. */
bool pc_symbols_unit(Dwarf *dwarf, Dwarf_Addr address, Dwarf_Die *unit)
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

/* Name the innermost function around `address` and give its entry.  dwarf_getscopes(), which
 * finds more than is needed here, leaks on entries that refer to themselves. */
static bool find_function(Dwarf_Die *unit, Dwarf_Addr address, Dwarf_Die *function,
                          struct pc_place *place)
{
    Dwarf_Die scope = *unit, inner;
    bool found = false;
    for (; find_inner(&scope, address, &inner); scope = inner) {
        if (dwarf_tag(&inner) == DW_TAG_lexical_block)
            continue;
        *function = inner;
        found = true;
    }
    Dwarf_Attribute attribute;
    const char *name =
        found ? dwarf_formstring(dwarf_attr_integrate(function, DW_AT_name, &attribute))
              : NULL;
    if (name)
        pc_text_copy_line(place->function, sizeof place->function, name, strlen(name));
    return found;
}

/* The last row of the line table at or before `address` that names a line.  Compilers mark
 * code of no particular line with 0; the line before it inside the same function is the
 * best answer then. */
static Dwarf_Line *find_line(Dwarf_Die *unit, Dwarf_Addr address, Dwarf_Die *function)
{
    Dwarf_Line *line = dwarf_getsrc_die(unit, address);
    int number = 0;
    if (!line || dwarf_lineno(line, &number) != 0 || number > 0)
        return number > 0 ? line : NULL;
    Dwarf_Lines *table;
    size_t n;
    if (!function || dwarf_getsrclines(unit, &table, &n) != 0)
        return NULL;
    Dwarf_Line *best = NULL;
    Dwarf_Addr best_at = 0;
    for (size_t i = 0; i < n; i++) {
        Dwarf_Line *row = dwarf_onesrcline(table, i);
        Dwarf_Addr at;
        if (dwarf_lineaddr(row, &at) != 0 || at > address || (best && at < best_at))
            continue;
        if (dwarf_lineno(row, &number) != 0 || number == 0 ||
            dwarf_haspc(function, at) != 1)
            continue;
        best = row;
        best_at = at;
    }
    return best;
}

void pc_symbols_file(char file[256], const char *path)
{
    while (path && strncmp(path, "./", 2) == 0)
        path += 2;
    pc_text_copy_line(file, 256, path ? path : "", path ? strlen(path) : 0);
}

static void fill_line(Dwarf_Line *line, struct pc_place *place)
{
    const char *file = dwarf_linesrc(line, NULL, NULL);
    if (!file)
        return;
    pc_symbols_file(place->file, file);
    /* The numbers of a broken table may not fit. */
    if (dwarf_lineno(line, &place->line) != 0 || place->line < 0)
        place->line = 0;
    if (dwarf_linecol(line, &place->column) != 0 || place->column < 0)
        place->column = 0;
}

/* The function around `address` by the symbol table of type `type`, for code without debug
 * information. */
static bool find_symbol(Elf *elf, GElf_Word type, uint64_t address, struct pc_place *place)
{
    GElf_Shdr header;
    Elf_Scn *section = NULL;
    while ((section = elf_nextscn(elf, section)) != NULL) {
        if (!gelf_getshdr(section, &header) || header.sh_type != type)
            continue;
        Elf_Data *data = elf_getdata(section, NULL);
        GElf_Sym symbol;
        for (int i = 0; data && gelf_getsym(data, i, &symbol); i++) {
            const char *name = elf_strptr(elf, header.sh_link, symbol.st_name);
            if (!name || GELF_ST_TYPE(symbol.st_info) != STT_FUNC ||
                symbol.st_shndx == SHN_UNDEF || address < symbol.st_value ||
                address - symbol.st_value >= symbol.st_size)
                continue;
            pc_text_copy_line(place->function, sizeof place->function, name, strlen(name));
            return true;
        }
    }
    return false;
}

void pc_symbols_line(Dwarf_Die *unit, Dwarf_Addr address, Dwarf_Die *function,
                     struct pc_place *place)
{
    Dwarf_Line *line = find_line(unit, address, function);
    if (line)
        fill_line(line, place);
}

bool pc_symbols_named(struct pc_symbols *symbols, uint64_t address, struct pc_place *place)
{
    return find_symbol(symbols->elf, SHT_SYMTAB, address, place) ||
           find_symbol(symbols->elf, SHT_DYNSYM, address, place);
}

bool pc_symbols_place(struct pc_symbols *symbols, uint64_t offset, struct pc_place *place)
{
    *place = (struct pc_place){0};
    Dwarf_Die unit, function;
    if (symbols->dwarf && pc_symbols_unit(symbols->dwarf, offset, &unit)) {
        bool named = find_function(&unit, offset, &function, place);
        pc_symbols_line(&unit, offset, named ? &function : NULL, place);
    }
    if (place->function[0] == '\0')
        pc_symbols_named(symbols, offset, place);
    return place->function[0] != '\0' || place->file[0] != '\0';
}
