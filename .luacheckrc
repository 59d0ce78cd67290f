std = "lua54"
max_line_length = 130
files["tests/scripts"] = { read_globals = { "describe", "it", assert = { other_fields = true } } }
files["examples/*/tests/*_test.lua"] = { read_globals = { "describe", "it", assert = { other_fields = true } } }
files["scripts/stubs"] = { ignore = { "1", "2" }, max_line_length = false }
files["**/prompts/**"] = { max_line_length = false } -- prompts are prose
exclude_files = { "node_modules", "build*" }
