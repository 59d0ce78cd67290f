load common.bash

# What each option changes, and that it changes nothing else (REFERENCE of the original's options: docs/from-properSim.md).
# Each line of a table: name ~ options ~ parts that stay as in `default` ~ parts that differ ~ a claim in SQL, 1 if it holds.
# In claims `d` is the default's run file, and `said` the share of steps in which something was said.

declare -gA PART=(
  [world]="SELECT step, x, y, path, asleep, walking, action FROM SCHEMA.step"
  [events]="SELECT step, seq, description FROM SCHEMA.event"
  [thoughts]="SELECT id, text FROM SCHEMA.memory WHERE stream = 'resident'"
  [offers]="SELECT step, slot, text, source, delivered FROM SCHEMA.suggestion"
  [ratings]="SELECT step, slot, criterion, value, status FROM SCHEMA.rating"
  [pairs]="SELECT step, chosen_slot, rejected_slot, margin FROM SCHEMA.pair"
  [memory]="SELECT id, text FROM SCHEMA.memory WHERE stream = 'assistant'"
  [recalled]="SELECT step, stream, rank, node FROM SCHEMA.retrieval"
  [learned]="SELECT day, hex(weights) FROM SCHEMA.policy"
)

sql() { sqlite3 -cmd "ATTACH '$DEFAULT' AS d" "$1" "$2"; }

differing() { # run file, part -> number of rows that one has and the other has not
  local here=${PART[$2]//SCHEMA/main} there=${PART[$2]//SCHEMA/d}
  sql "$1" "SELECT (SELECT count(*) FROM ($here EXCEPT $there)) + (SELECT count(*) FROM ($there EXCEPT $here))"
}

trim() { local text=$1; text=${text#"${text%%[![:space:]]*}"}; echo "${text%"${text##*[![:space:]]}"}"; }

# Runs the table on standard input; "$1" are options of the study.
check_table() {
  local name options same different claim failed=0 part run
  cat >table
  {
    echo 'local study = require "propersim.study"'
    echo "return study { name = 'options', $1 conditions = { default = {},"
    while IFS='~' read -r name options same different claim; do
      echo "[\"$(trim "$name")\"] = { $options },"
    done <table
    echo "} }"
  } >options.lua
  "$FAST" run options.lua -o out --quiet
  DEFAULT=$PWD/out/runs/default/p02-s1.sqlite
  while IFS='~' read -r name options same different claim; do
    run=out/runs/$(trim "$name")/p02-s1.sqlite
    for part in $same; do
      [ "$(differing "$run" "$part")" -eq 0 ] || { echo "$name: $part should be as in the default"; failed=1; }
    done
    for part in $different; do
      [ "$(differing "$run" "$part")" -gt 0 ] || { echo "$name: $part should differ from the default"; failed=1; }
    done
    claim=$(trim "$claim")
    [ -z "$claim" ] || [ "$(sql "$run" "SELECT $claim")" = 1 ] || { echo "$name: not so: $claim"; failed=1; }
  done <table
  return $failed
}

@test "memory levels change what the assistant's memory holds, and nothing else" {
  local notes="FROM memory WHERE stream = 'assistant'"
  check_table "days = 1, personas = { 'p02' }," <<TABLE
none   ~ assistant = { memory = "none" }   ~ world offers ratings pairs ~ memory ~ (SELECT count(*) = 0 $notes)
A      ~ assistant = { memory = "A" }      ~ world offers ratings pairs ~ memory ~ (SELECT count(*) > 300 AND sum(text LIKE '% | %') = 0 $notes)
AS     ~ assistant = { memory = "AS" }     ~ world offers ratings pairs memory ~ ~ (SELECT sum(text LIKE '% | %') = count(*) AND sum(text LIKE '%| score %') = 0 $notes)
ASC    ~ assistant = { memory = "ASC" }    ~ world offers ratings pairs ~ memory ~ (SELECT sum(text GLOB '* | * | score [0-4]') = count(*) $notes)
ASCR   ~ assistant = { memory = "ASCR" }   ~ world offers ratings pairs ~ memory ~ (SELECT sum(text GLOB '* | * | score [0-4] | ?*') = count(*) $notes)
AS9C1  ~ assistant = { memory = "AS9C1" }  ~ world offers ratings pairs ~ memory ~ (SELECT avg(text LIKE '%| score %') BETWEEN 0.05 AND 0.15 $notes)
AS8C2  ~ assistant = { memory = "AS8C2" }  ~ world offers ratings pairs ~ memory ~ (SELECT avg(text LIKE '%| score %') BETWEEN 0.14 AND 0.26 $notes)
ASC9R1 ~ assistant = { memory = "ASC9R1" } ~ world offers ratings pairs ~ memory ~ (SELECT sum(text LIKE '%| score %') = count(*) AND avg(text GLOB '*| score ? | *') BETWEEN 0.05 AND 0.15 $notes)
ASC8R2 ~ assistant = { memory = "ASC8R2" } ~ world offers ratings pairs ~ memory ~ (SELECT sum(text LIKE '%| score %') = count(*) AND avg(text GLOB '*| score ? | *') BETWEEN 0.14 AND 0.26 $notes)
TABLE
}

@test "retrieval gives as many memories as asked for, by the weights that were set" {
  local per_step="FROM (SELECT count(*) AS n FROM retrieval WHERE stream = 'assistant' GROUP BY step, seq)"
  check_table "days = 1, personas = { 'p02' }, retrieval = { record = true }," <<TABLE
three      ~ assistant = { retrieve = 3 } ~ world offers ratings memory recalled ~ ~ (SELECT max(n) = 3 $per_step)
five       ~ assistant = { retrieve = 5 } ~ world offers ratings memory ~ recalled ~ (SELECT max(n) = 5 $per_step)
nothing    ~ assistant = { retrieve = 0 } ~ world offers ratings memory ~ recalled ~ (SELECT count(*) = 0 $per_step)
unrecorded ~ retrieval = { record = false } ~ world offers ratings memory ~ recalled ~ (SELECT count(*) = 0 FROM retrieval)
recency    ~ retrieval = { recency_w = 50 } ~ world offers ratings memory ~ recalled ~
relevance  ~ retrieval = { relevance_w = 0 } ~ world offers ratings memory ~ recalled ~
importance ~ retrieval = { importance_w = 50 } ~ world offers ratings memory ~ ~
decay      ~ retrieval = { recency_decay = 0.5 } ~ world offers ratings memory ~ recalled ~
oldest     ~ retrieval = { oldest_first = true } ~ world offers ratings memory ~ recalled ~ (SELECT (SELECT avg(node) FROM retrieval WHERE stream = 'assistant') < (SELECT avg(node) FROM d.retrieval WHERE stream = 'assistant'))
TABLE
}

@test "drawing: ranking, forced silence, exploring, two questions, reasons, revision, temperature" {
  local slots="(SELECT count(*) FROM suggestion WHERE slot ="
  check_table "days = 1, personas = { 'p02' }, rater = { inconsistency = 0 }," <<TABLE
no_ranking ~ assistant = { rank = false } ~ world ~ offers ratings pairs ~ $slots 2) = 0 AND (SELECT min(delivered) = 1 FROM suggestion) AND (SELECT count(*) FROM pair) = 0
norec30    ~ assistant = { force_silence = 0.3 } ~ world memory ~ offers pairs ~ (SELECT avg(source = 'forced') BETWEEN 0.22 AND 0.38 FROM suggestion WHERE slot = 1)
norec70    ~ assistant = { force_silence = 0.7 } ~ world memory ~ offers pairs ~ (SELECT avg(source = 'forced') BETWEEN 0.62 AND 0.78 FROM suggestion WHERE slot = 1)
norec100   ~ assistant = { force_silence = 1 } ~ world memory ~ offers pairs ~ (SELECT min(silent AND source = 'forced') = 1 FROM suggestion WHERE slot = 1)
opposite   ~ assistant = { explore = { opposite = 1 } } ~ world memory ~ offers pairs ~ (SELECT min(a.silent) = 1 FROM suggestion a JOIN suggestion b USING (step, who) WHERE a.slot = 1 AND b.slot = 2 AND NOT b.silent)
speak      ~ assistant = { explore = { speak = 1 } } ~ world memory ~ offers pairs ~ (SELECT max(silent) = 0 FROM suggestion WHERE slot = 1)
two        ~ assistant = { ask = "decide_first" } ~ world ~ offers ~ (SELECT count(*) > 300 FROM suggestion WHERE slot = 2 AND NOT silent)
before     ~ assistant = { reason = "before" } ~ world offers ratings pairs memory ~ ~ (SELECT count(reason) = count(*) FROM suggestion)
after      ~ assistant = { reason = "after" } ~ world offers ratings pairs memory ~ ~ (SELECT count(reason) = count(*) FROM suggestion)
noreason   ~ assistant = { reason = "none" } ~ world offers ratings pairs memory ~ ~ (SELECT count(reason) = 0 FROM suggestion)
revised    ~ assistant = { revision = true } ~ world ~ offers pairs ~ (SELECT min((b.source = 'revised') = (s.score < 4)) = 1 FROM score s JOIN suggestion b USING (step, who) WHERE s.slot = 1 AND b.slot = 2) AND (SELECT avg(score) FROM score WHERE slot = 2) > 3.8
shared     ~ ~ world offers ratings pairs memory ~ ~ (SELECT min(r.shared = (a.text = b.text)) = 1 FROM score r JOIN suggestion a USING (step, who) JOIN suggestion b USING (step, who) WHERE r.slot = 2 AND a.slot = 1 AND b.slot = 2)
all        ~ rater = { mode = "all" } ~ world offers pairs ~ ~ (SELECT count(*) = 0 FROM score s JOIN d.score t USING (step, who, slot) WHERE s.score <> t.score)
erring     ~ rater = { inconsistency = 0.3 } ~ world offers ~ ratings ~ (SELECT avg(s.score <> t.score) > 0.4 FROM score s JOIN d.score t USING (step, who, slot))
TABLE
}

@test "a given persona makes the assistant better, and nothing is retrieved for it" {
  check_table "days = 1, personas = { 'p02' }, retrieval = { record = true }," <<TABLE
given        ~ assistant = { persona_given = true } ~ world ~ offers ratings recalled ~ (SELECT avg(score) FROM delivery) > 1 + (SELECT avg(score) FROM d.delivery) AND (SELECT count(*) = 0 FROM retrieval WHERE stream = 'assistant')
given_before ~ assistant = { persona_given = true, reason = "before" } ~ world ~ offers ratings ~ (SELECT count(reason) = count(*) FROM suggestion)
given_after  ~ assistant = { persona_given = true, reason = "after" } ~ world ~ offers ratings ~ (SELECT count(reason) = count(*) FROM suggestion)
TABLE
}

@test "policies: silence, rates, means, a gate, an upper bound, memory without training" {
  local said="(SELECT avg(NOT silent) FROM delivery)" hourly="(SELECT recommendations_per_hour FROM daily)"
  check_table "days = 1, personas = { 'p02' }," <<TABLE
learned ~ assistant = { policy = "learned" } ~ world offers ratings pairs memory ~ ~
silent  ~ assistant = { policy = "silent" } ~ world ~ offers ~ $said = 0
always  ~ assistant = { policy = "always" } ~ world ~ offers ~ $said = 1
fixed   ~ assistant = { policy = "fixed_rate", rate = 2 } ~ world ~ offers ~ $hourly BETWEEN 1.9 AND 2.1 AND (SELECT min(gap) >= 12 FROM (SELECT step - lag(step) OVER (ORDER BY step) AS gap FROM delivery WHERE NOT silent))
seldom  ~ assistant = { policy = "fixed_rate", rate = 0.25 } ~ world ~ offers ~ $hourly BETWEEN 0.2 AND 0.35
never   ~ assistant = { policy = "fixed_rate", rate = 0 } ~ world ~ offers ~ $said = 0
random  ~ assistant = { policy = "random_rate", rate = 2 } ~ world ~ offers ~ $hourly BETWEEN 1 AND 3.5
means   ~ assistant = { policy = "means" } ~ world ~ offers ~ $said < 0.2 AND (SELECT avg(score) FROM delivery) > 3
gate    ~ assistant = { policy = "gate" } ~ world ~ offers ~ $said < 0.2 AND (SELECT min(NOT silent) = 1 FROM suggestion WHERE slot = 1)
needy   ~ assistant = { policy = "gate", gate = { missed = 1000 } } ~ world ~ offers ~ $said > 0.9
wary    ~ assistant = { policy = "gate", gate = { false_alarm = 1000 } } ~ world ~ offers ~ $said = 0
oracle  ~ assistant = { policy = "oracle" } ~ world ~ offers ~ (SELECT avg(score) FROM delivery WHERE NOT silent) > 3.6 AND (SELECT avg(score) FROM delivery) > 3.8
in_context ~ assistant = { memory = "ASC", in_context = 1 } ~ world ~ offers memory ~ $said < 0.8
TABLE
}

@test "what happens in the world: perception, reflection, walking, steps, the calendar" {
  check_table "days = 1, personas = { 'p02' }," <<TABLE
near      ~ resident = { vision_r = 1 } ~ world offers ratings memory ~ events ~ (SELECT count(*) FROM event) < (SELECT count(*) FROM d.event)
one       ~ resident = { att_bandwidth = 1 } ~ world offers ratings memory ~ events ~ (SELECT max(n) = 1 FROM (SELECT count(*) AS n FROM event GROUP BY step))
forgetful ~ resident = { retention = 0 } ~ world offers ratings memory ~ events ~ (SELECT count(*) FROM event) > (SELECT count(*) FROM d.event)
thinking  ~ resident = { importance_trigger = 10 } ~ world offers ratings memory ~ thoughts ~ (SELECT count(*) FROM memory WHERE type = 'thought') > (SELECT count(*) FROM d.memory WHERE type = 'thought')
slow      ~ resident = { walk_tiles_per_second = 0.02 } ~ ~ world ~ (SELECT count(*) FROM step WHERE walking) > (SELECT count(*) FROM d.step WHERE walking)
minutes   ~ sec_per_step = 600 ~ ~ world ~ (SELECT count(*) = 144 FROM step)
summer    ~ start = "2025-07-05" ~ ~ world ~ (SELECT date = '2025-07-05' FROM day)
TABLE
}

@test "what reaches the assistant of the ratings; the ratings themselves stay" {
  check_table "days = 1, personas = { 'p02' }, assistant = { memory = 'ASC' }," <<TABLE
noisy   ~ feedback = { noise = 0.5 } ~ world offers ratings ~ pairs memory ~ (SELECT avg(m.text <> n.text) > 0.5 FROM memory m JOIN d.memory n USING (who, stream, id) WHERE stream = 'assistant')
inverse ~ feedback = { noise = 1 } ~ world offers ratings ~ pairs memory ~ (SELECT count(*) > 200 AND min(p.chosen_slot = q.rejected_slot) = 1 FROM pair p JOIN d.pair q USING (step, who))
sparse  ~ feedback = { share = 0.1 } ~ world offers ratings ~ pairs memory ~ (SELECT avg(text LIKE '%| score %') BETWEEN 0.05 AND 0.15 FROM memory WHERE stream = 'assistant') AND (SELECT count(*) FROM pair) < 0.25 * (SELECT count(*) FROM d.pair)
untold  ~ feedback = { share = 0 } ~ world offers ratings ~ pairs memory ~ (SELECT count(*) = 0 FROM pair)
late    ~ feedback = { delay_days = 1 } ~ world offers ratings pairs ~ memory ~ (SELECT sum(text LIKE '%| score %') = 0 FROM memory WHERE stream = 'assistant')
TABLE
}

@test "wishes that change on a day change the ratings from that day on" {
  check_table "days = 4, personas = { 'p02' }, rater = { inconsistency = 0 }," <<TABLE
swap     ~ change = { day = 3, to = "p09" } ~ world offers memory ~ ratings ~ (SELECT min(step) FROM (SELECT step FROM rating r JOIN d.rating s USING (step, who, slot, criterion) WHERE r.value <> s.value)) BETWEEN 1152 AND 1727
ill      ~ change = { day = 2, until_day = 3, preferences = { quiet = { { "00:00", "23:59" } }, receptive = { { "23:59", "00:00" } } } } ~ world offers memory ~ ratings ~ (SELECT min(step) >= 576 AND max(step) < 1152 FROM rating r JOIN d.rating s USING (step, who, slot, criterion) WHERE r.value <> s.value AND criterion = 'timing')
gradual  ~ change = { day = 2, gradual_days = 1, to = "p09" } ~ world offers memory ~ ratings ~ (SELECT sum(r.value <> s.value AND step < 1152) BETWEEN 1 AND 0.8 * sum(r.value <> s.value AND step >= 1152 AND step < 1728) FROM rating r JOIN d.rating s USING (step, who, slot, criterion))
job      ~ change = { day = 2, to = "p09", routine = true } ~ ~ world offers ratings ~ (SELECT count(*) = 0 FROM step s JOIN d.step t USING (step, who) WHERE s.day = 1 AND s.action <> t.action)
reworded ~ change = { day = 2, rubric = { timing = "Any time is fine." }, preferences = { quiet = { { "00:00", "23:59" } }, receptive = { { "23:59", "00:00" } } } } ~ world offers memory ~ ratings ~
TABLE
}

@test "learning settings change what is learned, from the first night on" {
  local learn='assistant = { learn = { method = "dpo",' night="FROM log WHERE day = 3 AND message LIKE '%learned from%'"
  local used="CAST(substr(message, instr(message, 'learned from ') + 13) AS INTEGER)"
  local new="CAST(substr(message, instr(message, ' pairs (') + 8) AS INTEGER)"
  local variety="1.0 * count(DISTINCT topic || tone) / count(*)" tried="WHERE slot = 1 AND source = 'forced' AND NOT silent AND step >= 1152"
  check_table "days = 3, personas = { 'p02' }, assistant = { learn = { method = 'dpo' }, explore = { opposite = 0.25, speak = 0.25 } }," <<TABLE
dpo     ~ $learn } } ~ world offers ratings pairs memory learned ~ ~
ipo     ~ assistant = { learn = { method = "ipo", beta = 0.01 } } ~ world ~ learned offers ~
kto     ~ assistant = { learn = { method = "kto" } } ~ world ~ learned offers ~
sft     ~ assistant = { learn = { method = "sft" } } ~ world ~ learned offers ~
frozen  ~ assistant = { learn = { method = "none" } } ~ world ~ learned offers ~ (SELECT count(*) = 0 FROM policy)
200     ~ $learn replay = "equally200" } } ~ world learned ~ ~ (SELECT $used = 200 $night)
400     ~ $learn replay = "equally400" } } ~ world ~ learned ~ (SELECT $used = 400 $night)
half    ~ $learn replay = "halftoday" } } ~ world ~ learned ~ (SELECT $used = 2 * $new $night)
all     ~ $learn replay = "all" } } ~ world ~ learned ~ (SELECT $used > 400 $night)
recent  ~ $learn half_life_days = 0.1 } } ~ world ~ learned ~
ties    ~ $learn ties = 0.5 } } ~ world ~ learned ~
beta    ~ $learn beta = 1 } } ~ world ~ learned ~
rate    ~ $learn learning_rate = 0.01 } } ~ world ~ learned ~
epochs  ~ $learn epochs = 5 } } ~ world ~ learned ~
batch   ~ $learn batch = 2, accumulate = 1 } } ~ world ~ learned ~
steps   ~ $learn accumulate = 16 } } ~ world ~ learned ~
decay   ~ $learn weight_decay = 1 } } ~ world ~ learned ~
even    ~ $learn linear_decay = false } } ~ world ~ learned ~
balance ~ $learn balance = 1 } } ~ world ~ learned ~
smooth  ~ $learn smoothing = 0.3 } } ~ world ~ learned ~
cut     ~ $learn max_norm = 0.001 } } ~ world ~ learned ~
lot     ~ $learn shuffle = true } } ~ world ~ learned ~ (SELECT avg(p.chosen_slot = q.chosen_slot) BETWEEN 0.35 AND 0.65 FROM pair p JOIN d.pair q USING (step, who) WHERE step < 576)
across  ~ $learn across = 5, replay = "all" } } ~ world ~ learned ~ (SELECT $used $night) > (SELECT count(*) FROM pair WHERE day < 3)
anew    ~ $learn from_reference = true } } ~ world ~ learned ~
hot     ~ assistant = { temperature = 100 } ~ world ~ offers learned ~ (SELECT avg(NOT silent) FROM delivery WHERE step >= 1152) > 0.5 AND (SELECT avg(NOT silent) FROM d.delivery WHERE step >= 1152) < 0.2
daring  ~ assistant = { explore = { temperature = 100 } } ~ world ~ offers learned ~ (SELECT $variety FROM suggestion $tried) > 1.2 * (SELECT $variety FROM d.suggestion $tried)
late    ~ feedback = { delay_days = 1 } ~ world ~ learned ~ (SELECT count(*) = 1 FROM log WHERE day = 2 AND message LIKE '%learned from 0 pairs%')
noisy   ~ feedback = { noise = 0.2 } ~ world ~ learned ~
TABLE
}

@test "settings of one method change what it learns" {
  local learn='assistant = { learn = {' method
  for method in kto sft; do
    check_table "days = 2, personas = { 'p02' }, assistant = { learn = { method = '$method' }, explore = { opposite = 0.25, speak = 0.25 } }," <<TABLE
$([ $method = kto ] && cat <<KTO
exact   ~ $learn kto_reference = "exact" } } ~ world ~ learned ~
batch   ~ $learn kto_reference = "batch" } } ~ world learned ~ ~
good    ~ $learn desirable = 5 } } ~ world ~ learned ~
bad     ~ $learn undesirable = 5 } } ~ world ~ learned ~
KTO
)$([ $method = sft ] && cat <<SFT
unlike  ~ $learn unlikelihood = 1 } } ~ world ~ learned ~
SFT
)
speech  ~ $learn skip_attribute = "silent" } } ~ world ~ learned offers ~ (SELECT avg(NOT silent) FROM delivery WHERE step >= 576) > (SELECT avg(NOT silent) FROM d.delivery WHERE step >= 576)
TABLE
    rm -r out
  done
}

@test "options that contradict each other are refused with what to do" {
  while IFS='~' read -r options text; do
    write_study s.lua "name = 's', days = 1, personas = { 'p02' }, $options,"
    refuses "$(trim "$text")" -- "$FAST" check s.lua
  done <<'TABLE'
assistant = { revision = true, rank = false } ~ assistant.revision: needs assistant.rank = true
assistant = { revision = true, policy = "gate" } ~ assistant.revision: does not go with policy gate
assistant = { policy = "guess" } ~ assistant.policy: must be one of learned, silent
assistant = { learn = { method = "no_such_rule" } } ~ there is no rule of that name
assistant = { learn = { start = "learning" } } ~ must be "STUDY:CONDITION" or ":CONDITION"
assistant = { learn = { start = ":nobody" } } ~ this study has no condition 'nobody'
assistant = { learn = { start = ":default" } } ~ leads in a circle
change = { to = "p09" } ~ change.to: on which day? Give change.day
change = { day = 3 } ~ something must change on that day
change = { day = 3, to = "p99" } ~ change.to: there is no persona 'p99'
change = { day = 3, until_day = 3, to = "p09" } ~ change.until_day: must lie after change.day
change = { day = 3, routine = true, rubric = { timing = "x" } } ~ change.routine: whose routine?
change = { day = 3, preferences = { tones = { "rude" } } } ~ change.preferences.tones
change = { day = 3, rubric = { tiiming = "x" } } ~ change.rubric: has no text 'tiiming'
feedback = { noise = 2 } ~ feedback.noise: must be a number from 0 to 1
TABLE
}

@test "options that could not act are refused, unless another condition uses them" {
  local server='models = { assistant = "http://127.0.0.1:1/v1#m" }, assistant = { learn = { trainer = "true", method = "dpo"'
  while IFS='~' read -r options text; do
    write_study s.lua "name = 's', days = 2, personas = { 'p02' }, $options,"
    refuses "$(trim "$text")" -- "$FAST" check s.lua
  done <<TABLE
assistant = { rank = false, learn = { method = "dpo" } } ~ assistant.learn.method: needs assistant.rank = true
assistant = { policy = "silent", learn = { method = "dpo" } } ~ assistant.learn.method: nothing would use what is learned
assistant = { policy = "means", learn = { method = "kto" } } ~ assistant.learn.method: nothing would use what is learned
assistant = { policy = "gate", force_silence = 0.5 } ~ assistant.force_silence: concerns the first of two offers
assistant = { policy = "gate", explore = { speak = 0.5 } } ~ assistant.explore.speak: concerns the first of two offers
assistant = { revision = true, explore = { opposite = 0.5 } } ~ assistant.explore.opposite: concerns the first of two offers
assistant = { rank = false, explore = { opposite = 0.5 } } ~ assistant.explore.opposite: needs assistant.rank = true
assistant = { rank = false, force_silence = 0.5 } ~ assistant.force_silence: needs assistant.rank = true
assistant = { explore = { temperature = 5 } } ~ assistant.explore.temperature: needs assistant.explore.speak
assistant = { rate = 2 } ~ assistant.rate: needs assistant.policy = "fixed_rate"
assistant = { gate = { missed = 5 } } ~ assistant.gate.missed: needs assistant.policy = "gate"
assistant = { candidates = 2 } ~ assistant.candidates: needs assistant.choose = "policy"
assistant = { choose = "policy", learn = { method = "dpo", across = 1 } } ~ assistant.learn.across: does not go with choose
assistant = { learn = { start_from = "own" } } ~ assistant.learn.start_from: needs assistant.learn.start
assistant = { learn = { replay = "all" } } ~ assistant.learn.replay: needs assistant.learn.method
assistant = { learn = { beta = 1 } } ~ assistant.learn.beta: needs assistant.learn.method
assistant = { learn = { method = "sft", beta = 1 } } ~ assistant.learn.beta: does nothing with method sft
assistant = { learn = { method = "kto", balance = 1 } } ~ assistant.learn.balance: needs assistant.learn.method dpo or ipo
change = { day = 1, rubric = { timing = "Any time is fine." } } ~ change.preferences: the offline rater reads preferences
change = { day = 3, to = "p09" } ~ change.day: is 3, but the study has 2 days
conditions = { one = {}, two = { assistant = { rate = 2 } } } ~ conditions.two.assistant.rate: needs assistant.policy
conditions = { one = {}, two = { assistant = { learn = { start = ":one" } } } } ~ condition 'one' learns nothing
conditions = { one = { assistant = { learn = { method = "dpo" } } }, two = { assistant = { learn = { start = ":one" } } } } ~ the study has one person only
$server, across = 1 } } ~ assistant.learn.across: does nothing beside learn.trainer
$server, half_life_days = 3 } } ~ assistant.learn.half_life_days: does nothing beside learn.trainer
$server, balance = 1 } } ~ assistant.learn.balance: does nothing beside learn.trainer
$server, start = "a:b" } } ~ assistant.learn.start: does nothing beside learn.trainer
$server, keep_prompts = "never" } } ~ assistant.learn.keep_prompts: "never" leaves the trainer nothing to learn from
$server }, choose = "policy" } ~ assistant.choose: "policy" does not go with learn.trainer
TABLE
  write_study s.lua 'name = "s", days = 1, personas = { "p02" }, assistant = { rate = 2, learn = { method = "dpo", beta = 1 },
    explore = { speak = 0.5 } }, conditions = { all = {}, rate = { assistant = { policy = "fixed_rate" } },
    frozen = { assistant = { learn = { method = "none" } } }, single = { assistant = { rank = false } } },'
  "$FAST" check s.lua
  "$FAST" run s.lua -o out --quiet
  refuses "--set assistant.learn.start_from: needs assistant.learn.start" -- "$FAST" fork out --day 1 --days 2 --set assistant.learn.start_from=own -o forked
  run "$FAST" policy out/runs/single/p02-s1.sqlite
  [[ $status -eq 2 && $output == *"no pairs were kept"* ]]
}
