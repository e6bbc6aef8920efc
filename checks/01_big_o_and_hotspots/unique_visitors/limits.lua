return {
    speedup = {min = 2.5, at = 2048},
    growth = {max = 1.45, from = 256, to = 4096},
    ["B/op"] = {max = 262144},
    fails = {"speedup", "growth"},
    mutants = {
    },
}
