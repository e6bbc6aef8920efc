-- expect: run|lesson,limits 10 million\|now
local x <close> = setmetatable({}, {__close = function() while true do end end})
error("now")
