-- expect: |lesson,limits,run it was stopped after [26] s
table.move({}, 1, 1e15, 2)
