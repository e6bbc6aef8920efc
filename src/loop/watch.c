#include "loop/watch.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include "base/mem.h"
#include "loop/inner.h"

/* A file as it was when the folder was looked at last. */
struct entry {
    char *name;
    uint64_t inode;
    int64_t size, seconds, nanoseconds;
};

struct entries {
    struct entry *items;
    size_t n, cap;
};

struct pc_watch {
    uv_fs_event_t uv;
    struct pc_loop *loop;
    char *dir;
    bool poll;                /* asked for */
    bool listening;           /* the kernel tells */
    bool freed;               /* the memory stays until the handle is closed */
    struct pc_timer *timer;   /* settling after events, or polling; NULL: not set */
    uint64_t inode, first_ms; /* of the folder; of the burst */
    struct entries entries;
    void (*changed)(void *ctx, const char *name);
    void *ctx;
};

/* However long a burst lasts, it is looked at after this time. */
enum { BURST_MS = 200 };

static void entries_fini(struct entries *entries)
{
    for (size_t i = 0; i < entries->n; i++)
        free(entries->items[i].name);
    free(entries->items);
    *entries = (struct entries){0};
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct entry *)a)->name, ((const struct entry *)b)->name);
}

/* The files of a folder, sorted; none when it cannot be read. */
static void look(const char *dir, struct entries *entries)
{
    DIR *stream = opendir(dir);
    if (!stream)
        return;
    struct stat status;
    for (struct dirent *file; (file = readdir(stream));) {
        if (file->d_name[0] == '.' ||
            fstatat(dirfd(stream), file->d_name, &status, 0) != 0 ||
            !S_ISREG(status.st_mode))
            continue;
        *PC_PUSH(entries) = (struct entry){.name = pc_strdup(file->d_name),
                                           .inode = status.st_ino,
                                           .size = status.st_size,
                                           .seconds = status.st_mtim.tv_sec,
                                           .nanoseconds = status.st_mtim.tv_nsec};
    }
    closedir(stream);
    if (entries->n > 0)
        qsort(entries->items, entries->n, sizeof *entries->items, by_name);
}

static bool is_same(const struct entry *a, const struct entry *b)
{
    return a->inode == b->inode && a->size == b->size && a->seconds == b->seconds &&
           a->nanoseconds == b->nanoseconds;
}

/* Both are sorted, so one pass finds what is only in one of them or differs.  The callback
 * may free the watch; then nothing more is reported. */
static void report(struct pc_watch *watch, const struct entries *old,
                   const struct entries *now)
{
    size_t i = 0, j = 0;
    while (!watch->freed && (i < old->n || j < now->n)) {
        int order = i == old->n   ? 1
                    : j == now->n ? -1
                                  : strcmp(old->items[i].name, now->items[j].name);
        const char *name = order <= 0 ? old->items[i].name : now->items[j].name;
        if (order != 0 || !is_same(&old->items[i], &now->items[j]))
            watch->changed(watch->ctx, name);
        i += order <= 0;
        j += order >= 0;
    }
}

/* File systems whose other users' changes the kernel does not tell. */
static bool is_remote(const char *dir)
{
    static const unsigned long types[] = {0x6969,     0x517b,     0xff534d42, 0xfe534d42,
                                          0x01021997, 0x65735546, 0x5346414f, 0x786f4256};
    struct statfs fs;
    if (statfs(dir, &fs) != 0)
        return false;
    for (size_t i = 0; i < PC_COUNT(types); i++)
        if ((uint32_t)fs.f_type == types[i])
            return true;
    return false;
}

static void look_again(void *ctx);

static void set_timer(struct pc_watch *watch, int64_t ms)
{
    pc_timer_free(watch->timer);
    watch->timer = ms > 0 ? pc_timer_start(watch->loop, ms, look_again, watch) : NULL;
}

static void on_event(uv_fs_event_t *handle, const char *name, int events, int status)
{
    struct pc_watch *watch = handle->data;
    (void)name;
    (void)events;
    (void)status;
    uint64_t now = uv_now(&watch->loop->uv);
    if (!watch->timer)
        watch->first_ms = now;
    if (now - watch->first_ms < BURST_MS)
        set_timer(watch, PC_WATCH_SETTLE_MS);
}

static void start_listening(struct pc_watch *watch)
{
    uv_fs_event_stop(&watch->uv);
    watch->listening = !watch->poll && watch->inode != 0 && !is_remote(watch->dir) &&
                       uv_fs_event_start(&watch->uv, on_event, watch->dir, 0) == 0;
}

static uint64_t inode_of(const char *dir)
{
    struct stat status;
    return stat(dir, &status) == 0 ? status.st_ino : 0;
}

/* When the folder is another one than before, or gone, or was gone, what the kernel was
 * asked for is no longer right; the kernel is asked before looking, so that no change falls
 * between. */
static void look_again(void *ctx)
{
    struct pc_watch *watch = ctx;
    uint64_t inode = inode_of(watch->dir);
    if (inode != watch->inode || (!watch->listening && inode != 0)) {
        watch->inode = inode;
        start_listening(watch);
    }
    set_timer(watch, watch->listening ? 0 : PC_WATCH_POLL_MS);
    struct entries old = watch->entries, now = {0};
    look(watch->dir, &now);
    watch->entries = now;
    report(watch, &old, &now);
    entries_fini(&old);
}

/* Also the end of pc_loop_free(), for watches that nobody freed. */
void pc_watch_closed(uv_handle_t *handle)
{
    struct pc_watch *watch = handle->data;
    entries_fini(&watch->entries);
    free(watch->dir);
    free(watch);
}

struct pc_watch *pc_watch_start(struct pc_loop *loop, const char *dir, bool poll,
                                void (*changed)(void *ctx, const char *name), void *ctx)
{
    struct pc_watch *watch = pc_alloc(sizeof *watch);
    *watch = (struct pc_watch){
        .loop = loop,
        .dir = pc_strdup(dir),
        .poll = poll,
        .inode = inode_of(dir),
        .changed = changed,
        .ctx = ctx,
    };
    uv_fs_event_init(&loop->uv, &watch->uv);
    watch->uv.data = watch;
    start_listening(watch);
    set_timer(watch, watch->listening ? 0 : PC_WATCH_POLL_MS);
    look(dir, &watch->entries);
    return watch;
}

bool pc_watch_is_polling(const struct pc_watch *watch)
{
    return !watch->listening;
}

void pc_watch_free(struct pc_watch *watch)
{
    if (!watch)
        return;
    watch->freed = true;
    pc_timer_free(watch->timer);
    uv_close((uv_handle_t *)&watch->uv, pc_watch_closed);
}
