-- expect: lesson|limits,run 10 million
local t = setmetatable({}, {__pairs = function() return function() return 1 end end})
for _ in pairs(t) do end
