return {
    title = "New topic",
    pages = {"pages/1_a.md"},
    exercises = {
        {
            name = "join",
            title = "New exercise",
            level = "warm-up",
            story = [[
A report wants the largest of many numbers. Somebody has sorted them for that, which is right
and takes its time.]],
            hints = {
                "What does sorting find out that nobody asked for?",
                "Remember the largest number so far, and look at each number once.",
            },
            afterword = [[
Sorting n numbers takes about n log n comparisons, finding the largest n - 1. Whoever computes
more than was asked for pays for it each time.]],
        },
    },
    experiments = {
        grow = {
            title = "How does a walk over memory grow?",
            question = "One number is read after the other. What does each of them cost?",
            x = "numbers",
            y = "time of one number",
            run = function(x)
                local p = x:predict {
                    question = "From 1 000 to 100 000 numbers, what does each cost?",
                    choices = {"about the same", "ten times as much", "100 times as much"},
                    values = {1, 10, 100},
                }
                local times = {}
                for _, n in ipairs {1000, 10000, 100000} do
                    local ns, low, high = x:measure {
                        file = "experiments/a.c", bench = "walk", n = n,
                    }
                    x:point("walk", n, ns / n, low / n, high / n)
                    times[n] = ns / n
                end
                x:answer(p, times[100000] / times[1000])
                x:slope("walk")
                x:note("A slope near 0: the cost of one does not depend on how many there are.")
            end,
        },
    },
    cards = {
        {
            name = "comparisons",
            question = "How many comparisons does the largest of n numbers take?",
            choices = {"n - 1", "about n log n", "about n * n"},
            answer = 1,
            why = "Each number but the first is compared once with the largest so far.",
            proof = "grow",
        },
        {
            name = "sorting",
            question = "What is wrong with sorting to find the largest number?",
            free = true,
            answer = "It finds out the order of all of them, and nobody asked for that.",
            why = "Work that nobody asked for is the cheapest to remove.",
        },
    },
    essence = {"Compute what was asked for, and nothing else."},
}
