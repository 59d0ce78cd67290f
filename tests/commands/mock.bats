load common.bash

MOCK_PROGRAM=$PROPERSIM

chat() { # body -> body of the reply
  curl -sS -m 20 "$URL/chat/completions" -H 'Content-Type: application/json' -d "$1"
}

@test "mock answers chats, embeddings and lists of models, counts, and ends when asked" {
  start_mock
  [[ $URL == http://127.0.0.1:*/v1 ]]
  [[ $(chat '{"model":"m","messages":[{"role":"user","content":"hello"}]}') == *'"finish_reason":"stop"'* ]]
  [[ $(chat '{"model":"m","stream":true,"messages":[]}') == *'data: [DONE]'* ]]
  [[ $(curl -sS "$URL/models") == *'"id":"mock"'* ]]
  [[ $(curl -sS "$URL/embeddings" -d '{"model":"m","input":["a walk"]}') == *'"embedding":['* ]]
  ours='{"model":"m","messages":[],"propersim":{"prompt":"resident/importance_event","seed":"5","draw":0,"version":"1","inputs":{"text":"a walk"}}}'
  [[ $(chat "$ours") == *'importance'* ]]
  [[ $(chat "$ours") == *'importance'* ]]
  [ "$(mock_stat chat)" = 4 ]
  [ "$(mock_stat embeddings)" = 1 ]
  [ "$(mock_stat by_offline_answerers)" = 2 ]
  [ "$(mock_stat duplicates)" = 1 ]
  [ "$(mock_stat in_flight)" = 0 ]
  [ "$(mock_stat answered)" = 5 ]
  stop_mock
  [ ! -s messages ]
}

@test "mock says what is wrong with a request" {
  start_mock
  [[ $(chat '{"model":') == *'no JSON'* ]]
  [[ $(chat '{"messages":[]}') == *'`model` is missing'* ]]
  [[ $(chat '{"model":"m"}') == *'`messages` is missing'* ]]
  [[ $(curl -sS "$URL/embeddings" -d '{"model":"m"}') == *'`input` must be'* ]]
  [[ $(curl -sS "$URL/embeddings" -d '{"model":"m","input":"a","dimensions":3}') == *'256 dimensions, not 3'* ]]
  [ "$(mock_stat wrong)" = 5 ]
  stop_mock
}

@test "mock breaks in the ways that it is told to" {
  body='{"model":"m","messages":[{"role":"user","content":"hello"}]}'
  start_mock --faults 429=1 --retry-after 7
  curl -sS -i "$URL/chat/completions" -d "$body" | grep -q '^Retry-After: 7'
  stop_mock
  for fault in reset:56 half:18 hang:28; do
    start_mock --faults "${fault%:*}=1"
    run curl -sS -m 1 "$URL/chat/completions" -d "$body"
    [ "$status" = "${fault#*:}" ] || { echo "$fault: curl says $status: $output"; return 1; }
    stop_mock
  done
  start_mock --faults html=1 --log log.jsonl
  [[ $(chat "$body") == '<html>'* ]]
  [ "$(mock_stat html)" = 1 ]
  stop_mock
  grep -q '"fault":"html","duplicate":false' log.jsonl
}

@test "mock heals where that is asked for, and gives the same faults to the same questions" {
  for run in 1 2; do
    start_mock --faults 500=0.5,refusal=0.2 --heal 2 --seed 9 --log "log$run.jsonl"
    for question in $( [ $run = 1 ] && seq 12 || seq 12 -1 1 ); do
      for _ in 1 2 3; do chat "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"$question\"}]}"; done >replies
      grep -q '"content":"' replies
    done
    stop_mock
    sed -E 's/"number":[0-9]+,//' "log$run.jsonl" | sort >"sorted$run"
  done
  cmp sorted1 sorted2
  grep -q '"fault":"500"' sorted1
}

@test "mock takes the scripts of a study" {
  mkdir -p scripts/offline/resident
  echo 'return function() return { importance = 10 } end' >scripts/offline/resident/importance_event.lua
  start_mock --scripts .
  ours='{"model":"m","messages":[],"propersim":{"prompt":"resident/importance_event","seed":"5","inputs":{"text":"a walk"}}}'
  [[ $(chat "$ours") == *'10'* ]]
  stop_mock
}

@test "mock refuses what it does not understand" {
  refuses "latency" -- "$PROPERSIM" mock --latency slow
  refuses "no kind of fault" "not-json" -- "$PROPERSIM" mock --faults oops=1
  refuses "together are 2" -- "$PROPERSIM" mock --faults 429=1,500=1
  refuses "no such folder" -- "$PROPERSIM" mock --scripts nowhere
  refuses "too many" -- "$PROPERSIM" mock here
}
