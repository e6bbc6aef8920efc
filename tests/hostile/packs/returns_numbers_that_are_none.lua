-- expect: limits|lesson title must be a string\|unknown key
do return {title = 0 / 0, speedup = {min = 0 / 0}} end
