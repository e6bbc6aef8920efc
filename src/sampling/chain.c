#include "sampling/chain.h"

static bool contains(const struct pc_chain *chain, uint32_t n, uint64_t address)
{
    for (uint32_t i = 0; i < n; i++)
        if (chain->addresses[i] == address)
            return true;
    return false;
}

/* Of calls that are there twice the inner ones stay. */
static void fold(struct pc_chain *chain)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < chain->n; i++)
        if (!contains(chain, n, chain->addresses[i]))
            chain->addresses[n++] = chain->addresses[i];
    chain->n = n;
    chain->is_folded = true;
}

void pc_chain_begin(struct pc_chain *chain)
{
    chain->n = 0;
    chain->is_cut = chain->is_folded = false;
}

bool pc_chain_add(struct pc_chain *chain, uintptr_t address)
{
    if (chain->n == PC_SITES_DEPTH && !chain->is_folded)
        fold(chain);
    if (chain->is_folded && contains(chain, chain->n, address))
        return true;
    if (chain->n == PC_SITES_DEPTH)
        return false;
    chain->addresses[chain->n++] = address;
    return true;
}

void pc_chain_finish(struct pc_chain *chain)
{
    uint64_t hash = chain->n;
    for (uint32_t i = 0; i < chain->n; i++) {
        hash = (hash ^ chain->addresses[i]) * 0x9e3779b97f4a7c15;
        hash ^= hash >> 29;
    }
    chain->hash = hash ? hash : 1;
}

void pc_chain_fold(struct pc_chain *chain)
{
    fold(chain);
    pc_chain_finish(chain);
}

void pc_chain_shorten(struct pc_chain *chain, const struct pc_codespan *code)
{
    uint32_t n = 0;
    while (n < chain->n && !pc_codespan_has(code, chain->addresses[n]))
        n++;
    n = n < chain->n ? n + 1 : n > 0;
    chain->is_cut |= n < chain->n;
    chain->n = n;
    pc_chain_finish(chain);
}
