return {
    speedup = {min = 20, silver = 36, gold = 120, at = 8000},
    growth = {max = 1.3, from = 500, to = 8000},
    ["allocs/op"] = {max = 0},
    fails = {"speedup", "growth"},
    mutants = {
        counts_and_forgets = {"wrong"},
        eight_at_a_time = {"crash"},
        leaves_early = {"crash"},
        length_from_the_first_call = {"wrong"},
        looks_for_the_end_less_often = {"speedup", "growth"},
        masks_in_a_copy = {"allocs/op"},
        only_the_first_page = {"wrong"},
        skips_the_last_character = {"wrong"},
        table_by_signed_char = {"crash"},
    },
}
