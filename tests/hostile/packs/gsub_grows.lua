-- expect: lesson|limits,run it needs more than 64 MiB
local s = ("x"):rep(2 ^ 20):gsub("x", ("y"):rep(2 ^ 10))
