#!/usr/bin/env bash
# households.sh PROPERSIM [HOUSEHOLDS [CONCURRENCY]]: how much of the allowed concurrency of an endpoint that takes 300 ms
# is in use, from the first request of a study to its last one, and what the study costs in CPU beside it.
set -euo pipefail
program=$1 households=${2:-32} concurrency=${3:-16}
work=$(mktemp -d)
mock=
trap '[ -z "$mock" ] || kill "$mock"; rm -rf "$work"' EXIT
"$program" mock --port 0 --latency 300 >"$work/address" &
mock=$!
for _ in $(seq 100); do [ -s "$work/address" ] && break; sleep 0.1; done
url=$(cat "$work/address")
cat >"$work/study.lua" <<END
local study = require "propersim.study"
local model = { model = "mock", url = "$url", mock = true, concurrency = $concurrency }
return study {
  name = "households", days = 1, sec_per_step = 3600, personas = study.personas "p01..p$(printf %02d "$households")",
  models = { resident = model, rater = model, assistant = model, summary = model },
}
END
TIMEFORMAT='%U %S'
cpu=$({ time "$program" run "$work/study.lua" -o "$work/out" --quiet 1>&2; } 2>&1 | tail -1)
curl -sS "${url%/v1}/mock/stats" | sed -E 's/.*"requests":([0-9]+).*"most_in_flight":([0-9]+).*"busy_seconds":([0-9.]+),"active_seconds":([0-9.]+).*/\1 \2 \3 \4/' |
  awk -v c="$concurrency" -v h="$households" -v cpu="$cpu" '{
    split(cpu, s, " ")
    printf "households %d concurrency %d requests %d seconds %.1f in_use %.1f %% (most at once %d) cpu_us per question %.0f\n",
      h, c, $1, $4, 100 * $3 / $4 / c, $2, (s[1] + s[2]) * 1e6 / $1 }'
