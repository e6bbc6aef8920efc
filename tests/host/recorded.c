#include "tests/host/recorded.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"
#include "wire/recording.h"

enum { PATIENCE_MS = 60000, MOST_MS = 20000 };

char *recorded_shares, *recorded_bare;

int recorded_setup(void **state)
{
    if (drive_setup(state) != 0)
        return -1;
    recorded_shares = drive_compile("shares.c", "-fPIC -shared", "shares.so");
    recorded_bare = drive_compile("shares.c", "-fPIC -shared -g0 -s", "bare.so");
    return recorded_shares && recorded_bare ? 0 : -1;
}

int recorded_teardown(void **state)
{
    free(recorded_shares);
    free(recorded_bare);
    return drive_teardown(state);
}

void recorded_take(struct recorded *run, const struct recorded_how *how)
{
    *run = (struct recorded){.size = how->bytes ? how->bytes : PC_RECORDING_BYTES};
    int fd = memfd_create("recording", MFD_CLOEXEC);
    assert_int_equal(ftruncate(fd, (off_t)run->size), 0);
    run->recording = mmap(NULL, run->size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    assert_true(run->recording != MAP_FAILED);
    char *orders =
        pc_strfmt("hello\nsetup name=%s size=%d seed=3\npairs ms=%d min=2\nend\n",
                  how->bench, how->size, how->ms);
    const char *option = how->option ? how->option : "--hz=250";
    const char *argv[] = {"perfcourse-profile", option, "--memory=8000000000",
                          how->object ? how->object : recorded_shares, NULL};
    run->result =
        drive_sharing(argv, orders, how->patience_ms ? how->patience_ms : PATIENCE_MS, fd);
    free(orders);
    close(fd);
}

void recorded_read(struct recorded *run, const char *object)
{
    char *host = pc_strfmt("%s/perfcourse-profile",
                           getenv("PC_BUILDDIR") ? getenv("PC_BUILDDIR") : ".");
    const struct pc_codemap_spec spec = {
        .kernel = object, .source = "shares.c", .host = host};
    struct pc_err err;
    if (!pc_recording_read(run->recording, run->size, &spec, &run->profile, &run->state,
                           &err))
        fail_msg("%s\n%s", err.msg, run->result.answers);
    free(host);
}

void recorded_run(struct recorded *run, const struct recorded_how *how)
{
    struct recorded_how longer = *how;
    for (;;) {
        recorded_take(run, &longer);
        recorded_read(run, how->object ? how->object : recorded_shares);
        if (run->profile.taken >= how->least || longer.ms >= MOST_MS)
            break;
        recorded_fini(run);
        longer.ms *= 4;
        longer.patience_ms *= 4;
    }
    assert_true(run->profile.taken >= how->least);
}

void recorded_fini(struct recorded *run)
{
    drive_free(&run->result);
    pc_profile_fini(&run->profile);
    munmap(run->recording, run->size);
}
