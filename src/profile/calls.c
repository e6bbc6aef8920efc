#include "profile/calls.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <elfutils/libdwfl.h>
#include <gelf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "profile/scopes.h"

struct reader {
    const char *(*wanted)(const char *name);
    struct pc_object_calls *calls;
    Elf *elf;
    Dwarf *dwarf;
    GElf_Half machine;
    bool nowhere; /* there are calls, and no debug information to place them */
    struct pc_err *err;
};

enum use { USE_OTHER, USE_CALL, USE_JUMP };

/* On x86-64 an opcode stands before the operand: e8 is a call; e9, eb and the conditional
 * ones are jumps, and a jump to a function is a call whose result is returned.  ff 15 and
 * ff 25 are the two through a table (-fno-plt). */
static enum use use_x86(const unsigned char *code, uint64_t offset, unsigned type)
{
    unsigned char before = offset > 0 ? code[offset - 1] : 0;
    switch (type) {
    case R_X86_64_PLT32:
        return before == 0xe8 ? USE_CALL : USE_JUMP;
    case R_X86_64_PC32:
        return before == 0xe8 ? USE_CALL : before == 0xe9 ? USE_JUMP : USE_OTHER;
    case R_X86_64_GOTPCREL:
    case R_X86_64_GOTPCRELX:
        if (offset < 2 || code[offset - 2] != 0xff)
            return USE_OTHER;
        return before == 0x15 ? USE_CALL : before == 0x25 ? USE_JUMP : USE_OTHER;
    default:
        return USE_OTHER;
    }
}

/* Of RISC-V's pair of instructions the second jumps; it keeps a return address unless its
 * target register, bits 7 to 11, is zero. */
static enum use use_riscv(const unsigned char *code, size_t n, uint64_t offset,
                          unsigned type)
{
    if (type != R_RISCV_CALL && type != R_RISCV_CALL_PLT)
        return USE_OTHER;
    if (offset + 8 > n)
        return USE_CALL;
    unsigned target = ((unsigned)code[offset + 5] << 1 & 0x1e) | code[offset + 4] >> 7;
    return target == 0 ? USE_JUMP : USE_CALL;
}

static enum use use_of(const struct reader *r, const Elf_Data *code, const GElf_Rela *rela)
{
    unsigned type = (unsigned)GELF_R_TYPE(rela->r_info);
    if (!code || !code->d_buf || rela->r_offset >= code->d_size)
        return USE_OTHER;
    switch (r->machine) {
    case EM_X86_64:
        return use_x86(code->d_buf, rela->r_offset, type);
    case EM_AARCH64:
        return type == R_AARCH64_CALL26   ? USE_CALL
               : type == R_AARCH64_JUMP26 ? USE_JUMP
                                          : USE_OTHER;
    default:
        return use_riscv(code->d_buf, code->d_size, rela->r_offset, type);
    }
}

static bool gives_pointer(Dwarf_Die *function)
{
    Dwarf_Attribute attribute;
    Dwarf_Die type;
    return dwarf_tag(function) == DW_TAG_subprogram &&
           dwarf_formref_die(dwarf_attr_integrate(function, DW_AT_type, &attribute),
                             &type) &&
           dwarf_peel_type(&type, &type) == 0 && dwarf_tag(&type) == DW_TAG_pointer_type;
}

static void locate(const struct reader *r, Dwarf_Addr address, struct pc_alloc_call *call)
{
    struct pc_scopes scopes;
    if (!pc_scopes_find(&scopes, r->dwarf, address))
        return;
    call->n_chain = scopes.n < PC_CHAIN_MAX ? scopes.n : PC_CHAIN_MAX;
    for (size_t i = 0; i < call->n_chain; i++)
        call->chain[i] = scopes.items[i].place;
    call->returned = call->tail && gives_pointer(&scopes.items[scopes.n - 1].function);
}

/* One relocation of the section `target`. */
static void take(struct reader *r, Elf_Scn *target, const GElf_Shdr *header,
                 const GElf_Rela *rela, const char *name)
{
    const char *wanted = name ? r->wanted(name) : NULL;
    if (!wanted)
        return;
    bool is_code = header->sh_flags & SHF_EXECINSTR;
    enum use use = is_code ? use_of(r, elf_rawdata(target, NULL), rela) : USE_OTHER;
    struct pc_alloc_call call = {.tail = use == USE_JUMP, .n_chain = 1};
    snprintf(call.name, sizeof call.name, "%s", wanted);
    if (is_code && !r->dwarf) {
        r->nowhere = true;
        return;
    }
    if (is_code)
        locate(r, header->sh_addr + rela->r_offset, &call);
    *PC_PUSH(use == USE_OTHER ? &r->calls->taken : &r->calls->calls) = call;
}

/* The relocations in `section` that are about what is loaded. */
static void read_section(struct reader *r, Elf_Scn *section, const GElf_Shdr *header)
{
    Elf_Scn *target = elf_getscn(r->elf, header->sh_info);
    Elf_Scn *table = elf_getscn(r->elf, header->sh_link);
    GElf_Shdr target_header, table_header;
    Elf_Data *relas = elf_getdata(section, NULL), *symbols = elf_getdata(table, NULL);
    if (!gelf_getshdr(target, &target_header) || !gelf_getshdr(table, &table_header) ||
        !(target_header.sh_flags & SHF_ALLOC) || !relas || !symbols)
        return;
    GElf_Rela rela;
    for (int i = 0; gelf_getrela(relas, i, &rela); i++) {
        GElf_Sym symbol;
        /* What the file defines itself is not the function that is looked for. */
        if (gelf_getsym(symbols, (int)GELF_R_SYM(rela.r_info), &symbol) &&
            symbol.st_shndx == SHN_UNDEF)
            take(r, target, &target_header, &rela,
                 elf_strptr(r->elf, table_header.sh_link, symbol.st_name));
    }
}

/* What the file does not define itself. */
static void read_symbols(struct reader *r, Elf_Scn *section, const GElf_Shdr *header)
{
    Elf_Data *symbols = elf_getdata(section, NULL);
    GElf_Sym symbol;
    for (int i = 0; symbols && gelf_getsym(symbols, i, &symbol); i++) {
        const char *name = elf_strptr(r->elf, header->sh_link, symbol.st_name);
        if (name && *name && symbol.st_shndx == SHN_UNDEF)
            pc_words_add(&r->calls->others, name);
    }
}

static bool is_known(GElf_Half machine)
{
    return machine == EM_X86_64 || machine == EM_AARCH64 || machine == EM_RISCV;
}

static bool read_all(struct reader *r)
{
    GElf_Ehdr header;
    if (!gelf_getehdr(r->elf, &header) || header.e_type != ET_REL)
        return pc_fail(r->err, PC_ENVIRONMENT,
                       "the compiler made no object file (options in CC?)");
    if (!is_known(header.e_machine))
        return pc_fail(r->err, PC_ENVIRONMENT,
                       "calls cannot be told from other code on this kind of processor "
                       "(ELF machine %d)",
                       (int)header.e_machine);
    r->machine = header.e_machine;
    Elf_Scn *section = NULL;
    GElf_Shdr own;
    while ((section = elf_nextscn(r->elf, section))) {
        if (!gelf_getshdr(section, &own))
            continue;
        if (own.sh_type == SHT_RELA)
            read_section(r, section, &own);
        else if (own.sh_type == SHT_SYMTAB)
            read_symbols(r, section, &own);
    }
    /* A file without code has none either, and needs none. */
    return !r->nowhere ||
           pc_fail(r->err, PC_ENVIRONMENT,
                   "the compiler wrote no debug information, so that its calls have no "
                   "lines (options in CC?)");
}

/* All there is to know lies in the object itself; nothing is looked for elsewhere. */
static int find_nothing(Dwfl_Module *module, void **data, const char *name, Dwarf_Addr base,
                        const char *file, const char *link, GElf_Word crc, char **found)
{
    (void)module, (void)data, (void)name, (void)base, (void)file, (void)link, (void)crc;
    *found = NULL;
    return -1;
}

/* libdwfl gives every section of an object an address and relocates its debug information
 * to it, as a linker would. */
bool pc_calls_read(const char *path, const char *(*wanted)(const char *name),
                   struct pc_object_calls *calls, struct pc_err *err)
{
    static const Dwfl_Callbacks callbacks = {
        .find_elf = dwfl_build_id_find_elf,
        .find_debuginfo = find_nothing,
        .section_address = dwfl_offline_section_address,
    };
    struct reader r = {.wanted = wanted, .calls = calls, .err = err};
    Dwfl *dwfl = dwfl_begin(&callbacks);
    Dwfl_Module *module = dwfl ? dwfl_report_offline(dwfl, path, path, -1) : NULL;
    GElf_Addr bias;
    Dwarf_Addr dwarf_bias;
    if (module) {
        dwfl_report_end(dwfl, NULL, NULL);
        r.elf = dwfl_module_getelf(module, &bias);
        r.dwarf = dwfl_module_getdwarf(module, &dwarf_bias);
    }
    bool fine = r.elf ? read_all(&r)
                      : pc_fail(err, PC_ENVIRONMENT, "cannot read the object %s: %s", path,
                                dwfl_errmsg(-1));
    dwfl_end(dwfl);
    return fine;
}
