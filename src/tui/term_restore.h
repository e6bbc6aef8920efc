/*
 * The terminal as it was, whatever happens.
 *
 * What is written to leave our modes is prepared beforehand, so that a handler of SIGSEGV
 * can write it.  A signal handler has no argument: this is the one place of the program
 * with state of its own.
 */
#ifndef PC_TUI_TERM_RESTORE_H
#define PC_TUI_TERM_RESTORE_H

#include <stdbool.h>
#include <stddef.h>

/* Remember the modes of the terminal `fd`; what is there now is what will be restored.
 * Installs handlers for the signals that end a program. */
void pc_restore_begin(int fd);

/* The bytes that leave all of our modes; at most PC_RESTORE_MAX are kept. */
enum { PC_RESTORE_MAX = 512 };
void pc_restore_text(const char *text, size_t n);

/* Whether the terminal is ours now, so that there is something to restore. */
void pc_restore_arm(bool armed);

/* Put the handlers back. */
void pc_restore_end(void);

#endif
