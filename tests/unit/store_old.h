/*
 * Progress files as earlier versions wrote them, with a record of every kind.
 */
#ifndef TESTS_UNIT_STORE_OLD_H
#define TESTS_UNIT_STORE_OLD_H

#include "store_bed.h"

enum { OLD_VERSIONS = 3 }; /* 1 to this; the next one is the present */

/* Write one, of a version of the format. */
void old_write(const struct bed *bed, int version);

#endif
