-- Counted at 500 names: the text of one operation has at most 9.7 kB, a builder that doubles
-- asks for 40 kB in ten blocks, the reference for the text alone.  The starter's law is another
-- one: the reference is 10 times as fast at 500 names, 23 times at 2000, and grows as n^1.05 where
-- starter and strcat() into one block grow as n^1.7 and n^1.6 (their fixed costs hide some of n^2).
-- Gold is one allocation: nothing was seen that is clearly faster.
return {
    speedup = {min = 8, silver = 15, at = 2000},
    growth = {max = 1.3, from = 250, to = 4000},
    count_at = 500,
    ["allocs/op"] = {max = 24, gold = 1},
    ["B/op"] = {max = 65536},
    fails = {"speedup", "growth", "allocs/op", "B/op"},
    mutants = {
        cached_by_pointer = {"wrong"},
        drops_empty_items = {"wrong"},
        huge_block = {"B/op"},
        lazy_when_timed = {"wrong"},
        leaks_lengths = {"leak"},
        leaves_early = {"crash"},
        no_room_for_nul = {"crash"},
        realloc_per_item = {"allocs/op", "B/op"},
        remembers_long_answers = {"speedup", "growth"},
        slow_when_small = {"speedup", "growth"},
        static_arena = {"build"},
        strcat_into_one_block = {"speedup", "growth"},
    },
}
