-- For 8000 appends, 260 kB of text: growth by 1.5 makes 210 blocks with 0.9 MB in all, growth
-- by 1.25 makes 340 with 1.5 MB, doubling 145 with 0.95 MB; steps of 4 KiB ask for 2.7 MB.
-- The time says little here, so its bound is low: references reach 2.2 to 2.9.
return {
    speedup = {min = 1.45, silver = 2},
    ["allocs/op"] = {max = 400, gold = 250},
    ["B/op"] = {max = 1800000, gold = 1100000},
    ["cap/len"] = {max = 2.2, gold = 1.6},
    fails = {"speedup", "allocs/op", "B/op"},
    mutants = {
        copies_and_leaks = {"leak"},
        fixed_steps = {"B/op"},
        leaves_early = {"crash"},
        length_wraps = {"crash"},
        loses_the_block = {"wrong"},
        megabytes_first = {"B/op", "cap/len"},
        nul_behind_the_end = {"crash"},
        sixteen_spare = {"allocs/op", "B/op", "speedup"},
        static_arena = {"build"},
        stops_at_nul = {"wrong"},
    },
}
