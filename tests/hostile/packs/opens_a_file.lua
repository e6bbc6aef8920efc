-- expect: limits|lesson,run global 'io'
io.open("/etc/passwd")
