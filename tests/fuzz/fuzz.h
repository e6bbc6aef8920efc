/*
 * What the harnesses of the fuzz share: rules that must hold for every input, and a folder
 * for readers that want files.
 *
 * A harness is one function, LLVMFuzzerTestOneInput(), in a file named after its reader.
 * `make fuzz` links it with libFuzzer, every other build with replay.c, which only runs
 * files through it: seeds, and what once crashed.
 */
#ifndef PC_TESTS_FUZZ_H
#define PC_TESTS_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* A rule that must hold: when it does not, say which and abort. */
void fuzz_must(bool holds, const char *rule, ...) __attribute__((format(printf, 2, 3)));

/* The input as text that the caller owns, with a NUL behind it. */
char *fuzz_text(const uint8_t *data, size_t n);

/* That `text` can be shown: valid UTF-8 without control characters, but for newlines and
 * tabs when it may have `lines`.  `what` names it. */
void fuzz_must_be_harmless(const char *text, bool lines, const char *what);

/* That an error says what it should: one harmless line, not empty, and this code. */
void fuzz_must_explain(const struct pc_err *err, enum pc_code code);

/* A folder of our own below TMPDIR, which goes when the program ends. */
const char *fuzz_folder(void);

/* Write a file into it, with the folders above it. */
void fuzz_file(const char *name, const void *data, size_t n);

/* The number that the first byte of the input gives, below `n`; the byte is taken off. */
size_t fuzz_choice(const uint8_t **data, size_t *size, size_t n);

#endif
