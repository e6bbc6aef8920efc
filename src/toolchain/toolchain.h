/*
 * From C files to shared objects and programs: finds the compiler, builds with the course's
 * flags, keeps results by content.
 *
 * Builds run in the loop, several side by side.  A build reads its sources once; what is
 * judged is what was read, even if a file changes meanwhile.
 */
#ifndef PC_TOOLCHAIN_TOOLCHAIN_H
#define PC_TOOLCHAIN_TOOLCHAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "model/verdict.h"

struct pc_loop;

/* A compiler and which of the course's flags it takes (probed once, kept in the cache). */
struct pc_toolchain;

/* Find `cc` (--cc) or, when NULL, $CC, gcc, clang, cc in PATH, and probe it; `done` is
 * called from the loop with the toolchain, which the caller frees, or NULL and the reason
 * (PC_ENVIRONMENT, with the remedy).  `cache` is the folder of results; `include_dir` holds
 * perfbench.h, `library` is libperfbench.a. */
struct pc_toolchain_spec {
    const char *cc, *cache, *include_dir, *library;
    int64_t answer_ms;  /* for one question to the compiler; 0: 5 s */
    int64_t compile_ms; /* for one run of it; 0: 20 s */
};
struct pc_probe;
struct pc_probe *pc_toolchain_find(struct pc_loop *loop,
                                   const struct pc_toolchain_spec *spec,
                                   void (*done)(void *ctx, struct pc_toolchain *tc,
                                                const struct pc_err *err),
                                   void *ctx, struct pc_err *err);
/* Stop and free it; `done` is not called any more.  Only before `done`, after which it
 * frees itself, and before the loop is freed. */
void pc_probe_cancel(struct pc_probe *probe);
void pc_toolchain_free(struct pc_toolchain *tc);

/* Whether `cc` is a program, as pc_toolchain_find() looks for one. */
bool pc_toolchain_exists(const char *cc);

const char *pc_toolchain_path(const struct pc_toolchain *tc);    /* "/usr/bin/gcc" */
const char *pc_toolchain_version(const struct pc_toolchain *tc); /* "gcc 12.2.0" */
/* "-O2 -g ...": those flags of every build that shape the code; the caller owns it. */
char *pc_toolchain_flags(const struct pc_toolchain *tc);
/* A hash of compiler, version, flags and libperfbench: results of proofs are kept by it. */
const char *pc_toolchain_key(const struct pc_toolchain *tc);
/* Whether sanitizer builds link and run; doctor tells. */
bool pc_toolchain_sanitizes(const struct pc_toolchain *tc);

enum pc_product {
    PC_SHARED_OBJECT,   /* kernel + bench, for the hosts */
    PC_FRAMED_OBJECT,   /* the same with a frame for each call, so that a walk finds all */
    PC_SANITIZED_TESTS, /* kernel + test + libperfbench, ASan + UBSan */
    PC_RACE_TESTS,      /* the same with TSan, which does not go together with ASan */
    PC_PLAIN_PROGRAM,   /* kernel + bench + test + libperfbench, for a person */
};

struct pc_build_spec {
    enum pc_product product;
    const char *kernel_text; /* the snapshot that is judged */
    size_t kernel_len;
    const char
        *kernel_name; /* "join_names.c": how messages and debug information name it */
    const char
        *header_dir; /* the course's folder of the exercise: headers come from here only */
    const char
        *bench_file; /* the course's files; NULL when the product has no use for it */
    const char *test_file;
    bool trusted; /* the kernel is a file of the course, with its own benches: nothing in it
                     is refused */
    const char *const *allow; /* symbols that are usually refused */
    size_t n_allow;
    const char *const *needs; /* pkg-config names */
    size_t n_needs;
};

/* Build; `done` gets the path of the product (NULL when it did not build; valid during the
 * call) and the diagnostics, which stay the build job's.  `err` is NULL unless the machine
 * is the cause and not the kernel: a full disk, a package that is missing, a course that
 * does not build; there is no product then.
 *
 * A kernel that defines malloc, a bench_ symbol or a constructor, or that imports a refused
 * symbol (dlsym, syscall, clock_gettime, mmap, ...), does not build: a diagnostic says so.
 * So do pragmas and attributes that change the compiler's settings, includes with a path,
 * and more than 1 MiB of static data ("static" in `allow` permits it).
 *
 * `spec` is copied, its files are read before the call returns; `tc` must outlive the
 * job. */
struct pc_build_job;
struct pc_build_job *pc_build_start(struct pc_loop *loop, const struct pc_toolchain *tc,
                                    const struct pc_build_spec *spec,
                                    void (*done)(void *ctx, const char *path,
                                                 const struct pc_build *build,
                                                 const struct pc_err *err),
                                    void *ctx, struct pc_err *err);
/* Stop and free it; `done` is not called any more.  Only before `done`, after which the job
 * frees itself, and before the loop is freed. */
void pc_build_cancel(struct pc_build_job *job);

#endif
