#!/usr/bin/env bash
# Does R give the values that the tests of the statistics expect? Skipped where R is not installed.
set -euo pipefail
cd "$(dirname "$0")/../data/statistics"
command -v Rscript >/dev/null || { echo "R is not installed"; exit 77; }
diff expected.txt <(Rscript --vanilla expected.R)
