return {
    speedup = {min = 8, silver = 12, gold = 15, at = 2000, bench = "join"},
    growth = {max = 1.3, gold = 1.1, from = 250, to = 4000, bench = "join"},
    tail = {p99 = {max_ratio = 0.5, gold = 0.2}, ["p99.9"] = 1, at = 2000},
    ["allocs/op"] = {max = 24, gold = 1, stat = "max"}, ["B/op"] = 4096,
    ["sizeof.node"] = 16, ["cap/len"] = {min = 1, max = 2, stat = "mean"},
    sanitize = "thread", count_at = 500, needs = {"libcurl"}, allow = {"mmap"},
    fails = {"speedup", "allocs/op", "wrong"},
    mutants = {slow = {"speedup", "growth"}, wrong = {"wrong"}},
}
