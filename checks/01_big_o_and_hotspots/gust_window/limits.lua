return {
    speedup = {min = 3, at = 512, bench = "gust_window"},
    growth = {max = 0.35, from = 32, to = 512, bench = "falling"},
    ["B/op"] = {max = 262144},
    fails = {"speedup", "growth"},
    mutants = {
    },
}
