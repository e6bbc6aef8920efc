return {
    speedup = {min = 1.5, parallel = {cpus = 4}},
    sanitize = "thread",
    fails = {"speedup"},
    mutants = {
        leftover = {"leak"},
        moves_away = {"build"},
        one_lock = {"speedup"},
        racy = {"race"},
    },
}
