-- n is the number of cells.  From cell to cell answers are kept or added up: as n^0.6 between 16
-- and 144 cells with one row (its fixed cost hides some of n), n^0.9 with an answer for each cell,
-- which is 360 times as fast as the starter; one row is 2000 times as fast.  The mazes for growth
-- are full of dead ends, so that a memory that takes 0 for "not known" is as slow as none.
-- Gold is one row.
return {
    speedup = {min = 50, silver = 1000, at = 100, bench = "maze_paths"},
    growth = {max = 1.6, at = {16, 36, 64, 100, 144}, bench = "dead_ends"},
    ["B/op"] = {max = 16384, gold = 512},
    fails = {"speedup", "growth"},
    mutants = {
        cached_by_pointer = {"wrong"},
        fewer_steps_each_time = {"speedup", "growth"},
        first_row_has_no_walls = {"wrong"},
        forgets_to_free = {"leak"},
        leaves_early = {"crash"},
        mazes_of_64_by_64 = {"crash"},
        memory_of_the_maze_before = {"wrong"},
        nothing_known_is_zero = {"growth"},
        table_for_the_largest_maze = {"B/op"},
        walls_do_not_matter = {"wrong"},
        ways_in_32_bits = {"wrong"},
    },
}
