-- expect: |lesson,limits the table is too large\|64 MiB
do
    local t = {}
    for i = 1, 50 do t[i] = ("x"):rep(2 ^ 20) .. i end
    return t
end
