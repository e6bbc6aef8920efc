-- 64 bytes take 40 ns, 1024 bytes 640 ns.  What is reported is 0.96 to 1.05 of that, with gcc and
-- clang, idle and beside busy loops; with everything removed it is 0.3 ns.  Means of 32
-- operations, each of which has the median of 11 pairs.
return {
    ["sums/op"] = {min = 1, max = 1},
    ["report/truth-64"] = {min = 0.8, max = 1.25, stat = "mean"},
    ["report/truth-1024"] = {min = 0.8, max = 1.25, stat = "mean"},
    fails = {"sums/op", "report/truth-64", "report/truth-1024"},
    mutants = {
        adds_what_nobody_reads = {"sums/op", "report/truth-64", "report/truth-1024"},
        as_if_not_optimised = {"report/truth-64", "report/truth-1024"},
        breaks_off = {"wrong"},
        copies_before = {"report/truth-64", "report/truth-1024"},
        counts_for_itself = {"wrong"},
        glances_at_each_page = {"report/truth-64", "report/truth-1024"},
        keeps_the_argument = {"sums/op", "report/truth-64", "report/truth-1024"},
        reaches_for_the_end = {"report/truth-64", "report/truth-1024"},
        stops_the_clock = {"report/truth-64", "report/truth-1024"},
        sums_before_the_loop = {"sums/op", "report/truth-64", "report/truth-1024"},
        sums_twice = {"report/truth-64", "report/truth-1024"},
        waits_as_long = {"sums/op", "report/truth-1024"},
    },
}
