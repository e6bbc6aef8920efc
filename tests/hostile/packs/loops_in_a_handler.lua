-- expect: limits|lesson,run 10 million
xpcall(error, function() while true do end end)
