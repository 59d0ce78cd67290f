load common.bash

# Conversations and several residents: exported in the original's form, and imported again.

setup_file() {
  TALKS=$(mktemp -d)
  export TALKS
  . "$BATS_TEST_DIRNAME/common.bash"
  cd "$TALKS"
  write_study s.lua 'name = "s", days = 1, sec_per_step = 30, households = { { "p17", "p01", "p02" } }, assistants = { "p01" },
    resident = { talk = { cooldown = 100 } },'
  "$FAST" run s.lua -o out --quiet
  "$FAST" export reverie "$TALKS/$RUN" --out sim >log
  "$FAST" export reverie "$TALKS/$RUN" --out packed --compress >log
}

teardown_file() {
  rm -rf "$TALKS"
}

RUN=out/runs/default/p17+p01+p02-s1.sqlite
NEW=new/run/runs/default/p17+p01+p02-s1.sqlite

STEPS="SELECT step, who, x, y, asleep, walking FROM step"
CHATS="SELECT who, id, step, subject, predicate, object, text, importance, filling FROM memory WHERE type = 'chat'"
MEMORIES="SELECT who, stream, id, type, depth, created, expiration, subject, predicate, object, text, importance, keywords, filling
  FROM memory ORDER BY 1, 2, 3"
SAID="SELECT step, who, text, silent, score FROM delivery"

# What the movements of a folder hold: step, name, lines of everybody who talks.
chats_of() { # folder
  sqlite3 :memory: "SELECT g.value, p.key, p.value->'\$.chat' FROM generate_series(0, 2879) g,
    json_each(readfile('$1/movement/' || g.value || '.json'), '\$.persona') p WHERE p.value->'\$.chat' <> 'null'"
}

@test "while two talk their movements hold the lines, as [name, line]" {
  chats_of "$TALKS/sim" >got
  # by the run file: everybody's steps of a conversation, with the lines that they remember of it
  sqlite3 "$TALKS/$RUN" "SELECT s.step, r.name, (SELECT json_group_array(json_array(substr(value, 1, instr(value, ': ') - 1),
      substr(value, instr(value, ': ') + 2))) FROM json_each(m.filling))
    FROM step s JOIN activity a ON a.who = s.who AND a.seq = s.activity JOIN resident r ON r.who = s.who
    JOIN memory m ON m.who = s.who AND m.type = 'chat' AND m.created = a.start
    WHERE a.predicate = 'talk with' ORDER BY s.step, s.who" >wanted
  diff got wanted
  [ "$(wc -l <got)" -gt 20 ]
  # a conversation is longer than a step, and two have it
  [ "$(cut -d'|' -f3 got | sort | uniq -c | awk '$1 < 2 || $1 % 2 { bad = 1 } END { print bad + 0 }')" = 0 ]
  # the compressed form, in which an entry holds until the next
  sqlite3 t.db "CREATE TABLE entry AS SELECT CAST(s.key AS INTEGER) AS step, p.key AS name, p.value->'\$.chat' AS chat
      FROM json_each(readfile('$TALKS/packed/master_movement.json')) s, json_each(s.value) p" "CREATE INDEX e ON entry(name, step)"
  sqlite3 t.db "SELECT g.value, n.name, (SELECT chat FROM entry e WHERE e.name = n.name AND e.step <= g.value ORDER BY step DESC LIMIT 1) AS c
    FROM generate_series(0, 2879) g, (SELECT name, min(rowid) AS place FROM entry GROUP BY 1) n WHERE c <> 'null' ORDER BY 1, place" >packed
  diff <(sort got) <(sort packed)
}

@test "memories of conversations are chat nodes, which no keyword strength counts" {
  name=$(sqlite3 "$TALKS/$RUN" "SELECT name FROM resident WHERE who = 1")
  base="$TALKS/sim/personas/$name/bootstrap_memory/associative_memory"
  sqlite3 t.db "CREATE TABLE node AS SELECT value AS v FROM json_each(readfile('$base/nodes.json'))"
  [ "$(sqlite3 t.db "SELECT group_concat(DISTINCT v->>'predicate') FROM node WHERE v->>'type' = 'chat'")" = "chat with" ]
  [ "$(sqlite3 t.db "SELECT count(*) FROM node, json_each(v->'\$.filling') f WHERE v->>'type' = 'chat' AND json_array_length(f.value) <> 2")" = 0 ]
  [ "$(sqlite3 t.db "SELECT count(*) > 2 AND max(v->>'type_count') = count(*) FROM node WHERE v->>'type' = 'chat'")" = 1 ]
  # what was thought because of a conversation names its node
  [ "$(sqlite3 t.db "SELECT count(*) FROM node n, json_each(n.v->'\$.filling') f WHERE n.v->>'type' = 'thought'
    AND f.value NOT IN (SELECT 'node_' || (v->>'node_count') FROM node)")" = 0 ]
  for type in event thought; do
    [ "$(sqlite3 t.db "SELECT count(*) FROM (SELECT lower(k.value), count(*) FROM node, json_each(v->'\$.keywords') k WHERE v->>'type' = '$type'
      AND v->>'object' IS NOT 'idle' GROUP BY 1
      EXCEPT SELECT key, value FROM json_each(readfile('$base/kw_strength.json'), '\$.kw_strength_$type'))")" = 0 ]
  done
}

@test "scratch.json of somebody who is talking says with whom, what, and until when" {
  step=$(chats_of "$TALKS/sim" | head -1 | cut -d'|' -f1)
  cp -r "$TALKS/sim" cut
  for n in $(seq $((step + 1)) 2879); do rm -f cut/movement/$n.json; done
  "$PROPERSIM" import reverie cut --out new
  "$PROPERSIM" export reverie $NEW --out again
  name=$(chats_of "$TALKS/sim" | head -1 | cut -d'|' -f2)
  scratch() { sqlite3 :memory: "SELECT json_extract(readfile('again/personas/$name/bootstrap_memory/scratch.json'), '\$.$1')"; }
  other=$(scratch chatting_with)
  [ "$(scratch chat)" = "$(chats_of "$TALKS/sim" | head -1 | cut -d'|' -f3)" ]
  [ "$(scratch act_event)" = "[\"$name\",\"chat with\",\"$other\"]" ]
  [[ $(scratch chatting_end_time) == "February 13, 2025, "* ]]
  [ "$(scratch "chatting_with_buffer.\"$other\"")" = 100 ]
}

@test "a run of three comes back as one run: the same people, conversations, memories, movements" {
  run "$PROPERSIM" import reverie "$TALKS/sim" --out new
  [ "$status" -eq 0 ]
  [[ $output == *"p17+p01+p02: 2880 steps imported, 1 whole days,"*"memories of conversations"* ]]
  grep -q 'assistants = { "p01" }' new/study.lua
  # with the settings of the run that was exported
  grep -q 'cooldown = 100' new/study.lua
  config="SELECT json_remove(value, '$.assistants') FROM meta WHERE key = 'config'"
  [ "$(sqlite3 "$TALKS/$RUN" "$config")" = "$(sqlite3 $NEW "$config")" ]
  same_in_both "$TALKS/$RUN" $NEW "$STEPS" "$CHATS" "$MEMORIES" "$SAID" "SELECT * FROM resident" "SELECT * FROM daily"
  "$PROPERSIM" export reverie $NEW --out again
  diff -r "$TALKS/sim/movement" again/movement
  diff -r "$TALKS/sim/environment" again/environment
  for name in "$TALKS"/sim/personas/*; do
    diff -r "$name/bootstrap_memory/associative_memory" "again/personas/${name##*/}/bootstrap_memory/associative_memory"
  done
  # the state page's rows, the terminal and the report know them
  "$PROPERSIM" report new/run --json | grep -q '"score_mean": [0-9]'
  first=$(sqlite3 "$TALKS/$RUN" "SELECT json_extract(filling, '\$[0]') FROM memory WHERE who = 1 AND type = 'chat' ORDER BY id DESC LIMIT 1")
  name=$(sqlite3 "$TALKS/$RUN" "SELECT name FROM resident WHERE who = 1")
  printf 'memory %s chats 1\nexit\n' "${name%% *}" | "$PROPERSIM" repl new/run >shown
  grep -qF "$first" shown
}

@test "an imported run of three is resumed, and nobody speaks again to whom they have just talked with" {
  "$PROPERSIM" import reverie "$TALKS/sim" --out new >log
  [ "$(sqlite3 $NEW "SELECT count(*) FROM day, json_each(state, '\$.residents[0].talked') t, memory m WHERE m.who = 1 AND m.type = 'chat'
    AND m.step = t.value->>'step' AND m.text = t.value->>'about'")" = \
    "$(sqlite3 $NEW "SELECT count(DISTINCT object) FROM memory WHERE who = 1 AND type = 'chat'")" ]
  (cd new && sed -i 's/days = [0-9]*/days = 2/' study.lua && "$FAST" run study.lua -o run --quiet)
  [ "$(sqlite3 $NEW "SELECT group_concat(finished) FROM day")" = 1,1 ]
  [ "$(sqlite3 $NEW "SELECT count(*) > 0 FROM memory WHERE type = 'chat' AND step >= 2880")" = 1 ]
  [ "$(sqlite3 $NEW "SELECT count(*) FROM memory a JOIN memory b ON b.who = a.who AND b.object = a.object AND b.type = 'chat' AND b.step > a.step
    WHERE a.type = 'chat' AND b.step - a.step < 100")" = 0 ]
  [ "$(sqlite3 $NEW "SELECT group_concat(DISTINCT who) FROM suggestion WHERE step >= 2880")" = 2 ]
}

@test "ways between tiles are found on the map: they end on the tiles, and are as long as ours were" {
  "$PROPERSIM" import reverie "$TALKS/sim" --out new >log
  grep -q "the ways that .* steps went were found on the map" log
  # tiles after the moves of each step
  walked="WITH move AS (SELECT s.step, s.who, s.path, m.value AS one FROM step s, json_each('[\"' || replace(replace(replace(replace(s.path,
    'R', '\",\"R'), 'L', '\",\"L'), 'U', '\",\"U'), 'D', '\",\"D') || '\"]') m WHERE s.path IS NOT NULL AND m.value <> ''),
    tiles AS (SELECT step, who, substr(one, 1, 1) AS way, CAST(substr(one, 2) AS INTEGER) AS n FROM move)
    SELECT step, who, sum(n) AS length, sum(CASE way WHEN 'R' THEN n WHEN 'L' THEN -n ELSE 0 END) AS dx,
    sum(CASE way WHEN 'D' THEN n WHEN 'U' THEN -n ELSE 0 END) AS dy FROM tiles GROUP BY 1, 2"
  sqlite3 $NEW "SELECT count(*) FROM ($walked) w JOIN step b ON b.step = w.step AND b.who = w.who JOIN step a ON a.step = b.step - 1 AND a.who = b.who
    WHERE a.x + w.dx <> b.x OR a.y + w.dy <> b.y" | grep -qx 0
  # every change of tile has a way
  [ "$(sqlite3 $NEW "SELECT count(*) FROM step b JOIN step a ON a.step = b.step - 1 AND a.who = b.who
    WHERE b.path IS NULL AND (a.x <> b.x OR a.y <> b.y)")" = 0 ]
  # none is longer, and those of more than a tile are among them
  sqlite3 $NEW "SELECT step, who, length FROM ($walked)" | sort >got
  sqlite3 "$TALKS/$RUN" "SELECT step, who, length FROM ($walked)" | sort >ours
  join -t'|' <(sed 's/|/-/' got) <(sed 's/|/-/' ours) | awk -F'|' '$2 > $3 { print; bad = 1 } END { exit bad || NR < 50 }'
  awk -F'|' '$3 > 3 { many++ } END { exit !(many > 10) }' got
}

@test "without personas/ a compressed run is shown, with its conversations, and says what it lacks" {
  mkdir bare
  cp "$TALKS"/packed/*.json bare/
  run "$PROPERSIM" import reverie bare --out new
  [ "$status" -eq 0 ]
  [[ $output == *"2880 steps imported"* ]]
  [[ $output == *"who these people are is not known"*"not resumed"* && $output == *"taken from the movements"* ]]
  [[ $output != *"propersim resume"* && ! -e new/study.lua ]]
  NEW=$(ls new/run/runs/default/*.sqlite)
  same_in_both "$TALKS/$RUN" "$NEW" "SELECT step, who, x, y FROM step" "SELECT name FROM resident" \
    "SELECT who, step, object, filling FROM memory WHERE type = 'chat' ORDER BY 1, 2, 3" \
    "SELECT s.step, s.who, a.task, a.emoji, a.address FROM step s JOIN activity a ON a.who = s.who AND a.seq = s.activity"
  [ "$(sqlite3 "$NEW" "SELECT count(*) FROM suggestion")" = 0 ]
  [ "$(sqlite3 "$NEW" "SELECT value FROM meta WHERE key = 'config'")" = '{"assistants":[]}' ]
  [ "$(sqlite3 "$NEW" "SELECT count(*) > 20 FROM step WHERE path IS NOT NULL")" = 1 ]
  "$PROPERSIM" report new/run | tr -s ' \n' ' ' | grep -q "compressed form, which holds no suggestions"
  "$PROPERSIM" digest new/run
  "$PROPERSIM" export csv new/run --out csv --tables steps
  refuses "imported without the files of its people" -- "$PROPERSIM" resume new/run
  refuses "imported without the files of its people" -- "$PROPERSIM" export reverie new/run --out again
  refuses "imported without the files of its people" -- "$PROPERSIM" repl new/run
}

@test "without personas/ the movements' suggestions and ratings are kept" {
  mkdir bare bare/movement
  cp -r "$TALKS"/sim/reverie bare/
  for n in $(seq 0 1500); do cp "$TALKS"/sim/movement/$n.json bare/movement/; done
  "$PROPERSIM" import reverie bare --out new
  NEW=$(ls new/run/runs/default/*.sqlite)
  same_in_both "$TALKS/$RUN" "$NEW" "SELECT step, who, text, silent, score FROM delivery WHERE step <= 1500 ORDER BY step"
  [ "$(sqlite3 "$NEW" "SELECT value FROM meta WHERE key = 'config'")" = '{"assistants":["Mara_Ellison"]}' ]
}

@test "a run of Generative Agents, whose people have no rubric, is shown with what they remember" {
  REVERIE=$PROPERSIM_SHARED_DATA/reverie
  [ -d "$REVERIE" ] || skip "$REVERIE is absent"
  mkdir -p ga/{reverie,movement} ga/personas/{Ann\ Oak,Bo\ Elm}/bootstrap_memory/associative_memory
  echo '{"start_date":"February 13, 2023","sec_per_step":10,"maze_name":"the_ville","persona_names":["Bo Elm","Ann Oak"],"step":4}' >ga/reverie/meta.json
  entry() { printf '{"movement":[%s],"pronunciatio":"🙂","description":"%s","chat":%s}' "$1" "$2" "$3"; }
  chat='[["Bo Elm","Hi: how are you?"],["Ann Oak","Well."]]'
  talk="conversing about how they are @ <persona>"
  i=0
  for row in "30,40|32,41|null" "31,40|32,41|null" "31,40|32,41|$chat" "36,41|32,41|null"; do
    IFS='|' read -r bo ann lines <<<"$row"
    if [ "$lines" = null ]; then a="idle @ the Ville:park"; b=$a; else a="$talk Ann Oak"; b="$talk Bo Elm"; fi
    printf '{"persona":{"Ann Oak":%s,"Bo Elm":%s},"meta":{}}' "$(entry "$ann" "$b" "$lines")" "$(entry "$bo" "$a" "$lines")" >ga/movement/$i.json
    i=$((i + 1))
  done
  for name in "Ann Oak" "Bo Elm"; do
    echo '{"name":"'"$name"'"}' >"ga/personas/$name/bootstrap_memory/scratch.json"
    other="Bo Elm"; [ "$name" = "Bo Elm" ] && other="Ann Oak"
    # newest first, as the original writes them; the conversation is remembered a step after it began
    printf '{"node_2":{"type":"chat","depth":0,"created":"2023-02-13 00:00:30","expiration":null,"subject":"%s","predicate":"chat with","object":"%s","description":"conversing about how they are","poignancy":3,"keywords":[],"filling":%s},
      "node_1":{"type":"event","depth":0,"created":"2023-02-13 00:00:00","expiration":null,"subject":"bed","predicate":"is","object":"idle","description":"bed is idle","poignancy":1,"keywords":["bed"],"filling":[]}}' \
      "$name" "$other" "$chat" >"ga/personas/$name/bootstrap_memory/associative_memory/nodes.json"
  done
  run "$PROPERSIM" import reverie ga --map "$REVERIE/town" --out new
  [ "$status" -eq 0 ]
  [[ $output == *"Ann_Oak+Bo_Elm: 4 steps imported"* && $output != *"taken from the movements"* ]]
  NEW=$(ls new/run/runs/default/*.sqlite)
  [ "$(sqlite3 "$NEW" "SELECT step, predicate, object, filling FROM memory WHERE who = 2 AND type = 'chat'")" = \
    '3|talk with|Ann Oak|["Bo Elm: Hi: how are you?","Ann Oak: Well."]' ]
  [ "$(sqlite3 "$NEW" "SELECT count(*) FROM memory")" = 4 ]
  [ "$(sqlite3 "$NEW" "SELECT group_concat(task, ',') FROM activity WHERE who = 1 AND predicate = 'talk with' AND object = 'Bo Elm'")" = "conversing about how they are" ]
  # tiles that are not neighbours: a way on the town's map, or a jump that is said
  [ "$(sqlite3 "$NEW" "SELECT path FROM step WHERE who = 2 AND step = 1")" = R1 ]
  [ "$(sqlite3 "$NEW" "SELECT path IS NOT NULL FROM step WHERE who = 2 AND step = 3")" = 1 ] || [[ $output == *"in 1 steps somebody jumps"* ]]
}

# how the folder is broken | message
@test "conversations that are none are one clear error" {
  step=$(chats_of "$TALKS/sim" | head -1 | cut -d'|' -f1)
  mkdir sim sim/movement
  cp -r "$TALKS/sim/"{reverie,personas,propersim} sim/
  while IFS='|' read -r chat wanted; do
    for n in 0 1; do cp "$TALKS/sim/movement/$n.json" sim/movement/; done
    sed -i 's/"chat":null/"chat":'"$chat"'/' sim/movement/1.json
    refuses "movement/1.json" "$wanted" -- "$PROPERSIM" import reverie sim --out new
    [ ! -e new ]
  done <<'TABLE'
5|`chat`: must be a list of lines [name, text], not a number
[["Ann"]]|`chat`: must hold lines [name, text]
[["Ann",5]]|`chat`: must hold lines [name, text]
[[]]|`chat`: must hold lines [name, text]
TABLE
}

# movement/0.json | message
@test "a step without people is one clear error" {
  mkdir -p sim/reverie sim/movement
  echo '{"start_date":"February 13, 2025","sec_per_step":10}' >sim/reverie/meta.json
  while IFS='|' read -r step wanted; do
    echo "$step" >sim/movement/0.json
    refuses "movement/0.json" "$wanted" -- "$PROPERSIM" import reverie sim --out new
  done <<'TABLE'
{}|the first step must hold people by their names
{"persona":[1]}|the first step must hold people by their names
{"persona":{}}|there is nobody in the first step
{"persona":{"Ann":5}}|`movement` is missing
{"persona":{"Ann":{"movement":[1e300,2]}}}|`movement` must be a tile [x, y]
TABLE
  rm -r sim/movement
  echo '{}' >sim/master_movement.json
  refuses 'has no step "0"' -- "$PROPERSIM" import reverie sim --out new
}
