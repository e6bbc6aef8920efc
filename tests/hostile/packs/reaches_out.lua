-- expect: run|lesson,limits nothing is there
for _, name in ipairs {"os", "io", "debug", "require", "load", "loadstring", "loadfile", "dofile",
    "package", "coroutine", "print", "collectgarbage", "warn"} do
    assert(_G[name] == nil, name .. " is there")
end
assert(string.dump == nil, "string.dump is there")
error("nothing is there")
