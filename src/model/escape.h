/*
 * Which lines of a C file allocate, and what the compiler makes of them.
 *
 * A file is compiled three times: without optimisation, as it is timed, and as it is timed
 * but without the compiler knowing what malloc and its kin are.  The first tells where the
 * source allocates, the second what is left.  The third tells why a call is gone: one that
 * is there without the knowledge and not with it was elided, because the compiler knew that
 * nobody would miss the block; one that is in neither was never reached, or is one with
 * another call.
 */
#ifndef PC_MODEL_ESCAPE_H
#define PC_MODEL_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/words.h"
#include "model/verdict.h"

struct pc_fates;

enum pc_code_view {
    PC_VIEW_PLAIN,  /* -O0 */
    PC_VIEW_TIMED,  /* with the flags of a check */
    PC_VIEW_OPAQUE, /* the same, malloc being a function like any other */
    PC_VIEWS
};

enum { PC_CHAIN_MAX = 6, PC_ALLOC_NAME = 24, PC_COPIES_MAX = 4, PC_SIDES_MAX = 2 };

/* A call of an allocating function in compiled code, or a use of its address.  The first
 * place is that of the call, each further one where the function before it was inlined. */
struct pc_alloc_call {
    char name[PC_ALLOC_NAME];
    bool tail;     /* a jump out of the function */
    bool returned; /* and the function gives a pointer: this one */
    struct pc_place chain[PC_CHAIN_MAX];
    size_t
        n_chain; /* at least 1; the line of the first is 0 where the compiler names none */
};
struct pc_alloc_calls {
    struct pc_alloc_call *items;
    size_t n, cap;
};

/* What one object file tells. */
struct pc_object_calls {
    struct pc_alloc_calls calls;
    struct pc_alloc_calls taken; /* the function's address, for calls that nobody can see */
    struct pc_words others;      /* names that the object needs from elsewhere */
};
void pc_object_calls_fini(struct pc_object_calls *calls);

/* Where the source sends what an allocation gives. */
enum pc_sent { PC_SENT_UNKNOWN, PC_SENT_RETURNED, PC_SENT_STORED, PC_SENT_PASSED };
struct pc_destination {
    enum pc_sent sent;
    char to[64]; /* "b->text", or the function's name */
    int line;    /* where it happens */
};

enum pc_fate {
    PC_FATE_ABSENT, /* this compiler has no allocation in that line at all */
    PC_FATE_STAYS,
    PC_FATE_ELIDED,
    PC_FATE_GONE, /* never reached, or one with another call */
};

/* "stays", "elided", "gone", "absent". */
const char *pc_fate_name(enum pc_fate fate);

/* A line with one compiler. */
struct pc_escape_cell {
    enum pc_fate fate;
    size_t plain, timed, opaque; /* calls in each view */
    char calls[2 *
               PC_ALLOC_NAME]; /* what is called as timed, when that is another function */
    size_t tails, returned;    /* of the timed calls: jumps; jumps that return it */
    size_t elided;             /* copies that are gone although others stay */
    struct pc_place
        elided_at[PC_COPIES_MAX]; /* where those were inlined, as far as known */
    size_t n_elided_at;
    bool measured, at_least; /* the following are known; there may be more */
    double allocs, bytes;    /* per operation */
};

struct pc_escape_line {
    struct pc_place place;         /* line 0: code that belongs to no line */
    char calls[2 * PC_ALLOC_NAME]; /* "malloc", "malloc, calloc" */
    char *source;                  /* the line itself, NULL when it is not at hand */
    struct pc_destination destination;
    struct pc_escape_cell cells[PC_SIDES_MAX];
};

struct pc_stack_frame {
    struct pc_place place; /* of the function */
    double bytes;          /* the return address included */
    bool dynamic;          /* and more, which is only known when it runs: alloca, a VLA */
};
struct pc_stack_frames {
    struct pc_stack_frame *items;
    size_t n, cap;
};

/* One compiler. */
struct pc_escape_side {
    char compiler[64];        /* "gcc 12.2.0", or how it was asked for */
    bool absent;              /* it is not installed */
    enum pc_code code;        /* what went wrong; of lines and frames is known what was
                                  found out before */
    char *trouble;            /* one line; NULL when all went well */
    struct pc_build findings; /* warnings about addresses that outlive their frame, and
                                  large frames */
    struct pc_stack_frames frames;
    struct pc_alloc_calls taken; /* as timed */
    bool counted;                /* an exercise was run and counted: */
    double allocs, bytes;        /* per operation, all of them */
    double elsewhere;            /* of these allocations: those of no line below */
    bool exact;                  /* other inputs gave the same numbers */
};

struct pc_escape {
    char file[256];  /* as the learner knows it */
    size_t count_at; /* the size that was counted, 0: none */
    struct pc_escape_side sides[PC_SIDES_MAX];
    size_t n_sides;
    struct {
        struct pc_escape_line *items; /* by file and line, the file itself first */
        size_t n, cap;
    } lines;
};
void pc_escape_fini(struct pc_escape *escape);

/* Add what the objects of compiler `side` tell. */
void pc_escape_add(struct pc_escape *escape, size_t side,
                   const struct pc_object_calls views[PC_VIEWS]);

/* Add what was counted of its code: lines that did not allocate when it ran get 0, those of
 * which that is not known stay without a number.  Not known is what a call by a jump gave,
 * because only the caller's return address is there to be seen; and of what the C library
 * allocates in its functions some may be missing, because looking for who called them is
 * limited. */
void pc_escape_count(struct pc_escape *escape, size_t side, const struct pc_counts *counts);

/* Append the functions by name, each once, with the fate that costs most of those that its
 * lines have with the first compiler.  The texts are those of `escape`; the caller frees the
 * items. */
void pc_escape_fates(const struct pc_escape *escape, struct pc_fates *fates);

#endif
