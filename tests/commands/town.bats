load common.bash

@test "a household of several is one run with a row a step and resident, and its digest repeats" {
  write_study two.lua 'name = "two", days = 1, households = { { "p01", "p17" }, "p02..p03" }, assistants = { "p01", "p02" },'
  "$PROPERSIM" run two.lua -o one --quiet
  "$FAST" run two.lua -o two --quiet --jobs 2
  [ "$("$FAST" digest one)" = "$("$FAST" digest two)" ]
  file=one/runs/default/p01+p17-s1.sqlite
  [ "$(sqlite3 "$file" 'SELECT group_concat(persona) FROM resident')" = p01,p17 ]
  [ "$(sqlite3 "$file" 'SELECT count(*) FROM step WHERE who = 2')" -eq 576 ]
  [ "$(sqlite3 "$file" 'SELECT group_concat(DISTINCT who) FROM suggestion')" = 1 ]
}

@test "somebody's random draws do not depend on who else lives there" {
  write_study alone.lua 'name = "alone", days = 1, personas = { "p17" }, assistants = "none",'
  write_study both.lua 'name = "both", days = 1, households = { { "p01", "p17" } }, assistants = "none",'
  "$FAST" run alone.lua -o alone --quiet
  "$FAST" run both.lua -o both --quiet
  hourly="SELECT start_clock, activity FROM schedule WHERE level = 'hourly' AND who ="
  alone=$(sqlite3 alone/runs/default/p17-s1.sqlite "$hourly 1")
  [ -n "$alone" ]
  [ "$alone" = "$(sqlite3 both/runs/default/p01+p17-s1.sqlite "$hourly 2")" ]
}

@test "households and assistants that cannot be are refused by name" {
  write_study a.lua 'name = "a", personas = { "p01" }, households = { { "p02" } },'
  refuses "households: give either personas" -- "$PROPERSIM" run a.lua -o a
  write_study b.lua 'name = "b", households = { { "p01", "p99" } },'
  refuses "p99" -- "$PROPERSIM" run b.lua -o b
  write_study c.lua 'name = "c", households = { { "p01", "p01" } },'
  refuses 'households[1]: "p01" stands in it twice' -- "$PROPERSIM" run c.lua -o c
  write_study d.lua 'name = "d", households = { { "p01" } }, assistants = { "p02" },'
  refuses 'assistants: "p02" lives in no household of this study' -- "$PROPERSIM" run d.lua -o d
  write_study e.lua 'name = "e", households = { { "p01" } }, assistants = "some",'
  refuses 'assistants' -- "$PROPERSIM" run e.lua -o e
}

PARTY="Mara Ellison is giving a garden party at the Garden on Saturday, February 15, from 15:00 to 18:00"

@test "people who live together talk, remember it, and leave each other in peace for 800 steps" {
  write_study two.lua 'name = "two", days = 2, households = { { "p01", "p17", "p02" } }, assistants = "none",'
  "$FAST" run two.lua -o out --quiet
  file=out/runs/default/p01+p17+p02-s1.sqlite
  [ "$(sqlite3 "$file" "SELECT count(*) >= 3 FROM memory WHERE type = 'chat' AND day = 1")" -eq 1 ]
  # both sides remember each conversation, with its lines
  [ "$(sqlite3 "$file" "SELECT count(DISTINCT who) FROM memory WHERE type = 'chat' GROUP BY step, text" | sort -u)" -eq 2 ]
  [ "$(sqlite3 "$file" "SELECT min(json_array_length(filling)) >= 2 FROM memory WHERE type = 'chat'")" -eq 1 ]
  # what is thought because of it has it as evidence
  [ "$(sqlite3 "$file" "SELECT count(*) FROM memory t JOIN memory c ON c.who = t.who AND c.stream = t.stream
    AND c.id = json_extract(t.filling, '\$[0]') WHERE t.type = 'thought' AND c.type = 'chat'")" -gt 0 ]
  least=$(sqlite3 "$file" "SELECT coalesce(min(gap), 800) FROM (SELECT step - lag(step) OVER (PARTITION BY min(a, b), max(a, b)
    ORDER BY step) AS gap FROM (SELECT step, subject AS a, object AS b FROM memory WHERE type = 'chat' AND subject < object))")
  [ "$least" -ge 800 ]
}

@test "who speaks to somebody walks up to them, and back to their place when the talk is over" {
  write_study two.lua 'name = "two", days = 1, sec_per_step = 10, households = { { "p01", "p17" } }, assistants = "none",'
  "$FAST" run two.lua -o out --quiet
  file=out/runs/default/p01+p17-s1.sqlite
  together="step a JOIN step b ON b.step = a.step AND a.who = 1 AND b.who = 2 AND a.action LIKE 'talking with%'
    AND b.action LIKE 'talking with%'"
  # from the second step on they stand beside each other; at most one of them has walked there
  [ "$(sqlite3 "$file" "SELECT count(*) >= 6 AND max(abs(a.x - b.x) + abs(a.y - b.y)) <= 1 FROM $together
    WHERE EXISTS (SELECT 1 FROM step p WHERE p.who = 1 AND p.step = a.step - 1 AND p.activity = a.activity)")" -eq 1 ]
  walked="SELECT a.path AS one, b.path AS two FROM $together
    WHERE EXISTS (SELECT 1 FROM step p WHERE p.who = 1 AND p.step = a.step - 1 AND p.activity = a.activity)"
  [ "$(sqlite3 "$file" "SELECT count(*) FROM ($walked) WHERE one IS NOT NULL OR two IS NOT NULL")" -gt 0 ]
  [ "$(sqlite3 "$file" "SELECT count(*) FROM ($walked) WHERE one IS NOT NULL AND two IS NOT NULL")" -eq 0 ]
  # whoever goes on with what they did before is where they did it
  [ "$(sqlite3 "$file" "SELECT count(*) FROM step a JOIN step b ON b.who = a.who AND b.activity = a.activity AND b.step > a.step
    AND NOT a.walking AND NOT b.walking AND a.action = b.action AND a.action NOT LIKE 'talking with%'
    AND (a.x <> b.x OR a.y <> b.y)")" -eq 0 ]
}

@test "talk can be switched off" {
  write_study two.lua 'name = "two", days = 1, households = { { "p01", "p17" } }, assistants = "none",
    resident = { talk = { enabled = false } },'
  "$FAST" run two.lua -o out --quiet
  [ "$(sqlite3 out/runs/default/p01+p17-s1.sqlite "SELECT count(*) FROM memory WHERE type = 'chat'")" -eq 0 ]
}

@test "a whisper becomes a thought and a plan, is told, and brings others" {
  write_study party.lua "name = 'party', days = 3, households = { { 'p01', 'p17', 'p02' } }, assistants = 'none',
    whispers = { { day = 1, time = '08:00', who = 'p01', text = '$PARTY' } },"
  "$FAST" run party.lua -o out --quiet
  file=out/runs/default/p01+p17+p02-s1.sqlite
  thoughts="SELECT min(created_clock) FROM memory WHERE type = 'thought' AND text LIKE"
  [ "$(sqlite3 "$file" "$thoughts '$PARTY'")" = "2025-02-13 08:00:00" ]
  [ "$(sqlite3 "$file" "$thoughts 'Mara Ellison plans to go to the garden party%'")" = "2025-02-13 08:00:00" ]
  [ "$(sqlite3 "$file" "SELECT count(*) FROM memory WHERE who <> 1 AND text LIKE '% told %garden party%'")" -gt 0 ]
  [ "$(sqlite3 "$file" "SELECT count(DISTINCT who) FROM step WHERE day = 3 AND action LIKE 'joining the garden party%'")" -ge 2 ]
}

@test "killed in the middle and resumed, people who talk give the same digest" {
  write_study party.lua "name = 'party', days = 3, households = { { 'p01', 'p17', 'p02' } }, assistants = { 'p01' },
    whispers = { { day = 1, time = '08:00', who = 'p01', text = '$PARTY' } },"
  "$FAST" run party.lua -o whole --quiet
  for bytes in 60000 400000 900000; do
    rm -rf out
    "$FAST" run party.lua -o out --quiet &
    pid=$!
    while kill -0 "$pid" 2>/dev/null && [ "$(cat out/runs/default/*.sqlite* 2>/dev/null | wc -c)" -lt "$bytes" ]; do :; done
    kill -KILL "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
    "$FAST" run party.lua -o out --quiet
    [ "$("$FAST" digest out)" = "$("$FAST" digest whole)" ]
  done
}

@test "a whisper that cannot be is refused by its key" {
  write_study a.lua 'name = "a", personas = { "p01" }, whispers = { { day = 1, time = "25:00", who = "p01", text = "x" } },'
  refuses "whispers[1].time" -- "$PROPERSIM" run a.lua -o a
  write_study b.lua 'name = "b", personas = { "p01" }, whispers = { { day = 1, time = "08:00", who = "p02", text = "x" } },'
  refuses 'whispers[1].who: "p02" lives in no household' -- "$PROPERSIM" run b.lua -o b
  write_study c.lua 'name = "c", personas = { "p01" }, whispers = { { time = "08:00", who = "p01", text = "x" } },'
  refuses "whispers[1].day: is missing" -- "$PROPERSIM" run c.lua -o c
}

SMALL_TOWN="days = 3, map = 'maps/town.tmj', sec_per_step = 60, households = { 't02 t05 t10 t19..t23' }, assistants = 'none',
    resident = { importance_trigger = 150, vision_r = 4, att_bandwidth = 3, retention = 5, talk = { cooldown = 133 } },
    whispers = { { day = 1, time = '08:00', who = 't21', text = 'Lena Hartmann is giving a summer party at the Lantern on Saturday, '
      .. 'February 15, from 18:00 to 21:00, and everybody is invited' } },
    news = { { name = 'party', words = { 'summer party', 'Lantern' }, place = 'The Lantern', day = 3, from = '18:00', to = '21:00' } },
    conditions = { town = {}, silent = { resident = { talk = { enabled = false } } } },"

@test "news goes through the town by talk alone, brings people, and the report says how many" {
  write_study party.lua "name = 'party', $SMALL_TOWN"
  run "$FAST" run party.lua -o out
  [ "$status" -eq 0 ]
  [[ $output == *"party: know"* ]]
  [[ $output == *"Nobody had an assistant"* ]]
  value() { sqlite3 out/runs/$1/*.sqlite "SELECT CAST(value AS INTEGER) FROM measure WHERE name = 'party: $2' AND day = $3"; }
  [ "$(value silent know 3)" -eq 1 ]
  [ "$(value town know 1)" -ge 2 ]
  [ "$(value town know 3)" -ge "$(value town know 1)" ]
  [ "$(value town know 3)" -ge 5 ]
  [ "$(value town 'came and knew' 3)" -gt "$(value silent 'came and knew' 3)" ]
  # nobody knows what nobody told them: each knower has a conversation, or the whisper, from before
  [ "$(sqlite3 out/runs/town/*.sqlite "SELECT count(*) FROM (SELECT who, min(step) AS s FROM memory WHERE type = 'thought' AND
    text LIKE '%summer party%' GROUP BY who) k WHERE who <> (SELECT who FROM resident WHERE persona = 't21') AND NOT EXISTS
    (SELECT 1 FROM memory c WHERE c.who = k.who AND c.type = 'chat' AND c.step <= k.s AND c.filling LIKE '%summer party%')")" -eq 0 ]
}

@test "the example of the party gives the numbers that its chapter shows" {
  "$FAST" run "$ROOT/examples/party.lua" -o party >report
  grep "^party: \|^measure " "$ROOT/docs/town.md" >shown
  [ "$(wc -l <shown)" -eq 7 ]
  diff shown <(grep -x -F -f shown report)
}

@test "the town's digest repeats with two processes, another compiler, and when it is killed and resumed" {
  write_study party.lua "name = 'party', $SMALL_TOWN"
  "$FAST" run party.lua -o one --quiet
  one=$("$FAST" digest one)
  "$CLANG" run party.lua -o two --quiet --jobs 2
  [ "$("$FAST" digest two)" = "$one" ]
  "$FAST" run party.lua -o three --quiet &
  pid=$!
  while kill -0 "$pid" 2>/dev/null && [ "$(cat three/runs/*/*.sqlite* 2>/dev/null | wc -c)" -lt 2500000 ]; do :; done
  kill -KILL "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
  "$FAST" resume three --quiet
  [ "$("$FAST" digest three)" = "$one" ]
}

@test "people reflect when enough has come in, with memories of their own as evidence" {
  house='days = 1, households = { { "p01", "p17" } }, assistants = "none",'
  write_study often.lua "name = 'often', $house resident = { importance_trigger = 100 },"
  write_study never.lua "name = 'never', $house resident = { importance_trigger = 100000, talk = { enabled = false } },"
  "$FAST" run often.lua -o often --quiet
  "$FAST" run never.lua -o never --quiet
  [ "$(sqlite3 never/runs/default/*.sqlite "SELECT count(*) FROM memory WHERE type = 'thought'")" -eq 0 ]
  insights="FROM memory t, json_each(t.filling) e JOIN memory m ON m.who = t.who AND m.stream = t.stream AND m.id = e.value
    WHERE t.type = 'thought' AND m.type <> 'chat'"
  [ "$(sqlite3 often/runs/default/*.sqlite "SELECT count(DISTINCT t.id) $insights")" -ge 5 ]
  [ "$(sqlite3 often/runs/default/*.sqlite "SELECT count(*) $insights AND m.id >= t.id")" -eq 0 ]
  # nobody thinks the same twice in one reflection
  [ "$(sqlite3 often/runs/default/*.sqlite "SELECT count(*) FROM (SELECT 1 FROM memory t WHERE type = 'thought'
    AND predicate = 'think' AND text NOT LIKE '% told %' GROUP BY who, step, text HAVING count(*) > 1)")" -eq 0 ]
}

@test "news and whispers that can never happen are refused by their key, by check and run" {
  # what the news or whisper holds | what is said
  while IFS='|' read -r list body wanted; do
    write_study a.lua "name = 'a', days = 2, personas = { 'p01' }, $list = { { $body } },"
    refuses "$wanted" -- "$FAST" run a.lua -o a
    run "$FAST" check a.lua
    [ "$status" -ne 0 ]
    [[ $output == *"$wanted"* ]]
  done <<'TABLE'
news|name = 'x', words = { 'x' }, place = 'house'|news[1]: has a place, so it needs day, from and to
news|name = 'x', words = { 'x' }, place = 'house', day = 3, from = '08:00', to = '09:00'|news[1].day: day 3 is after the study's 2
news|name = 'x', words = { 'x' }, place = 'house', day = 2, from = '09:00', to = '09:00'|news[1].to: 09:00 is not after from, 09:00
news|name = 'x', words = { 'x' }, place = 'hose', day = 2, from = '08:00', to = '09:00'|news[1].place: the map maps/house.tmj has no sector, or sector:arena, "hose"; did you mean "house"?
news|name = 'x', words = { 'x' }, place = 'Garden', day = 2, from = '08:00', to = '09:00'|"Garden"; did you mean "house:garden"?
news|name = 'x', words = { 'x' }, place = 'The Moon', day = 2, from = '08:00', to = '09:00'|has no sector, or sector:arena, "The Moon"
news|name = 'x', words = 'x'|news[1].words: must be a list of words, such as { "party", "Lantern" }, not "x"
whispers|day = 3, time = '08:00', who = 'p01', text = 'x'|whispers[1].day: day 3 is after the study's 2
whispers|day = 1, time = '08:00', who = 'p01', text = ' ; '|whispers[1].text: must be a thought, not " ; "
TABLE
  # fewer days may be simulated first
  write_study b.lua "name = 'b', days = 2, personas = { 'p01' }, whispers = { { day = 2, time = '08:00', who = 'p01', text = 'it rains' } },
    news = { { name = 'x', words = { 'rains' }, place = 'house:garden', day = 2, from = '08:00', to = '09:00' } },"
  "$FAST" run b.lua -o b --days 1 --quiet
  "$FAST" resume b --days 2 --quiet
  [ "$(sqlite3 b/runs/default/*.sqlite "SELECT group_concat(day || value) FROM measure WHERE name = 'x: know'")" = "10.0,21.0" ]
}

@test "people who are played by a model endpoint talk as those that are played here" {
  start_mock
  town="name = 'talk', days = 1, map = 'maps/town.tmj', sec_per_step = 150, households = { 't05 t21..t23' }, assistants = 'none',
    resident = { talk = { cooldown = 53 } }, whispers = { { day = 1, time = '08:00', who = 't21', text =
    'Lena Hartmann is giving a concert at the Lantern on Thursday, February 13, from 18:00 to 19:00' } },"
  write_study here.lua "$town"
  write_study there.lua "$town models = { resident = { model = '$URL#m', mock = true } },"
  "$FAST" run here.lua -o here --quiet
  "$FAST" run there.lua -o there --quiet
  [ "$(sqlite3 there/runs/default/*.sqlite "SELECT count(*) > 0 FROM memory WHERE type = 'chat'")" -eq 1 ]
  [ "$("$FAST" digest there)" = "$("$FAST" digest here)" ]
}

@test "assistants of people who live together are asked at the same time, and nothing comes out differently" {
  start_mock --latency 20
  home="name = 'home', days = 2, sec_per_step = 1800, households = { 'p01..p04' },
    assistant = { learn = { method = 'dpo' }, explore = { speak = 0.3 } }, resident = { talk = { cooldown = 4 } },"
  model="{ model = '$URL#m', mock = true }"
  write_study here.lua "$home"
  write_study there.lua "$home models = { assistant = $model, rater = $model, summary = $model },"
  "$FAST" run here.lua -o here --quiet
  "$FAST" run there.lua -o there --quiet
  [ "$("$FAST" digest there)" = "$("$FAST" digest here)" ]
  # two offers of one person are ten questions to the rater
  [ "$(mock_stat most_in_flight)" -gt 10 ]
}
