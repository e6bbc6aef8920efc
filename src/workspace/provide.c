#include "workspace/provide.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/path.h"

static void hash_of(const char *data, size_t n, char hex[PC_HASH_HEX])
{
    struct pc_hash *hash = pc_hash_create();
    pc_hash_add(hash, data, n);
    pc_hash_finish(hash, hex);
}

static bool make_parent(const char *path, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *folder = pc_path_dir(path);
    return pc_mkdirs(folder, err);
}

static char *record_of(const char *dir, const char *path)
{
    return pc_strfmt("%s/.perfcourse/provided/%s", dir, path);
}

/* Whether `hex` is what was recorded; a lost or damaged record is like another hash, and
 * then the file counts as edited. */
static bool is_recorded(const char *record, const char hex[PC_HASH_HEX])
{
    size_t n;
    PC_AUTO(pc_auto_free) char *text = pc_file_read(record, PC_HASH_HEX, &n, NULL);
    return text && n == PC_HASH_HEX && memcmp(text, hex, PC_HASH_HEX - 1) == 0;
}

bool pc_provide_record(const char *dir, const char *path, const char *data, size_t n,
                       struct pc_err *err)
{
    char hex[PC_HASH_HEX];
    PC_AUTO(pc_auto_free) char *file = record_of(dir, path);
    hash_of(data, n, hex);
    if (is_recorded(file, hex))
        return true;
    hex[PC_HASH_HEX - 1] = '\n';
    return make_parent(file, err) && pc_file_write_cache(file, hex, PC_HASH_HEX, err);
}

char *pc_provide_read(const char *file, size_t *n, struct pc_err *err)
{
    struct pc_err why;
    char *text = pc_file_read(file, PC_KERNEL_MAX, n, &why);
    if (!text)
        pc_fail(err, why.code, "%s; move it away and the course's file comes back",
                why.msg);
    return text;
}

/* The file comes first and its record second: a stop in between leaves a file that equals
 * the course's, and the next call finds that out. */
bool pc_provide_file(const char *dir, const char *path, const char *data, size_t n,
                     bool *written, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *file = pc_path_join(dir, path);
    PC_AUTO(pc_auto_free) char *hash = record_of(dir, path);
    struct pc_file_change change = {.data = data, .n = n};
    *written = false;
    if (!pc_file_exists(file)) {
        return make_parent(file, err) && pc_file_create(file, data, n, written, err) &&
               (!*written || pc_provide_record(dir, path, data, n, err));
    }
    PC_AUTO(pc_auto_free) char *present = pc_provide_read(file, &change.n_old, err);
    if (!present)
        return false;
    change.old = present;
    if (change.n_old == n && memcmp(present, data, n) == 0)
        return pc_provide_record(dir, path, data, n, err);
    char hex[PC_HASH_HEX];
    hash_of(present, change.n_old, hex);
    if (!is_recorded(hash, hex))
        return true;
    return pc_file_replace(file, &change, written, err) &&
           (!*written || pc_provide_record(dir, path, data, n, err));
}

void pc_provide_sweep(const char *dir, const char *folder)
{
    PC_AUTO(pc_auto_free) char *files = pc_path_join(dir, folder);
    PC_AUTO(pc_auto_free) char *records = record_of(dir, folder);
    pc_file_sweep(files);
    pc_file_sweep(records);
}
