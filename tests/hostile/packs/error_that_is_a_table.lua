-- expect: lesson|limits,run error() was given a table instead of a text
error(setmetatable({}, {__tostring = function() while true do end end}))
