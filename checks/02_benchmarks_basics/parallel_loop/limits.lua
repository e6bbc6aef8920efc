-- Two threads: one lock for each iteration takes 11 to 45 ns, one atomic addition 4 to 6, shares
-- of a thousand 1.7.  Times of threads are uneven, and so the bound is low; what is handed out is
-- tested exactly.
return {
    speedup = {min = 3.5, silver = 6, parallel = true},
    sanitize = "thread",
    fails = {"speedup"},
    mutants = {
        counts_down_to_zero = {"wrong"},
        fixed_shares = {"wrong"},
        forgets_the_rest = {"wrong"},
        half_for_each = {"wrong"},
        loses_its_lock = {"race"},
        one_at_a_time = {"speedup"},
        one_loop_for_all = {"wrong"},
        past_the_end = {"wrong"},
        wraps_around = {"wrong"},
    },
}
