#include "profile/names.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <gelf.h>
#include <string.h>

#include "profile/internal.h"
#include "profile/scopes.h"

/* The global variable `name` by the symbol table of type `type`. */
static bool find_variable(Elf *elf, GElf_Word type, const char *name, GElf_Sym *symbol)
{
    GElf_Shdr header;
    Elf_Scn *section = NULL;
    while ((section = elf_nextscn(elf, section)) != NULL) {
        if (!gelf_getshdr(section, &header) || header.sh_type != type)
            continue;
        Elf_Data *data = elf_getdata(section, NULL);
        for (int i = 0; data && gelf_getsym(data, i, symbol); i++) {
            const char *own = elf_strptr(elf, header.sh_link, symbol->st_name);
            if (own && GELF_ST_BIND(symbol->st_info) == STB_GLOBAL &&
                GELF_ST_TYPE(symbol->st_info) == STT_OBJECT &&
                symbol->st_shndx != SHN_UNDEF && strcmp(own, name) == 0)
                return true;
        }
    }
    return false;
}

/* The bytes of a variable in the file, at most as many as its section has behind it. */
static const char *bytes_of(Elf *elf, const GElf_Sym *symbol, size_t *n)
{
    GElf_Shdr header;
    Elf_Scn *section = elf_getscn(elf, symbol->st_shndx);
    if (!section || !gelf_getshdr(section, &header) || header.sh_type != SHT_PROGBITS ||
        symbol->st_value < header.sh_addr)
        return NULL;
    GElf_Addr offset = symbol->st_value - header.sh_addr;
    Elf_Data *data = elf_rawdata(section, NULL);
    if (!data || !data->d_buf || offset >= data->d_size)
        return NULL;
    size_t room = data->d_size - offset;
    *n = symbol->st_size < room ? symbol->st_size : room;
    return (const char *)data->d_buf + offset;
}

enum pc_text_found pc_names_text(struct pc_symbols *symbols, const char *name, char *text,
                                 size_t size)
{
    GElf_Sym symbol;
    size_t n = 0;
    if (!find_variable(symbols->elf, SHT_SYMTAB, name, &symbol) &&
        !find_variable(symbols->elf, SHT_DYNSYM, name, &symbol))
        return PC_TEXT_ABSENT;
    const char *bytes = bytes_of(symbols->elf, &symbol, &n);
    if (!bytes || !memchr(bytes, '\0', n < size ? n : size))
        return PC_TEXT_UNREADABLE;
    strcpy(text, bytes);
    return PC_TEXT_FOUND;
}

bool pc_names_find(Dwarf *dwarf, const char *name, bool (*fits)(Dwarf_Die *entry),
                   Dwarf_Die *found)
{
    Dwarf_CU *cu = NULL;
    Dwarf_Die unit;
    uint8_t type;
    while (dwarf_get_units(dwarf, cu, &cu, NULL, &type, &unit, NULL) == 0) {
        bool more = type == DW_UT_compile && dwarf_child(&unit, found) == 0;
        for (; more; more = dwarf_siblingof(found, found) == 0) {
            const char *own = pc_scopes_name(found);
            if (own && strcmp(own, name) == 0 && fits(found))
                return true;
        }
    }
    return false;
}

static bool is_defined_function(Dwarf_Die *entry)
{
    return dwarf_tag(entry) == DW_TAG_subprogram &&
           !dwarf_hasattr(entry, DW_AT_declaration);
}

bool pc_names_function(struct pc_symbols *symbols, const char *name)
{
    Dwarf_Die found;
    return symbols->dwarf &&
           pc_names_find(symbols->dwarf, name, is_defined_function, &found);
}
