/*
 * What is known of a compiler; inside the part only.
 */
#ifndef PC_TOOLCHAIN_COMPILER_H
#define PC_TOOLCHAIN_COMPILER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/hash.h"
#include "toolchain/args.h"

#define PC_JSON_FLAG "-fdiagnostics-format=json"

struct pc_toolchain {
    struct pc_words command; /* {"gcc"} or {"ccache", "gcc"} */
    char *path;              /* of its first word */
    char *version;           /* "gcc 12.2.0" */
    struct pc_words flags;   /* those of the course that it takes */
    bool json;               /* it takes PC_JSON_FLAG, which is none of them */
    bool sanitizes;
    char key[PC_HASH_HEX];
    char *cache; /* the folder of results, absolute */
    char *include_dir, *library;
    int64_t compile_ms; /* as in pc_toolchain_spec */
};

/* Find the command, with `path` and a hash of the files that it consists of in `key`, but
 * ask nobody: costs a few stat().  NULL with a reason when there is no compiler. */
struct pc_toolchain *pc_compiler_locate(const char *cc, struct pc_err *err);

/* What earlier questions found out, kept in `path`: read it into `tc`, write it.  A file
 * that is missing, cut or of another version is not read.  Only a compiler that sanitizes
 * is remembered: what another lacks may be installed any moment. */
bool pc_compiler_recall(struct pc_toolchain *tc, const char *path);
bool pc_compiler_remember(const struct pc_toolchain *tc, const char *path,
                          struct pc_err *err);

#endif
