-- Why these bounds: what the reference reaches on a busy machine, with room to spare.
return {
    speedup = {min = 4, gold = 12, at = 1000},
    ["allocs/op"] = {max = 0},
    fails = {"speedup", "allocs/op"},
    mutants = {
        copies_first = {"allocs/op"},
        only_the_ends = {"wrong"},
    },
}
