return {
    title = "Strings", essence = {"Grow by doubling."}, pages = {"pages/1_a.md"},
    exercises = {{name = "join", title = "Join", level = "core", story = [[Do it.]],
        hints = {"One", "Two"}, afterword = "Well."}},
    experiments = {grow = {title = "Growth", question = "How?", x = "n", y = "time",
        unit = "ns/op", scale = "log-log", run = function(ask)
            local p = ask.predict{question = "How?", choices = {"1", "2"}, values = {1, 2}, why = "w"}
            for n = 1, 3 do
                local t = ask.measure{file = "experiments/a.c", n = n * 10}
                ask.point{series = "a", x = n, y = t.value}
            end
            ask.answer{prediction = 1, right = 2}
            ask.note{text = "Done."}
        end}},
    cards = {{name = "walks", question = "Q?", choices = {"a", "b"}, right = 1, answer = "A", why = "W", proof = "grow"}},
}
