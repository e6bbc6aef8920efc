-- expect: run| cannot wait here
table.sort({3, 2, 1}, function(a, b)
    x:note("x")
    return a < b
end)
