-- expect: lesson|limits,run it was stopped after [26] s; is there a loop without end
(("a"):rep(400)):find(("a-"):rep(12) .. "b")
