/*
 * The part of a profiler that runs inside of what it watches.
 *
 * Each thread has a timer that sends it SIGPROF, by its own processor time or by the clock.
 * The handler copies registers and stack into shared memory (wire/recording.h): it neither
 * unwinds nor allocates nor waits, and so cannot harm whoever it interrupts.  libc only.
 *
 * Timers of processor time fire at the tick of the system, 250 times a second as a rule; who
 * asks for more gets fewer without being told, so the number of samples is no time: they are
 * shares of the processor time in the recording, which is read from a clock.
 */
#ifndef PC_SAMPLING_SAMPLER_H
#define PC_SAMPLING_SAMPLER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { PC_SAMPLER_HZ = 250 };

/* Lay a recording out in `size` bytes of zeroed memory at `memory`, which must stay until the
 * process ends, and handle the signal from now on.  One recording a process; nothing is
 * recorded before pc_sampler_go().  False when there is too little memory or no signal. */
bool pc_sampler_open(void *memory, size_t size, unsigned hz, bool wall);

/* No signal comes any more; the recording stays. */
void pc_sampler_close(void);

/* Watch the calling thread, whose stack ends at `top`; false when the system gives no timer.
 * Without a recording nothing happens. */
bool pc_sampler_enter(const void *top);
void pc_sampler_leave(void);

/* From here on what runs is recorded, and until there. */
void pc_sampler_go(void);
void pc_sampler_pause(void);

/* Note which files are mapped now; those that were noted before stay. */
void pc_sampler_note_modules(void);

/* What the calling thread is working on, for its samples from now on: `key` and `value` with
 * the text cut to what fits; NULL as value: nothing.  False without a recording, or when it
 * has as many labels as fit. */
bool pc_sampler_label(const char *key, const char *value);

/*
 * A process that records itself does so again and again, in turns, in the same memory, which
 * it shares with nobody.  Labels stay from one turn to the next; the memory behind the header
 * is zeroed by whoever begins another one.  Such a process may have any stacks, and threads
 * that nobody has seen begin: then others arm them, and stacks are copied by the system, which
 * cannot fault.
 */
enum pc_sampler_mode {
    PC_SAMPLER_CPU,
    PC_SAMPLER_WALL,
    PC_SAMPLER_ONCE /* by the clock, each thread once */
};
void pc_sampler_begin(enum pc_sampler_mode mode);

/* No more of it; false when a handler that runs has not come to its end for a second, and may
 * still write. */
bool pc_sampler_end(void);

/* Give the thread `tid` of this process a timer, with the number `*timer` of the kernel. */
bool pc_sampler_arm(pid_t tid, int *timer);
void pc_sampler_disarm(int timer);

/* In the child of fork(): timers are not inherited, so nothing is recorded here. */
void pc_sampler_forked(void);

#endif
