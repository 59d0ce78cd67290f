load common.bash

# Two conditions, two seeds: enough for every part of a report.
small_study() { # days personas
  write_study small.lua 'name = "small", days = '"$1"', seeds = { 1, 2 }, personas = study.personas "'"$2"'", baseline = "frozen",
    conditions = { frozen = {}, learning = { assistant = { learn = { method = "dpo" } } } },
    published = { { name = "Theirs & co", condition = "learning", points = { [1] = 2.2, [14] = 3.3 }, source = "A paper, figure 3" } },'
  "$FAST" run small.lua -o out --quiet
}

@test "text, JSON and page have the same numbers, and say what they are" {
  small_study 2 p01..p04
  run "$PROPERSIM" report out
  [ "$status" -eq 0 ]
  text=$(tr -s ' \n' ' ' <<<"$output")
  "$FAST" report out --json >report.json
  "$FAST" report out --html page.html
  for number in \
    "$(jq -r '.conditions[] | select(.name == "learning").final | .recommendation_score * 100 | round / 100' report.json)" \
    "$(jq -r '.comparisons.pairs[0].measures[0].difference * 100 | round / 100' report.json)" \
    "$(jq -r '.comparisons.pairs[0].measures[1].noise_floor * 100 | round / 100' report.json)"; do
    [[ $number != null && $number != 0 ]]
    grep -qF -- "${number}" page.html || { echo "no $number on the page"; false; }
  done
  difference=$(jq -r '.comparisons.pairs[0].measures[0] | .difference' report.json)
  [[ $text == *"$(printf '%+.2f [' "$difference")"* ]]
  [ "$(jq -r '.comparisons | "\(.baseline) \(.tests_n) \(.pairs | length)"' report.json)" = "frozen 4 1" ]
  [ "$(jq -r '.published[0].points[0].ours == (.conditions[] | select(.name == "learning").days[0].score_mean)' report.json)" = true ]
  [[ $text == *"Theirs & co"*"no language model"* ]]
  [[ $text == *"learning beside frozen: 4 personas are too few to tell: even if all agreed, p would be 0.125."* ]]
  grep -q "Theirs &amp; co (A paper, figure 3)" page.html
  run grep -e "<script" -e "src=" -e "https\?://[^w]" page.html # asks nobody for anything
  [ "$status" -eq 1 ]
}

@test "two builds make the same report of the same runs" {
  small_study 1 p01..p02
  "$FAST" report out --json >one.json
  "$CLANG" report out --json >two.json
  "$PROPERSIM" report out --json >three.json
  cmp one.json two.json
  cmp one.json three.json
}

@test "a run of an older program, without wish and study file, is reported all the same" {
  small_study 1 p01..p02
  rm out/study.lua
  sed -i 's/"report":{[^}]*}[^}]*}[^}]*}]},//' out/study.json
  for run in out/runs/*/*.sqlite; do
    sqlite3 "$run" "UPDATE day_data SET state = json_remove(state, '\$.residents[0].heard.wish')"
  done
  run "$PROPERSIM" report out --json
  [ "$status" -eq 0 ]
  [ "$(jq -r '.conditions[0].final | "\(.wish_per_hour) \(.wishes_n) \(.wish_match)"' <<<"$output")" = "null 0 null" ]
  run "$FAST" report out
  [ "$status" -eq 0 ]
}

@test "what a study says of its report is checked, and can change while it goes on" {
  small_study 1 p01..p02
  digest=$("$FAST" digest out)
  sed -i 's/baseline = "frozen"/baseline = "learning"/' small.lua
  "$FAST" run small.lua -o out --quiet
  [ "$("$FAST" digest out)" = "$digest" ]
  [ "$("$FAST" report out --json | jq -r '.comparisons.pairs[0].a')" = learning ]
  refuses "baseline" 'there is no condition "frozn"' -- "$PROPERSIM" run small.lua -o out --set baseline=frozn
  sed -i 's/points = {[^}]*}/points = {}/' small.lua
  refuses "published[1].points" "must be values by day" -- "$PROPERSIM" run small.lua -o out
  refuses "published" "must be a list of published series" -- "$PROPERSIM" run small.lua -o out --set published=3
  refuses "expect" "must be a function" -- "$PROPERSIM" run small.lua -o out --set expect=3
}

@test "several studies are one ranking, by the measure that is asked for" {
  write_study a.lua 'name = "a", days = 1, personas = study.personas "p01..p02",'
  write_study b.lua 'name = "b", days = 1, personas = study.personas "p01..p02", conditions = { silent = { assistant = { policy = "silent" } } },'
  "$FAST" run a.lua b.lua -o out --quiet
  run "$PROPERSIM" report out/a out/b
  [ "$status" -eq 0 ]
  [[ $output == *"1 b/silent"*"2 a/default"* ]] # silence wins the score,
  run "$FAST" report out/a out/b --by wish_match --json
  [ "$(jq -r '.rows[0] | "\(.study) \(.rank)"' <<<"$output")" = "a 1" ] # but not the fit with the wish
  [ "$(jq -r '.rows[1].wish_match' <<<"$output")" = 0 ]
  refuses "--by must be score" -- "$PROPERSIM" report out/a out/b --by joy
  refuses "--by ranks several studies" -- "$PROPERSIM" report out/a --by score
  refuses "is not a study folder" -- "$PROPERSIM" report out/a .
}
