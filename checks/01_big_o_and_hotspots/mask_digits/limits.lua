return {
    speedup = {min = 20, at = 8000},
    growth = {max = 1.5, from = 500, to = 8000},
    ["allocs/op"] = {max = 0},
    fails = {"speedup", "growth"},
    mutants = {
    },
}
