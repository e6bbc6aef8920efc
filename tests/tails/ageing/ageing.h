#ifndef AGEING_H
#define AGEING_H

#include <stddef.h>
#include <stdint.h>

enum { AGEING_SLOTS = 131072, AGEING_EVERY = 50 };

/* Counters that forget: after every AGEING_EVERY additions all of them are halved. */
struct ageing;

struct ageing *ageing_create(void);
void ageing_free(struct ageing *a);

/* All zero again, as if new. */
void ageing_reset(struct ageing *a);

/* Add `n` to the counter `slot` (modulo AGEING_SLOTS) and give its value. */
uint32_t ageing_add(struct ageing *a, size_t slot, uint32_t n);

#endif
