-- At 2048 badges a sorted copy is 4.7 times as fast as the starter and grows as n^1.14, a red-
-- black tree (tsearch) is 2.7 times as fast, n^1.12: both are right and pass.  A hash table
-- reaches 37 times, n^1.02.  A list of those seen, 3 of 4, is looked through 1.3 times as fast
-- and stays quadratic. The sort asks for 32 KiB, a table of four slots of 16 bytes for each
-- badge for 128 KiB, or for nearly twice as much when it grows step by step.
return {
    speedup = {min = 2, silver = 4.1, gold = 25, at = 2048},
    growth = {max = 1.45, from = 256, to = 4096},
    ["B/op"] = {max = 262144},
    fails = {"speedup", "growth"},
    mutants = {
        badge_0_is_an_empty_slot = {"wrong"},
        bits_of_a_hash = {"wrong"},
        cached_by_pointer = {"wrong"},
        compares_by_subtraction = {"wrong"},
        leaks_the_copy = {"leak"},
        leaves_early = {"crash"},
        list_of_those_seen = {"speedup", "growth"},
        lower_half_of_a_badge = {"wrong"},
        megabytes_of_slots = {"B/op"},
        one_of_none = {"wrong"},
        remembers_by_fingerprint = {"speedup", "growth"},
        sorts_the_list_of_the_caller = {"crash"},
    },
}
