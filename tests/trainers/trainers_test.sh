#!/usr/bin/env bash
# The example trainers on a small random model, with a data set from a run: trainers_test.sh PROPERSIM
# Skipped (exit 77) where Python, torch, transformers or peft is missing.
set -euo pipefail
propersim=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
python=${PYTHON:-python3}
"$python" -c 'import peft, tokenizers, torch, transformers' 2>/dev/null || {
  echo "skipped: $python has no torch, transformers and peft"
  exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >study.lua <<'LUA'
local study = require "propersim.study"
return study { name = "s", days = 1, personas = { "p01" }, assistant = { learn = { keep_prompts = "always" } } }
LUA
"$propersim" run study.lua -o out --quiet
for kind in dpo kto; do
  "$propersim" export trl out/runs/default/p01-s1.sqlite --out data --kind $kind
  head -12 data/$kind-day-0001.jsonl >$kind.jsonl
done
HF_HUB_OFFLINE=1 TOKENIZERS_PARALLELISM=false "$python" "$root/tests/trainers/trainers_test.py" "$root/examples/trainers" "$work"
