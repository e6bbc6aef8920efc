/*
 * Which files are mapped into the process, and where.
 */
#ifndef PC_SAMPLING_MODULES_H
#define PC_SAMPLING_MODULES_H

struct pc_recording;

/* Add those that `recording` does not have yet, as far as there is room. */
void pc_modules_note(struct pc_recording *recording);

#endif
