local t = {fails = {}}
for i, name in ipairs({"a/op", "b/op"}) do t[name] = i * 2 ^ 3; t.fails[i] = name end
t.speedup = setmetatable({min = #("x"):rep(10)}, {__index = t})
local ok = pcall(error, {1}) and ("x"):rep(10)
return t
