#!/usr/bin/env bash
# A foreign library's header is included in one room only; a wrong include between rooms does not build.
set -u
cd "$(dirname "$0")/../.."
status=0

only_in() { # header pattern, room
  local hits
  hits=$(grep -rlE "#include *[<\"]($1)" host --include='*.[ch]' | grep -v "^host/$2/")
  if [ -n "$hits" ]; then
    echo "only host/$2 may include $1, but these do:"
    echo "$hits"
    status=1
  fi
}

only_in 'cjson/|cJSON|pcre2' text
only_in 'sqlite3' store
only_in 'lua\.h|lauxlib\.h|lualib\.h' script
only_in 'zlib\.h|zstd\.h|expat\.h' world
only_in 'openssl/' base
only_in 'curl/|event2/' net
only_in 'histedit|editline/' terminal

# A file of world that includes a header of store must not compile.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/tests" && cp -r CMakeLists.txt cmake host "$work/" && cp -r tests/bench "$work/tests/" &&
  mkdir -p "$work/tests/host/net" && cp tests/host/net/fault_server.* "$work/tests/host/net/"
printf '#include "store/writer.h"\nint wrong_include(void);\nint wrong_include(void)\n{\n    return 0;\n}\n' \
  >"$work/host/world/wrong.c"
cmake -S "$work" -B "$work/build" -G Ninja -DBUILD_TESTING=OFF -DPROPERSIM_PAGES=OFF >"$work/log" 2>&1 || {
  cat "$work/log"
  exit 1
}
if cmake --build "$work/build" --target CMakeFiles/room_world.dir/host/world/wrong.c.o >"$work/log" 2>&1; then
  echo "host/world can include a header of host/store"
  status=1
elif ! grep -q 'store/writer.h' "$work/log"; then
  cat "$work/log"
  status=1
fi
exit $status
