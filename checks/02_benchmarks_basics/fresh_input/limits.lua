-- Sorting 500 random numbers takes 20 us, filling them in 60 us.  What is reported lies within
-- 4 % of the truth, idle and beside busy loops; a copy costs 1 %, stopping the clock for each
-- sort 5 % here, where the clock is that of the processor.
return {
    ["shuffled/op"] = {min = 1, max = 1},
    ["inputs/run"] = {min = 8, gold = 50},
    ["report/truth"] = {min = 0.75, max = 1.33, stat = "mean"},
    fails = {"shuffled/op", "inputs/run", "report/truth"},
    mutants = {
        copies_once = {"shuffled/op", "inputs/run", "report/truth"},
        fills_inside = {"report/truth"},
        half_of_it = {"shuffled/op", "report/truth"},
        leaks_the_copy = {"leak"},
        one_original = {"inputs/run"},
        shuffles_itself = {"report/truth"},
        sorts_the_pool = {"shuffled/op", "report/truth"},
        sorts_twice = {"wrong"},
        stops_for_good = {"shuffled/op", "inputs/run", "report/truth"},
        ten_are_enough = {"wrong"},
        while_the_clock_stands = {"shuffled/op", "inputs/run", "report/truth"},
    },
}
