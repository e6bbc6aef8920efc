return {
    title = "Profiles", exercises = {{name = "join", title = "Join", level = "core", story = "S", hints = {"One"}}},
    experiments = {
        share = {title = "Shares", question = "Which?", run = function(x)
            local q = x:predict {question = "Q?", choices = {"f", "g, which calls f"}}
            local p = x:profile {file = "experiments/a.c", n = 10, budget = 50, by = "total"}
            x:show(p, {rows = 2, lines = 3, tree = true, title = "T"})
            x:answer(q, p, "W")
            x:note(p.top .. p.share.g.self .. p.functions[1].name .. tostring(p.settled))
            local a = x:profile {file = "experiments/a.c", kind = "alloc", ops = 4, everything = true}
            local r = x:predict {question = "Q?", choices = {"f", "g"}}
            x:answer(r, {"f", "g"})
            x:answer(x:predict {question = "Q?", choices = {"f", "g"}}, "g")
        end},
    },
}
