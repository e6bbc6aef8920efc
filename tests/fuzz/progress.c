/*
 * Exported progress (store/): any text is imported whole or not at all, and what was
 * imported comes out again the same.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "fuzz.h"
#include "store/store.h"

static struct pc_store *open_store(const char *name)
{
    struct pc_store *store;
    struct pc_err err = {0};
    PC_AUTO(pc_auto_free) char *note = NULL;
    PC_AUTO(pc_auto_free) char *dir = pc_path_join(fuzz_folder(), name);
    fuzz_must(pc_mkdirs(dir, &err), "a folder can be made: %s", err.msg);
    fuzz_must(pc_store_open(dir, &store, &note, &err), "a store opens: %s", err.msg);
    fuzz_must(!note, "a new store is sound: %s", note ? note : "");
    return store;
}

static void close_store(struct pc_store *store, const char *name)
{
    PC_AUTO(pc_auto_free) char *dir = pc_path_join(fuzz_folder(), name);
    pc_store_close(store);
    pc_file_remove_tree(dir, NULL);
}

static char *export(struct pc_store *store, size_t *n)
{
    struct pc_err err = {0};
    char *text = pc_store_export(store, n, &err);
    fuzz_must(text != NULL, "a store can be exported: %s", err.msg);
    return text;
}

/* An export can be read, and what was read exports the same. */
static void check_again(const char *text, size_t n)
{
    struct pc_err err = {0};
    struct pc_import added;
    struct pc_store *store = open_store("second");
    fuzz_must(pc_store_import(store, text, n, &added, &err), "an export is read: %s",
              err.msg);
    size_t again_n;
    PC_AUTO(pc_auto_free) char *again = export(store, &again_n);
    fuzz_must(again_n == n && memcmp(again, text, n) == 0,
              "an export stays the same:\n%s%s", text, again);
    fuzz_must(pc_store_import(store, text, n, &added, &err), "and is read twice: %s",
              err.msg);
    const struct pc_import nothing = {0};
    fuzz_must(memcmp(&added, &nothing, sizeof added) == 0, "nothing is added twice");
    close_store(store, "second");
}

/* What a failure must leave empty can be used again, which is a hundred times as fast. */
static struct pc_store *first;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct pc_err err = {0};
    struct pc_import added;
    const struct pc_import nothing = {0};
    size_t exported_n;
    PC_AUTO(pc_auto_free) char *text = fuzz_text(data, n);
    if (!first)
        first = open_store("first");
    bool ok = pc_store_import(first, text, n, &added, &err);
    PC_AUTO(pc_auto_free) char *exported = export(first, &exported_n);
    if (!ok) {
        fuzz_must_explain(&err, PC_USAGE);
        fuzz_must(memcmp(&added, &nothing, sizeof added) == 0, "a failure adds nothing");
        fuzz_must(strstr(exported, "\"end\":2}") != NULL,
                  "a failure leaves nothing behind");
        return 0;
    }
    check_again(exported, exported_n);
    close_store(first, "first");
    first = NULL;
    return 0;
}
