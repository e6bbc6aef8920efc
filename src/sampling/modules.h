/*
 * Which files are mapped into the process, and where.
 */
#ifndef PC_SAMPLING_MODULES_H
#define PC_SAMPLING_MODULES_H

#include <stdint.h>

struct pc_recorded_module;

/* Add those that are not among the `*n` of `modules` yet, up to PC_RECORDING_MODULES. */
void pc_modules_note(struct pc_recorded_module *modules, uint32_t *n);

#endif
