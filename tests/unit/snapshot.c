#include "snapshot.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"

enum { FILE_MAX_BYTES = 64 << 20 };

static void add(struct snapshot *s, const char *dir, const char *below)
{
    PC_AUTO(pc_auto_free) char *path = pc_path_join(dir, below);
    DIR *d = opendir(path);
    assert_non_null(d);
    for (struct dirent *e; (e = readdir(d));) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        struct snapshot_file *file = PC_PUSH(s);
        file->path = *below ? pc_path_join(below, e->d_name) : pc_strdup(e->d_name);
        PC_AUTO(pc_auto_free) char *name = pc_strdup(file->path);
        PC_AUTO(pc_auto_free) char *full = pc_path_join(dir, name);
        struct stat st;
        assert_int_equal(lstat(full, &st), 0);
        file->folder = S_ISDIR(st.st_mode);
        if (file->folder)
            add(s, dir, name);
        else if (S_ISREG(st.st_mode))
            assert_non_null(file->content =
                                pc_file_read(full, FILE_MAX_BYTES, &file->n, NULL));
    }
    closedir(d);
}

static int by_path(const void *a, const void *b)
{
    const struct snapshot_file *x = a, *y = b;
    return strcmp(x->path, y->path);
}

struct snapshot snapshot_take(const char *dir)
{
    struct snapshot s = {0};
    add(&s, dir, "");
    if (s.n > 0)
        qsort(s.items, s.n, sizeof *s.items, by_path);
    return s;
}

void snapshot_fini(struct snapshot *s)
{
    for (size_t i = 0; i < s->n; i++) {
        free(s->items[i].path);
        free(s->items[i].content);
    }
    free(s->items);
    *s = (struct snapshot){0};
}

void snapshot_put_back(const struct snapshot *s, const char *dir)
{
    assert_true(pc_file_remove_tree(dir, NULL));
    assert_true(pc_mkdirs(dir, NULL));
    for (size_t i = 0; i < s->n; i++) {
        PC_AUTO(pc_auto_free) char *path = pc_path_join(dir, s->items[i].path);
        if (s->items[i].folder)
            assert_int_equal(mkdir(path, 0777), 0);
        else
            assert_true(
                pc_file_write_cache(path, s->items[i].content, s->items[i].n, NULL));
    }
}

const struct snapshot_file *snapshot_find(const struct snapshot *s, const char *path)
{
    const struct snapshot_file key = {.path = (char *)path};
    return s->n ? bsearch(&key, s->items, s->n, sizeof key, by_path) : NULL;
}

bool snapshot_same(const struct snapshot_file *a, const struct snapshot_file *b)
{
    if (!a || !b)
        return a == b;
    return a->folder == b->folder && a->n == b->n &&
           (a->n == 0 || memcmp(a->content, b->content, a->n) == 0);
}
