#include <inttypes.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/mem.h"
#include "hotspots/tree.h"
#include "profile_bed.h"

/* The tree as text: a line for each node with its total, own value and place in percent. */
static char *draw(const struct pc_tree *tree)
{
    struct pc_str out = {0};
    for (uint32_t i = 0; i < tree->n; i++) {
        const struct pc_tree_node *node = &tree->items[i];
        pc_str_addf(&out, "%*s", (int)(2 * node->depth), "");
        pc_tree_name(tree, i, &out);
        pc_str_addf(&out, " %" PRId64 " %" PRId64 " @%g+%g\n", node->total, node->self,
                    round(node->begin * 1000) / 10, round(node->width * 1000) / 10);
    }
    return pc_str_take(&out);
}

static void the_tree_is_that_worked_out_by_hand(void **state)
{
    (void)state;
    static const struct {
        struct pc_look look;
        bool folds_recursion;
        const char *drawn;
    } rows[] = {
        {{.type = 0},
         true,
         "all 200 0 @0+100\n"
         "  main 200 0 @0+100\n"
         "    bench_sort 130 0 @0+65\n"
         "      sort 130 30 @0+65\n"
         "        cmp 100 40 @0+50\n"
         "          memcmp 60 60 @0+30\n"
         "    bench_fib 70 0 @65+35\n"
         "      fib (x3) 70 70 @65+35\n"},
        {{.type = 0, .hides_host = true, .folds_libraries = true},
         false,
         "all 200 0 @0+100\n"
         "  bench_sort 130 0 @0+65\n"
         "    sort 130 30 @0+65\n"
         "      cmp 100 100 @0+50\n"
         "  bench_fib 70 0 @65+35\n"
         "    fib 70 20 @65+35\n"
         "      fib 50 0 @65+25\n"
         "        fib 50 50 @65+25\n"},
    };
    struct pc_profile profile;
    bed_profile(&profile, bed_sorts, BED_SORTS);
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_stacks stacks;
        struct pc_tree tree;
        pc_stacks_init(&stacks, &profile, &rows[i].look);
        pc_tree_make(&tree, &stacks, rows[i].folds_recursion);
        PC_AUTO(pc_auto_free) char *drawn = draw(&tree);
        assert_string_equal(drawn, rows[i].drawn);
        pc_tree_fini(&tree);
        pc_stacks_fini(&stacks);
    }
    pc_profile_fini(&profile);
}

static void the_deepest_recursion_fits(void **state)
{
    (void)state;
    static uint32_t frames[PC_PROFILE_DEPTH];
    struct pc_profile profile;
    struct pc_stacks stacks;
    pc_profile_init(&profile, PC_PROFILE_CPU);
    struct pc_frame frame = {.module = PC_NO_MODULE};
    frame.function = pc_profile_function(&profile, "f", "", 0, PC_CODE_KERNEL);
    frames[0] = pc_profile_frame(&profile, &frame);
    pc_profile_add(&profile, frames, PC_PROFILE_DEPTH, NULL, 0, (int64_t[]){1, 1});
    pc_profile_add(&profile, frames, 3, NULL, 0, (int64_t[]){1, 1});
    pc_stacks_init(&stacks, &profile, &(struct pc_look){.type = 0});
    for (int folds = 0; folds < 2; folds++) {
        struct pc_tree tree;
        struct pc_str name = {0};
        pc_tree_make(&tree, &stacks, folds);
        assert_int_equal(tree.n, folds ? 2 : PC_PROFILE_DEPTH + 1);
        assert_int_equal(tree.items[tree.n - 1].total, folds ? 2 : 1);
        pc_tree_name(&tree, 1, &name);
        assert_string_equal(name.s, folds ? "f (x512)" : "f");
        pc_str_fini(&name);
        pc_tree_fini(&tree);
    }
    pc_stacks_fini(&stacks);
    pc_profile_fini(&profile);
}

static void nothing_is_a_root_alone(void **state)
{
    (void)state;
    struct pc_profile profile;
    struct pc_stacks stacks;
    struct pc_tree tree;
    struct pc_tree_matches matches;
    bed_profile(&profile, NULL, 0);
    pc_stacks_init(&stacks, &profile, &(struct pc_look){.type = 0});
    pc_tree_make(&tree, &stacks, true);
    PC_AUTO(pc_auto_free) char *drawn = draw(&tree);
    assert_string_equal(drawn, "all 0 0 @0+0\n");
    pc_tree_search(&matches, &tree, "a");
    assert_int_equal(matches.n, 0);
    double begin, width;
    assert_true(pc_tree_zoom(&tree, 0, 0, &begin, &width));
    assert_true(begin == 0 && width == 1);
    pc_tree_matches_fini(&matches);
    pc_tree_fini(&tree);
    pc_stacks_fini(&stacks);
    pc_profile_fini(&profile);
}

static void zooming_gives_a_node_the_whole_width(void **state)
{
    (void)state;
    /* Nodes are all, main, bench_sort, sort, cmp, memcmp, bench_fib, fib. */
    static const struct {
        uint32_t focus, node;
        bool is_seen;
        double begin, width;
    } rows[] = {
        {0, 6, true, 0.65, 0.35}, {2, 0, true, 0, 1},         {2, 1, true, 0, 1},
        {2, 2, true, 0, 1},       {2, 4, true, 0, 10.0 / 13}, {2, 5, true, 0, 6.0 / 13},
        {2, 6, false, 0, 1},      {6, 7, true, 0, 1},         {6, 3, false, 0, 1},
        {1, 6, true, 0.65, 0.35},
    };
    struct pc_profile profile;
    struct pc_stacks stacks;
    struct pc_tree tree;
    bed_profile(&profile, bed_sorts, BED_SORTS);
    pc_stacks_init(&stacks, &profile, &(struct pc_look){.type = 1});
    pc_tree_make(&tree, &stacks, true);
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        double begin, width;
        assert_int_equal(pc_tree_zoom(&tree, rows[i].focus, rows[i].node, &begin, &width),
                         rows[i].is_seen);
        if (!rows[i].is_seen)
            continue;
        assert_true(fabs(begin - rows[i].begin) < 1e-12);
        assert_true(fabs(width - rows[i].width) < 1e-12);
    }
    pc_tree_fini(&tree);
    pc_stacks_fini(&stacks);
    pc_profile_fini(&profile);
}

static void a_search_counts_each_stack_once(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t n;
        int64_t value;
    } rows[] = {{"cmp", 2, 100},   {"CMP", 2, 100}, {"mem", 1, 60}, {"sort", 2, 130},
                {"bench", 2, 200}, {"Fib", 2, 70},  {"x", 0, 0},    {"", 7, 200}};
    struct pc_profile profile;
    struct pc_stacks stacks;
    struct pc_tree tree;
    bed_profile(&profile, bed_sorts, BED_SORTS);
    pc_stacks_init(&stacks, &profile, &(struct pc_look){.type = 0});
    pc_tree_make(&tree, &stacks, true);
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        struct pc_tree_matches matches;
        pc_tree_search(&matches, &tree, rows[i].text);
        assert_int_equal(matches.n, rows[i].n);
        assert_int_equal(matches.value, rows[i].value);
        pc_tree_matches_fini(&matches);
    }
    pc_tree_fini(&tree);
    pc_stacks_fini(&stacks);
    pc_profile_fini(&profile);
}

static void check_node(const struct pc_tree *tree, uint32_t k)
{
    const struct pc_tree_node *node = &tree->items[k];
    const struct pc_tree_node *parent = &tree->items[node->parent];
    int64_t below = 0, previous = INT64_MAX;
    for (uint32_t c = k + 1; c < node->end; c = tree->items[c].end) {
        assert_int_equal(tree->items[c].parent, k);
        assert_true(tree->items[c].total <= previous);
        previous = tree->items[c].total;
        below += previous;
    }
    assert_int_equal(node->self + below, node->total);
    if (k == 0)
        return;
    assert_true(node->parent < k && node->end <= parent->end);
    assert_int_equal(node->depth, parent->depth + 1);
    assert_true(node->begin >= parent->begin - 1e-12);
    assert_true(node->begin + node->width <= parent->begin + parent->width + 1e-9);
}

/* What a node has is its own and what its children have; folding changes no sum. */
static void sums_hold_at_each_node(void **state)
{
    (void)state;
    struct pc_rng rng;
    pc_rng_init(&rng, 77);
    for (int round = 0; round < 200; round++) {
        struct pc_profile profile;
        struct pc_stacks stacks;
        bed_random(&profile, (enum pc_profile_kind)(round % 4), &rng);
        struct pc_look look = {.type = profile.main,
                               .hides_host = pc_rng_below(&rng, 2),
                               .folds_libraries = pc_rng_below(&rng, 2)};
        pc_stacks_init(&stacks, &profile, &look);
        for (int folds = 0; folds < 2; folds++) {
            struct pc_tree tree;
            pc_tree_make(&tree, &stacks, folds);
            assert_int_equal(tree.items[0].total, stacks.whole.total);
            assert_int_equal(tree.items[0].end, tree.n);
            for (uint32_t i = 0; i < tree.n; i++)
                check_node(&tree, i);
            pc_tree_fini(&tree);
        }
        pc_stacks_fini(&stacks);
        pc_profile_fini(&profile);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tree_is_that_worked_out_by_hand),
        cmocka_unit_test(the_deepest_recursion_fits),
        cmocka_unit_test(nothing_is_a_root_alone),
        cmocka_unit_test(zooming_gives_a_node_the_whole_width),
        cmocka_unit_test(a_search_counts_each_stack_once),
        cmocka_unit_test(sums_hold_at_each_node),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
