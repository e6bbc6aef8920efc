/*
 * What a process records about itself for a profile, in memory that it shares with whoever
 * makes the profile.
 *
 * The memory outlives the process: of a kernel that hangs and is killed the samples are there.
 * A sample holds the registers and the used end of the stack; unwinding is for the reader.
 * The process may write whatever it likes in here, so the reader believes nothing.
 *
 * The header is followed by samples, each aligned to 8 bytes.  A writer reserves its place
 * by adding to `used`, and writes `size` last: a sample without it is not there, and where
 * it would end the reading ends.
 */
#ifndef PC_WIRE_RECORDING_H
#define PC_WIRE_RECORDING_H

#include <stdint.h>

enum {
    PC_RECORDING_VERSION = 2,
    PC_RECORDING_MODULES = 64,
    PC_RECORDING_PATH = 256,
    PC_RECORDING_LABELS = 64,
    PC_RECORDING_LABEL = 64,      /* bytes of "key=value" */
    PC_RECORDING_STACK = 32768,   /* bytes of a stack, at most */
    PC_RECORDING_BYTES = 64 << 20 /* usual size of it all; only what is used takes memory */
};

/* What a process can do to the signal so that no samples come. */
enum pc_recording_deaf {
    PC_RECORDING_BLOCKED = 1, /* a thread has it blocked */
    PC_RECORDING_HANDLED,     /* it has another handler, or is ignored */
    PC_RECORDING_STOPPED      /* a thread has no timer any more */
};

static const uint64_t pc_recording_magic = 0x676e6964726f6365; /* "ecording" */

#if defined(__x86_64__)
enum { PC_RECORDING_REGISTERS = 17, PC_RECORDING_PC = 16, PC_RECORDING_SP = 7 };
#elif defined(__aarch64__)
enum { PC_RECORDING_REGISTERS = 33, PC_RECORDING_PC = 32, PC_RECORDING_SP = 31 };
#else
#error "profiles are made on x86-64 and 64-bit ARM"
#endif

/* A file that is mapped.  The virtual address V of the file is at V + bias. */
struct pc_recorded_module {
    uint64_t start, limit, bias, offset;
    char path[PC_RECORDING_PATH];
};

struct pc_recorded_sample {
    uint32_t size;   /* of the sample with its stack, a multiple of 8; written last */
    uint32_t stack;  /* bytes of the stack that follow, from the stack pointer on */
    uint32_t thread; /* number of the thread, from 1 in the order of their beginnings */
    uint32_t label;  /* its index and 1; 0: none */
    uint32_t tid;    /* the system's number of the thread */
    uint32_t unused;
    uint64_t whole;  /* bytes of the stack that were in use */
    int64_t cpu_ns;  /* processor time of the process since it was started or went on */
    int64_t wall_ns; /* the same by the clock */
    uint64_t registers[PC_RECORDING_REGISTERS]; /* by their numbers in DWARF */
};

struct pc_recording {
    uint64_t magic; /* written when the rest of the header is there */
    uint32_t version, hz;
    uint64_t size; /* of the memory */
    uint64_t used; /* bytes that were reserved for samples; may exceed what there is */
    uint64_t lost; /* samples without room */
    uint32_t is_wall, is_on;
    uint32_t threads, unarmed; /* threads that began; those that could get no timer */
    uint32_t deaf;             /* what was found first of enum pc_recording_deaf, or 0 */
    uint32_t n_modules, n_labels;
    uint32_t writing;              /* lock of modules and labels */
    int64_t cpu_ns, wall_ns;       /* watched, up to the latest pause */
    int64_t cpu_began, wall_began; /* clocks at the latest start */
    struct pc_recorded_module modules[PC_RECORDING_MODULES];
    char labels[PC_RECORDING_LABELS][PC_RECORDING_LABEL];
};

#endif
