-- The text of one operation has at most 9.7 kB: a builder that doubles asks for 40 kB in ten
-- blocks, the reference for the text alone.  The reference is 22 to 29 times as fast, a known
-- end with a realloc() for each item 8.5 times: that one fails by what it allocates.
return {
    speedup = {min = 6, gold = 15, at = 500},
    ["allocs/op"] = {max = 24, gold = 1},
    ["B/op"] = {max = 65536},
    fails = {"speedup", "allocs/op", "B/op"},
    mutants = {
        cached_by_pointer = {"wrong"},
        drops_empty_items = {"wrong"},
        huge_block = {"B/op"},
        leaks_lengths = {"leak"},
        leaves_early = {"crash"},
        no_room_for_nul = {"crash"},
        realloc_per_item = {"allocs/op", "B/op"},
        static_arena = {"build"},
        strcat_into_one_block = {"speedup"},
    },
}
