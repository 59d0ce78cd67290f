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

# Two run files say the same, and something.
same_in_both() { # file, file, queries...
  local a=$1 b=$2
  shift 2
  for query in "$@"; do
    diff <(sqlite3 "$a" "$query") <(sqlite3 "$b" "$query") >differences || { echo "$query"; head -4 differences; return 1; }
    [ "$(sqlite3 "$a" "SELECT count(*) FROM ($query)")" -gt 0 ]
  done
}

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
