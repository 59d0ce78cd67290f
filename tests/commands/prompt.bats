load common.bash

RUN=out/runs/default/p01-s1.sqlite

run_offline() {
  write_study s.lua "name = 's', days = 2, sec_per_step = 1800, personas = { 'p01' },"
  "$FAST" run s.lua -o out --quiet
}

@test "prompt show prints what was asked and answered, though nothing of it was kept" {
  run_offline
  before=$(sha256sum "$RUN")
  run "$PROPERSIM" prompt show --run "$RUN" --step 70
  [ "$status" -eq 0 ]
  [[ $output == *"asked in step 70 of day 2"* && $output == *"rater/timing"* ]]
  run "$PROPERSIM" prompt show rater/timing --run "$RUN" --step 70 --draw 2
  [ "$status" -eq 0 ]
  [[ $output == "rater/timing version 1, role rater, step 70, resident 1, draw 2"* ]]
  [[ $output == *"Name: Mara Ellison"* && $output == *"--- answer"*'"value":'* ]]
  # the answer is the one in the run
  value=$(sqlite3 "$RUN" "SELECT value FROM rating WHERE step = 70 AND slot = 2 AND criterion = 'timing'")
  [[ $output == *"\"value\":$value}"* ]]
  [ "$(sha256sum "$RUN")" = "$before" ]
  refuses "was not asked in step 70" "rater/timing" -- "$FAST" prompt show resident/wake_up --run "$RUN" --step 70
  refuses "there is no step 96" -- "$FAST" prompt show rater/timing --run "$RUN" --step 96
  refuses "not a run file" -- "$FAST" prompt show rater/timing --run out --step 3
}

@test "prompt show uses the texts of the day, not those of now" {
  run_offline
  mkdir -p prompts/rater
  sed 's/Is this a good moment/Would this be a splendid moment/' "$ROOT/prompts/rater/timing.lua" >prompts/rater/timing.lua
  run "$FAST" prompt show rater/timing --run "$RUN" --step 70
  [[ $output == *"Is this a good moment"* && $output != *splendid* ]]
}

@test "prompt try compares a changed offline answerer with stored answers" {
  run_offline
  mkdir -p new/prompts/rater new/scripts/offline/rater
  cp "$ROOT/prompts/rater/timing.lua" new/prompts/rater/
  run "$FAST" prompt try new/prompts/rater/timing.lua --run "$RUN" --sample 1000
  [[ $output == *"asked of offline, beside version 1"* && $output == *"agreement 100 %"* && $output == *"shift +0 [+0, +0]"* ]]
  echo 'return function() return { value = 0, reason = "never" } end' >new/scripts/offline/rater/timing.lua
  run "$PROPERSIM" prompt try new/prompts/rater/timing.lua --run "$RUN" --sample 30 --day 2
  [[ $output == *"30 of "*"situations of day 2"* && $output == *'new  value 0  reason "never"'* ]]
  [[ $output == *"Cohen's kappa 0.00"* && $output == *"reason: the same in 0 of 30"* ]]
  again=$("$FAST" prompt try new/prompts/rater/timing.lua --run "$RUN" --sample 30 --day 2)
  [ "$output" = "$again" ]
  run "$FAST" prompt try new/prompts/rater/timing.lua --run "$RUN" --sample 30 --day 2 --seed 2
  [ "$output" != "$again" ]
}

@test "prompt try asks a model, and a run whose model is a mock gives its own answers again" {
  start_mock
  write_study s.lua "name = 's', days = 1, sec_per_step = 1800, personas = { 'p01' },
    models = { rater = { model = 'm', url = '$URL', mock = true } },"
  "$FAST" run s.lua -o out --quiet
  mkdir -p new
  cp "$ROOT/prompts/rater/timing.lua" new/changed.lua
  run "$FAST" prompt try new/changed.lua --name rater/timing --run "$RUN" --sample 10
  [[ $output == *"asked of $URL#m"* && $output == *"agreement 100 % of 10"* && $output == *"asked: 10 requests"* ]]
  run "$FAST" prompt try new/changed.lua --name rater/timing --run "$RUN" --sample 10 \
    --model "{\"model\":\"x\",\"url\":\"$URL\",\"price\":{\"input\":1,\"output\":2}}"
  [[ $output == *"asked of $URL#x"* && $output == *", cost 0.0"* ]]
  stop_mock
  run "$FAST" prompt show rater/timing --run "$RUN" --step 20 # needs no server
  [ "$status" -eq 0 ]
  [[ $output == *"--- answer"* ]]
}

@test "prompt try says what is wrong" {
  run_offline
  mkdir -p new/prompts/rater
  sed 's/identity = "text"/identity = "text", mood = "text"/' "$ROOT/prompts/rater/timing.lua" >new/prompts/rater/timing.lua
  refuses "'mood' is new" -- "$FAST" prompt try new/prompts/rater/timing.lua --run "$RUN"
  echo 'return {' >new/prompts/rater/timing.lua
  refuses "prompts/rater/timing.lua" -- "$FAST" prompt try new/prompts/rater/timing.lua --run "$RUN"
  echo 'return {}' >loose.lua
  refuses "give --name WHO/WHAT" -- "$FAST" prompt try loose.lua --run "$RUN"
  refuses "no such file" -- "$FAST" prompt try nowhere.lua --run "$RUN"
  cp "$ROOT/prompts/rater/timing.lua" loose.lua
  refuses "was never asked" -- "$FAST" prompt try loose.lua --name rater/other --run "$RUN"
}

@test "prompt diff compares files and the days of runs" {
  run_offline
  sed 's/version = 1/version = 2/' "$ROOT/prompts/rater/timing.lua" >new.lua
  run "$PROPERSIM" prompt diff rater/timing "$RUN:1" new.lua
  [ "$status" -eq 0 ]
  [[ $output == *"-   version = 1,"* && $output == *"+   version = 2,"* ]]
  [[ $("$FAST" prompt diff rater/timing "$RUN:1" "$RUN:2") == *"the same" ]]
  [[ $("$FAST" prompt diff rater/timing "$RUN") == *"the same" ]]
  refuses "has no prompts/rater/none.lua" -- "$FAST" prompt diff rater/none "$RUN"
  refuses "on this day" -- "$FAST" prompt diff rater/timing "$RUN:9"
}
