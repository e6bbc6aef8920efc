-- n is the window here.  clang makes vectors of the starter's inner loop, gcc 12 does not: the
-- queue is 38 times as fast with gcc and 9.4 times with clang at w = 512.  Maxima of spans of
-- 1, 2, 4, ... readings (19 times with clang, n^0.26) are right and pass; blocks with prefix
-- and suffix maxima reach 61 times with clang and 247 times with gcc, without memory of their
-- own.  To look again only when the maximum leaves is as quick as the queue on random readings
-- and no better than the starter on falling ones: so growth is measured there.
return {
    speedup = {min = 5, silver = 8.3, gold = 48, at = 512, bench = "gust_window"},
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
