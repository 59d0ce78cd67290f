load common.bash

RUN=runs/default/p01-s1.sqlite
STUDY='name = "s", days = 3, personas = { "p01" }, assistant = { learn = { method = "dpo" } },'

# A study whose first day is simulated, in the folder `out`.
begin() {
  write_study s.lua "$STUDY"
  "$FAST" run s.lua -o out --days 1 --quiet
  "$FAST" run s.lua -o whole --quiet
  sed -i 's/"days":1/"days":3/' out/study.json
}

# Commands, one an argument.
repl() { # program, run, commands...
  local program=$1 run=$2
  shift 2
  printf '%s\n' "$@" | "$program" repl "$run"
}

@test "a run that was stepped, looked at and asked by hand has the digest of one that was not touched" {
  begin
  repl "$FAST" out "until 09:00" "step" "run 7" people "schedule 1" "memory search breakfast" "interview What did you eat?" \
    "lua h.residents[1].state.x = 1" "lua h.residents[1].memory:retrieve('work', 9)" "lua require('rng').stream('x'):unit()" \
    save "until tomorrow 10:00" "memory search dinner" "interview 1 Who are you?" finish >/dev/null
  [ "$(sqlite3 out/$RUN 'SELECT count(*) FROM day WHERE finished')" -eq 2 ]
  # in the middle of day 3: opened once more, and gone on with
  repl "$FAST" out "time" "run 5" "memory thoughts" save >log
  grep -q "10:00: day 3, step 240 of 576" log
  "$FAST" resume out --quiet
  [ "$("$FAST" digest out)" = "$("$FAST" digest whole)" ]
  [[ $("$FAST" report out) != *"by hand"* ]]
  [ "$(ls out/runs/default)" = "p01-s1.sqlite" ]
  [ "$(sqlite3 out/$RUN 'PRAGMA journal_mode')" = delete ]
}

@test "what was not saved is gone" {
  begin
  before=$(sha256sum out/$RUN)
  run repl "$FAST" out "run 100" "whisper the moon is full" exit
  [ "$status" -eq 0 ]
  [[ $output == *"not saved: 100 steps, 1 whispers"* ]]
  [ "$(sha256sum out/$RUN)" = "$before" ]
  # a session that was killed leaves no harm behind
  mkfifo go
  "$FAST" repl out <go >log &
  pid=$!
  exec 7>go
  echo "run 10" >&7
  until grep -q "Fri" log; do kill -0 "$pid"; done
  kill -KILL "$pid"
  exec 7>&-
  wait "$pid" || true
  [ "$(sha256sum out/$RUN)" = "$before" ]
  repl "$FAST" out "time" | grep -q "step 0 of 576 (576 of the run)"
  [ "$(ls out/runs/default)" = "p01-s1.sqlite" ]
}

@test "a whisper is an input of the run: resumed, killed or forked, it is told again, and the report says so" {
  begin
  repl "$FAST" out "until 11:00" "whisper Mara there is a concert on Saturday; tickets are free" "run 3" "memory thoughts 2" finish >log
  grep -q "there is a concert on Saturday" log
  [ "$(sqlite3 out/$RUN "SELECT group_concat(clock || who || kind || seq) FROM intervention")" = "2025-02-14 11:00:001whisper1" ]
  cp -r out again
  "$FAST" resume out --quiet
  # the other goes on in two sessions and a resume
  repl "$FAST" again "run 50" save "until midnight" exit >/dev/null 2>&1
  repl "$FAST" again "until tomorrow 06:00" finish >/dev/null
  "$FAST" resume again --quiet
  [ "$("$FAST" digest again)" = "$("$FAST" digest out)" ]
  [ "$("$FAST" digest out)" != "$("$FAST" digest whole)" ]
  [ "$(sqlite3 out/$RUN "SELECT count(*) FROM memory WHERE text = 'there is a concert on Saturday' AND type = 'thought'")" -eq 1 ]
  report=$("$FAST" report out | tr '\n' ' ')
  [[ $report == *"Touched by hand: 1 intervention in 1 run ($RUN), from day 2 on"* ]]
  # a fork before the whisper has not heard it, one after it has
  "$FAST" fork out --day 1 -o before
  "$FAST" resume before --quiet
  [ "$("$FAST" digest before)" = "$("$FAST" digest whole)" ]
  "$FAST" fork out --day 2 -o after
  "$FAST" resume after --quiet
  [ "$("$FAST" digest after)" = "$("$FAST" digest out)" ]
}

@test "a history is loaded as a whole or not at all, and wrong rows are named by their line" {
  begin
  printf 'Name,Whisper\nMara Ellison,"She bakes; she sings, too"\n1,I like rain; I like snow\n' >good.csv
  repl "$FAST" out "load-history good.csv" step "memory thoughts 9" save >log
  grep -q "4 thoughts will be had at the next step" log
  for thought in "She bakes" "she sings, too" "I like rain" "I like snow"; do grep -q "$thought" log; done
  [ "$(sqlite3 out/$RUN "SELECT count(*) FROM intervention WHERE kind = 'history'")" -eq 4 ]
  printf 'name,thoughts\nMara,fine\nNobody,who?\n\nMara,\n,lost\n' >bad.csv
  run repl "$FAST" out "load-history bad.csv"
  [ "$status" -eq 1 ]
  [[ $output == *"nothing was loaded"* && $output == *'line 3: nobody here is called "Nobody"'* ]]
  [[ $output == *"line 5: there are no thoughts"* && $output == *"line 6: the name is missing"* ]]
  printf 'Mara,"never closed\n' >open.csv
  run repl "$FAST" out "load-history open.csv"
  [[ $output == *"open.csv: line 1: a quote is opened and never closed"* ]]
  run repl "$FAST" out "load-history none.csv"
  [[ $output == *"none.csv"* ]]
  printf '%05000d,fine\n' 0 >long.csv
  run repl "$FAST" out "load-history long.csv"
  [[ $output == *'line 1: nobody here is called "000'*'000..."; here live Mara Ellison' ]]
}

@test "texts in another encoding are refused with their file and line, not changed" {
  begin
  printf 'Mara,fine\nMara,a caf\xe9\n' >latin1.csv
  printf 'Mara,fine\nMara,fine\nMara,a\0b\n' >zero.csv
  run repl "$FAST" out "load-history latin1.csv"
  [ "$status" -eq 1 ]
  [[ $output == *"load-history: latin1.csv: line 2: it is not UTF-8: save it in this encoding"* ]]
  run repl "$FAST" out "load-history zero.csv"
  [ "$status" -eq 1 ]
  [[ $output == *"load-history: zero.csv: line 3: there is a zero byte"* ]]
  for typed in 'a caf\xe9' 'a\0b'; do
    printf "time\nwhisper Mara $typed\nsave\n" >commands
    run "$FAST" repl out <commands
    [ "$status" -eq 1 ]
    [[ $output == *"line 2: "* && $output != *"saved to"* ]]
  done
  # empty thoughts between others are left out
  repl "$FAST" out "whisper Mara it rains; ;; it pours ;" step "memory thoughts 9" | grep -c "it rains$\|it pours$" | grep -q "^2$"
}

@test "a whisper about tonight in the garden brings people there, and the terminal says how it was understood" {
  write_study two.lua 'name = "two", days = 3, households = { { "p01", "p17" } }, assistants = "none",'
  repl "$FAST" two.lua "until 12:00" "whisper Mara Mara Ellison has a party tomorrow at 20:00 in the garden" \
    "whisper Mara the moon is full" "until day 2 20:15" "people" save >log
  grep -qx "Mara will think of it at the next step, remember it, and may go to the party at the garden on Friday, February 14 from 20:00 to 22:00" log
  grep -q "Mara will think of it at the next step and remember it; nothing to go to is in it" log
  grep -q "Mara Ellison .*joining the party at the garden  (home:house:garden" log
}

@test "reload simulates the day again with edited scripts, and keeps what was told" {
  begin
  mkdir -p scripts/offline/resident
  edit='sed "s/routine.minutes(day.wake)/routine.minutes(day.wake) - 60/" "$ROOT/scripts/offline/resident/wake_up.lua" >scripts/offline/resident/wake_up.lua'
  mkfifo go
  "$FAST" repl out <go >log 2>&1 &
  pid=$!
  exec 7>go
  printf 'until 05:00\nwhisper it rains\nuntil 08:00\nschedule hourly\n' >&7
  until grep -q "sleeping" log; do kill -0 "$pid"; done
  first=$(grep -c . log)
  eval "$edit"
  printf 'reload\ntime\nmemory thoughts 3\nfinish\n' >&7
  exec 7>&-
  wait "$pid"
  grep -q "in force for this day" log
  tail -n +"$first" log | grep -q "08:00: day 2, step 192 of 576"
  tail -n +"$first" log | grep -q "it rains"
  # they got up an hour earlier than they would have
  wake='SELECT min(step) FROM step WHERE asleep = 0 AND step >= 600'
  [ "$(($(sqlite3 whole/$RUN "$wake") - $(sqlite3 out/$RUN "$wake")))" -ge 20 ]
  "$FAST" resume out --quiet
  [ "$(sqlite3 out/$RUN "SELECT count(*) FROM day_script JOIN script USING (hash) WHERE text LIKE '%- 60%' AND day = 2
    AND path = 'scripts/offline/resident/wake_up.lua'")" -eq 1 ]
}

@test "reload refuses scripts that do not load, fail when they run, or would change a day that another run has finished" {
  write_study s.lua 'name = "s", days = 2, personas = { "p01", "p04" },'
  "$FAST" run s.lua -o out --quiet
  "$FAST" fork out --day 1 -o half
  mkdir -p scripts/resident
  echo 'return {' >scripts/resident/act.lua
  run repl "$FAST" half/$RUN "run 10" reload
  [ "$status" -eq 1 ]
  [[ $output == *"changed files are not taken for day 2"* && $output == *"line 2: reload: scripts/resident/act.lua:"* ]]
  rm scripts/resident/act.lua
  # one that fails in the evening: the run stays where it was before the step that fails
  mkdir -p scripts/offline/resident
  cat >scripts/offline/resident/emoji.lua <<'LUA'
local clock = require "clock"
return function()
  if clock.minute() > 1080 then error("no emoji in the evening") end
  return { emoji = "x" }
end
LUA
  run repl "$FAST" half/$RUN reload "until 17:00" "until 23:00"
  [ "$status" -eq 1 ]
  [[ $output == *"no emoji in the evening"* ]]
  printf 'reload\nuntil 17:00\nuntil 23:00\ntime\nmemory 1\n' | "$FAST" repl half/$RUN --keep-going >log 2>&1 || true
  grep -q "18:" log
  rm -r scripts
  # the other run finishes day 2 with what is pinned now
  "$FAST" run s.lua -o both --quiet
  mkdir -p scripts/offline/resident
  sed 's/routine.minutes(day.wake)/routine.minutes(day.wake) - 60/' "$ROOT/scripts/offline/resident/wake_up.lua" >scripts/offline/resident/wake_up.lua
  "$FAST" fork both --day 1 -o third
  cp both/runs/default/p04-s1.sqlite third/runs/default/ && cp both/texts/* third/texts/
  run repl "$FAST" third/$RUN "run 5" reload
  [ "$status" -eq 1 ]
  [[ $output == *"p04-s1.sqlite has finished day 2"* && $output == *"propersim fork"* ]]
}

@test "each command looks at the household, and says what is wrong with what it is told" {
  begin
  # command | what its output must hold
  while IFS='|' read -r command wanted; do
    run repl "$FAST" out "until 12:00" "$command"
    [[ $output == *"$wanted"* ]] || { echo "$command: no '$wanted' in:"; echo "$output"; false; }
  done <<'TABLE'
time|Friday February 14, 2025, 12:00: day 2, step 288 of 576 (864 of the run)
people|Mara Ellison  p01
person|Mara is a landscape architect
schedule|sleeping
schedule Mara hourly|sleeping
tile 3 3|place: home:house:
tile Mara|here: Mara Ellison
tile 999 1|tile 999, 1 is not on the map
events Mara|Mara Ellison is
path shower|(home:house:bathroom:shower)
path Mara nowhere|the map has no place "nowhere"
path bed|"bed" is more than one place
memory 1 events 3|event
memory search lunch|Mara
memory nonsense|memory shows events
places|kitchen
cooldowns|has talked with nobody
interview What are you doing now?|Mara: I am
interview Do you know the way to the moon?|I do not remember anything about that
lua 1 + 1, "two"|2
lua h.residents[1].name|Mara Ellison
lua error("on purpose")|on purpose
lua 1 +|terminal:1
lua h.residents[1].memory:add {}|only looks at the household
lua require("record").step {}|only looks at the household
lua os.exit()|'os' is not defined
until 99:99|is no time
until 2025-02-01|is over
run|how many steps
run 3 weeks|is nothing to count
whisper|what? whisper NAME TEXT
help whisper|An input of the run
help|load-history FILE.csv
steep|did you mean step?
TABLE
}

@test "piped input ends at the first command that fails, unless told to go on" {
  begin
  run repl "$FAST" out "# a comment" "" "run 2" "nonsense" "run 2"
  [ "$status" -eq 1 ]
  [[ $output == *"line 4: there is no command 'nonsense'"* ]]
  [ "$(grep -c Fri <<<"$output")" -eq 1 ]
  [[ $output != *">"* ]] # no prompt
  run bash -c "printf 'nonsense\nrun 2\nsave\n' | '$FAST' repl out --keep-going"
  [ "$status" -eq 1 ]
  [[ $output == *"saved to out/$RUN"* ]]
}

@test "an interview takes every line as a question until its end" {
  begin
  repl "$FAST" out "until 09:00" "interview Mara" "What are you doing right now?" "What did you plan?" "end" "time" >log
  [ "$(grep -c '^Mara: ' log)" -eq 2 ]
  tail -1 log | grep -q "09:00"
}

@test "a study file, a study of many runs, and the end of a study" {
  write_study s.lua 'name = "s", days = 1, personas = { "p01", "p04" },'
  refuses "has 2 runs" "default/p04-s1" -- "$PROPERSIM" repl s.lua -o out
  refuses "has no run 'x'" -- "$PROPERSIM" repl out --run x
  refuses "'default/p0' may be one of 2 runs" "default/p01-s1" "default/p04-s1" -- "$PROPERSIM" repl out --run default/p0
  printf 'until tomorrow\nrun 1\n' | "$FAST" repl out --run default/p04 >log 2>&1 && false
  grep -q "line 2: run: the study is over" log
  refuses "is in no study folder" -- "$PROPERSIM" repl /dev/null
  refuses "which run" -- "$PROPERSIM" repl
  # nobody else writes a run meanwhile
  mkfifo go
  "$FAST" repl out --run default/p01-s1 <go >log &
  pid=$!
  exec 7>go
  echo "run 1" >&7
  until grep -q "Thu" log; do kill -0 "$pid"; done
  run "$FAST" resume out --quiet
  [ "$status" -eq 1 ]
  [[ $output == *"is being written by process $pid"* ]]
  exec 7>&-
  wait "$pid"
}

@test "what goes beyond the end of the study is refused before the first step, and so are words that a command does not take" {
  write_study s.lua 'name = "s", days = 2, personas = { "p01" },'
  "$FAST" run s.lua -o out --days 1 --quiet
  sed -i 's/"days":1/"days":2/' out/study.json
  while IFS='|' read -r command wanted; do
    run repl "$FAST" out "run 2" "$command"
    [ "$status" -eq 1 ]
    [[ $output == *"line 2: $wanted"* ]] || { echo "$command: no '$wanted' in:"; echo "$output"; false; }
    [ "$(grep -c Fri <<<"$output")" -eq 1 ] # of the first line
  done <<'TABLE'
run 575|run: day 3 is after the study's 2 days, of which 574 steps are left
run 2 days|run: day 4 is after the study's 2 days
until day 50|until: day 50 is after the study's 2 days
until 2099-01-01 00:00|until: day 26986 is after the study's 2 days
until day 99999999999999999999|until: "day 99999999999999999999" is no time
save now|save: takes nothing after it, and there is 'now'
fin --help|finish: takes nothing after it
exit x|exit: takes nothing after it
time now|time: takes nothing after it
people Mara|people: takes nothing after it
reload all|reload: takes nothing after it
step 3|step: takes nothing after it, and there is '3'; `run N` simulates N steps
person Mara Ellison now|person: there is "now" after the name
places nowhere|places: nobody here is called "nowhere"
cooldowns Mara x|cooldowns: there is "x" after the name
s|'s' may be step, schedule or save
whisper Mara ; ;;|whisper: what? whisper NAME TEXT
memory Mara events 99999999999999999999|memory: how many? N is a number from 1 to 100000, not 99999999999999999999
memory Mara 0|memory: how many?
tile 99999999999999999999 1|tile: tile 99999999999999999999, 1 is not on the map
lua error({ why = "so" })|lua: an error that is no text, but a table: {
lua error()|lua: an error that is no text, but a nil: nil
help ti|help: 'ti' may be time or tile
TABLE
  repl "$FAST" out "until day 3" | grep -q "Sat 00:00"
}

@test "people who live together are told apart" {
  write_study two.lua 'name = "two", days = 1, households = { { "p01", "p02" } },'
  repl "$FAST" two.lua "until 09:00" "tile p02" "interview Kwame Asante Where are you right now?" "whisper kwame it rains" \
    "cooldowns mara" step "memory 2 thoughts" "memory 1 thoughts" >log
  grep -q "here: .*Kwame Asante" log
  grep -q "^Kwame: I am" log
  [ "$(grep -c "it rains" log)" -eq 1 ]
  run repl "$FAST" two.lua "memory events"
  [[ $output == *"nobody here is called"* ]]
}

# A person at a real terminal: prompt, completion, history, Ctrl-C, the question before leaving.
@test "a session at a terminal" {
  begin
  mkdir home
  cat >talk.exp <<'EXPECT'
set timeout 60
proc want {text} {
  expect -exact $text {} timeout { puts "\nno '$text'"; exit 1 } eof { puts "\nended before '$text'"; exit 1 }
}
spawn -noecho $env(PROGRAM) repl out
want "Fri 00:00> "
send "sched\t"
want "ule"
send "Ma\t"
want "ra"
send "\r"
want "sleeping"
want "Fri 00:00> "
send "run 3\r"
want "Fri 00:07> "
send "\033\[A"
want "run 3"
send "\r"
want "Fri 00:15> "
# Ctrl-C empties a line, and ends a long run after a whole step
send "nonsense\003time\r"
want "day 2, step 6"
want "Fri 00:15> "
send "interview Mara\r"
want "ask Mara> "
send "What are you doing right now?\r"
want "Mara: I am sleeping"
want "ask Mara> "
send "\r"
want "Fri 00:15> "
send "exit\r"
want "6 steps and 0 whispers are not saved"
want "> "
send "finish\r"
want "saved to out"
expect eof
EXPECT
  HOME=$WORK/home XDG_STATE_HOME=$WORK/home/state PROGRAM=$FAST TERM=xterm timeout 120 expect talk.exp >log || { cat log; false; }
  grep -q "^run" home/state/propersim/history
  repl "$FAST" out time | grep -q "step 6 of 576"
}

@test "with models: commands wait for answers, looks are paid for and kept, and nothing is asked twice" {
  start_mock --latency 2
  body='name = "s", days = 2, sec_per_step = 3600, personas = { "p01" }, mmlu = { path = "own", questions = 2 },'
  m="{ model = 'm', url = '$URL', mock = true }"
  write_study off.lua "$body"
  write_study on.lua "$body models = { resident = $m, rater = $m, assistant = $m, summary = $m, embedding = $m },"
  "$FAST" run off.lua -o off --quiet
  repl "$FAST" on.lua "run 9" "interview What are you doing right now?" "memory search breakfast" "run 3" save \
    "run 20" "interview Who are you?" "whisper it rains" "run 2" exit >log 2>/dev/null
  grep -q "Mara: I am" log
  on=studies/s/$RUN
  [ "$(sqlite3 $on "SELECT max(step) FROM step")" -eq 11 ]
  # what was not saved is gone, but for the answers, which cost something
  [ "$(sqlite3 $on "SELECT count(*) FROM call WHERE prompt = 'resident/interview' AND status = 'ok'")" -eq 2 ]
  others="SELECT count(*) FROM call WHERE status = 'ok' AND prompt <> 'resident/interview'"
  asked=$(sqlite3 $on "$others")
  repl "$FAST" studies/s "run 8" "interview What are you doing right now?" finish >/dev/null
  [ "$(sqlite3 $on "$others")" -eq "$asked" ]
  "$FAST" resume studies/s --quiet
  [ "$("$FAST" digest studies/s)" = "$("$FAST" digest off)" ]
  stop_mock
  # an endpoint that is gone: the step is taken back, and the error says what to do
  "$FAST" fork studies/s --day 1 --set assistant.memory=A -o gone
  printf 'until 12:00\ntime\n' | "$FAST" repl gone --keep-going >log 2>messages && false
  grep -q "cannot be reached" messages
  grep -q "day 2, step" log
}
