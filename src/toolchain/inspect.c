#include <dlfcn.h>
#include <elf.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "toolchain/diagnostics.h"
#include "toolchain/refuse.h"
#include "toolchain/scan.h"

/* Room for tables, not for an arena that stands in for malloc. */
enum { STATIC_MAX = 1 << 20 };

/* A name, or what names begin with, and why a kernel may not have it. */
struct rule {
    const char *name;
    bool prefix;
    const char *why;
};

static const char counts[] =
    "allocations are counted in malloc and its kin, and only there; "
    "use malloc, calloc, realloc and free";
static const char memory[] = "memory comes from malloc, where it is counted; use malloc or "
                             "calloc";
static const char guards[] = "inputs stay read-only and memory as the host made it";
static const char loads[] = "a kernel uses only what it is linked with; call the function "
                            "by its name";
static const char clocks[] = "measuring is the host's work; remove it";
static const char processes[] = "a kernel runs in one process of the host; remove it";
static const char signals[] =
    "signals belong to the host, which turns them into a message; "
    "remove it";
static const char bench[] = "names that begin so belong to the bench; rename it";
static const char sanitizer[] = "names that begin so belong to the sanitizers; rename it";
static const char program[] =
    "the host or libperfbench has it already; remove or rename it";
static const char scheduling[] =
    "where and when a kernel runs is the host's choice; remove "
    "it";

/* What a kernel calls.  Calls that one exercise is about are in its `allow`. */
static const struct rule imports[] = {
    {"__libc_", true, counts},
    {"mallopt", false, counts},
    {"malloc_trim", false, counts},
    {"__malloc_hook", false, counts},
    {"mmap", false, memory},
    {"mmap64", false, memory},
    {"mremap", false, memory},
    {"munmap", false, memory},
    {"brk", false, memory},
    {"sbrk", false, memory},
    {"shmat", false, memory},
    {"memfd_create", false, memory},
    {"mprotect", false, guards},
    {"pkey_mprotect", false, guards},
    {"process_vm_writev", false, guards},
    {"process_vm_readv", false, guards},
    {"dlsym", false, loads},
    {"dlvsym", false, loads},
    {"dlopen", false, loads},
    {"dlmopen", false, loads},
    {"dladdr", false, loads},
    {"dladdr1", false, loads},
    {"dlinfo", false, loads},
    {"dl_iterate_phdr", false, loads},
    {"_dl_", true, loads},
    {"syscall", false, loads},
    {"clock_gettime", false, clocks},
    {"clock", false, clocks},
    {"gettimeofday", false, clocks},
    {"time", false, clocks},
    {"times", false, clocks},
    {"ftime", false, clocks},
    {"timespec_get", false, clocks},
    {"getrusage", false, clocks},
    {"fork", false, processes},
    {"vfork", false, processes},
    {"_Fork", false, processes},
    {"clone", false, processes},
    {"execl", true, processes},
    {"execv", true, processes},
    {"fexecve", false, processes},
    {"posix_spawn", true, processes},
    {"system", false, processes},
    {"popen", false, processes},
    {"ptrace", false, processes},
    {"kill", false, processes},
    {"killpg", false, processes},
    {"prctl", false, processes},
    {"signal", false, signals},
    {"sigaction", false, signals},
    {"__sysv_signal", false, signals},
    {"bsd_signal", false, signals},
    {"sigaltstack", false, signals},
    {"sigprocmask", false, signals},
    {"pthread_sigmask", false, signals},
    {"setitimer", false, signals},
    {"timer_create", false, signals},
    {"alarm", false, signals},
    {"sched_set", true, scheduling},
    {"pthread_setaffinity_np", false, scheduling},
    {"setpriority", false, scheduling},
    {"nice", false, scheduling},
    {"bench_", true, bench},
    {"__start_", true, bench},
    {"__stop_", true, bench},
};

/* What a kernel defines for others: in a program its definition would win over the one of
 * the library, for the tests too. */
static const struct rule definitions[] = {
    {"malloc", false, counts},
    {"calloc", false, counts},
    {"realloc", false, counts},
    {"reallocarray", false, counts},
    {"free", false, counts},
    {"aligned_alloc", false, counts},
    {"posix_memalign", false, counts},
    {"memalign", false, counts},
    {"valloc", false, counts},
    {"pvalloc", false, counts},
    {"malloc_usable_size", false, counts},
    {"__malloc_hook", false, counts},
    {"bench_", true, bench},
    {"__start_", true, bench},
    {"__stop_", true, bench},
    {"__asan_", true, sanitizer},
    {"__ubsan_", true, sanitizer},
    {"__lsan_", true, sanitizer},
    {"__tsan_", true, sanitizer},
    {"__sanitizer_", true, sanitizer},
    {"main", false, program},
    {"_start", false, program},
    {"_init", false, program},
    {"_fini", false, program},
};

static const struct rule sections[] = {
    {".init_array", true,
     "code that runs before the host is ready; call it where it is "
     "needed instead"},
    {".preinit_array", true,
     "code that runs before the host is ready; call it where it is "
     "needed instead"},
    {".ctors", true,
     "code that runs before the host is ready; call it where it is needed "
     "instead"},
    {".fini_array", true, "code that runs after the host has finished; remove it"},
    {".dtors", true, "code that runs after the host has finished; remove it"},
    {"bench_entries", false, "benches and tests are the course's; remove yours"},
};

static const struct rule *find_rule(const struct rule *rules, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (rules[i].prefix ? strncmp(name, rules[i].name, strlen(rules[i].name)) == 0
                            : strcmp(name, rules[i].name) == 0)
            return &rules[i];
    return NULL;
}

/* An object file with what was checked about it: all of these lie inside `data`. */
struct object {
    const unsigned char *data;
    size_t n;
    Elf64_Ehdr header;
    struct pc_build *build;
    const struct pc_sources *sources;
    const struct pc_allowed *allowed;
};

static bool section_header(const struct object *o, size_t index, Elf64_Shdr *section)
{
    uint64_t at = o->header.e_shoff + index * sizeof *section;
    if (index >= o->header.e_shnum || at > o->n || o->n - at < sizeof *section)
        return false;
    memcpy(section, o->data + at, sizeof *section);
    return section->sh_type == SHT_NOBITS ||
           (section->sh_offset <= o->n && section->sh_size <= o->n - section->sh_offset);
}

/* The string at `offset` of the string table in section `index`; "" when it is none. */
static const char *string_at(const struct object *o, size_t index, uint64_t offset)
{
    Elf64_Shdr table;
    if (!section_header(o, index, &table) || table.sh_type != SHT_STRTAB ||
        offset >= table.sh_size)
        return "";
    const char *s = (const char *)o->data + table.sh_offset + offset;
    return memchr(s, '\0', table.sh_size - offset) ? s : "";
}

/* Add an error about `name`, at the first word of the text that is `word`. */
static void refuse(const struct object *o, const char *name, const char *word,
                   const char *text)
{
    if (pc_is_allowed(o->allowed, name) || pc_diagnostics_are_full(o->build))
        return;
    const struct pc_source *kernel = &o->sources->kernel;
    int line = 0, column = 0;
    pc_scan_find(kernel->text, kernel->len, word, &line, &column);
    pc_diagnostics_add(o->build, o->sources, true, kernel->name, line, column, text);
}

static void refuse_rule(const struct object *o, const struct rule *rule, const char *name)
{
    PC_AUTO(pc_auto_free) char *text =
        pc_strfmt("'%s' is not allowed here: %s", name, rule->why);
    refuse(o, name, name, text);
}

static void refuse_section(const struct object *o, const struct rule *rule)
{
    PC_AUTO(pc_auto_free) char *text =
        pc_strfmt("'%s' is not allowed here: %s", rule->name, rule->why);
    bool late = strstr(rule->name, "fini") || strstr(rule->name, "dtors");
    refuse(o, rule->name, late ? "destructor" : "constructor", text);
}

/* Whether the C library defines `name` too: then tests would call the kernel's instead of
 * the library's.  Our own program has the library loaded, so it can be asked. */
static bool is_in_libc(const char *name)
{
    void *libc = dlopen("libc.so.6", RTLD_LAZY | RTLD_NOLOAD);
    bool found = libc && dlsym(libc, name) != NULL;
    if (libc)
        dlclose(libc);
    return found;
}

static void check_definition(const struct object *o, const char *name)
{
    const struct rule *rule = find_rule(definitions, PC_COUNT(definitions), name);
    if (rule) {
        refuse_rule(o, rule, name);
    } else if (is_in_libc(name)) {
        PC_AUTO(pc_auto_free) char *text =
            pc_strfmt("'%s' is also a function of the C library: make yours static "
                      "or give it another name",
                      name);
        refuse(o, name, name, text);
    }
}

/* The linker puts what is called so among the instructions, whatever its flags. */
static bool is_linked_as_code(const struct object *o, const Elf64_Shdr *section)
{
    const char *name = string_at(o, o->header.e_shstrndx, section->sh_name);
    return (section->sh_flags & SHF_EXECINSTR) || strncmp(name, ".text", 5) == 0 ||
           strncmp(name, ".init", 5) == 0 || strncmp(name, ".fini", 5) == 0;
}

/* What <perfbench.h> brings into each file that includes it.  A kernel that is itself a bench
 * needs the header; one that has these words in its own text makes something else of them. */
static bool is_of_header(const struct object *o, const Elf64_Sym *symbol, const char *name)
{
    static const char *const names[] = {"bench_registry", "bench_compiler",
                                        "__start_bench_entries", "__stop_bench_entries"};
    const struct pc_source *kernel = &o->sources->kernel;
    int line, column;
    bool known = false;
    for (size_t i = 0; i < PC_COUNT(names); i++)
        known |= strcmp(name, names[i]) == 0;
    return known && ELF64_ST_BIND(symbol->st_info) == STB_WEAK &&
           !pc_scan_find(kernel->text, kernel->len, name, &line, &column);
}

/* What is local to the kernel can neither replace nor reach anything. */
static void check_symbol(const struct object *o, const Elf64_Sym *symbol, const char *name)
{
    unsigned bind = ELF64_ST_BIND(symbol->st_info);
    if (ELF64_ST_TYPE(symbol->st_info) == STT_GNU_IFUNC) {
        PC_AUTO(pc_auto_free) char *text =
            pc_strfmt("'%s' is not allowed here: it is chosen by code that runs "
                      "before the host is ready (ifunc); call one function",
                      name);
        refuse(o, name, name, text);
    }
    Elf64_Shdr section;
    if (ELF64_ST_TYPE(symbol->st_info) == STT_OBJECT &&
        section_header(o, symbol->st_shndx, &section) && is_linked_as_code(o, &section)) {
        PC_AUTO(pc_auto_free) char *text =
            pc_strfmt("'%s' is not allowed here: it is data among the instructions; leave "
                      "its section to the compiler",
                      name);
        refuse(o, "section", name, text);
    }
    if (bind == STB_LOCAL || name[0] == '\0' || is_of_header(o, symbol, name))
        return;
    if (symbol->st_shndx != SHN_UNDEF) {
        check_definition(o, name);
        return;
    }
    const struct rule *rule = find_rule(imports, PC_COUNT(imports), name);
    if (rule)
        refuse_rule(o, rule, name);
}

/* Gives the bytes of common variables, which lie in no section. */
static uint64_t check_symbols(const struct object *o, const Elf64_Shdr *table)
{
    uint64_t common = 0;
    for (uint64_t at = 0; at + sizeof(Elf64_Sym) <= table->sh_size;
         at += sizeof(Elf64_Sym)) {
        Elf64_Sym symbol;
        memcpy(&symbol, o->data + table->sh_offset + at, sizeof symbol);
        /* "mmap@GLIBC_2.2.5" is mmap. */
        char name[256];
        const char *full = string_at(o, table->sh_link, symbol.st_name);
        snprintf(name, sizeof name, "%.*s", (int)strcspn(full, "@"), full);
        check_symbol(o, &symbol, name);
        if (symbol.st_shndx == SHN_COMMON)
            common += symbol.st_size;
    }
    return common;
}

static void check_static(const struct object *o, uint64_t bytes)
{
    if (bytes <= STATIC_MAX || pc_is_allowed(o->allowed, "static"))
        return;
    PC_AUTO(pc_auto_free) char *text =
        pc_strfmt("%llu bytes of static variables, at most %d are allowed: get "
                  "memory from malloc, where it is counted",
                  (unsigned long long)bytes, STATIC_MAX);
    refuse(o, "static", "static", text);
}

bool pc_refuse_object(struct pc_build *build, const void *data, size_t n, bool sanitized,
                      const struct pc_sources *sources, const struct pc_allowed *allowed,
                      struct pc_err *err)
{
    struct object o = {
        .data = data, .n = n, .build = build, .sources = sources, .allowed = allowed};
    if (n >= sizeof o.header)
        memcpy(&o.header, data, sizeof o.header);
    if (memcmp(o.header.e_ident, ELFMAG, SELFMAG) != 0 ||
        o.header.e_ident[EI_CLASS] != ELFCLASS64 || o.header.e_type != ET_REL ||
        o.header.e_shentsize != sizeof(Elf64_Shdr) || o.header.e_shnum == 0)
        return pc_fail(err, PC_ENVIRONMENT,
                       "the compiler made no 64-bit ELF object (options in CC?)");
    uint64_t writable = 0;
    for (size_t i = 0; i < o.header.e_shnum; i++) {
        Elf64_Shdr section;
        if (!section_header(&o, i, &section))
            return pc_fail(err, PC_ENVIRONMENT, "the compiler made a broken ELF object");
        const char *name = string_at(&o, o.header.e_shstrndx, section.sh_name);
        const struct rule *rule = find_rule(sections, PC_COUNT(sections), name);
        /* AddressSanitizer registers its globals in a constructor of each object. */
        if (rule && !sanitized)
            refuse_section(&o, rule);
        if ((section.sh_flags & (SHF_ALLOC | SHF_WRITE)) == (SHF_ALLOC | SHF_WRITE))
            writable += section.sh_size;
        if (section.sh_type == SHT_SYMTAB)
            writable += check_symbols(&o, &section);
    }
    if (!sanitized)
        check_static(&o, writable);
    return true;
}
