-- expect: run|lesson,limits one two
error("one\ntwo")
