/*
 * What the files of this part share: the loop, its children and their streams.
 */
#ifndef PC_LOOP_INNER_H
#define PC_LOOP_INNER_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "base/str.h"
#include "loop/child.h"
#include "loop/family.h"
#include "loop/loop.h"

struct later;

enum { PC_LENT_SIGNALS = 3 };

/* The program that has the terminal (foreground.h). */
struct pc_foreground {
    int pid; /* 0: none */
    int status;
    void (*ended)(void *ctx, int status);
    void *ctx;
    struct sigaction saved[PC_LENT_SIGNALS];
};

struct pc_loop {
    uv_loop_t uv;
    uv_signal_t sigchld; /* referenced only while there are children */
    uv_signal_t interrupts[3];
    uv_idle_t idle; /* active only while something is in `first` */
    struct later *first, **last;
    void (*on_interrupt)(void *ctx, int signal);
    void *interrupt_ctx;
    struct pc_child *children;
    struct pc_foreground foreground;
    struct pc_pids foreign; /* children of the process that are not ours to end */
    bool freeing;           /* nothing is called back any more */
    char buffer[65536];     /* for reading pipes */
};

/* Our end of one of a child's pipes. */
struct pc_pipe {
    uv_poll_t poll;
    struct pc_child *child;
    enum pc_stream which; /* 0: its orders */
    int fd;               /* -1 when closed */
};

enum { PC_PIPE_OUT, PC_PIPE_ERR, PC_PIPE_ANSWERS, PC_PIPE_ORDERS, PC_PIPES };

struct pc_child {
    struct pc_loop *loop;
    struct pc_child *next;
    const struct pc_child_ops *ops; /* NULL once it is abandoned */
    void *ctx;
    int pid;
    struct pc_pipe pipes[PC_PIPES];
    struct pc_str queue; /* orders not written yet */
    bool close_orders;   /* after the queue */
    uv_timer_t wall, watch;
    unsigned handles; /* open ones in libuv; the memory stays until they are closed */
    unsigned watched; /* how often */
    uint64_t resident, threads, output, printed;
    int64_t cpu_s, started, looked, wall_left; /* nanoseconds, but for cpu_s */
    int64_t last_word_ms;
    bool killed; /* by us, for the reason in end.why */
    bool asked;  /* for its last word, before it is killed */
    bool ended;  /* reaped, with `status`; what it left may still run */
    bool reported;
    int status;
    struct pc_child_end end;
};

/* Kill the group; the first reason counts. */
void pc_child_stop(struct pc_child *child, enum pc_end why);

/* Close callback of every handle of a child; the last one frees a reported child. */
void pc_child_handle_closed(uv_handle_t *handle);

/* Take over `fd`; -1 stands for a pipe that is not there. */
bool pc_pipe_open(struct pc_child *child, int i, enum pc_stream which, int fd);
void pc_pipe_close(struct pc_pipe *pipe);

/* Hand on what is in the pipe, without waiting for more. */
void pc_pipe_drain(struct pc_pipe *pipe);

/* Write what is queued for the orders as far as the pipe takes it, the rest later. */
void pc_pipe_flush(struct pc_child *child);

/* Close callbacks of what is on the heap; they free it. */
void pc_watch_closed(uv_handle_t *handle);
void pc_input_closed(uv_handle_t *handle);
void pc_signal_closed(uv_handle_t *handle);

/* The program in the foreground has been reaped. */
void pc_foreground_ended(struct pc_loop *loop, int status);

/* When the program in the foreground has stopped itself, stop as well, so that whoever started
 * us gets the terminal; afterwards, or when nobody could continue us, it goes on. */
void pc_foreground_look(struct pc_loop *loop);

/* Reap what has ended, kill what it left, and report the children that are complete. */
void pc_children_reap(struct pc_loop *loop);

#endif
