-- Two passes of strcspn() are 25 to 34 times as fast as the starter, a table of 256 flags 9 times:
-- both copy runs and pass.  One pass into a block that grows reaches 46 and more.  Doubling
-- ends with up to twice the room, after 11 to 15 allocations.
return {
    speedup = {min = 6, silver = 22, gold = 40, at = 16000},
    ["allocs/op"] = {max = 24, gold = 4},
    ["cap/len"] = {max = 2.2, gold = 1.2},
    fails = {"speedup"},
    mutants = {
        bytes_with_a_sign = {"crash"},
        cached_by_pointer = {"wrong"},
        clean_text_is_not_copied = {"crash"},
        counts_the_nul = {"wrong"},
        forgets_the_apostrophe = {"wrong"},
        leaks_a_copy = {"leak"},
        leaves_early = {"crash"},
        no_room_for_nul = {"crash"},
        six_times_the_room = {"cap/len"},
        steps_of_256 = {"allocs/op"},
        strchr_per_character = {"speedup"},
        trusts_entities = {"wrong"},
    },
}
