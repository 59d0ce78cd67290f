#!/usr/bin/env bash
# Builds and runs the benchmarks. Absolute times depend on the machine and its load; compare the shares and the ratios.
set -euo pipefail
cd "$(dirname "$0")/../.."
cmake -B build -G Ninja -DCMAKE_BUILD_TYPE=Release -DBUILD_TESTING=OFF >/dev/null
cmake --build build --target bench >/dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo "== a study of four people, seven days"
build/step_bench examples/quickstart.lua "$work/study" 7
echo "== retrieval beside a plain loop"
build/retrieve_bench
echo "== a town of 25 people, three days of 10-second steps"
build/town_bench tests/bench/town.lua "$work/town" 3
echo "== questions to a server at once, beside Python's aiohttp (Debian: python3-aiohttp)"
build/client_bench 20000 64
echo "== 1,000 requests in flight in one process, 300 ms latency"
build/client_bench 10000 1000 300
echo "== 32 households and an endpoint of 300 ms that allows 32 requests at once"
tests/bench/households.sh build/propersim 32 32
