#include "profile/extents.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>

#include "profile/internal.h"
#include "profile/scopes.h"

static bool is_defined_type(Dwarf_Die *die)
{
    int tag = dwarf_tag(die);
    return tag == DW_TAG_typedef ||
           ((tag == DW_TAG_structure_type || tag == DW_TAG_union_type) &&
            !dwarf_hasattr(die, DW_AT_declaration));
}

static bool has_code(Dwarf_Die *die)
{
    return dwarf_tag(die) == DW_TAG_subprogram &&
           (dwarf_hasattr(die, DW_AT_low_pc) || dwarf_hasattr(die, DW_AT_ranges));
}

/* Bits of a member's own; an array without a length has none.  Numbers of a broken file can
 * be so large that only doubles hold their sums. */
static double member_bits(Dwarf_Die *member)
{
    Dwarf_Attribute attribute;
    Dwarf_Word value = 0;
    Dwarf_Die type;
    if (dwarf_formudata(dwarf_attr(member, DW_AT_bit_size, &attribute), &value) == 0)
        return (double)value;
    if (!dwarf_formref_die(dwarf_attr(member, DW_AT_type, &attribute), &type) ||
        dwarf_aggregate_size(&type, &value) != 0)
        return 0;
    return 8 * (double)value;
}

static double bits_of_members(Dwarf_Die *type)
{
    bool in_turn = dwarf_tag(type) == DW_TAG_structure_type;
    double sum = 0, most = 0;
    Dwarf_Die member;
    bool more = dwarf_child(type, &member) == 0;
    for (; more; more = dwarf_siblingof(&member, &member) == 0) {
        if (dwarf_tag(&member) != DW_TAG_member)
            continue;
        double bits = member_bits(&member);
        sum += bits;
        most = bits > most ? bits : most;
    }
    return in_turn ? sum : most;
}

enum pc_extent_found pc_extent_type(struct pc_symbols *symbols, const char *name,
                                    double *size, double *padding)
{
    Dwarf_Die found, type;
    Dwarf_Word bytes;
    if (!symbols->dwarf || !pc_names_find(symbols->dwarf, name, is_defined_type, &found))
        return PC_EXTENT_ABSENT;
    if (dwarf_peel_type(&found, &type) != 0 || dwarf_aggregate_size(&type, &bytes) != 0)
        return PC_EXTENT_UNKNOWN;
    int tag = dwarf_tag(&type);
    bool has_members = tag == DW_TAG_structure_type || tag == DW_TAG_union_type;
    *size = (double)bytes;
    *padding = has_members ? *size - bits_of_members(&type) / 8 : 0;
    return *padding >= 0 ? PC_EXTENT_FOUND : PC_EXTENT_UNKNOWN;
}

/* The register that holds the stack pointer, by its number in debug information. */
static bool is_stack_pointer(const struct pc_symbols *symbols, const Dwarf_Op *op,
                             uint64_t *offset)
{
    GElf_Ehdr header;
    int sp;
    if (!gelf_getehdr(symbols->elf, &header))
        return false;
    switch (header.e_machine) {
    case EM_X86_64:
        sp = 7;
        break;
    case EM_AARCH64:
        sp = 31;
        break;
    case EM_RISCV:
        sp = 2;
        break;
    default:
        return false;
    }
    if (op->atom == DW_OP_bregx) {
        *offset = op->number2;
        return op->number == (Dwarf_Word)sp;
    }
    *offset = op->number;
    return op->atom == DW_OP_breg0 + sp;
}

/* The largest frame in begin..end; false when it is not fixed somewhere. */
static bool scan_frames(const struct pc_symbols *symbols, Dwarf_CFI *cfi, Dwarf_Addr begin,
                        Dwarf_Addr end, uint64_t *most)
{
    while (begin < end) {
        Dwarf_Frame *frame;
        Dwarf_Op *ops;
        size_t n;
        uint64_t offset = 0;
        Dwarf_Addr next = 0;
        if (dwarf_cfi_addrframe(cfi, begin, &frame) != 0)
            return false;
        bool fixed = dwarf_frame_info(frame, NULL, &next, NULL) >= -1 &&
                     dwarf_frame_cfa(frame, &ops, &n) == 0 && n == 1 &&
                     is_stack_pointer(symbols, &ops[0], &offset);
        free(frame);
        if (!fixed || next <= begin)
            return false;
        *most = offset > *most ? offset : *most;
        begin = next;
    }
    return true;
}

enum pc_extent_found pc_extent_stack(struct pc_symbols *symbols, const char *name,
                                     double *bytes)
{
    Dwarf_Die function;
    if (!symbols->dwarf || !pc_names_find(symbols->dwarf, name, has_code, &function))
        return PC_EXTENT_ABSENT;
    Dwarf_CFI *cfi = dwarf_getcfi_elf(symbols->elf);
    if (!cfi)
        return PC_EXTENT_UNKNOWN;
    uint64_t most = 0;
    bool fixed = true, any = false;
    Dwarf_Addr base, begin, end;
    ptrdiff_t at = 0;
    while ((at = dwarf_ranges(&function, at, &base, &begin, &end)) > 0) {
        any = true;
        fixed = fixed && scan_frames(symbols, cfi, begin, end, &most);
    }
    dwarf_cfi_end(cfi);
    *bytes = (double)most;
    return fixed && any ? PC_EXTENT_FOUND : PC_EXTENT_UNKNOWN;
}
