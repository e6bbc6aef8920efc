#include "profile/locks.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "wire/locks.h"

/* More than anybody waits, or calls; so that sums of them are numbers, of calls also of those of all
 * threads from everywhere. */
static const uint64_t most = UINT64_C(1) << 48, most_calls = UINT64_C(1) << 44;

/* As people call them. */
static const char *const names[PC_LOCK_KINDS] = {
    [PC_LOCK_MUTEX] = "mutex",         [PC_LOCK_READ] = "read lock",
    [PC_LOCK_WRITE] = "write lock",    [PC_LOCK_CONDITION] = "condition",
    [PC_LOCK_SEMAPHORE] = "semaphore", [PC_LOCK_BARRIER] = "barrier"};

struct reader {
    const struct pc_recorded_locks *locks;
    struct pc_profile *profile;
    struct pc_codemap *map;
};

static int64_t plausible(uint64_t n)
{
    return (int64_t)(n > most ? most : n);
}

static int64_t plausible_calls(uint64_t n)
{
    return (int64_t)(n > most_calls ? most_calls : n);
}

/* How much later, at most what anybody waits. */
static uint64_t later(int64_t end, int64_t began)
{
    int64_t ns;
    return __builtin_sub_overflow(end, began, &ns) || ns < 0
               ? 0
               : (uint64_t)plausible((uint64_t)ns);
}

static size_t frames_of(struct reader *reader, const uint64_t *addresses, size_t n,
                        uint32_t *frames, size_t max)
{
    size_t depth = 0;
    for (size_t i = 0; i < n && addresses[i]; i++)
        depth +=
            pc_codemap_frames(reader->map, addresses[i] - 1, frames + depth, max - depth);
    return depth;
}

static enum pc_code_owner owner_of(const struct pc_profile *profile, uint32_t frame)
{
    return profile->functions.items[profile->frames.items[frame].function].code;
}

/* Without what is outside of the kernel and its bench: who runs the bench, who starts threads. */
static size_t without_runner(const struct pc_profile *profile, const uint32_t *frames,
                             size_t n)
{
    for (size_t i = n; i-- > 0;) {
        enum pc_code_owner owner = owner_of(profile, frames[i]);
        if (owner == PC_CODE_KERNEL || owner == PC_CODE_BENCH)
            return i + 1;
    }
    return n;
}

/* The frame that a person would look at: the innermost one that is no library's. */
static uint32_t frame_to_show(const struct pc_profile *profile, const uint32_t *frames,
                              size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (owner_of(profile, frames[i]) != PC_CODE_LIBRARY)
            return frames[i];
    return n > 0 ? frames[0] : PC_NO_FRAME;
}

static uint32_t shown_frame(struct reader *reader, const uint64_t *addresses, size_t n)
{
    uint32_t frames[PC_PROFILE_DEPTH];
    size_t depth = frames_of(reader, addresses, n, frames, PC_COUNT(frames));
    return frame_to_show(reader->profile, frames, depth);
}

/* "add pool.c:31" */
static char *place_text(const struct pc_profile *profile, uint32_t frame)
{
    const struct pc_frame *f = &profile->frames.items[frame];
    const struct pc_function *function = &profile->functions.items[f->function];
    if (!function->file[0] || f->line == 0)
        return pc_strdup(function->name);
    return pc_strfmt("%s %s:%d", function->name, function->file, f->line);
}

static size_t labels_of(struct reader *reader, enum pc_lock_kind kind,
                        const uint64_t *other, uint32_t *labels)
{
    struct pc_profile *profile = reader->profile;
    size_t n = 0;
    labels[n++] = pc_profile_label(profile, PC_LABEL_LOCK, names[kind]);
    uint32_t frame = shown_frame(reader, other, PC_LOCKS_OTHER);
    if (frame == PC_NO_FRAME)
        return n;
    PC_AUTO(pc_auto_free) char *text = place_text(profile, frame);
    labels[n++] = pc_profile_label(
        profile, kind <= PC_LOCK_WRITE ? PC_LABEL_HOLDER : PC_LABEL_WAKER, text);
    return n;
}

static void add_waits(struct reader *reader, enum pc_lock_kind kind,
                      const uint64_t *addresses, const uint64_t *other, uint64_t waits,
                      uint64_t ns, bool is_cut)
{
    struct pc_profile *profile = reader->profile;
    uint32_t frames[PC_PROFILE_DEPTH] = {0}, labels[2];
    size_t n = frames_of(reader, addresses, PC_LOCKS_DEPTH, frames, PC_COUNT(frames));
    n = without_runner(profile, frames, n);
    size_t n_labels = labels_of(reader, kind, other, labels);
    const int64_t values[PC_PROFILE_VALUES] = {0, plausible(waits), plausible(ns)};
    pc_profile_add(profile, frames, n, labels, n_labels, values);
    if (n == 0)
        profile->lost += (uint64_t)plausible(waits);
    else if (is_cut)
        profile->broken += (uint64_t)plausible(waits);
}

static void add_place(struct reader *reader, const struct pc_recorded_wait *place,
                      uint32_t kind, bool has_chains)
{
    static const uint64_t none[PC_LOCKS_DEPTH];
    if (place->waits > 0 && kind < PC_LOCK_KINDS)
        add_waits(reader, (enum pc_lock_kind)kind, has_chains ? place->addresses : none,
                  has_chains ? place->other : none, place->waits, place->ns, place->is_cut);
}

/* Of all threads together, by line. */
static void add_calls(struct reader *reader)
{
    struct pc_profile *profile = reader->profile;
    for (size_t k = 0; k < PC_LOCKS_THREADS; k++) {
        const struct pc_recorded_locker *locker = &reader->locks->lockers[k];
        for (size_t i = 0; i < PC_LOCKS_CALLS; i++) {
            uint32_t frames[PC_PROFILE_DEPTH];
            if (!locker->calls[i].address || !locker->calls[i].calls)
                continue;
            size_t n =
                frames_of(reader, &locker->calls[i].address, 1, frames, PC_COUNT(frames));
            pc_profile_add(profile, frames, n, NULL, 0,
                           (int64_t[]){plausible_calls(locker->calls[i].calls), 0, 0, 0});
        }
        if (locker->more)
            pc_profile_add(profile, NULL, 0, NULL, 0,
                           (int64_t[]){plausible_calls(locker->more), 0, 0, 0});
    }
}

/* Whoever has the lock that a thread waits for. */
struct holder {
    uint32_t thread; /* 0: nobody */
    const uint64_t *addresses;
};

static struct holder find_holder(const struct pc_recorded_locks *locks, uint64_t lock,
                                 uint32_t kind)
{
    const struct holder nobody = {.addresses = NULL};
    if (kind > PC_LOCK_WRITE || lock == 0)
        return nobody;
    for (size_t k = 0; k < PC_LOCKS_LOCKS; k++) {
        const struct pc_recorded_lock *place = &locks->locks[k];
        if (place->address == lock && place->last.thread)
            return (struct holder){place->last.thread, place->last.addresses};
    }
    for (size_t k = 0; kind == PC_LOCK_WRITE && k < PC_LOCKS_THREADS; k++)
        for (size_t i = 0; i < PC_LOCKS_READS; i++)
            if (locks->lockers[k].reads[i].lock == lock && locks->lockers[k].number)
                return (struct holder){locks->lockers[k].number,
                                       locks->lockers[k].reads[i].chain.addresses};
    return nobody;
}

static const struct pc_stuck_thread *find_thread(const struct pc_stuck *stuck,
                                                 unsigned thread)
{
    for (size_t i = 0; i < stuck->n; i++)
        if (stuck->items[i].thread == thread)
            return &stuck->items[i];
    return NULL;
}

/* Those that come back to themselves when one goes from each to the one it waits for. */
static void find_circles(struct pc_stuck *stuck)
{
    for (size_t i = 0; i < stuck->n; i++) {
        const struct pc_stuck_thread *at = &stuck->items[i];
        for (size_t step = 0; at && step <= stuck->n; step++) {
            at = at->holder_thread ? find_thread(stuck, at->holder_thread) : NULL;
            if (at == &stuck->items[i])
                stuck->items[i].in_circle = true;
        }
        stuck->has_circle |= stuck->items[i].in_circle;
    }
}

static bool has_ended(const struct pc_recorded_locks *locks, uint32_t thread)
{
    for (size_t k = 0; k < PC_LOCKS_THREADS; k++)
        if (locks->lockers[k].number == thread)
            return false;
    return thread != 0 && locks->unwatched == 0;
}

static void add_stuck(struct reader *reader, const struct pc_recorded_locker *locker,
                      int64_t stopped, struct pc_stuck *stuck)
{
    const struct pc_recorded_locks *locks = reader->locks;
    enum pc_lock_kind kind = (enum pc_lock_kind)locker->kind;
    int64_t ns = (int64_t)later(stopped, locker->since);
    static const uint64_t none[PC_LOCKS_OTHER];
    struct holder holder = find_holder(locks, locker->lock, locker->kind);
    add_waits(reader, kind, locker->addresses, holder.thread ? holder.addresses : none, 1,
              (uint64_t)ns, locker->addresses[PC_LOCKS_DEPTH - 1] != 0);
    stuck->threads++;
    if (stuck->n == PC_COUNT(stuck->items))
        return;
    stuck->items[stuck->n++] = (struct pc_stuck_thread){
        .thread = locker->number,
        .what = names[kind],
        .frame = shown_frame(reader, locker->addresses, PC_LOCKS_DEPTH),
        .holder_thread = holder.thread,
        .holder_ended = has_ended(locks, holder.thread),
        .holder = holder.thread ? shown_frame(reader, holder.addresses, PC_LOCKS_OTHER)
                                : PC_NO_FRAME,
        .ns = ns};
}

static void add_all_stuck(struct reader *reader, int64_t stopped, struct pc_stuck *stuck)
{
    for (size_t k = 0; k < PC_LOCKS_THREADS; k++) {
        const struct pc_recorded_locker *locker = &reader->locks->lockers[k];
        if (locker->number && locker->waits && locker->kind < PC_LOCK_KINDS)
            add_stuck(reader, locker, stopped, stuck);
    }
    find_circles(stuck);
}

/* What is still held behind the end, by threads that have gone or by the bench's own. */
static void count_held(const struct pc_recorded_locks *locks, struct pc_stuck *stuck,
                       struct reader *reader)
{
    for (size_t k = 0; k < PC_LOCKS_LOCKS; k++) {
        const struct pc_recorded_lock *place = &locks->locks[k];
        if (place->address == 0 || place->last.thread == 0 || place->tickets ||
            place->count)
            continue;
        if (stuck->held++ == 0)
            stuck->held_at = shown_frame(reader, place->last.addresses, PC_LOCKS_OTHER);
    }
}

bool pc_locks_read(const void *memory, size_t size, const struct pc_codemap_spec *spec,
                   int64_t stopped, struct pc_profile *profile, struct pc_stuck *stuck,
                   struct pc_err *err)
{
    const struct pc_recorded_locks *locks = memory;
    pc_profile_init(profile, PC_PROFILE_LOCK);
    profile->period = 1;
    *stuck = (struct pc_stuck){.held_at = PC_NO_FRAME};
    if (size < sizeof *locks || locks->magic != pc_locks_magic ||
        locks->version != PC_LOCKS_VERSION)
        return pc_fail(err, PC_ENVIRONMENT, "nothing was recorded");
    profile->threads = locks->threads;
    stuck->unwatched = locks->unwatched;
    /* Of the one that did not end there are waits, too. */
    profile->ops = stopped ? 0 : (uint64_t)plausible(locks->ops);
    profile->wall_ns = (int64_t)later(locks->stopped, 0);
    struct reader reader = {
        .locks = locks, .profile = profile, .map = pc_codemap_create(profile, spec)};
    for (uint32_t i = 0; i < locks->n_modules && i < PC_RECORDING_MODULES; i++)
        pc_codemap_add(reader.map, &locks->modules[i]);
    for (size_t i = 0; i < PC_LOCKS_PLACES; i++)
        add_place(&reader, &locks->waits[i], locks->waits[i].kind,
                  locks->waits[i].is_there);
    for (uint32_t kind = 0; kind < PC_LOCK_KINDS; kind++)
        add_place(&reader, &locks->rest[kind], kind, false);
    add_calls(&reader);
    if (stopped && locks->is_on)
        profile->wall_ns = (int64_t)later(stopped, locks->off_ns);
    if (stopped)
        add_all_stuck(&reader, stopped, stuck);
    else
        count_held(locks, stuck, &reader);
    pc_codemap_free(reader.map);
    return true;
}
