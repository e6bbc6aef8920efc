#include "profile/unwind.h"

#include <elfutils/libdwfl.h>
#include <fcntl.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "wire/recording.h"

/* Any number does: there is one thread, the one whose stack is looked at. */
enum { THREAD = 1 };

/* Whoever asks for what lies so far behind the copy has come to its end; further away lies
 * nonsense. */
enum { BEHIND = 1 << 16 };

struct pc_unwinder {
    Dwfl *dwfl;
    bool attached;
    const struct pc_stack_copy *stack; /* of the call that runs */
    bool ran_out;                      /* it asked for what lies behind the copy */
    struct walk {
        uint64_t *addresses;
        size_t n, max;
    } walk;
};

/* Everything is there when a module is added; nothing is searched for, least of all on the
 * network. */
static int find_elf(Dwfl_Module *module, void **data, const char *name, Dwarf_Addr base,
                    char **file, Elf **elf)
{
    (void)module;
    (void)data;
    (void)name;
    (void)base;
    (void)file;
    (void)elf;
    return -1;
}

static int find_debuginfo(Dwfl_Module *module, void **data, const char *name,
                          Dwarf_Addr base, const char *file, const char *link,
                          GElf_Word crc, char **found)
{
    (void)module;
    (void)data;
    (void)name;
    (void)base;
    (void)file;
    (void)link;
    (void)crc;
    (void)found;
    return -1;
}

struct pc_unwinder *pc_unwinder_create(struct pc_err *err)
{
    static const Dwfl_Callbacks callbacks = {.find_elf = find_elf,
                                             .find_debuginfo = find_debuginfo,
                                             .section_address =
                                                 dwfl_offline_section_address};
    struct pc_unwinder *unwinder = pc_alloc(sizeof *unwinder);
    unwinder->dwfl = dwfl_begin(&callbacks);
    if (!unwinder->dwfl) {
        pc_fail(err, PC_ENVIRONMENT, "stacks cannot be unwound: %s", dwfl_errmsg(-1));
        free(unwinder);
        return NULL;
    }
    dwfl_report_begin(unwinder->dwfl);
    return unwinder;
}

void pc_unwinder_free(struct pc_unwinder *unwinder)
{
    if (!unwinder)
        return;
    dwfl_end(unwinder->dwfl);
    free(unwinder);
}

/* A file of its own: what a process says about its files may be a pipe that nobody writes
 * to. */
static int open_file(const char *path)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd >= 0 && (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))) {
        close(fd);
        return -1;
    }
    return fd;
}

/* The vdso is in no file, but it is in this process as in that one. */
static int vdso_file(void)
{
    const char *image = (const char *)getauxval(AT_SYSINFO_EHDR);
    if (!image)
        return -1;
    ElfW(Ehdr) header;
    memcpy(&header, image, sizeof header);
    size_t n = header.e_shoff + (size_t)header.e_shentsize * header.e_shnum;
    int fd = memfd_create("vdso", MFD_CLOEXEC);
    if (fd >= 0 && write(fd, image, n) == (ssize_t)n)
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

bool pc_unwinder_add(struct pc_unwinder *unwinder, const char *path, uint64_t bias)
{
    int fd = strcmp(path, "[vdso]") == 0 ? vdso_file() : open_file(path);
    if (fd < 0)
        return false;
    /* The descriptor is the module's from here on, unless that fails. */
    Dwfl_Module *module = dwfl_report_elf(unwinder->dwfl, path, path, fd, bias, true);
    if (!module)
        close(fd);
    return module != NULL;
}

static pid_t next_thread(Dwfl *dwfl, void *arg, void **thread)
{
    (void)dwfl;
    if (*thread)
        return 0;
    *thread = arg;
    return THREAD;
}

static bool get_thread(Dwfl *dwfl, pid_t id, void *arg, void **thread)
{
    (void)dwfl;
    *thread = arg;
    return id == THREAD;
}

static bool read_memory(Dwfl *dwfl, Dwarf_Addr address, Dwarf_Word *word, void *arg)
{
    (void)dwfl;
    struct pc_unwinder *unwinder = arg;
    const struct pc_stack_copy *stack = unwinder->stack;
    uint64_t sp = stack->registers[PC_RECORDING_SP];
    uint64_t at = address - sp;
    if (at >= stack->n || stack->n - at < sizeof *word) {
        unwinder->ran_out |= at < stack->n + BEHIND;
        return false;
    }
    memcpy(word, stack->bytes + at, sizeof *word);
    return true;
}

static bool set_registers(Dwfl_Thread *thread, void *arg)
{
    const struct pc_unwinder *unwinder = arg;
    const uint64_t *registers = unwinder->stack->registers;
    Dwarf_Word words[PC_RECORDING_REGISTERS];
    for (int i = 0; i < PC_RECORDING_REGISTERS; i++)
        words[i] = registers[i];
#if defined(__x86_64__)
    /* The program counter is number 16, and tables of jumps to libraries ask for it. */
    return dwfl_thread_state_registers(thread, 0, PC_RECORDING_REGISTERS, words);
#else
    dwfl_thread_state_register_pc(thread, words[PC_RECORDING_PC]);
    return dwfl_thread_state_registers(thread, 0, PC_RECORDING_PC, words);
#endif
}

static int take_frame(Dwfl_Frame *frame, void *arg)
{
    struct walk *walk = arg;
    Dwarf_Addr pc;
    bool exact;
    if (walk->n == walk->max || !dwfl_frame_pc(frame, &pc, &exact) || pc == 0)
        return DWARF_CB_ABORT;
    walk->addresses[walk->n++] = exact ? pc : pc - 1;
    return DWARF_CB_OK;
}

static bool attach(struct pc_unwinder *unwinder)
{
    static const Dwfl_Thread_Callbacks callbacks = {.next_thread = next_thread,
                                                    .get_thread = get_thread,
                                                    .memory_read = read_memory,
                                                    .set_initial_registers = set_registers};
    if (unwinder->attached)
        return true;
    dwfl_report_end(unwinder->dwfl, NULL, NULL);
    unwinder->attached =
        dwfl_attach_state(unwinder->dwfl, NULL, THREAD, &callbacks, unwinder);
    return unwinder->attached;
}

size_t pc_unwind(struct pc_unwinder *unwinder, const struct pc_stack_copy *stack,
                 uint64_t *addresses, size_t max, bool *complete)
{
    *complete = false;
    addresses[0] = stack->registers[PC_RECORDING_PC];
    if (!attach(unwinder))
        return 1;
    unwinder->stack = stack;
    unwinder->ran_out = false;
    unwinder->walk = (struct walk){.addresses = addresses, .max = max};
    int rc = dwfl_getthread_frames(unwinder->dwfl, THREAD, take_frame, &unwinder->walk);
    *complete = rc == DWARF_CB_OK || unwinder->ran_out;
    return unwinder->walk.n > 0 ? unwinder->walk.n : 1;
}
