#include "perfprof_bed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "perfprof/perfprof.h"
#include "profile/pprof.h"

static char folder[] = "/tmp/perfprof-XXXXXX";
static char *file;

int bed_set_up(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    file = bed_path("cpu.pb.gz");
    return 0;
}

int bed_tear_down(void **state)
{
    (void)state;
    free(file);
    return pc_file_remove_tree(folder, NULL) ? 0 : -1;
}

char *bed_path(const char *name)
{
    return pc_strfmt("%s/%s", folder, name);
}

const char *bed_file(void)
{
    return file;
}

__attribute__((noinline)) uint64_t bed_steps(uint64_t x, int n)
{
    for (int k = 0; k < n; k++) {
        __asm__ volatile("" : "+r"(x));
        x = x * 6364136223846793005u + 1442695040888963407u;
    }
    return x;
}

__attribute__((noinline)) static uint64_t seventy(uint64_t x)
{
    return bed_steps(x, 7000) + 1;
}

__attribute__((noinline)) static uint64_t thirty(uint64_t x)
{
    return bed_steps(x, 3000) + 1;
}

int64_t bed_used(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

__attribute__((noinline)) void bed_work(int ms)
{
    int64_t until = bed_used() + ms;
    uint64_t x = 1;
    while (bed_used() < until)
        x = thirty(seventy(x));
    __asm__ volatile("" : : "r"(x));
}

void bed_begin(void)
{
    if (!bench_profile_start(file))
        fail_msg("%s", bench_profile_error());
}

void bed_end(struct pc_profile *profile)
{
    struct pc_err err;
    if (!bench_profile_stop())
        fail_msg("%s", bench_profile_error());
    if (!pc_pprof_read(file, profile, &err))
        fail_msg("%s", err.msg);
}

bool bed_passes(const struct pc_profile *profile, const struct pc_profile_sample *sample,
                const char *name)
{
    for (size_t i = 0; i < sample->n; i++) {
        uint32_t function = profile->frames.items[sample->frames[i]].function;
        if (strcmp(profile->functions.items[function].name, name) == 0)
            return true;
    }
    return false;
}

bool bed_is_labelled(const struct pc_profile *profile,
                     const struct pc_profile_sample *sample, const char *value)
{
    for (size_t i = 0; i < sample->n_labels; i++)
        if (strcmp(profile->labels.items[sample->labels[i]].value, value) == 0)
            return true;
    return false;
}

int64_t bed_count(const struct pc_profile *profile, bed_asks *is_true, const char *name)
{
    int64_t sum = 0;
    for (size_t i = 0; i < profile->samples.n; i++)
        if (is_true(profile, &profile->samples.items[i], name))
            sum += profile->samples.items[i].values[0];
    return sum;
}

double bed_share(const struct pc_profile *profile, bed_asks *is_true, const char *name)
{
    return (double)bed_count(profile, is_true, name) / (double)profile->taken;
}

void bed_apart(void (*body)(void))
{
    pid_t child = fork();
    if (child == 0) {
        setenv("CMOCKA_TEST_ABORT", "1",
               1); /* a failure is not to go on with other tests */
        body();
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}
