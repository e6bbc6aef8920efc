#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <errno.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "fake_host.h"

int fake_set_up(void **state)
{
    struct fake *fake = pc_alloc(sizeof *fake);
    char dir[] = "/tmp/pc-fake-XXXXXX";
    if (!mkdtemp(dir))
        return -1;
    fake->dir = pc_strdup(dir);
    fake->loop = pc_loop_create(NULL);
    fake->host.libexec = fake->dir;
    fake->host.work_dir = pc_path_join(fake->dir, "work");
    fake->host.wall_ms = 20000;
    *state = fake;
    return fake->loop && pc_mkdirs(fake->host.work_dir, NULL) ? 0 : -1;
}

static bool nobody_is_left(void)
{
    return waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD;
}

int fake_tear_down(void **state)
{
    struct fake *fake = *state;
    pc_loop_free(fake->loop);
    pc_file_remove_tree(fake->dir, NULL);
    free((char *)fake->host.work_dir);
    free(fake->dir);
    free(fake);
    return nobody_is_left() ? 0 : -1;
}

void fake_script(struct fake *fake, const char *script)
{
    static const char *const names[] = {"perfcourse-run", "perfcourse-count"};
    PC_AUTO(pc_auto_free)
    char *text = pc_strfmt("#!/bin/sh\n"
                           "say() { echo \"$*\" >&4; }\n"
                           "next() { IFS= read -r order <&3; }\n"
                           "%s\n",
                           script);
    for (size_t i = 0; i < PC_COUNT(names); i++) {
        PC_AUTO(pc_auto_free) char *path = pc_path_join(fake->dir, names[i]);
        assert_true(pc_file_write_cache(path, text, strlen(text), NULL));
        assert_int_equal(chmod(path, 0755), 0);
    }
}

void fake_run(struct fake *fake)
{
    pc_loop_run(fake->loop);
    assert_true(nobody_is_left());
}
