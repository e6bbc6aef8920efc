-- expect: limits|lesson,run loop\|overflow
local t = {}
setmetatable(t, {__index = t})
error(t.x)
