-- expect: run|lesson,limits too many results
table.unpack({}, 1, 1e7)
