/*
 * Random numbers that can be repeated: the same seed gives the same sequence everywhere.
 *
 * xoshiro256** (Blackman and Vigna, 2018), seeded by splitmix64 (Steele, Lea and Flood,
 * 2014).  For simulations and for shuffling; not for secrets.
 */
#ifndef PC_BASE_RNG_H
#define PC_BASE_RNG_H

#include <stdint.h>

struct pc_rng {
    uint64_t s[4];
};

void pc_rng_init(struct pc_rng *rng, uint64_t seed);
uint64_t pc_rng_next(struct pc_rng *rng);

/* Uniform in [0, n), n >= 1, without modulo bias worth noting (Lemire, 2019). */
uint64_t pc_rng_below(struct pc_rng *rng, uint64_t n);

/* Uniform in [0, 1) with 53 bits. */
double pc_rng_unit(struct pc_rng *rng);

/* A seed that nobody can predict, from the kernel. */
uint64_t pc_rng_fresh_seed(void);

#endif
