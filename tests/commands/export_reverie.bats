load common.bash

REVERIE=$PROPERSIM_SHARED_DATA/reverie
SAMPLE="$REVERIE/personas/base_the_ville_persona_1/personas"

setup_file() {
  EXPORTED=$(mktemp -d)
  export EXPORTED
  . "$BATS_TEST_DIRNAME/common.bash"
  cd "$EXPORTED"
  write_study s.lua 'name = "s", days = 2, personas = { "p01" },'
  "$FAST" run s.lua -o out --quiet
  "$PROPERSIM" export reverie out/runs/default/p01-s1.sqlite --out sim >log
  "$PROPERSIM" export reverie out/runs/default/p01-s1.sqlite --out packed --compress >log
}

teardown_file() {
  rm -rf "$EXPORTED"
}

PERSON="personas/Mara Ellison/bootstrap_memory"
EDDY="personas/Eddy Lin/bootstrap_memory"

# What the original's evaluation notebook computes, from its description alone: a day's steps with a suggestion, the mean of
# their scores, and both apart for what it takes for a recommendation and for an abstention. Scores are texts such as "3.0".
notebook() {
  sqlite3 -separator ' ' :memory: "
    WITH file AS (SELECT value AS step, readfile('$1/movement/' || value || '.json') AS j FROM generate_series(0, 99999)
        WHERE j IS NOT NULL),
      row AS (SELECT substr(j->>'\$.meta.curr_time', 1, instr(j->>'\$.meta.curr_time', ', ') - 1) AS date, step,
        j->>'\$.persona.Eddy Lin.suggestion' AS said, j->'\$.persona.Eddy Lin.eval_res_score' AS score FROM file),
      kind AS (SELECT *, CAST(trim(score, '\"') AS REAL) AS points, lower(said) LIKE '%no%' AND
        (lower(said) LIKE '%recom%' OR lower(said) LIKE '%recrea%') AS silent
        FROM row WHERE said IS NOT NULL AND said <> '' AND score LIKE '\"%.0\"')
    SELECT date, count(*), round(avg(points), 2), sum(NOT silent), round(avg(CASE WHEN NOT silent THEN points END), 2),
      sum(silent), round(avg(CASE WHEN silent THEN points END), 2) FROM kind GROUP BY date ORDER BY min(step)"
}

# The same numbers out of our report.
reported() {
  "$PROPERSIM" report "$1" --json >report.json
  sqlite3 -separator ' ' :memory: "SELECT CASE value->>'day' WHEN 1 THEN 'February 13' ELSE 'February 14' END,
    value->>'ratings', round(value->>'score_mean', 2), value->>'recommendations', round(value->>'recommendation_score_mean', 2),
    value->>'abstentions', round(value->>'abstention_score_mean', 2)
    FROM json_each(readfile('report.json'), '\$.conditions[0].days')"
}

@test "the original's notebook computes what our report says" {
  reported "$EXPORTED/out" >ours
  notebook "$EXPORTED/sim" >theirs
  diff ours theirs
  [ "$(wc -l <ours)" = 2 ]
  # recommendations and abstentions on both days
  awk 'NF != 8 || $5 == 0 || $7 == 0 { bad = 1 } END { exit bad }' ours
}

@test "every step has its files, and one more where everybody is next" {
  [ "$(ls "$EXPORTED/sim/movement" | wc -l)" = 1152 ]
  [ "$(ls "$EXPORTED/sim/environment" | wc -l)" = 1153 ]
  find "$EXPORTED" -name '*.part' | grep . && return 1
  # who is somewhere after a step is there when the next begins
  sqlite3 :memory: "SELECT count(*) FROM generate_series(0, 1151) WHERE
    (readfile('$EXPORTED/sim/movement/' || value || '.json')->'\$.persona.Mara Ellison.movement')
    <> json_array(readfile('$EXPORTED/sim/environment/' || (value + 1) || '.json')->>'\$.Mara Ellison.x',
    readfile('$EXPORTED/sim/environment/' || (value + 1) || '.json')->>'\$.Mara Ellison.y')" | grep -qx 0
}

@test "meta.json says when it starts and ends" {
  [ "$(sqlite3 :memory: "SELECT json(readfile('$EXPORTED/sim/reverie/meta.json'))")" = '{"fork_sim_code":"s","start_date":"February 13, 2025","curr_time":"February 15, 2025, 00:00:00","sec_per_step":150,"maze_name":"house","persona_names":["Mara Ellison","Eddy Lin"],"step":1152}' ]
}

# Replays what the original's demo page does with a compressed run: the last entry of each person holds until the next.
@test "a compressed run says the same as the steps" {
  cmp "$EXPORTED/sim/reverie/meta.json" "$EXPORTED/packed/meta.json"
  diff -r "$EXPORTED/sim/personas" "$EXPORTED/packed/personas"
  [ ! -e "$EXPORTED/packed/movement" ]
  [ ! -e "$EXPORTED/packed/environment" ]
  sqlite3 t.db "CREATE TABLE entry AS SELECT CAST(s.key AS INTEGER) AS step, p.key AS name, p.value AS v
      FROM json_each(readfile('$EXPORTED/packed/master_movement.json')) s, json_each(s.value) p" \
    "CREATE INDEX by_name ON entry(name, step)" \
    "CREATE TABLE whole AS SELECT g.value AS step, p.key AS name, p.value AS v FROM generate_series(0, 1151) g,
      json_each(readfile('$EXPORTED/sim/movement/' || g.value || '.json'), '\$.persona') p"
  [ "$(sqlite3 t.db "SELECT count(*) FROM whole")" = 2304 ]
  [ "$(sqlite3 t.db "SELECT count(*) FROM whole w WHERE json_remove(w.v, '\$.user_action_for_suggestion', '\$.suggestion',
    '\$.eval_res_score', '\$.eval_res_reason') <> (SELECT json(v) FROM entry e WHERE e.name = w.name AND e.step <= w.step
    ORDER BY e.step DESC LIMIT 1)")" = 0 ]
  # only changes
  [ "$(sqlite3 t.db "SELECT count(*) < 1500 FROM entry")" = 1 ]
  [ "$(sqlite3 t.db "SELECT count(*) FROM json_each(readfile('$EXPORTED/packed/master_movement.json'))")" = 1152 ]
}

# The keys of a file and their types, sorted; NULL goes with every type.
keys_of() { # file, path of the object
  sqlite3 :memory: "SELECT key, CASE WHEN type IN ('true', 'false') THEN 'boolean' ELSE type END
    FROM json_each(readfile('$1'), '$2')" | LC_ALL=C sort
}

same_keys() { # ours, theirs, path in ours, path in theirs
  LC_ALL=C join -t '|' <(keys_of "$1" "$3") <(keys_of "$2" "$4") >both
  [ "$(wc -l <both)" = "$(keys_of "$1" "$3" | wc -l)" ] && [ "$(wc -l <both)" = "$(keys_of "$2" "$4" | wc -l)" ] || {
    diff <(keys_of "$1" "$3" | cut -d'|' -f1) <(keys_of "$2" "$4" | cut -d'|' -f1)
    return 1
  }
  awk -F'|' '$2 != $3 && $2 != "null" && $3 != "null" { print "type of " $0; bad = 1 } END { exit bad }' both
}

@test "keys and types are those of the original's files" {
  [ -d "$SAMPLE" ] || skip "$REVERIE is absent"
  for file in scratch.json associative_memory/kw_strength.json evaluation_memory/kw_strength.json; do
    same_keys "$EXPORTED/sim/$PERSON/$file" "$SAMPLE/John Lin/bootstrap_memory/$file" '$' '$'
    same_keys "$EXPORTED/sim/$EDDY/$file" "$SAMPLE/Eddy Lin/bootstrap_memory/$file" '$' '$'
  done
  same_keys "$EXPORTED/sim/$PERSON/scratch.json" "$SAMPLE/John Lin/bootstrap_memory/scratch.json" '$.criteria' '$.criteria'
  same_keys "$EXPORTED/sim/reverie/meta.json" "$SAMPLE/../reverie/meta.json" '$' '$'
  same_keys "$EXPORTED/sim/environment/0.json" "$SAMPLE/../environment/0.json" '$.Eddy Lin' '$.Eddy Lin'
}

@test "keys and types are those that docs/export.md lists" {
  table() { # heading in the docs -> "key|type" sorted
    awk -v head="### $1" '$0 == head { on = 1; next } /^###? / { on = 0 } on && /^\| `/' "$ROOT/docs/export.md" |
      sed 's/^| `\([^`]*\)` | \([a-z, ]*\) |.*/\1|\2/' | LC_ALL=C sort
  }
  typed() { # keys_of's lines against the table's: each type is among those allowed
    LC_ALL=C join -t '|' "$1" "$2" | awk -F'|' 'index(", " $3 ",", ", " $2 ",") == 0 { print "type of " $0; bad = 1 } END { exit bad }'
    diff <(cut -d'|' -f1 "$1") <(cut -d'|' -f1 "$2")
  }
  keys_of "$EXPORTED/sim/movement/300.json" '$.persona.Eddy Lin' >got
  table 'movement/N.json, of each person' >wanted
  typed got wanted
  keys_of "$EXPORTED/sim/movement/300.json" '$.meta' >got
  table 'movement/N.json, meta' >wanted
  typed got wanted
  keys_of "$EXPORTED/sim/$PERSON/scratch.json" '$' >got
  table 'scratch.json' >wanted
  typed got wanted
  keys_of "$EXPORTED/sim/$PERSON/associative_memory/nodes.json" '$.node_1' >got
  table 'associative_memory/nodes.json, of each node' >wanted
  typed got wanted
  keys_of "$EXPORTED/sim/$EDDY/evaluation_memory/nodes.json" '$.node_1' >got
  table 'associative_memory/nodes.json, of each node' | grep -vE '^(subject|predicate|object)\|' >wanted
  typed got wanted
}

@test "every memory has its vector, numbers without gaps and evidence that exists" {
  for folder in "$PERSON/associative" "$PERSON/evaluation" "$EDDY/associative" "$EDDY/evaluation"; do
    base=$EXPORTED/sim/${folder}_memory
    sqlite3 t.db "DROP TABLE IF EXISTS node" "CREATE TABLE node AS SELECT key, value FROM json_each(readfile('$base/nodes.json'))" \
      "DROP TABLE IF EXISTS vector" "CREATE TABLE vector AS SELECT key, json_array_length(value) AS dim FROM json_each(readfile('$base/embeddings.json'))"
    [ "$(sqlite3 t.db "SELECT count(*) FROM node WHERE value->>'embedding_key' NOT IN (SELECT key FROM vector WHERE dim = 256)")" = 0 ]
    [ "$(sqlite3 t.db "SELECT count(*) FROM node WHERE key <> 'node_' || (value->>'node_count')")" = 0 ]
    [ "$(sqlite3 t.db "SELECT count(*) FROM node, json_each(node.value, '\$.filling') f WHERE f.value NOT IN (SELECT key FROM node)")" = 0 ]
  done
  [ "$(sqlite3 t.db "SELECT count(*) FROM node")" -gt 500 ] # the assistant's, one for each step awake
  base="$EXPORTED/sim/$PERSON/associative_memory"
  [ "$(sqlite3 :memory: "SELECT count(*) > 5 FROM json_each(readfile('$base/nodes.json')) WHERE value->>'type' = 'thought'
    AND json_array_length(value, '\$.filling') > 0")" = 1 ]
  # keyword strengths, counted anew
  [ "$(sqlite3 :memory: "SELECT count(*) FROM (SELECT lower(k.value), count(*) FROM json_each(readfile('$base/nodes.json')) n,
    json_each(n.value, '\$.keywords') k WHERE n.value->>'type' = 'event' AND n.value->>'object' <> 'idle' GROUP BY 1
    EXCEPT SELECT key, value FROM json_each(readfile('$base/kw_strength.json'), '\$.kw_strength_event'))")" = 0 ]
}

@test "the day's schedule fills the day" {
  for key in f_daily_schedule f_daily_schedule_hourly_org; do
    [ "$(sqlite3 :memory: "SELECT sum(value->>1) FROM json_each(readfile('$EXPORTED/sim/$PERSON/scratch.json'), '\$.$key')")" = 1440 ]
  done
}

@test "a study becomes one simulation folder for each run" {
  write_study t.lua 'name = "t", days = 1, personas = { "p01", "p02" },'
  "$FAST" run t.lua -o out --quiet
  run "$PROPERSIM" export reverie out --out sims --compress
  [ "$status" -eq 0 ]
  [ "$(ls sims)" = $'default-p01-s1\ndefault-p02-s1' ]
  [ -f sims/default-p02-s1/master_movement.json ]
}

@test "a folder that is not empty is kept, and with --force nothing old stays" {
  mkdir -p sim/movement
  echo mine >sim/movement/99999.json
  refuses "sim: is not empty" "--force" -- "$PROPERSIM" export reverie "$EXPORTED/out/runs/default/p01-s1.sqlite" --out sim
  [ "$(cat sim/movement/99999.json)" = mine ]
  "$PROPERSIM" export reverie "$EXPORTED/out/runs/default/p01-s1.sqlite" --out sim --force
  [ ! -e sim/movement/99999.json ]
  diff -r sim "$EXPORTED/sim"
}

# assistants | who is in the files, in the order of meta.json
@test "only residents who have an assistant have one in the files, and the first is Eddy Lin" {
  while IFS='|' read -r assistants wanted; do
    rm -rf out sim packed new
    write_study s.lua "name = 's', days = 1, households = { { 'p01', 'p02', 'p03' } }, assistants = $assistants,"
    "$FAST" run s.lua -o out --quiet
    "$PROPERSIM" export reverie out/runs/default/p01+p02+p03-s1.sqlite --out sim
    [ "$(sqlite3 :memory: "SELECT group_concat(value) FROM json_each(readfile('sim/reverie/meta.json'), '$.persona_names')")" = "$wanted" ]
    [ "$(sqlite3 :memory: "SELECT group_concat(key) FROM json_each(readfile('sim/movement/300.json'), '$.persona') ORDER BY key")" \
      = "$(sqlite3 :memory: "SELECT group_concat(key) FROM json_each(readfile('sim/environment/300.json')) ORDER BY key")" ]
    [ "$(ls sim/personas | sort | tr '\n' ,)" = "$(tr , '\n' <<<"$wanted" | sort | tr '\n' ,)" ]
    "$PROPERSIM" import reverie sim --out new
    grep -qF "$(sed 's/^{ */{ /; s/'"'"'/"/g' <<<"$assistants")" new/study.lua || [ "$assistants" = "'all'" ]
  done <<'TABLE'
'none'|Mara Ellison,Kwame Asante,Rosa Delgado
{ 'p02' }|Mara Ellison,Kwame Asante,Rosa Delgado,Eddy Lin
{ 'p02', 'p03' }|Mara Ellison,Kwame Asante,Rosa Delgado,Eddy Lin,Assistant of Rosa Delgado
'all'|Mara Ellison,Kwame Asante,Rosa Delgado,Eddy Lin,Assistant of Kwame Asante,Assistant of Rosa Delgado
TABLE
}
