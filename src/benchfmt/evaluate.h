/*
 * The arithmetic of a comparison: every row whose samples are known gets its numbers, its
 * verdict and its notes, every table its geometric means.
 */
#ifndef PC_BENCHFMT_EVALUATE_H
#define PC_BENCHFMT_EVALUATE_H

#include "benchfmt/compare.h"

void pc_evaluate(struct pc_comparison *comparison);

#endif
