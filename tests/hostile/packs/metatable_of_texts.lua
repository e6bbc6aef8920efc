-- expect: run|lesson,limits attempt to index
getmetatable("").__index = nil
