-- expect: limits|lesson,run ?\]0;owned?
error("\27]0;owned\7\xc2\x9b31m\226\128\174")
