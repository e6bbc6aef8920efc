return {
    title = "Strings", essence = {"Grow by doubling."}, pages = {"pages/1_a.md"},
    exercises = {{name = "join", title = "Join", level = "core", story = [[Do it.]],
        hints = {"One", "Two"}, afterword = "Well."}},
    experiments = {
        grow = {title = "Growth", question = "How?", x = "n", y = "time", unit = "ns/op",
            scale = "log-log", run = function(x)
                local p = x:predict {question = "Q?", choices = {"a", "b"}, values = {1, 2}, why = "w"}
                local t, low, high = x:measure {file = "experiments/a.c", bench = "w", n = 10, budget = 50}
                x:point("walk", 10, t, low, high)
                x:slope("walk", 3)
                x:answer(p, t)
                x:note("Done.")
            end},
        count = {title = "Count", question = "How many?", needs = {"libcurl"}, run = function(x)
            local q = x:predict {question = "Q?", choices = {"a", "b"}, answer = 2}
            local m = x:count {file = "experiments/a.c", ops = 10, calls = true, code = {"sizeof.a"}}
            local ok, why = pcall(x.latency, x, {file = "experiments/a.c", ops = 5})
            x:note(tostring(m["allocs/op"]) .. tostring(why))
        end},
    },
    cards = {
        {name = "walks", question = "Q?", choices = {"a", "b"}, answer = 1, why = "W", proof = "grow"},
        {name = "free", question = "Q?", free = true, answer = "A", why = "W"},
    },
}
