-- Digit pairs are 2.8 to 3.5 times as fast as the starter, one digit at a time 2.2 times: both
-- are right and pass.  Digits counted first reach 4.2, eight digits at once without a branch 7.2.
return {
    speedup = {min = 1.6, silver = 2.7, gold = 4.5},
    ["allocs/op"] = {max = 0},
    fails = {"speedup"},
    mutants = {
        cached_by_address = {"wrong"},
        ignores_the_room = {"crash"},
        leaves_early = {"crash"},
        loses_a_zero = {"wrong"},
        negates_the_smallest = {"crash"},
        nul_behind_the_line = {"crash"},
        printf_per_number = {"speedup"},
        refuses_an_exact_fit = {"wrong"},
        scratch_from_malloc = {"allocs/op"},
        time_in_32_bits = {"wrong"},
    },
}
