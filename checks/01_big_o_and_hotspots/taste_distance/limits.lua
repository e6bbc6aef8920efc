-- Merging is 6.2 to 6.7 times as fast as swapping neighbours, a tree of sums 3.5 to 4 times: both
-- pass, and so does finding each place by halving and moving the rest with memmove(), 3.9 to 4.3
-- times and n^1.24: its n^2 is that of moving memory, and does not show before n is far larger.
-- Runs of eight and a merge without guesses reach 7.7 (gcc) and 11 (clang).  Growth is that
-- of n log n, 1.16, or less with fixed costs; swapping is at 1.87.
return {
    speedup = {min = 2.5, silver = 5.5, gold = 7.2, at = 4096},
    growth = {max = 1.55, from = 192, to = 2048},
    count_at = 2048,
    ["B/op"] = {max = 65536},
    fails = {"speedup", "growth"},
    mutants = {
        asks_every_sixteenth = {"wrong"},
        cached_by_pointer = {"wrong"},
        compares_by_subtraction = {"crash"},
        counts_one_per_pass = {"wrong"},
        distance_in_32_bits = {"wrong"},
        equal_ranks_count = {"wrong"},
        forgets_to_free = {"leak"},
        leaves_early = {"crash"},
        looks_at_each_pair = {"speedup", "growth"},
        new_room_for_each_merge = {"B/op"},
        sorts_the_list_of_the_caller = {"crash"},
        whole_runs_only = {"crash"},
    },
}
