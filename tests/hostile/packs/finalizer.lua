-- expect: run|lesson,limits a metatable cannot have __gc here
setmetatable({}, {__gc = function() while true do end end})
