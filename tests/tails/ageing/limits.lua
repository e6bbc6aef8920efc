-- One operation in 50 is a stall: p50 and p90 do not show it, p99 does.
return {
    tail = {p99 = {max_ratio = 0.25, gold = 0.1}, bench = "one_after_another"},
    fails = {"p99"},
    mutants = {two_at_once = {"p99"}},
}
