-- expect: lesson|limits the table is too large
do
    local t = {}
    t.t = t
    return t
end
