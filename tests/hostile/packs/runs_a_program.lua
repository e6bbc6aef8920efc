-- expect: limits|lesson,run global 'os'
os.execute("touch /tmp/perfcourse-was-owned")
