-- expect: limits|lesson the table is too large
do
    local t = {}
    for i = 1, 1e5 do t[i] = i end
    return t
end
