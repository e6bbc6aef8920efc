# What a learner reads and what judges it, one line for each file; tests/content/listed.sh
# compares this list with the folders.  Mutants are installed too: they prove an installed
# course as well as a source tree.
nobase_dist_pkgdata_DATA = \
    checks/07_strings_bytes_and_builders/csv_sum/limits.lua \
    checks/07_strings_bytes_and_builders/csv_sum/mutants/accepts_a_prefix.c \
    checks/07_strings_bytes_and_builders/csv_sum/mutants/cached_by_address.c \
    checks/07_strings_bytes_and_builders/csv_sum/mutants/copies_each_line.c \
    checks/07_strings_bytes_and_builders/csv_sum/mutants/first_half_twice.c \
    checks/07_strings_bytes_and_builders/csv_sum/mutants/forgets_the_last_line.c \
    checks/07_strings_bytes_and_builders/csv_sum/mutants/leaves_early.c \
    checks/07_strings_bytes_and_builders/csv_sum/mutants/line_in_a_small_array.c \
    checks/07_strings_bytes_and_builders/csv_sum/mutants/looks_behind_the_end.c \
    checks/07_strings_bytes_and_builders/csv_sum/mutants/strtoll_on_the_view.c \
    checks/07_strings_bytes_and_builders/csv_sum/reference.c \
    checks/07_strings_bytes_and_builders/csv_sum/test.c \
    checks/07_strings_bytes_and_builders/join_names/limits.lua \
    checks/07_strings_bytes_and_builders/join_names/mutants/cached_by_pointer.c \
    checks/07_strings_bytes_and_builders/join_names/mutants/drops_empty_items.c \
    checks/07_strings_bytes_and_builders/join_names/mutants/huge_block.c \
    checks/07_strings_bytes_and_builders/join_names/mutants/leaks_lengths.c \
    checks/07_strings_bytes_and_builders/join_names/mutants/leaves_early.c \
    checks/07_strings_bytes_and_builders/join_names/mutants/no_room_for_nul.c \
    checks/07_strings_bytes_and_builders/join_names/mutants/realloc_per_item.c \
    checks/07_strings_bytes_and_builders/join_names/mutants/static_arena.c \
    checks/07_strings_bytes_and_builders/join_names/mutants/strcat_into_one_block.c \
    checks/07_strings_bytes_and_builders/join_names/reference.c \
    checks/07_strings_bytes_and_builders/join_names/test.c \
    checks/07_strings_bytes_and_builders/string_builder/limits.lua \
    checks/07_strings_bytes_and_builders/string_builder/mutants/copies_and_leaks.c \
    checks/07_strings_bytes_and_builders/string_builder/mutants/fixed_steps.c \
    checks/07_strings_bytes_and_builders/string_builder/mutants/leaves_early.c \
    checks/07_strings_bytes_and_builders/string_builder/mutants/length_wraps.c \
    checks/07_strings_bytes_and_builders/string_builder/mutants/loses_the_block.c \
    checks/07_strings_bytes_and_builders/string_builder/mutants/megabytes_first.c \
    checks/07_strings_bytes_and_builders/string_builder/mutants/nul_behind_the_end.c \
    checks/07_strings_bytes_and_builders/string_builder/mutants/sixteen_spare.c \
    checks/07_strings_bytes_and_builders/string_builder/mutants/static_arena.c \
    checks/07_strings_bytes_and_builders/string_builder/mutants/stops_at_nul.c \
    checks/07_strings_bytes_and_builders/string_builder/reference.c \
    checks/07_strings_bytes_and_builders/string_builder/test.c \
    checks/selfproof/bench.c \
    checks/selfproof/miscount.c \
    checks/selfproof/overflow.c \
    checks/selfproof/selfproof.c \
    checks/selfproof/selfproof.h \
    checks/selfproof/slow.c \
    checks/selfproof/test.c \
    exercises/07_strings_bytes_and_builders/csv_sum/bench.c \
    exercises/07_strings_bytes_and_builders/csv_sum/csv_sum.c \
    exercises/07_strings_bytes_and_builders/csv_sum/csv_sum.h \
    exercises/07_strings_bytes_and_builders/join_names/bench.c \
    exercises/07_strings_bytes_and_builders/join_names/join_names.c \
    exercises/07_strings_bytes_and_builders/join_names/join_names.h \
    exercises/07_strings_bytes_and_builders/string_builder/bench.c \
    exercises/07_strings_bytes_and_builders/string_builder/string_builder.c \
    exercises/07_strings_bytes_and_builders/string_builder/string_builder.h \
    lessons/07_strings_bytes_and_builders/experiments/append.c \
    lessons/07_strings_bytes_and_builders/lesson.lua \
    templates/checks/01_new_topic/new_exercise/limits.lua \
    templates/checks/01_new_topic/new_exercise/mutants/copies_first.c \
    templates/checks/01_new_topic/new_exercise/mutants/only_the_ends.c \
    templates/checks/01_new_topic/new_exercise/reference.c \
    templates/checks/01_new_topic/new_exercise/test.c \
    templates/exercises/01_new_topic/new_exercise/bench.c \
    templates/exercises/01_new_topic/new_exercise/new_exercise.c \
    templates/exercises/01_new_topic/new_exercise/new_exercise.h \
    templates/lessons/01_new_topic/experiments/grow.c \
    templates/lessons/01_new_topic/lesson.lua \
    templates/lessons/01_new_topic/pages/1_begin.md

dist_check_SCRIPTS = \
    tests/content/compile.sh \
    tests/content/listed.sh
TESTS += $(dist_check_SCRIPTS)
