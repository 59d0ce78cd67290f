#!/usr/bin/env bash
# Installs what is missing, builds with sanitizers (and releases with both compilers), runs every test.
# The last line is "N passed, N failed". With --fuzz it also runs each fuzz target for a minute.
set -uo pipefail
cd "$(dirname "$0")/.."
. tests/lib/install.sh

fuzz=no
case "${1:-}" in
  "") ;;
  --fuzz) fuzz=yes ;;
  *) echo "usage: tests/run.sh [--fuzz]" >&2; exit 2 ;;
esac

fail() {
  echo "$1" >&2
  echo "0 passed, 1 failed"
  exit 1
}

build() { # folder, target, cmake arguments
  local folder=$1 target=$2
  shift 2
  cmake -B "$folder" "$@" >"$folder.log" 2>&1 && cmake --build "$folder" --target "$target" >>"$folder.log" 2>&1 || {
    tail -50 "$folder.log"
    fail "$folder does not build"
  }
}

install_missing "${BUILD_PACKAGES[@]}" "${TEST_PACKAGES[@]}" "${WEB_PACKAGES[@]}" || fail "packages are missing"
install_node || fail "Node.js is missing"
build build-dev all --preset dev
build build all -G Ninja -DCMAKE_BUILD_TYPE=Release -DPROPERSIM_WERROR=ON -DBUILD_TESTING=OFF
build build-clang all -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_C_COMPILER=clang -DPROPERSIM_WERROR=ON -DBUILD_TESTING=OFF

ctest --test-dir build-dev --output-on-failure --output-junit tests.xml -j "$(nproc)"
passed=$(grep -c 'status="run"' build-dev/tests.xml)
failed=$(grep -c 'status="fail"' build-dev/tests.xml)
skipped=$(grep -cE 'status="(disabled|notrun)"' build-dev/tests.xml)

if [ "$fuzz" = yes ]; then
  install_missing "${FUZZ_PACKAGES[@]}" || fail "packages are missing"
  build build-fuzz fuzz --preset fuzz
  for target in build-fuzz/fuzz/*_fuzz; do
    if "$target" -max_total_time=60 -max_len=65536 >"$target.log" 2>&1; then
      passed=$((passed + 1))
    else
      tail -30 "$target.log"
      failed=$((failed + 1))
    fi
  done
fi

echo "$passed passed, $failed failed${skipped:+, $skipped skipped}"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
