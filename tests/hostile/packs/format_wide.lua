-- expect: limits|lesson,run invalid conversion
string.format("%99999d", 1)
