return {
    speedup = {min = 1.2, at = 1000},
    hotspot = "twins_hotspot",
    fails = {"speedup", "hotspot"},
    mutants = {names_the_quick_one = {"hotspot"}},
}
