load common.bash

setup_file() {
  EXPORT_RUNS=$(mktemp -d)
  export EXPORT_RUNS
  . "$BATS_TEST_DIRNAME/common.bash"
  cd "$EXPORT_RUNS"
  write_study s.lua 'name = "s", days = 2, personas = { "p01", "p02" }, conditions = { frozen = {},
    learning = { assistant = { learn = { method = "dpo", ties = 0.5 }, explore = { opposite = 0.25, speak = 0.25 } } } },'
  "$FAST" run s.lua -o out --quiet
}

teardown_file() {
  rm -rf "$EXPORT_RUNS"
}

RUN=runs/learning/p01-s1.sqlite

# Counts the differences between a table of ours and an SQL query, both ways.
differences() { # database of imported tables, table, select over the attached run `r`
  sqlite3 "$1" "ATTACH '$EXPORT_RUNS/out/$RUN' AS r" \
    "SELECT count(*) FROM (SELECT * FROM (SELECT $3) EXCEPT SELECT * FROM $2)" \
    "SELECT count(*) FROM (SELECT * FROM $2 EXCEPT SELECT * FROM (SELECT $3))" | tr '\n' ' '
}

@test "CSV holds what the views hold, as another program reads it" {
  run "$PROPERSIM" export csv "$EXPORT_RUNS/out/$RUN" --out csv
  [ "$status" -eq 0 ]
  [[ $output == *"1152 rows  csv/steps.csv"* ]]
  for table in steps suggestions days memory; do sqlite3 t.db ".mode csv" ".import csv/$table.csv $table"; done
  [ "$(sqlite3 t.db 'SELECT count(*) FROM steps')" = 1152 ]
  keys="'learning', 'p01', '1'"
  text() { printf "coalesce(CAST(%s AS TEXT), '')," "$@" | sed 's/,$//'; }
  [ "$(differences t.db steps "$keys, $(text step day clock who time x y path asleep walking action activity) FROM r.step")" = "0 0 " ]
  # numbers read back exactly, but are not written as SQLite writes them
  sqlite3 t.db "ALTER TABLE suggestions DROP COLUMN logit" "CREATE TABLE p AS SELECT step, slot, probability FROM suggestions" \
    "ALTER TABLE suggestions DROP COLUMN probability"
  columns="step day clock who slot text topic tone silent source delivered reason"
  [ "$(differences t.db suggestions "$keys, $(text $columns) FROM r.suggestion")" = "0 0 " ]
  [ "$(sqlite3 t.db "ATTACH '$EXPORT_RUNS/out/$RUN' AS r" "SELECT count(*) FROM r.suggestion s JOIN p ON p.step = s.step
    AND p.slot = s.slot WHERE CAST(nullif(p.probability, '') AS REAL) IS NOT s.probability")" = 0 ]
  sqlite3 t.db "ATTACH '$EXPORT_RUNS/out/$RUN' AS r" \
    "SELECT count(*) FROM days d JOIN r.daily v ON v.day = d.day WHERE CAST(d.score_mean AS REAL) = v.score_mean" | grep -qx 2
}

@test "JSON lines hold the same, every line a document of its own" {
  "$PROPERSIM" export jsonl "$EXPORT_RUNS/out/$RUN" --out jl --tables pairs,ratings
  [ "$(ls jl)" = $'pairs.jsonl\nratings.jsonl' ]
  sqlite3 t.db "CREATE TABLE l(j)" ".mode tabs" ".import jl/ratings.jsonl l"
  [ "$(sqlite3 t.db "SELECT count(*) = sum(json_valid(j)) FROM l")" = 1 ]
  sqlite3 t.db "CREATE TABLE ratings AS SELECT j->>'condition' c, j->>'persona' p, j->>'seed' s, j->>'step' step, j->>'slot' slot,
    j->>'criterion' criterion, j->>'value' value, j->>'reason' reason, j->>'status' status FROM l"
  columns="'learning', 'p01', 1, step, slot, criterion, value, reason, status"
  [ "$(differences t.db ratings "$columns FROM r.rating")" = "0 0 " ]
}

@test "a study is exported as one table, its runs told apart" {
  run "$PROPERSIM" export csv "$EXPORT_RUNS/out" --out csv --tables runs,days
  [ "$status" -eq 0 ]
  [ "$(cut -d, -f1-3 csv/runs.csv)" = $'condition,persona,seed\nfrozen,p01,1\nfrozen,p02,1\nlearning,p01,1\nlearning,p02,1' ]
  [ "$(wc -l <csv/days.csv)" = 9 ]
}

@test "the same run gives the same bytes" {
  "$PROPERSIM" export csv "$EXPORT_RUNS/out/$RUN" --out a >/dev/null
  "$PROPERSIM" export csv "$EXPORT_RUNS/out/$RUN" --out b >/dev/null
  diff -r a b
}

@test "nothing is overwritten without --force" {
  mkdir csv
  echo mine >csv/steps.csv
  refuses "csv/steps.csv: is there already" "--force" -- "$PROPERSIM" export csv "$EXPORT_RUNS/out" --out csv
  [ "$(cat csv/steps.csv)" = mine ]
  [ "$(ls csv)" = steps.csv ]
  "$PROPERSIM" export csv "$EXPORT_RUNS/out" --out csv --force
  [ "$(wc -l <csv/steps.csv)" = 4609 ]
}

@test "every table and column of an export is described in docs/export.md" {
  "$PROPERSIM" export csv "$EXPORT_RUNS/out/$RUN" --out csv >/dev/null
  for file in csv/*.csv; do
    name=$(basename "$file" .csv)
    grep -q "^| \`$name\` |" "$ROOT/docs/export.md" || { echo "docs/export.md does not have $name"; return 1; }
  done
}

# Learning data of a run whose prompts were kept.
trl() {
  write_study t.lua 'name = "t", days = 2, personas = { "p01" }, assistant = { reason = "'"$1"'", learn = { keep_prompts = "always" } },'
  "$FAST" run t.lua -o t --quiet
}

# The lines of a file as a table of JSON documents.
as_table() { # file, table
  rm -f t.db
  sqlite3 t.db "CREATE TABLE $2(j)" ".mode tabs" ".import $1 $2"
}

@test "pairs become a preference data set: the prompt as it was asked, the better and the worse answer" {
  trl none
  "$PROPERSIM" export trl t/runs/default/p01-s1.sqlite --out data
  [ "$(ls data)" = $'dpo-day-0001.jsonl\ndpo-day-0002.jsonl' ]
  as_table data/dpo-day-0002.jsonl l
  # an answer for each pair, in order
  sqlite3 t.db "ATTACH 't/runs/default/p01-s1.sqlite' AS r" \
    "SELECT '{\"suggestion\": ' || json_quote(c.text) || '}', '{\"suggestion\": ' || json_quote(w.text) || '}' FROM r.pair p
     JOIN r.suggestion c ON c.step = p.step AND c.slot = p.chosen_slot JOIN r.suggestion w ON w.step = p.step
     AND w.slot = p.rejected_slot WHERE p.day = 2 ORDER BY p.step" >wanted
  sqlite3 t.db "SELECT j->>'\$.chosen[0].content', j->>'\$.rejected[0].content' FROM l" >got
  diff wanted got
  [ "$(wc -l <got)" -gt 100 ]
  # roles, and no field left open
  [ "$(sqlite3 t.db "SELECT count(*) FROM l WHERE j->>'\$.prompt[0].role' <> 'system' OR j->>'\$.prompt[1].role' <> 'user'
    OR j->>'\$.chosen[0].role' <> 'assistant' OR j LIKE '%{{%' OR json_array_length(j, '\$.prompt') <> 2")" = 0 ]
  # the moment's own time and action stand in each
  [ "$(sqlite3 t.db "ATTACH 't/runs/default/p01-s1.sqlite' AS r" "SELECT count(*) FROM
    (SELECT row_number() OVER () AS n, j->>'\$.prompt[1].content' AS asked FROM l) a
    JOIN (SELECT row_number() OVER (ORDER BY p.step) AS n, substr(p.clock, 12, 5) || ': ' || s.action AS moment FROM r.pair p
      JOIN r.step s ON s.step = p.step WHERE p.day = 2) b USING (n) WHERE instr(asked, moment) > 0")" = "$(wc -l <got)" ]
}

@test "KTO gets each answer by itself with a label, abstentions too" {
  trl none
  "$PROPERSIM" export trl t/runs/default/p01-s1.sqlite --out data --kind kto
  "$PROPERSIM" export trl t/runs/default/p01-s1.sqlite --out data --kind dpo
  as_table data/kto-day-0001.jsonl l
  [ "$(sqlite3 t.db "SELECT sum(j->>'label'), sum(NOT j->>'label'), sum(j->>'\$.completion[0].content' LIKE '%No Recommendation%') > 0 FROM l")" \
    = "$(wc -l <data/dpo-day-0001.jsonl)|$(wc -l <data/dpo-day-0001.jsonl)|1" ]
}

@test "SFT gets the better answers, and the worse ones under an instruction" {
  trl none
  "$PROPERSIM" export trl t/runs/default/p01-s1.sqlite --out data --kind sft
  as_table data/sft-day-0001.jsonl l
  [ "$(sqlite3 t.db "SELECT 2 * sum(j->>'\$.prompt[1].content' LIKE '%Give a bad answer instead%') = count(*) FROM l")" = 1 ]
}

@test "reasons stand where the assistant was asked for them" {
  for place in before after; do
    trl $place
    "$PROPERSIM" export trl t/runs/default/p01-s1.sqlite --out $place
    rm -rf t
  done
  as_table before/dpo-day-0001.jsonl l
  [ "$(sqlite3 t.db "SELECT count(*) FROM l WHERE j->>'\$.chosen[0].content' NOT LIKE '{\"reason\": \"%\", \"suggestion\": \"%'")" = 0 ]
  as_table after/dpo-day-0001.jsonl l
  [ "$(sqlite3 t.db "SELECT count(*) FROM l WHERE j->>'\$.chosen[0].content' NOT LIKE '{\"suggestion\": \"%\", \"why\": \"%'")" = 0 ]
}

@test "a run that kept no prompts says how to keep them" {
  refuses "prompts of" "into a new folder (-o DIR)" "--set assistant.learn.keep_prompts=always" -- "$PROPERSIM" export trl "$EXPORT_RUNS/out" --out data
  refuses "must be dpo, kto or sft, not 'ppo'" -- "$PROPERSIM" export trl "$EXPORT_RUNS/out" --out data --kind ppo
}

@test "wrong usage and input is one message and exit 2" {
  refuses "as what?" -- "$PROPERSIM" export
  refuses "name one run file or study" -- "$PROPERSIM" export csv --out x
  refuses "Name a folder with --out" -- "$PROPERSIM" export csv "$EXPORT_RUNS/out"
  refuses "'xml' is no form of export" "csv" -- "$PROPERSIM" export xml "$EXPORT_RUNS/out" --out x
  refuses "there is no table 'step'" "known are runs, meta, residents, days" -- "$PROPERSIM" export csv "$EXPORT_RUNS/out" --out x --tables step
  refuses "nowhere" -- "$PROPERSIM" export csv nowhere --out x
  mkdir empty
  refuses "is not a study folder" -- "$PROPERSIM" export csv empty --out x
  echo text >file
  refuses "file" -- "$PROPERSIM" export csv file --out x
  refuses "file" -- "$PROPERSIM" export csv "$EXPORT_RUNS/out" --out file/x
  [ ! -e x ]
}

@test "an option of another form is refused and says where it belongs" {
  while IFS='|' read -r form option wanted; do
    refuses "$wanted" -- "$PROPERSIM" export $form "$EXPORT_RUNS/out" --out x $option
  done <<'TABLE'
csv|--compress|--compress belongs to export reverie, not to csv
trl|--compress|--compress belongs to export reverie, not to trl
csv|--kind dpo|--kind belongs to export trl, not to csv
reverie|--kind dpo|--kind belongs to export trl, not to reverie
reverie|--tables days|--tables belongs to export csv and export jsonl, not to reverie
TABLE
  [ ! -e x ]
}
