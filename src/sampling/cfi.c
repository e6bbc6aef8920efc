#include "sampling/cfi.h"

#include <link.h>
#include <stddef.h>
#include <string.h>

#include "sampling/cursor.h"

/* Encodings of pointers that linkers write for x86-64. */
enum { PCREL_SDATA4 = 0x1b, UDATA4 = 0x03, DATAREL_SDATA4 = 0x3b };

/* Registers by their numbers in DWARF. */
enum { FRAME_POINTER = 6, STACK_POINTER = 7, RETURN_ADDRESS = 16 };

/* An entry, without its length, which is read first. */
static struct pc_cursor open_entry(const uint8_t *at)
{
    uint32_t n;
    memcpy(&n, at, sizeof n);
    at += sizeof n;
    bool is_long = n == UINT32_MAX;
    return (struct pc_cursor){.at = at, .end = at + (is_long ? 0 : n), .failed = is_long};
}

/* What the entries of functions have in common. */
struct common {
    uint64_t code_align;
    int64_t data_align;
    bool has_data; /* of augmentation, in each entry */
    struct pc_cursor instructions;
};

/* Bytes of a pointer; 0: that depends. */
static size_t size_of(unsigned encoding)
{
    switch (encoding & 0x0f) {
    case 0x02:
    case 0x0a:
        return 2;
    case 0x03:
    case 0x0b:
        return 4;
    case 0x00:
    case 0x04:
    case 0x0c:
        return 8;
    default:
        return 0;
    }
}

/* False when it is of a kind that is not for us: frames of signals, say. */
static bool read_common(const uint8_t *at, struct common *common)
{
    struct pc_cursor c = open_entry(at);
    unsigned encoding = 0;
    pc_cursor_bytes(&c, 4);
    uint64_t version = pc_cursor_bytes(&c, 1);
    const char *letters = (const char *)c.at;
    while (pc_cursor_bytes(&c, 1) != 0)
        ;
    common->code_align = pc_cursor_uleb(&c);
    common->data_align = pc_cursor_sleb(&c);
    uint64_t address = version == 1 ? pc_cursor_bytes(&c, 1) : pc_cursor_uleb(&c);
    common->has_data = letters[0] == 'z';
    uint64_t n = common->has_data ? pc_cursor_uleb(&c) : 0;
    struct pc_cursor data = c;
    pc_cursor_skip(&c, n);
    data.end = c.at;
    for (const char *letter = letters + common->has_data; *letter && !c.failed; letter++) {
        if (*letter == 'R') {
            encoding = (unsigned)pc_cursor_bytes(&data, 1);
        } else if (*letter == 'L') {
            pc_cursor_bytes(&data, 1);
        } else if (*letter == 'P') {
            size_t size = size_of((unsigned)pc_cursor_bytes(&data, 1));
            data.failed |= size == 0;
            pc_cursor_skip(&data, size);
        } else {
            return false;
        }
    }
    common->instructions = c;
    return !c.failed && !data.failed && encoding == PCREL_SDATA4 &&
           address == RETURN_ADDRESS && (version == 1 || version == 3);
}

/* What a register is worth outside. */
struct saved {
    enum { SAME, AT, UNDEFINED, ELSEWHERE } how;
    int64_t offset; /* AT, from the canonical frame address */
};

struct row {
    uint64_t base; /* register of the canonical frame address */
    int64_t offset;
    bool is_computed;
    struct saved frame, address;
};

static void save(struct row *row, uint64_t number, struct saved saved)
{
    if (number == FRAME_POINTER)
        row->frame = saved;
    else if (number == RETURN_ADDRESS)
        row->address = saved;
}

static void restore(struct row *row, uint64_t number, const struct row *initial)
{
    save(row, number, number == FRAME_POINTER ? initial->frame : initial->address);
}

struct machine {
    const struct common *common;
    struct row row, initial; /* `initial`: after the common instructions */
    struct row kept[8];
    size_t n_kept;
    uint64_t at, until; /* offsets of code from where the function begins */
    bool is_beyond;
};

static void advance(struct machine *m, uint64_t delta)
{
    m->at += delta * m->common->code_align;
    m->is_beyond = m->at > m->until;
}

/* An instruction whose first operand is in it. */
static void run_short(struct machine *m, struct pc_cursor *c, unsigned op)
{
    uint64_t operand = op & 0x3f;
    switch (op >> 6) {
    case 1: /* DW_CFA_advance_loc */
        advance(m, operand);
        break;
    case 2: /* DW_CFA_offset */
        save(&m->row, operand,
             (struct saved){AT, (int64_t)pc_cursor_uleb(c) * m->common->data_align});
        break;
    default: /* DW_CFA_restore */
        restore(&m->row, operand, &m->initial);
    }
}

/* Those that tell where the canonical frame address is. */
static bool run_address(struct machine *m, struct pc_cursor *c, unsigned op)
{
    switch (op) {
    case 0x0c: /* DW_CFA_def_cfa */
        m->row.base = pc_cursor_uleb(c);
        m->row.offset = (int64_t)pc_cursor_uleb(c);
        m->row.is_computed = false;
        return true;
    case 0x0d: /* DW_CFA_def_cfa_register */
        m->row.base = pc_cursor_uleb(c);
        return true;
    case 0x0e: /* DW_CFA_def_cfa_offset */
        m->row.offset = (int64_t)pc_cursor_uleb(c);
        return true;
    case 0x0f: /* DW_CFA_def_cfa_expression */
        pc_cursor_skip(c, pc_cursor_uleb(c));
        m->row.is_computed = true;
        return true;
    case 0x12: /* DW_CFA_def_cfa_sf */
        m->row.base = pc_cursor_uleb(c);
        m->row.offset = pc_cursor_sleb(c) * m->common->data_align;
        m->row.is_computed = false;
        return true;
    case 0x13: /* DW_CFA_def_cfa_offset_sf */
        m->row.offset = pc_cursor_sleb(c) * m->common->data_align;
        return true;
    default:
        return false;
    }
}

/* Those that tell where a register is. */
static bool run_register(struct machine *m, struct pc_cursor *c, unsigned op)
{
    uint64_t number = pc_cursor_uleb(c);
    switch (op) {
    case 0x05: /* DW_CFA_offset_extended */
        save(&m->row, number,
             (struct saved){AT, (int64_t)pc_cursor_uleb(c) * m->common->data_align});
        return true;
    case 0x06: /* DW_CFA_restore_extended */
        restore(&m->row, number, &m->initial);
        return true;
    case 0x07: /* DW_CFA_undefined */
        save(&m->row, number, (struct saved){.how = UNDEFINED});
        return true;
    case 0x08: /* DW_CFA_same_value */
        save(&m->row, number, (struct saved){.how = SAME});
        return true;
    case 0x09: /* DW_CFA_register */
        pc_cursor_uleb(c);
        save(&m->row, number, (struct saved){.how = ELSEWHERE});
        return true;
    case 0x11: /* DW_CFA_offset_extended_sf */
        save(&m->row, number,
             (struct saved){AT, pc_cursor_sleb(c) * m->common->data_align});
        return true;
    case 0x10: /* DW_CFA_expression */
    case 0x16: /* DW_CFA_val_expression */
        pc_cursor_skip(c, pc_cursor_uleb(c));
        save(&m->row, number, (struct saved){.how = ELSEWHERE});
        return true;
    case 0x2e: /* DW_CFA_GNU_args_size */
        return true;
    default:
        return false;
    }
}

/* False at an instruction that nobody knows. */
static bool run_one(struct machine *m, struct pc_cursor *c)
{
    unsigned op = (unsigned)pc_cursor_bytes(c, 1);
    if (op >> 6) {
        run_short(m, c, op);
        return true;
    }
    switch (op) {
    case 0x00: /* DW_CFA_nop */
        return true;
    case 0x02: /* DW_CFA_advance_loc1 */
        advance(m, pc_cursor_bytes(c, 1));
        return true;
    case 0x03: /* DW_CFA_advance_loc2 */
        advance(m, pc_cursor_bytes(c, 2));
        return true;
    case 0x04: /* DW_CFA_advance_loc4 */
        advance(m, pc_cursor_bytes(c, 4));
        return true;
    case 0x0a: /* DW_CFA_remember_state */
        if (m->n_kept == sizeof m->kept / sizeof *m->kept)
            return false;
        m->kept[m->n_kept++] = m->row;
        return true;
    case 0x0b: /* DW_CFA_restore_state */
        if (m->n_kept == 0)
            return false;
        m->row = m->kept[--m->n_kept];
        return true;
    default:
        return run_address(m, c, op) || run_register(m, c, op);
    }
}

static bool run(struct machine *m, struct pc_cursor c)
{
    while (c.at < c.end && !m->is_beyond)
        if (!run_one(m, &c) || c.failed)
            return false;
    return true;
}

static bool fits(int64_t offset)
{
    return offset >= INT16_MIN && offset <= INT16_MAX;
}

static struct pc_cfi_rule rule_of(const struct row *row)
{
    struct pc_cfi_rule rule = {.kind = PC_CFI_HARD};
    if (row->address.how == UNDEFINED) {
        rule.kind = PC_CFI_END;
    } else if (!row->is_computed &&
               (row->base == STACK_POINTER || row->base == FRAME_POINTER) &&
               row->offset >= 0 && row->offset <= INT32_MAX && row->address.how == AT &&
               fits(row->address.offset) && fits(row->frame.offset) &&
               (row->frame.how == SAME || row->frame.how == AT)) {
        rule = (struct pc_cfi_rule){.kind = PC_CFI_STEP,
                                    .from_frame = row->base == FRAME_POINTER,
                                    .saves_frame = row->frame.how == AT,
                                    .cfa = (int32_t)row->offset,
                                    .frame = (int16_t)row->frame.offset,
                                    .address = (int16_t)row->address.offset};
    }
    return rule;
}

/* By the entry of a function, if the address is in it. */
static struct pc_cfi_rule read_entry(const uint8_t *entry, uintptr_t address)
{
    const struct pc_cfi_rule hard = {.kind = PC_CFI_HARD}, none = {.kind = PC_CFI_END};
    struct pc_cursor c = open_entry(entry);
    struct common common;
    const uint8_t *here = c.at;
    uint64_t back = pc_cursor_bytes(&c, 4);
    if (c.failed || back == 0 || !read_common(here - back, &common))
        return hard;
    here = c.at;
    uintptr_t begin =
        (uintptr_t)here + (uintptr_t)(intptr_t)(int32_t)(uint32_t)pc_cursor_bytes(&c, 4);
    uint64_t size = pc_cursor_bytes(&c, 4);
    if (address - begin >= size)
        return none;
    if (common.has_data)
        pc_cursor_skip(&c, pc_cursor_uleb(&c));
    struct machine m = {.common = &common, .until = address - begin};
    if (c.failed || !run(&m, common.instructions))
        return hard;
    m.initial = m.row;
    return run(&m, c) ? rule_of(&m.row) : hard;
}

/* The sorted table of a file's functions: pairs of offsets from `header`, of where a function begins
 * and of its entry. */
static struct pc_cfi_rule look_up(const uint8_t *header, uintptr_t address)
{
    static const uint8_t usual[] = {1, PCREL_SDATA4, UDATA4, DATAREL_SDATA4};
    uint32_t n;
    if (memcmp(header, usual, sizeof usual) != 0)
        return (struct pc_cfi_rule){.kind = PC_CFI_HARD};
    memcpy(&n, header + 8, sizeof n);
    const int32_t(*pairs)[2] = (const void *)(header + 12);
    intptr_t offset = (intptr_t)(address - (uintptr_t)header);
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (pairs[middle][0] <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? read_entry(header + pairs[low - 1][1], address)
                   : (struct pc_cfi_rule){.kind = PC_CFI_END};
}

struct search {
    uintptr_t address;
    const uint8_t *header; /* NULL: not found */
    uint64_t unloads;
};

static int visit(struct dl_phdr_info *info, size_t size, void *arg)
{
    struct search *search = arg;
    const uint8_t *header = NULL;
    bool has_it = false;
    if (size >= offsetof(struct dl_phdr_info, dlpi_subs) + sizeof info->dlpi_subs)
        search->unloads = info->dlpi_subs;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];
        uintptr_t begin = info->dlpi_addr + part->p_vaddr;
        if (part->p_type == PT_GNU_EH_FRAME)
            header = (const uint8_t *)begin;
        else if (part->p_type == PT_LOAD && search->address - begin < part->p_memsz)
            has_it = true;
    }
    search->header = has_it ? header : NULL;
    return has_it;
}

struct pc_cfi_rule pc_cfi_find(uintptr_t address, uint64_t *unloads)
{
    struct search search = {.address = address};
    dl_iterate_phdr(visit, &search);
    *unloads = search.unloads;
    return search.header ? look_up(search.header, address)
                         : (struct pc_cfi_rule){.kind = PC_CFI_END};
}
