#include "host/object.h"

#include <dlfcn.h>
#include <link.h>
#include <string.h>

static int measure(struct dl_phdr_info *info, size_t size, void *ctx)
{
    (void)size;
    struct pc_object *object = ctx;
    if (info->dlpi_addr != object->base)
        return 0;
    for (size_t i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
        if (segment->p_type != PT_LOAD)
            continue;
        uintptr_t begin = object->base + segment->p_vaddr;
        if (!object->code.begin || begin < object->code.begin)
            object->code.begin = begin;
        if (begin + segment->p_memsz > object->code.end)
            object->code.end = begin + segment->p_memsz;
    }
    return 1;
}

static bool find_entries(struct pc_object *object, void *handle, struct pc_err *err)
{
    void *symbol = dlsym(handle, "bench_registry");
    if (!symbol)
        return pc_fail(err, PC_NOBUILD, "it was not compiled with perfbench.h");
    const struct bench_entry *const *(*registry)(size_t *);
    memcpy(&registry, &symbol, sizeof registry);
    object->entries = registry(&object->n_entries);
    for (size_t i = 0; i < object->n_entries; i++)
        if (object->entries[i]->abi != BENCH_ABI)
            return pc_fail(err, PC_NOBUILD,
                           "it was compiled with another version of perfbench.h");
    return true;
}

bool pc_object_load(struct pc_object *object, const char *path, struct pc_err *err)
{
    *object = (struct pc_object){0};
    void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!handle) {
        const char *why = dlerror();
        return pc_fail(err, PC_NOBUILD, "it cannot be loaded: %s", why ? why : path);
    }
    struct link_map *map;
    if (dlinfo(handle, RTLD_DI_LINKMAP, &map) != 0)
        return pc_fail(err, PC_NOBUILD, "it cannot be looked at: %s", dlerror());
    object->base = map->l_addr;
    dl_iterate_phdr(measure, object);
    return find_entries(object, handle, err);
}

const struct bench_entry *pc_object_bench(const struct pc_object *object, const char *name,
                                          struct pc_err *err)
{
    for (size_t i = 0; i < object->n_entries; i++) {
        const struct bench_entry *entry = object->entries[i];
        if (entry->kind == BENCH_KIND_BENCH && strcmp(entry->name, name) == 0)
            return entry;
    }
    pc_fail(err, PC_NOBUILD, "it has no benchmark called %s", name);
    return NULL;
}
