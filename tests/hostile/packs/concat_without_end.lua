-- expect: limits|lesson,run 10 million
local t = setmetatable({}, {__index = function() return "" end})
table.concat(t, "", 1, 1e15)
