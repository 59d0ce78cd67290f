load common.bash

REVERIE=$PROPERSIM_SHARED_DATA/reverie

# One study of one of our own people for two days, and its run as a folder of the original.
setup_file() {
  IMPORTED=$(mktemp -d)
  export IMPORTED
  . "$BATS_TEST_DIRNAME/common.bash"
  cd "$IMPORTED"
  write_study s.lua 'name = "s", days = 2, personas = { "p03" },'
  "$FAST" run s.lua -o out --quiet
  "$PROPERSIM" export reverie out/runs/default/p03-s1.sqlite --out sim >log
  "$PROPERSIM" export reverie out/runs/default/p03-s1.sqlite --out packed --compress >log
}

teardown_file() {
  rm -rf "$IMPORTED"
}

STEPS="SELECT step, who, x, y, asleep, walking, action FROM step"
SAID="SELECT step, who, slot, text, silent, score, preference, timing, frequency, communication FROM delivery"
REASONS="SELECT r.step, r.slot, r.criterion, r.value, r.reason FROM rating r JOIN delivery d USING (step, who, slot) ORDER BY 1, 3"
MEMORIES="SELECT who, stream, id, type, depth, created, expiration, subject, predicate, object, text, importance, keywords, filling
  FROM memory ORDER BY stream, id"
DAYS="SELECT * FROM daily"

@test "export and import again: the same person, memories, movements, ratings" {
  run "$PROPERSIM" import reverie "$IMPORTED/sim" --out new
  [ "$status" -eq 0 ]
  [[ $output == *"p03: 1152 steps imported, 2 whole days"* && $output == *"propersim resume new/run"* ]]
  cmp new/personas/p03.lua "$ROOT/personas/p03.lua"
  same_in_both "$IMPORTED/out/runs/default/p03-s1.sqlite" new/run/runs/default/p03-s1.sqlite \
    "$STEPS" "$SAID" "$REASONS" "$MEMORIES" "$DAYS"
  # and out once more: the same files, but for what the original's files do not hold
  "$PROPERSIM" export reverie new/run/runs/default/p03-s1.sqlite --out again
  for file in 0 300 700 1151; do cmp "again/movement/$file.json" "$IMPORTED/sim/movement/$file.json"; done
  diff -r again/environment "$IMPORTED/sim/environment" >differences
  cmp "again/personas/Eddy Lin/bootstrap_memory/evaluation_memory/nodes.json" \
    "$IMPORTED/sim/personas/Eddy Lin/bootstrap_memory/evaluation_memory/nodes.json"
}

@test "one of the originals makes the round trip" {
  [ -d "$REVERIE" ] || skip "$REVERIE is absent"
  "$PROPERSIM" import reverie "$REVERIE/personas/base_the_ville_persona_12" --map "$REVERIE/house" --out first
  "$FAST" run first/study.lua -o out --days 2 --quiet
  "$PROPERSIM" export reverie out/runs/default/reverie_persona_12-s1.sqlite --out sim
  "$PROPERSIM" import reverie sim --map "$REVERIE/house" --out second
  cmp first/personas/reverie_persona_12.lua second/personas/reverie_persona_12.lua
  same_in_both out/runs/default/reverie_persona_12-s1.sqlite second/run/runs/default/reverie_persona_12-s1.sqlite \
    "$STEPS" "$SAID" "$REASONS" "$MEMORIES" "$DAYS"
  # the person as the original's files tell them, too
  for key in background current_interests lifestyle long_term_goals daily_plan_req living_area criteria age big_five_personality_traits; do
    [ "$(sqlite3 :memory: "SELECT json_extract(readfile('sim/personas/John Lin/bootstrap_memory/scratch.json'), '\$.$key')
      = json_extract(readfile('$REVERIE/personas/base_the_ville_persona_12/personas/John Lin/bootstrap_memory/scratch.json'), '\$.$key')")" = 1 ] \
      || [ "$key" = criteria ]
  done
}

@test "report, serve's reader, digest and resume understand an imported run" {
  "$PROPERSIM" import reverie "$IMPORTED/sim" --out new
  run "$PROPERSIM" report new/run --json
  [ "$status" -eq 0 ]
  "$PROPERSIM" digest new/run
  before=$(sqlite3 new/run/runs/default/p03-s1.sqlite "$SAID WHERE step < 1152" | md5sum)
  (cd new && sed -i 's/days = [0-9]*/days = 4/' study.lua && "$FAST" run study.lua -o run --quiet)
  run=new/run/runs/default/p03-s1.sqlite
  [ "$(sqlite3 $run "SELECT count(*) FROM day WHERE finished")" = 4 ]
  [ "$(sqlite3 $run "$SAID WHERE step < 1152" | md5sum)" = "$before" ]
  # it goes on where the person was, with the memories that there were
  [ "$(sqlite3 $run "SELECT abs(b.x - a.x) + abs(b.y - a.y) < 3 FROM step a JOIN step b ON b.step = 1152 WHERE a.step = 1151")" = 1 ]
  [ "$(sqlite3 $run "SELECT min(id) > (SELECT max(id) FROM memory WHERE stream = 'resident' AND step < 1152) FROM memory
    WHERE stream = 'resident' AND step >= 1152")" = 1 ]
  [ "$(sqlite3 $run "SELECT count(*) FROM memory WHERE stream = 'assistant' AND step >= 1152")" -gt 100 ]
  # resumed twice from the same import, it is the same
  "$PROPERSIM" import reverie "$IMPORTED/sim" --out twin
  (cd twin && sed -i 's/days = [0-9]*/days = 4/' study.lua && "$FAST" run study.lua -o run --quiet)
  [ "$("$PROPERSIM" digest new/run)" = "$("$PROPERSIM" digest twin/run)" ]
}

# A report as one line.
report_of() { # folder, options...
  "$PROPERSIM" report "$@" | tr -s ' \n' ' '
}

IMPORTED_WORDS="were imported from a run of the original (sim); which models answered there is not in its files."

@test "a whole run is finished as it is, and goes on for as many days as are asked for" {
  run "$PROPERSIM" import reverie "$IMPORTED/sim" --out new
  [[ $output == *"go on:  propersim resume new/run --days 14"* ]]
  grep -q 'days = 2,' new/study.lua
  [[ $(report_of new/run) != *"Not finished"* ]]
  "$FAST" resume new/run --quiet
  [ "$(sqlite3 new/run/runs/default/p03-s1.sqlite "SELECT count(*) FROM day WHERE finished")" = 2 ]
  "$FAST" resume new/run --days 3 --quiet
  [ "$(sqlite3 new/run/runs/default/p03-s1.sqlite "SELECT count(*) FROM day WHERE finished")" = 3 ]
}

@test "a report calls imported days imported, and only the others offline" {
  "$PROPERSIM" import reverie "$IMPORTED/sim" --out new
  run=new/run/runs/default/p03-s1.sqlite
  [ "$(sqlite3 $run "SELECT group_concat(key || '=' || value) FROM (SELECT * FROM meta WHERE key LIKE 'imported%' ORDER BY key)")" \
    = "imported_days=2,imported_from=sim" ]
  [[ $(report_of new/run) == *"Days 1 to 2 $IMPORTED_WORDS"* ]]
  [[ $(report_of new/run) != *[Oo]ffline* ]]
  "$PROPERSIM" report new/run --json >report.json
  [ "$(sqlite3 :memory: "SELECT j->>'\$.offline', j->>'\$.imported.runs[0].days', j->>'\$.imported.everything'
    FROM (SELECT readfile('report.json') AS j)")" = "0|2|1" ]
  "$PROPERSIM" report new/run --html page.html
  grep -q "Days 1 to 2 $IMPORTED_WORDS" page.html
  # a fork takes the note along, as far as it holds for it
  "$FAST" fork new/run --day 1 -o early
  [[ $(report_of early) == *"Day 1 was imported from a run of the original (sim)"* ]]
  "$FAST" resume early --days 2 --quiet
  [[ $(report_of early) == *"Day 1 was imported"*"A change from there to later days"*"Everything else was answered offline. The offline model"* ]]
  "$FAST" fork early --day 2 --days 3 -o later
  [[ $(report_of later) == *"Day 1 was imported"* ]]
  "$FAST" fork new/run --day 0 -o anew
  "$FAST" resume anew --days 1 --quiet
  [[ $(report_of anew) == *"Everything here was answered offline."* && $(report_of anew) != *"was imported"* ]]
}

@test "a report of a compressed run says that this form holds no ratings, not that nobody had an assistant" {
  "$PROPERSIM" import reverie "$IMPORTED/packed" --out new
  [[ $(report_of new/run) == *"in the original's compressed form, which holds no suggestions and ratings."* ]]
  [[ $(report_of new/run) != *"Nobody had an assistant"* ]]
  "$PROPERSIM" report new/run --html page.html
  grep -q "compressed form, which holds no" page.html
}

@test "of the original's own runs the total of a rating is known, and a report says so" {
  cp -r "$IMPORTED/sim" old
  rm -r old/propersim
  run "$PROPERSIM" import reverie old --out new
  [ "$status" -eq 0 ]
  run=new/run/runs/default/reverie_old-s1.sqlite
  same_in_both "$IMPORTED/out/runs/default/p03-s1.sqlite" "$run" "SELECT step, text, silent, score FROM delivery" \
    "SELECT day, scored, failed, score_sum, recommendations, recommendation_score_sum, abstentions, score_mean FROM daily"
  [ "$(sqlite3 "$run" "SELECT group_concat(DISTINCT status) FROM (SELECT status FROM rating ORDER BY status)")" = ok,unknown ]
  # only those whose criteria follow from the total have any: all or none
  [ "$(sqlite3 "$run" "SELECT count(*) FROM score WHERE preference IS NOT NULL AND score NOT IN (0, 4)")" = 0 ]
  "$PROPERSIM" report new/run >report
  grep -E '^  1 .*–    –    –    –' report
  "$PROPERSIM" report new/run --json | grep -q '"decision_f1": null'
}

@test "a half-finished run is shown as far as it goes, and its last day is simulated again" {
  cp -r "$IMPORTED/sim" half
  for n in $(seq 900 1151); do rm half/movement/$n.json; done
  run "$PROPERSIM" import reverie half --out new
  [[ $output == *"900 steps imported, 1 whole days and a part of one"* && $output == *"324 steps of the unfinished day are simulated again"* ]]
  # the day that was begun is still to be done
  [[ $output == *"go on:  propersim resume new/run"$'\n'* ]]
  [[ $(report_of new/run) == *"Not finished"* ]]
  run=new/run/runs/default/p03-s1.sqlite
  [ "$(sqlite3 $run "SELECT count(*), max(step) FROM step")" = "900|899" ]
  (cd new && sed -i 's/days = [0-9]*/days = 2/' study.lua && "$FAST" run study.lua -o run --quiet)
  [ "$(sqlite3 $run "SELECT count(*), max(step) FROM step")" = "1152|1151" ]
}

@test "a compressed run has positions and activities" {
  run "$PROPERSIM" import reverie "$IMPORTED/packed" --out new
  [ "$status" -eq 0 ]
  [[ $output == *"compressed: holds no suggestions"* ]]
  same_in_both "$IMPORTED/out/runs/default/p03-s1.sqlite" new/run/runs/default/p03-s1.sqlite "SELECT step, x, y FROM step" \
    "SELECT s.step, a.task, a.emoji, a.address FROM step s JOIN activity a ON a.seq = s.activity"
  [ "$(sqlite3 new/run/runs/default/p03-s1.sqlite "SELECT count(*) FROM suggestion")" = 0 ]
}

@test "a persona that was changed after the export counts as its scratch.json says" {
  cp -r "$IMPORTED/sim" changed
  name=$(ls changed/personas | grep -v Eddy)
  sed -i 's/"background":"/"background":"Used to sail. /' "changed/personas/$name/bootstrap_memory/scratch.json"
  "$PROPERSIM" import reverie changed --out new || [ $? -eq 2 ]
  [ -f new/personas/reverie_changed.lua ]
  grep -q "Used to sail" new/personas/reverie_changed.lua
}

# how the folder is broken | message
@test "a broken run is one clear error, and nothing is written" {
  while IFS='|' read -r break wanted; do
    rm -rf sim new
    mkdir sim
    cp -r "$IMPORTED/sim/"{reverie,personas,propersim} sim/
    mkdir sim/movement
    cp "$IMPORTED/sim/movement/"{0,1,2}.json sim/movement/
    M=sim/movement/1.json
    NODES="sim/personas/Eddy Lin/bootstrap_memory/evaluation_memory/nodes.json"
    eval "$break"
    refuses "$wanted" -- "$PROPERSIM" import reverie sim --out new
    [ ! -e new ] || [ ! -e new/run/runs ]
  done <<'TABLE'
echo '{' >$M|movement/1.json: line 2
echo '[]' >$M|movement/1.json: must be an object
echo '{"persona":{}}' >$M|`persona` has no "
sed -i 's/"movement":\[[0-9]*,/"movement":["x",/' $M|`movement` must be a tile
sed -i 's/"movement":\[[0-9]*,/"movement":[99,/' $M|tile (99,
sed -i 's/"suggestion":"[^"]*"/"suggestion":[]/g' $M|movement/1.json: Eddy Lin: `suggestion` must be text
sed -i 's/"created":"[^"]*"/"created":"noon"/' "$NODES"|sim: personas/Eddy Lin/bootstrap_memory/evaluation_memory/nodes.json: node_1: `created`
rm $M|sim/movement/1.json: is missing, but there are steps up to movement/2.json
rm sim/movement/0.json|sim/movement/0.json: is missing, but there are steps up to movement/2.json
rm sim/reverie/meta.json|reverie/meta.json
sed -i 's/"sec_per_step":150/"sec_per_step":7/' sim/reverie/meta.json|does not divide an hour
echo '{"step":0}' >sim/propersim/ratings.jsonl|ratings.jsonl:1
TABLE
}

@test "a compressed run with a hole is an error that names the step" {
  cp -r "$IMPORTED/packed" packed
  sqlite3 :memory: "SELECT writefile('packed/master_movement.json', json_remove(readfile('packed/master_movement.json'), '\$.7'))"
  refuses 'master_movement.json: has no step "7", but steps up to "1151"' -- "$PROPERSIM" import reverie packed --out new
  [ ! -e new ]
}

@test "what is missing at the end, and a clock that says something else, are told with both numbers" {
  mkdir sim
  cp -r "$IMPORTED/sim/"{reverie,personas,propersim} sim/
  mkdir sim/movement
  cp "$IMPORTED/sim/movement/"{0,1,2}.json sim/movement/
  sed -i 's/"curr_time":"[^"]*"/"curr_time":"February 13, 2025, 07:00:00"/' sim/movement/{1,2}.json
  run "$PROPERSIM" import reverie sim --out new
  [ "$status" -eq 0 ]
  [[ $output == *"meta.json says that 1152 steps were made, but there are files of 3 only"* ]]
  [[ $output == *'movement/1.json says `curr_time` February 13, 2025, 07:00:00; by start_date and sec_per_step of meta.json it is February 13, 2025, 00:02:30 (and so on in 1 more files)'* ]]
  # a run whose files agree says nothing of it
  run "$PROPERSIM" import reverie "$IMPORTED/sim" --out whole
  [[ $output != *"curr_time"* && $output != *"steps were made"* ]]
}

@test "--map is suggested only if it was not given" {
  [ -d "$REVERIE" ] || skip "$REVERIE is absent"
  mkdir sim
  cp -r "$IMPORTED/sim/"{reverie,personas,propersim} sim/
  mkdir sim/movement
  sed 's/"movement":\[[0-9]*,/"movement":[999,/' "$IMPORTED/sim/movement/0.json" >sim/movement/0.json
  refuses "on tile (999," "import the run's own map with --map" -- "$PROPERSIM" import reverie sim --out new
  refuses "on tile (999," "--map names another map than the run's own" -- "$PROPERSIM" import reverie sim --map "$REVERIE/house" --out other
}

@test "runs are not written over" {
  "$PROPERSIM" import reverie "$IMPORTED/sim" --out new
  refuses "new/run: is there already" -- "$PROPERSIM" import reverie "$IMPORTED/sim" --out new --force
}
