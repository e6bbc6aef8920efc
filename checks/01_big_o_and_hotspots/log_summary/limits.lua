-- find_entry takes 76 to 87 % of the starter, so the cap is 4 to 7.  A hash table is 3.4 to 3.9
-- times as fast and grows as n^1.0, pages that are kept in order and found by halving 2.7 times
-- and as n^1.2; both pass.  A hash of eight bytes at a time, kept in the table, reaches 5.  The
-- starter allocates 8 times, a copy of each line 1000 times.
return {
    speedup = {min = 1.8, silver = 3, gold = 4.6, at = 1000},
    growth = {max = 1.32, from = 200, to = 1600},
    ["allocs/op"] = {max = 64},
    hotspot = "log_summary_hotspot",
    fails = {"speedup", "growth", "hotspot"},
    mutants = {
        a_line_ends_with_newline = {"crash"},
        cached_by_pointer = {"wrong"},
        copies_each_line = {"allocs/op"},
        equal_hash_is_equal_page = {"wrong"},
        every_letter_is_small = {"wrong"},
        leaves_early = {"crash"},
        moves_to_the_front = {"speedup", "growth"},
        names_nothing = {"hotspot"},
        names_the_parser = {"hotspot"},
        names_what_it_wrote = {"hotspot"},
        names_with_brackets = {"hotspot"},
        never_frees_the_index = {"leak"},
        room_for_1500_pages = {"wrong"},
        ties_as_they_come = {"wrong"},
        tuned_decoys = {"speedup", "growth"},
    },
}
