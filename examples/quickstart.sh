#!/usr/bin/env bash
# From nothing to a finished study and its report: installs what is missing, builds, simulates four people and their
# assistants for two weeks, offline, and shows how it went.
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/lib/install.sh

install_missing "${BUILD_PACKAGES[@]}"
cmake --preset release -DBUILD_TESTING=OFF >/dev/null
cmake --build --preset release
build/propersim run examples/quickstart.lua -o studies/quickstart
build/propersim report studies/quickstart --html studies/quickstart/report.html >/dev/null
echo
echo "The report as a page with plots: studies/quickstart/report.html"
echo "Next: docs/first-study.md"
