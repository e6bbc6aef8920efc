-- expect: |lesson,limits,run it was stopped after [26] s
(("a"):rep(400)):gsub(("a-"):rep(12) .. "b", "")
