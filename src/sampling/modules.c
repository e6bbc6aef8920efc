#include "sampling/modules.h"

#include <limits.h>
#include <link.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

#include "wire/recording.h"

/* From the lowest to the highest byte that the file has in memory. */
static void span(const struct dl_phdr_info *info, struct pc_recorded_module *module)
{
    module->bias = info->dlpi_addr;
    module->start = UINT64_MAX;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];
        if (part->p_type != PT_LOAD)
            continue;
        uint64_t start = info->dlpi_addr + part->p_vaddr, limit = start + part->p_memsz;
        if (start < module->start) {
            module->start = start;
            module->offset = part->p_offset;
        }
        if (limit > module->limit)
            module->limit = limit;
    }
}

/* The executable has no name here, and what the kernel maps has no file. */
static void name(const struct dl_phdr_info *info, struct pc_recorded_module *module)
{
    uint64_t vdso = getauxval(AT_SYSINFO_EHDR);
    if (vdso && vdso >= module->start && vdso < module->limit) {
        snprintf(module->path, sizeof module->path, "[vdso]");
    } else if (info->dlpi_name && info->dlpi_name[0]) {
        snprintf(module->path, sizeof module->path, "%s", info->dlpi_name);
    } else {
        ssize_t n = readlink("/proc/self/exe", module->path, sizeof module->path - 1);
        const char *called = (const char *)getauxval(AT_EXECFN);
        if (n <= 0 && called)
            snprintf(module->path, sizeof module->path, "%s", called);
    }
}

struct list {
    struct pc_recorded_module *modules;
    uint32_t *n;
};

static int note(struct dl_phdr_info *info, size_t size, void *arg)
{
    (void)size;
    const struct list *list = arg;
    struct pc_recorded_module module = {0};
    span(info, &module);
    if (module.start >= module.limit)
        return 0;
    for (uint32_t i = 0; i < *list->n && i < PC_RECORDING_MODULES; i++)
        if (list->modules[i].start == module.start)
            return 0;
    if (*list->n >= PC_RECORDING_MODULES)
        return 1;
    name(info, &module);
    list->modules[*list->n] = module;
    __atomic_add_fetch(list->n, 1, __ATOMIC_RELEASE);
    return 0;
}

void pc_modules_note(struct pc_recorded_module *modules, uint32_t *n)
{
    struct list list = {modules, n};
    dl_iterate_phdr(note, &list);
}
