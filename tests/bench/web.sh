#!/usr/bin/env bash
# web.sh PROPERSIM [WORK]: how fast the pages are in a real Chromium, what they and `serve` keep in memory, and what a
# viewer costs a run. WORK keeps the study, made once, and playwright-core from npm. Needs Node.js 20 and Chromium.
# SOAK=seconds of replay at speed 6 (default 60), LOADS=cold loads of a page (9), REPEATS=of the run with a viewer (5).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
program=$(realpath "$1") work=${2:-${TMPDIR:-/tmp}/propersim-web-bench}
mkdir -p "$work"
cp "$here"/../web/package.json "$here"/../web/package-lock.json "$here"/web_*.mjs "$work"
[ -d "$work/node_modules/playwright-core" ] || (cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
if [ ! -e "$work/studies/long/report" ]; then
  rm -rf "$work/studies" && mkdir -p "$work/studies"
  cat >"$work/long.lua" <<'END'
local study = require "propersim.study"
return study {
  name = "long", days = 14, personas = study.personas "p01..p04", retrieval = { record = true },
  conditions = { learning = {}, frozen = { assistant = { learn = { method = "none" } } } },
}
END
  "$program" run "$work/long.lua" -o "$work/studies/long" --quiet
  touch "$work/studies/long/report"
fi
cat >"$work/many.lua" <<'END'
local study = require "propersim.study"
return study { name = "many", days = 2, personas = study.personas "p01..p32" }
END
cd "$work"
echo "== pages of a run of 14 days; the times of one load vary with what else the machine does: compare the ratios"
node web_pages_bench.mjs "$program" "$work/studies"
echo "== a run of 32 people for two days: alone, with a page that follows it, and with a page of something else"
node web_live_bench.mjs "$program" "$work/many.lua" "$work/studies"
