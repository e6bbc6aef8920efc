/*
 * A profile: where something was spent (processor time, waiting, memory), as stacks.
 *
 * The same data whatever it came from: samples of a kernel, a table of allocations, a file in
 * pprof's format.  A stack is a list of frames, innermost first; a function that the
 * compiler has inlined has a frame of its own.  Equal stacks are one sample with the sum of
 * their values.
 */
#ifndef PC_MODEL_PROFILE_H
#define PC_MODEL_PROFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum pc_profile_kind { PC_PROFILE_CPU, PC_PROFILE_WALL, PC_PROFILE_ALLOC, PC_PROFILE_LOCK };

enum {
    PC_PROFILE_VALUES = 4, /* of a sample */
    PC_PROFILE_LABELS = 4, /* of a sample */
    PC_PROFILE_DEPTH = 512 /* frames of a stack; of deeper ones the innermost */
};

/* Whose code it is. */
enum pc_code_owner {
    PC_CODE_UNKNOWN, /* no module, or a file that was written elsewhere */
    PC_CODE_KERNEL,  /* what is profiled: the learner's file, or the program */
    PC_CODE_BENCH,   /* the bench that calls it */
    PC_CODE_LIBRARY, /* libc and other shared objects */
    PC_CODE_HOST     /* what runs the bench */
};

/* A file that was mapped: its bytes from `offset` on are at `start` up to `limit`. */
struct pc_module {
    char *path;
    char *build_id; /* hexadecimal, "" when it has none */
    uint64_t start, limit, offset;
    bool has_lines; /* it has debug information */
    enum pc_code_owner code;
};

struct pc_function {
    char *name; /* "0x1234" where there is none */
    char *file; /* as the learner knows it, "" when unknown */
    int line;   /* where it begins; 0: unknown */
    enum pc_code_owner code;
};

struct pc_frame {
    uint32_t function; /* index in the profile, like `module` */
    uint32_t module;   /* PC_NO_MODULE: none */
    int line;          /* that runs, or calls; 0: unknown */
    bool inlined;      /* into the next frame of the stack, whose address it has */
    uint64_t address;  /* of the instruction; of a caller inside of the call */
};

#define PC_NO_MODULE UINT32_MAX

/* What the values of samples are: "cpu", "nanoseconds". */
struct pc_value_type {
    char *name, *unit;
};

/* "endpoint" = "/search": what the program said about a thread at the time.  A number has
 * its unit: "bytes" = 4096 "bytes". */
struct pc_label {
    char *key, *value; /* a number's in decimal */
    char *unit;        /* of a number, perhaps ""; NULL: the value is text */
};

/* Keys of the labels of waits: what was waited for ("mutex"), and the line of whoever held it, or
 * woke the one that waited ("add pool.c:31"), if that is known. */
#define PC_LABEL_LOCK "lock"
#define PC_LABEL_HOLDER "holder"
#define PC_LABEL_WAKER "waker"

struct pc_profile_sample {
    uint32_t *frames; /* indexes of the profile's frames, innermost first */
    size_t n;
    int64_t values[PC_PROFILE_VALUES];
    uint32_t labels[PC_PROFILE_LABELS]; /* indexes of the profile's labels */
    size_t n_labels;
};

/* Built by the functions below, read directly. */
struct pc_profile {
    enum pc_profile_kind kind;
    struct pc_value_type types[PC_PROFILE_VALUES];
    size_t n_types;
    size_t main; /* the type to rank by, when nobody says otherwise */
    struct pc_modules {
        struct pc_module *items;
        size_t n, cap;
    } modules;
    struct pc_functions {
        struct pc_function *items;
        size_t n, cap;
    } functions;
    struct pc_frames {
        struct pc_frame *items;
        size_t n, cap;
    } frames;
    struct pc_labels {
        struct pc_label *items;
        size_t n, cap;
    } labels;
    struct pc_profile_samples {
        struct pc_profile_sample *items;
        size_t n, cap;
    } samples;
    struct pc_profile_index *index; /* of what is already there; NULL: nothing added yet */

    /* How it was taken. */
    int64_t when;      /* ms since 1970 */
    int64_t wall_ns;   /* how long it was watched */
    int64_t cpu_ns;    /* processor time used meanwhile, of all threads */
    int64_t period;    /* between two samples, or allocations for one, in units of `main` */
    uint64_t taken;    /* samples; of exact profiles 0 */
    uint64_t lost;     /* samples for which there was no room */
    uint64_t broken;   /* stacks that end before the outermost function */
    uint64_t ops;      /* operations of the bench meanwhile; 0: unknown */
    unsigned hz;       /* samples a second of each thread; 0: it counts everything */
    unsigned threads;  /* that were seen */
    char *source;      /* text of the kernel as it was profiled; NULL: not kept */
    char *source_name; /* "join_names.c" */
};

/* An empty profile of one kind with its types: cpu and wall "samples" and nanoseconds,
 * alloc "alloc_objects", "alloc_space", "inuse_objects", "inuse_space", lock "calls",
 * "contentions", "delay".  These are the names of Go's profiles, but for "calls": those that
 * might have had to wait, by their line alone. */
void pc_profile_init(struct pc_profile *profile, enum pc_profile_kind kind);
void pc_profile_fini(struct pc_profile *profile);

/* Another one with the same in it, which pc_profile_fini() frees, too. */
void pc_profile_copy(struct pc_profile *to, const struct pc_profile *from);

/* Each gives the index of what is added, or of its equal that is there already.  Strings
 * are copied; NULL counts as "". */
uint32_t pc_profile_module(struct pc_profile *profile, const struct pc_module *module);
uint32_t pc_profile_function(struct pc_profile *profile, const char *name, const char *file,
                             int line, enum pc_code_owner code);
uint32_t pc_profile_frame(struct pc_profile *profile, const struct pc_frame *frame);
uint32_t pc_profile_label(struct pc_profile *profile, const char *key, const char *value);
uint32_t pc_profile_number(struct pc_profile *profile, const char *key, int64_t value,
                           const char *unit);

/* Add `values` (n_types of them) to the sample with this stack and these labels.  At most
 * PC_PROFILE_DEPTH frames and PC_PROFILE_LABELS labels count. */
void pc_profile_add(struct pc_profile *profile, const uint32_t *frames, size_t n,
                    const uint32_t *labels, size_t n_labels, const int64_t *values);

/* The sum of value `type` over all samples. */
int64_t pc_profile_total(const struct pc_profile *profile, size_t type);

/* "cpu", "wall", "alloc", "lock". */
const char *pc_profile_kind_name(enum pc_profile_kind kind);

#endif
