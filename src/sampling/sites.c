#include "sampling/sites.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sampling/modules.h"
#include "wire/line.h"

/* A fuller table takes chains without the repetitions of recursion, then the innermost calls
 * only, of which there are as many as the source has; a full one takes none. */
enum {
    WHOLE = PC_SITES_PLACES / 2,
    FOLDED = PC_SITES_PLACES - PC_SITES_PLACES / 4,
    SHORT = PC_SITES_PLACES - PC_SITES_PLACES / 16,
    REST = PC_SITES_PLACES /* the place of what found none */
};

/* What a site had when this operation began to use it.  Counts that a kernel can write to are
 * no place to keep it in. */
static struct before {
    uint32_t mark;
    uint64_t objects, bytes;
} before[PC_SITES_PLACES + 1];

struct pc_recorded_sites *pc_sites_map(void)
{
    struct stat st;
    if (fstat(PC_WIRE_RECORDING, &st) != 0 ||
        st.st_size < (off_t)sizeof(struct pc_recorded_sites))
        return NULL;
    void *memory = mmap(NULL, sizeof(struct pc_recorded_sites), PROT_READ | PROT_WRITE,
                        MAP_SHARED, PC_WIRE_RECORDING, 0);
    close(PC_WIRE_RECORDING);
    return memory == MAP_FAILED ? NULL : memory;
}

struct pc_recorded_site *pc_sites_at(struct pc_recorded_sites *sites, uint32_t place)
{
    return place < PC_SITES_PLACES ? &sites->sites[place] : &sites->rest;
}

void pc_sites_restart(struct pc_recorded_sites *sites)
{
    for (uint32_t k = 0; k <= PC_SITES_PLACES; k++) {
        struct pc_recorded_site *site = pc_sites_at(sites, k);
        site->objects = site->bytes = 0;
        site->live_objects = site->live_bytes = 0;
    }
    sites->first = sites->mark + 1;
}

void pc_sites_stop(struct pc_recorded_sites *sites)
{
    sites->first = UINT32_MAX;
}

void pc_sites_open(struct pc_recorded_sites *sites)
{
    sites->version = PC_SITES_VERSION;
    pc_sites_note_modules(sites);
    __atomic_store_n(&sites->magic, pc_sites_magic, __ATOMIC_RELEASE);
}

void pc_sites_note_modules(struct pc_recorded_sites *sites)
{
    pc_modules_note(sites->modules, &sites->n_modules);
}

void pc_sites_begin(struct pc_recorded_sites *sites)
{
    sites->mark++;
}

/* The place of a chain, which it gets now if it has none; REST when there is none left. */
static uint32_t find(struct pc_recorded_sites *sites, const struct pc_chain *chain,
                     uint32_t most)
{
    uint32_t k = (uint32_t)(chain->hash >> 32);
    for (uint32_t probe = 0; probe < PC_SITES_PLACES; probe++, k++) {
        struct pc_recorded_site *site = &sites->sites[k &= PC_SITES_PLACES - 1];
        if (site->hash == chain->hash)
            return k;
        if (site->hash != 0)
            continue;
        if (sites->used >= most)
            return REST;
        sites->used++;
        site->hash = chain->hash;
        site->is_cut = chain->is_cut;
        memcpy(site->addresses, chain->addresses, chain->n * sizeof *chain->addresses);
        site->depth = chain->n;
        return k;
    }
    return REST;
}

/* The counts of a place before this operation changes them. */
static void remember(const struct pc_recorded_sites *sites,
                     const struct pc_recorded_site *site, uint32_t place)
{
    struct before *then = &before[place];
    if (then->mark != sites->mark)
        *then = (struct before){sites->mark, site->objects, site->bytes};
}

uint64_t pc_sites_add(struct pc_recorded_sites *sites, struct pc_chain *chain,
                      const struct pc_codespan *code, size_t n, bool counts)
{
    uint32_t place = find(sites, chain, WHOLE);
    if (place == REST) {
        pc_chain_fold(chain);
        place = find(sites, chain, FOLDED);
    }
    if (place == REST) {
        pc_chain_shorten(chain, code);
        place = find(sites, chain, SHORT);
    }
    if (!counts)
        return place;
    struct pc_recorded_site *site = pc_sites_at(sites, place);
    remember(sites, site, place);
    site->objects++;
    site->bytes += n;
    site->live_objects++;
    site->live_bytes += (int64_t)n;
    return (uint64_t)sites->mark << 32 | place;
}

void pc_sites_free(struct pc_recorded_sites *sites, uint64_t origin, size_t n)
{
    uint32_t mark = pc_site_mark(origin);
    if (mark == 0 || mark < sites->first)
        return;
    struct pc_recorded_site *site = pc_sites_at(sites, pc_site_place(origin));
    site->live_objects--;
    site->live_bytes -= (int64_t)n;
}

void pc_sites_take_back(struct pc_recorded_sites *sites)
{
    for (uint32_t k = 0; k <= PC_SITES_PLACES; k++) {
        if (before[k].mark != sites->mark || sites->mark == 0)
            continue;
        pc_sites_at(sites, k)->objects = before[k].objects;
        pc_sites_at(sites, k)->bytes = before[k].bytes;
    }
}

uint64_t pc_sites_disown(struct pc_recorded_sites *sites, uint64_t origin, size_t n)
{
    if (pc_site_mark(origin) != sites->mark)
        return origin;
    pc_sites_free(sites, origin, n);
    return pc_site_place(origin);
}

void pc_sites_leak(struct pc_recorded_sites *sites, uint64_t origin, size_t n)
{
    struct pc_recorded_site *site = pc_sites_at(sites, pc_site_place(origin));
    site->leaked_objects++;
    site->leaked_bytes += n;
}
