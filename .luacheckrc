std = "lua54"
max_line_length = 120
files["tests/scripts"] = { read_globals = { "describe", "it", "before_each" } }
files["scripts/stubs"] = { ignore = { "1", "2" } }
exclude_files = { "node_modules", "build*" }
