return {
    title = "Benchmarks",
    exercises = {
        {name = "keep_alive", title = "t", level = "warm-up", story = "s", hints = {"a","b","c"}, afterword = "a"},
        {name = "fresh_input", title = "t", level = "warm-up", story = "s", hints = {"a","b","c"}, afterword = "a"},
        {name = "pick_n", title = "t", level = "core", story = "s", hints = {"a","b","c"}, afterword = "a"},
        {name = "verdict", title = "t", level = "core", story = "s", hints = {"a","b","c"}, afterword = "a"},
        {name = "parallel_loop", title = "t", level = "stretch", story = "s", hints = {"a","b","c"}, afterword = "a"},
    },
}
