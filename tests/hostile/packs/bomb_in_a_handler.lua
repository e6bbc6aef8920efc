-- expect: |lesson,limits,run it was stopped after [26] s
xpcall(error, function() (("a"):rep(400)):find(("a-"):rep(12) .. "b") end)
