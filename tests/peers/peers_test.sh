#!/usr/bin/env bash
# peers_test.sh PROPERSIM OUT: our mock with a client that is not ours (OpenAI's), and our client with a server that is not
# ours (mock-llm). What they need from npm is installed in OUT as the lock file says. Exit 77: skipped.
set -u
here=$(cd "$(dirname "$0")" && pwd)
program=$1 out=$2 server=
skip() { echo "skipped: $1"; exit 77; }
fail() { echo "FAILED: $1"; exit 1; }
stop() { [ -z "$server" ] || { kill "$server"; wait "$server" 2>/dev/null; server=; }; }
trap stop EXIT

command -v node >/dev/null && command -v npm >/dev/null || skip 'node and npm are not there'
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || skip 'the openai client needs Node.js 20; Debian 12 has 18'
mkdir -p "$out" && cp "$here"/package.json "$here"/package-lock.json "$out" || exit 1
if [ ! -d "$out/node_modules/openai" ] || [ ! -d "$out/node_modules/@dwmkerr/mock-llm" ]; then
  (cd "$out" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) || skip 'npm ci did not get the packages'
fi
cp "$here"/*.mjs "$here"/mock-llm.yaml "$out" && cd "$out" || exit 1

start_mock() { # options...
  rm -f address
  "$program" mock --port 0 "$@" >address &
  server=$!
  until [ -s address ]; do kill -0 "$server" || fail 'the mock does not start'; sleep 0.02; done
  url=$(cat address)
}

start_mock
node openai_test.mjs "$url" || fail 'the openai client with our mock'
stop
for case in 429=RateLimitError 500=InternalServerError reset=APIConnectionError hang=APIConnectionTimeoutError \
  html=InternalServerError; do
  start_mock --faults "${case%=*}=1"
  node faults_test.mjs "$url" "${case%=*}" "${case#*=}" || fail "the openai client with the fault ${case%=*}"
  stop
done

# mock-llm takes the port it is told: one that was free a moment ago.
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
PORT=$port HOST=127.0.0.1 node node_modules/@dwmkerr/mock-llm/dist/main.js --config mock-llm.yaml >mock-llm.log 2>&1 &
server=$!
until curl -sf "http://127.0.0.1:$port/v1/models" >/dev/null; do
  kill -0 "$server" || { cat mock-llm.log; fail 'mock-llm does not start'; }
  sleep 0.05
done
cat >study.lua <<END
local study = require "propersim.study"
local model = { model = "m", url = "http://127.0.0.1:$port/v1", batch = 1 }
return study { name = "peer", days = 1, sec_per_step = 3600, personas = { "p01" }, models = { rater = model, embedding = model } }
END
"$program" doctor study.lua || fail 'doctor with mock-llm'
rm -rf peer
"$program" run study.lua -o peer --quiet || fail 'a study with mock-llm'
run=peer/runs/default/p01-s1.sqlite
[ "$(sqlite3 $run "SELECT count(DISTINCT status) || min(status) FROM call WHERE role = 'rater'")" = 1ok ] || fail 'not every question was answered'
[ "$(sqlite3 $run "SELECT sum(retries) >= 2 FROM call WHERE role = 'rater'")" = 1 ] || fail 'nothing was asked again'
[ "$(sqlite3 $run "SELECT min(value) || max(value) FROM rating")" = 11 ] || fail 'the ratings are not what the server said'
[ "$(sqlite3 $run "SELECT DISTINCT length(vector) FROM embedding")" = 12 ] || fail 'the embeddings are not what the server said'
echo 'ok our client with mock-llm'
