#include "profile/symbols.h"

#include <elfutils/libdw.h>
#include <fcntl.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "profile/internal.h"
#include "profile/scopes.h"

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

bool pc_symbols_named(struct pc_symbols *symbols, uint64_t address, struct pc_place *place)
{
    return find_symbol(symbols->elf, SHT_SYMTAB, address, place) ||
           find_symbol(symbols->elf, SHT_DYNSYM, address, place);
}

bool pc_symbols_is_stub(struct pc_symbols *symbols, uint64_t address)
{
    GElf_Shdr header;
    Elf_Scn *section = NULL;
    size_t names;
    if (elf_getshdrstrndx(symbols->elf, &names) != 0)
        return false;
    while ((section = elf_nextscn(symbols->elf, section)) != NULL) {
        if (!gelf_getshdr(section, &header) || address < header.sh_addr ||
            address - header.sh_addr >= header.sh_size)
            continue;
        const char *name = elf_strptr(symbols->elf, names, header.sh_name);
        if (name && (header.sh_flags & SHF_EXECINSTR) && strncmp(name, ".plt", 4) == 0)
            return true;
    }
    return false;
}

bool pc_symbols_place(struct pc_symbols *symbols, uint64_t offset, struct pc_place *place)
{
    *place = (struct pc_place){0};
    struct pc_scopes scopes;
    if (symbols->dwarf && pc_scopes_find(&scopes, symbols->dwarf, offset)) {
        pc_scopes_guess_line(&scopes, offset);
        *place = scopes.items[0].place;
    }
    if (place->function[0] == '\0')
        pc_symbols_named(symbols, offset, place);
    return place->function[0] != '\0' || place->file[0] != '\0';
}
