#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "loop/loop.h"
#include "toolchain_bed.h"

static const char good[] = "#include \"sum.h\"\n"
                           "int sum(const int *a, int n)\n"
                           "{\n"
                           "    int s = 0;\n"
                           "    for (int i = 0; i < n; i++)\n"
                           "        s += a[i];\n"
                           "    return s;\n"
                           "}\n";

static const char *const compilers[] = {"gcc", "clang"};

static int make_bed(void **state)
{
    *state = bed_create();
    return 0;
}

static int free_bed(void **state)
{
    bed_free(*state);
    return 0;
}

static void every_product_is_made_by_every_compiler(void **state)
{
    static const enum pc_product products[] = {PC_SHARED_OBJECT, PC_SANITIZED_TESTS,
                                               PC_PLAIN_PROGRAM};
    struct bed *bed = *state;
    for (size_t c = 0; c < PC_COUNT(compilers); c++) {
        struct pc_err err = {0};
        if (!bed_has(compilers[c]))
            continue;
        if (!bed_find(bed, compilers[c], &err))
            fail_msg("%s", err.msg);

        for (size_t i = 0; i < PC_COUNT(products); i++) {
            struct outcome outcome;
            struct pc_build_spec spec = bed_spec(bed, products[i], good);

            bed_build(bed, &spec, &outcome);

            assert_string_equal(outcome.text.s, "made\n");
            if (products[i] != PC_SHARED_OBJECT)
                assert_int_equal(system(outcome.path), 0);
            outcome_fini(&outcome);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_product_is_made_by_every_compiler, make_bed,
                                        free_bed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
