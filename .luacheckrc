-- Lessons and limits run in a sandbox (src/script/library.c): what is not there is an error.
std = "lua54"
not_globals = {
    "collectgarbage", "coroutine", "debug", "dofile", "io", "load", "loadfile", "os",
    "package", "print", "require", "string.dump", "warn",
}
max_line_length = 100
