return {
    speedup = {min = 5, silver = 8.5, gold = 30, at = 512, bench = "gust_window"},
    growth = {max = 0.45, from = 32, to = 512, bench = "falling"},
    ["B/op"] = {max = 65536, gold = 0},
    fails = {"speedup", "growth"},
    mutants = {
        a_table_of_all_spans = {"B/op"},
        answers_without_a_window = {"crash"},
        begins_with_zero = {"wrong"},
        cached_by_pointer = {"wrong"},
        every_second_reading = {"wrong"},
        leaves_early = {"crash"},
        leaves_one_too_late = {"wrong"},
        looks_again_when_it_leaves = {"growth"},
        queue_of_1024 = {"wrong"},
    },
}
