load common.bash

# Studies whose roles are models, against `propersim mock`, which answers by the offline answerers. Steps of an hour keep them
# small: 24 a day.

requests_of() { # study folder -> how many requests its run files count
  local sum=0 run
  for run in "$1"/runs/*/*.sqlite; do
    sum=$((sum + $(sqlite3 "$run" "SELECT coalesce(sum(requests), 0) FROM cost")))
  done
  echo $sum
}

# on.lua, in which every role is the model at $URL, and off.lua, the same offline. $1: more of the endpoint's table
write_studies() {
  local body='name = "s", days = 3, sec_per_step = 3600, personas = { "p01", "p07", "p12" },
    conditions = { plain = {}, learning = { assistant = { learn = { method = "dpo" }, explore = { speak = 0.2 } } } },'
  local m="{ model = 'test-model', url = '$URL', mock = true, $1 }"
  write_study off.lua "$body"
  write_study on.lua "$body models = { resident = $m, rater = $m, assistant = $m, summary = $m, embedding = $m },"
}

@test "a study through models has the digest of the same study offline, with one process and with two" {
  start_mock
  write_studies
  "$FAST" run off.lua -o off --quiet
  whole=$("$FAST" digest off)
  "$PROPERSIM" run on.lua -o one --quiet
  [ "$("$FAST" digest one)" = "$whole" ]
  "$FAST" run on.lua -o two --quiet --jobs 2
  [ "$("$FAST" digest two)" = "$whole" ]
  run=one/runs/plain/p01-s1.sqlite
  [ "$(sqlite3 $run "SELECT count(DISTINCT role) FROM cost WHERE questions > 0")" -eq 5 ]
  [ "$(sqlite3 $run "SELECT value FROM meta WHERE key = 'embedding_dim'")" -eq 256 ]
}

@test "faults that pass are counted, and change nothing else" {
  start_mock --faults all=0.05 --heal 2 --retry-after 0
  write_studies 'timeout = { first_byte = 1 }'
  "$FAST" run off.lua -o off --quiet --days 1
  "$FAST" run on.lua -o on --quiet --days 1
  [ "$("$FAST" digest on)" = "$("$FAST" digest off)" ]
  [ "$(sqlite3 on/runs/plain/p01-s1.sqlite 'SELECT sum(requests) > sum(questions) - sum(stored) FROM cost')" -eq 1 ]
}

@test "a recorded study is replayed without a server, without a key, to the same digest" {
  start_mock
  write_studies 'api_key_env = "PROPERSIM_TEST_KEY"'
  PROPERSIM_TEST_KEY=sk-canary "$FAST" run on.lua -o one --quiet --days 2 --replies replies.sqlite
  stop_mock
  "$FAST" run on.lua -o two --quiet --days 2 --replies replies.sqlite --replies-mode replay-only
  [ "$("$FAST" digest two)" = "$("$FAST" digest one)" ]
  run "$FAST" run on.lua -o two --quiet --days 3 --replies replies.sqlite --replies-mode replay-only
  [ "$status" -eq 1 ]
  [[ $output == *"replay-only: "*"is not stored"* ]]
}

@test "killed again and again, a study asks nothing that was stored, and ends with the digest of one that was not" {
  start_mock --latency 5
  write_studies
  "$FAST" run off.lua -o off --quiet
  RANDOM=5
  for i in 1 2 3 4 5; do
    "$FAST" run on.lua -o on --quiet &
    pid=$!
    answered=$(($(mock_stat answered) + RANDOM % 600 + 1))
    while kill -0 "$pid" 2>/dev/null && [ "$(mock_stat answered)" -lt "$answered" ]; do :; done
    kill -KILL "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  "$FAST" run on.lua -o on --quiet
  [ "$("$FAST" digest on)" = "$("$FAST" digest off)" ]
  for run in on/runs/*/*.sqlite; do # a question with a stored answer is never asked again
    [ "$(sqlite3 "$run" "SELECT count(*) FROM (SELECT 1 FROM call WHERE status = 'ok' AND role <> 'embedding'
      GROUP BY request, draw HAVING count(*) > 1)")" -eq 0 ]
  done
}

@test "SIGTERM waits for what is under way, and a resume asks for none of it again" {
  start_mock --latency 200
  write_studies
  "$FAST" run on.lua -o on --days 1 2>log &
  pid=$!
  until [ "$(mock_stat answered)" -gt 60 ]; do kill -0 "$pid"; done
  kill -TERM "$pid"
  code=0; wait "$pid" || code=$?
  [ "$code" -eq 1 ]
  grep -q "propersim resume on" log
  [ "$(mock_stat in_flight)" = 0 ]
  "$FAST" resume on --quiet
  [ "$(mock_stat duplicates)" = 0 ]
}

@test "the budget of a study stops it, counts over its resumes, and the rest is simulated with a higher one" {
  start_mock
  write_studies 'price = { input = 1, output = 2 }'
  run "$FAST" run on.lua -o on --quiet --days 1 --max-requests 300 --jobs 2
  [ "$status" -eq 1 ]
  [[ $output == *"limit of 300 requests"*"--max-requests"*"resume on"* ]]
  [ "$(mock_stat answered)" -le 300 ]
  # all are in the runs' counts, but the word that a job may ask to see how long vectors are
  [ "$(requests_of on)" -ge "$(($(mock_stat answered) - 2))" ]
  run "$FAST" resume on --quiet --max-requests 300
  [ "$status" -eq 1 ]
  [ "$(mock_stat answered)" -le 302 ]
  run "$FAST" resume on --quiet --max-cost 0.01
  [ "$status" -eq 1 ]
  [[ $output == *"limit of costs"*"--max-cost"* ]]
  "$FAST" resume on --quiet --max-cost 100
  "$FAST" run off.lua -o off --quiet --days 1
  [ "$("$FAST" digest on)" = "$("$FAST" digest off)" ]
}

@test "a budget of money needs prices" {
  URL=http://127.0.0.1:9/v1
  write_studies
  refuses "price" -- "$FAST" run on.lua -o on --max-cost 1
}

@test "answers that are no use fail alone: counted, never scored, exit code 3" {
  start_mock --faults refusal=1
  write_study rated.lua "name = 's', days = 1, sec_per_step = 3600, personas = { 'p01' },
    models = { rater = { model = 'm', url = '$URL', mock = true, retries = 0 } },"
  run "$FAST" run rated.lua -o rated
  [ "$status" -eq 3 ]
  [[ $output == *"got no usable answer"* ]]
  [ "$(sqlite3 rated/runs/default/p01-s1.sqlite "SELECT count(*) FROM score WHERE score IS NOT NULL")" -eq 0 ]
  [ "$(sqlite3 rated/runs/default/p01-s1.sqlite "SELECT count(*) > 0 FROM rating WHERE status = 'failed' AND reason = 'refused'")" -eq 1 ]
  write_study said.lua "name = 's', days = 1, sec_per_step = 3600, personas = { 'p01' },
    models = { assistant = { model = 'm', url = '$URL', mock = true, retries = 0 } },"
  run "$FAST" run said.lua -o said --quiet
  [ "$status" -eq 3 ]
  [ "$(sqlite3 said/runs/default/p01-s1.sqlite "SELECT count(*) FROM suggestion WHERE source <> 'failed'")" -eq 0 ]
  [ "$(sqlite3 said/runs/default/p01-s1.sqlite "SELECT count(*) FROM rating")" -eq 0 ]
  write_study lived.lua "name = 's', days = 2, sec_per_step = 3600, personas = { 'p01' },
    models = { resident = { model = 'm', url = '$URL', mock = true, retries = 0 } },"
  run "$FAST" run lived.lua -o lived --quiet
  [ "$status" -eq 3 ]
  [ "$(sqlite3 lived/runs/default/p01-s1.sqlite "SELECT count(*) FROM step")" -eq 48 ]
}

@test "an endpoint that is not there, or wants another key, stops the study at once with advice" {
  start_mock
  closed=$URL
  stop_mock
  URL=$closed
  write_studies
  run "$FAST" run on.lua -o on --quiet --days 1
  [ "$status" -eq 1 ]
  [[ $output == *"cannot be reached"*"resume on"* ]]
  write_studies 'api_key_env = "PROPERSIM_NO_SUCH_KEY"'
  refuses "PROPERSIM_NO_SUCH_KEY" "export" -- "$FAST" run on.lua -o keyless
}

@test "the key is in no file, report, message or argument" {
  start_mock --faults 500=0.02 --heal 1
  write_studies 'api_key_env = "PROPERSIM_TEST_KEY", headers = { ["X-Api-Key"] = "env:PROPERSIM_TEST_KEY" }'
  export PROPERSIM_TEST_KEY=sk-canary-5f3a
  "$FAST" run on.lua -o on --days 1 --replies replies.sqlite >said 2>log &
  pid=$!
  until [ "$(mock_stat answered)" -gt 50 ]; do kill -0 "$pid"; done
  ! tr '\0' ' ' <"/proc/$pid/cmdline" | grep -q canary || false
  wait "$pid"
  "$FAST" report on --html report.html >>said
  ! grep -r -a -l canary-5f3a . || false
}

@test "wrong options about models are refused" {
  write_study s.lua 'name = "s", personas = { "p01" },'
  refuses "--replies-mode" "there are use" -- "$PROPERSIM" run s.lua --replies-mode sometimes
  refuses "--replies FILE" -- "$PROPERSIM" run s.lua --replies-mode record
  refuses "--max-cost" -- "$PROPERSIM" run s.lua --max-cost much
  refuses "--wait-for-endpoint" -- "$PROPERSIM" run s.lua --wait-for-endpoint=soon
  refuses "models.rater" "unknown" "concurrency" -- "$PROPERSIM" run s.lua --set models.rater=openai:m --set models.rater.concurency=3
  refuses "models.rater.model" -- "$PROPERSIM" run s.lua --set models.rater.concurrency=3 --set models.rater.model=3
}

@test "an estimate counts what the study then asks, and asks nothing itself" {
  URL=http://127.0.0.1:9/v1
  write_studies 'price = { input = 1, output = 2 }'
  "$PROPERSIM" run on.lua --days 1 --estimate --quiet >told
  [ ! -e studies ]
  start_mock
  write_studies 'price = { input = 1, output = 2 }'
  "$FAST" run on.lua -o on --days 1 --quiet
  asked=$(for f in on/runs/*/*.sqlite; do sqlite3 "$f" "SELECT sum(requests) FROM cost WHERE prompt = 'rater/timing'"; done |
    awk '{ n += $1 } END { print n }')
  told=$(awk '$1 == "rater/timing" { print $2 }' told)
  [ "$told" -ge $((asked * 9 / 10)) ] && [ "$told" -le $((asked * 11 / 10)) ] || { echo "told $told, asked $asked"; false; }
  grep -q "cost about [0-9]" told
  grep -q "Assumed: a token is 4 bytes" told
}

@test "an estimate of an offline study says that nothing is asked" {
  write_study s.lua 'name = "s", personas = { "p01" },'
  run "$PROPERSIM" run s.lua --estimate
  [ "$status" -eq 0 ]
  [[ $output == *"nothing is paid"* ]]
}

@test "a policy chooses among a model's drafts, learns with every method, and goes on exactly after a stop" {
  start_mock
  local body="name = 's', days = 3, sec_per_step = 3600, personas = { 'p01' }, assistant = { choose = 'policy', candidates = 3 },
    conditions = { dpo = { assistant = { learn = { method = 'dpo' } } }, ipo = { assistant = { learn = { method = 'ipo' } } },
      kto = { assistant = { learn = { method = 'kto' } } }, sft = { assistant = { learn = { method = 'sft' } } } },"
  local m="{ model = 'test-model', url = '$URL', mock = true }"
  write_study off.lua "$body"
  write_study on.lua "$body models = { assistant = $m, embedding = $m },"
  "$FAST" run off.lua -o off --quiet
  "$PROPERSIM" run on.lua -o on --quiet --days 1
  "$FAST" run on.lua -o on --quiet --days 3
  [ "$("$FAST" digest on)" = "$("$FAST" digest off)" ]
  for method in dpo ipo kto sft; do
    [ "$(sqlite3 on/runs/$method/p01-s1.sqlite 'SELECT count(*) > 0 FROM policy')" -eq 1 ]
  done
  refuses "assistant.choose" -- "$PROPERSIM" run off.lua -o no --set assistant.policy=silent
}

@test "a study goes on at another address and with other limits, but not with another model" {
  start_mock
  write_studies
  "$FAST" run on.lua -o on --quiet --days 1
  stop_mock
  start_mock
  write_studies 'concurrency = 3'
  "$FAST" run on.lua -o on --quiet --days 2
  "$FAST" run off.lua -o off --quiet --days 2
  [ "$("$FAST" digest on)" = "$("$FAST" digest off)" ]
  write_studies 'temperature = 1'
  refuses "holds a different study" -- "$FAST" run on.lua -o on --days 2
}
