return {speedup = {efficiency = 0.7, gold = 0.9, parallel = {cpus = 4, least = 2}}, sanitize = "thread",
    growth = {max = 1, at = {10, 100, 1000}, bench = "b"}, fails = {"race", "growth"}}
