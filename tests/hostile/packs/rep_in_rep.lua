-- expect: limits|lesson,run string.rep makes at most
local s = ("x"):rep(2 ^ 20):rep(2 ^ 20)
