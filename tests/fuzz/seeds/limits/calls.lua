local function f(n) return 1 + f(n) end
return xpcall(f, function(e) return #e end) == nil or {["live-B"] = 0x1p-3, fails = {"live-B"}}
