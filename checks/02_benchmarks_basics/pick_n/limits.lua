-- The worst of eleven costs and three clocks, which is the same on every machine.  The reference
-- takes 2.8 times as long as somebody who knew the costs, doubling 3.9 times, growing tenfold 12.
return {
    ["spent/needed"] = {max = 5, gold = 3},
    fails = {"spent/needed"},
    mutants = {
        adds_up_short_runs = {"wrong"},
        believes_one_run = {"wrong"},
        divides_by_no_time = {"crash"},
        grows_tenfold = {"spent/needed"},
        never_enough = {"wrong"},
        starts_with_a_thousand = {"spent/needed"},
        tells_the_cold_one = {"wrong"},
        the_clock_is_zero = {"wrong"},
    },
}
