load common.bash

# A study whose learning condition rises; $3 is the body of its expectation.
write_expecting() { # file name body
  write_study "$1" "name = \"$2\", days = 2, personas = study.personas \"p01..p03\",
    conditions = { frozen = {}, learning = { assistant = { learn = { method = \"dpo\" } } } },
    expect = function(result) $3 end,"
}

@test "a study that is as expected says so and exits 0" {
  write_expecting good.lua good 'result.expect.rises("learning", "score", 0.3)
    result.expect.stays("frozen", "score", 0.3)
    result.expect.is_true("three personas", result.study.personas_n == 3)'
  run "$FAST" run good.lua -o out
  [ "$status" -eq 0 ]
  [[ $output == *"What the study expects"* ]]
  [[ $output == *"✓ three personas (true)"* ]]
  [ -f out/study.lua ]
}

@test "a study that is not as expected says which, with the figures, and exits 1, at every report" {
  write_expecting bad.lua bad 'result.expect.at_most("score of frozen", result.value("frozen", "score"), 0.1)
    result.expect.rises("learning", "score", 0.3)
    result.expect.better("learning", "frozen")'
  run "$FAST" run bad.lua -o out --quiet
  [ "$status" -eq 1 ]
  [[ $output == *"out: what the study expects is not met:"* ]]
  [[ $output =~ "score of frozen: "0.9[0-9]+", at most 0.1" ]] || { echo "$output"; false; }
  [[ $output == *"learning is better than frozen in score: +"*"p 1.000 after Holm's correction"* ]]
  [[ $output != *"rises"* ]]
  run "$PROPERSIM" report out
  [ "$status" -eq 1 ]
  [[ $output == *"✗ score of frozen"* ]]
  [[ $output == *"✓ score of learning rises by 0.3"* ]]
  run "$FAST" report out --json
  [ "$status" -eq 1 ]
  run "$FAST" report out --html page.html
  [ "$status" -eq 1 ]
  grep -q "✗ score of frozen" page.html
}

@test "what is expected can be changed without simulating anew, and mistakes in it are named" {
  write_expecting s.lua s 'result.expect.at_most("score", result.value("frozen", "score"), 0.1)'
  run "$FAST" run s.lua -o out --quiet
  [ "$status" -eq 1 ]
  digest=$("$FAST" digest out)
  write_expecting s.lua s 'result.expect.at_most("score", result.value("frozen", "score"), 4)'
  run "$FAST" run s.lua -o out --quiet
  [ "$status" -eq 0 ]
  [ "$("$FAST" digest out)" = "$digest" ]
  write_expecting s.lua s 'result.value("frozn", "score")'
  run "$FAST" run s.lua -o out --quiet
  [ "$status" -eq 1 ]
  [[ $output == *'there is no condition "frozn"; did you mean frozen?'* ]]
  [[ $output == *'`expect` failed: out/study.lua:'[0-9]*': there is no condition "frozn"'* ]]
  [[ $output != *"scripts/guest"* ]]
  write_expecting s.lua s 'local x = nil + 1'
  run "$PROPERSIM" report out
  [ "$status" -eq 1 ] # the copy in the folder is still the one before
  [[ $output == *"frozn"* ]]
}

@test "a study that is not finished is not judged, and one in another place is" {
  mkdir -p mine/scripts
  echo 'return { most = 0.1 }' >mine/scripts/bounds.lua
  write_expecting mine/s.lua s 'result.expect.at_most("score", result.value("frozen", "score"), require("bounds").most)'
  "$FAST" run mine/s.lua -o out --quiet --days 1 || [ $? -eq 1 ]
  sed -i 's/"days":1/"days":2/' out/study.json
  run "$PROPERSIM" report out
  [ "$status" -eq 0 ]
  [[ $output != *"✗"* && $output == *"What the study expects of its results is judged once"* ]]
  sed -i 's/"days":2/"days":1/' out/study.json
  rm -r mine
  mv out elsewhere
  run "$PROPERSIM" report elsewhere
  [ "$status" -eq 1 ]
  [[ $output == *"at most 0.1"* ]]
}

@test "several studies and a folder of them run one after the other, and are ranked" {
  mkdir suite
  write_expecting suite/a.lua first 'result.expect.at_most("score", result.value("frozen", "score"), 0.1)'
  write_study suite/b.lua 'name = "second", days = 1, personas = { "p01" },'
  write_study c.lua 'name = "third", days = 1, personas = { "p01" },'
  echo "no study" >suite/notes.txt
  run "$FAST" run suite c.lua -o out
  [ "$status" -eq 1 ]
  [[ $output == *"1 of 3: running study 'first'"*"2 of 3: running study 'second'"*"3 of 3: running study 'third'"* ]]
  [[ $output == *"first "*"not as expected: 1 of 1 expectation not met"*"out/first"* ]]
  [[ $output == *"third "*"done"*"out/third"* ]]
  [[ $output == *"Ranking of 3 studies"* ]]
  [[ $output == *"1 first/learning"* ]]
  [ -f out/second/study.json ]
  [ -f out/third/study.json ]
  run "$FAST" run suite/b.lua c.lua -o out --quiet
  [ "$status" -eq 0 ]
  [ -z "$output" ]
}

@test "a suite tells what failed from what is not as expected" {
  write_study met.lua 'name = "met", days = 1, personas = { "p01" }, expect = function(result)
    result.expect.at_least("days", result.study.days, 1)
    result.expect.at_most("days", result.study.days, 1) end,'
  write_study nothing.lua 'name = "nothing", days = 1, personas = { "p01" }, expect = function(result) end,'
  mkdir -p bad/scripts/resident
  sed 's/^function plan.begin_day(.*/&\n  do error("no plan") end/' "$ROOT/scripts/resident/plan.lua" >bad/scripts/resident/plan.lua
  write_study bad/bad.lua 'name = "bad", days = 1, personas = study.personas "p01..p02",'
  run "$FAST" run met.lua nothing.lua bad/bad.lua -o out
  [ "$status" -eq 1 ]
  [[ $output =~ met\ +done,\ 2\ expectations\ met\ +out/met ]] || { echo "$output"; false; }
  [[ $output =~ nothing\ +not\ as\ expected:\ 1\ of\ 1\ expectation\ not\ met\ +out/nothing ]] || { echo "$output"; false; }
  [[ $output == *'`expect` expects nothing'* ]]
  [[ $output =~ bad\ +failed:\ 2\ of\ 2\ households\ +out/bad ]] || { echo "$output"; false; }
}

@test "an expectation that does not end is stopped, and only its line is told" {
  write_study s.lua 'name = "s", days = 1, personas = { "p01" }, expect = function() while true do end end,'
  run "$FAST" run s.lua -o out --quiet
  [ "$status" -eq 1 ]
  [[ $output == *"out/study.lua:3: stopped: used up its "*"(an endless loop?)"* ]] || { echo "$output"; false; }
  [[ $output != *traceback* && $output != *report_expect* ]]
}

# The nth Lua block of the page.
lua_block() { # page n
  awk -v n="$2" '/^```lua$/ { k++; on = 1; next } /^```$/ { on = 0 } on && k == n' "$1"
}

@test "the studies of the page about suites run as they stand there" {
  lua_block "$ROOT/docs/suites.md" 1 >loop.lua
  lua_block "$ROOT/docs/suites.md" 2 >prompt.lua
  [ -z "$(lua_block "$ROOT/docs/suites.md" 3)" ]
  grep -q '"p01..p16"' loop.lua && grep -q '"p01..p16"' prompt.lua
  sed -i 's/"p01..p16"/"p01..p02"/' loop.lua prompt.lua # fewer people, nothing else
  run "$FAST" run loop.lua --days 1 -o loop --quiet
  [ "$status" -eq 0 ] || { echo "$output"; false; }
  [ "$("$FAST" report loop --json | jq -r '[.conditions[].name] | sort | join(" ")')" = "beta-10 beta-3 beta-30" ]
  run "$FAST" run prompt.lua --days 1 -o prompt
  [[ $output == *"What the study expects"*"after is better than before in decision_f1"* ]] || { echo "$output"; false; }
  [[ $output != *"\`expect\` failed"* ]]
}

@test "a suite with a mistake in one study runs none of them" {
  write_study a.lua 'name = "a", days = 1, personas = { "p01" },'
  write_study b.lua 'name = "b", days = 1, personas = { "p01" }, conditons = {},'
  write_study same.lua 'name = "a", days = 2, personas = { "p01" },'
  mkdir empty
  refuses "b.lua" "conditons" -- "$PROPERSIM" run a.lua b.lua -o out
  refuses "a.lua and same.lua are both called 'a'" -- "$PROPERSIM" run a.lua same.lua -o out
  refuses "empty: there is no study" -- "$PROPERSIM" run a.lua empty -o out
  refuses "--serve shows one study" -- "$PROPERSIM" run a.lua same.lua --serve
  [ ! -e out ]
}

@test "two studies are compared pair by pair, and what has no partner is named" {
  write_study a.lua 'name = "a", days = 1, personas = study.personas "p01..p03", conditions = { x = {}, y = { assistant = { memory = "A" } } },'
  write_study b.lua 'name = "b", days = 1, personas = study.personas "p02..p04", conditions = { x = { assistant = { policy = "silent" } }, z = {} },'
  "$FAST" run a.lua b.lua -o out --quiet
  run "$PROPERSIM" compare out/a out/b
  [ "$status" -eq 0 ]
  [[ $output == *"b/x beside a/x: 2 personas are too few to tell"* ]]
  [[ $output == *"p01, seed 1, of a/x and p04, seed 1, of"* ]]
  [[ $output != *"a/y"* ]]
  run "$FAST" compare out/a --condition x --with y
  [ "$status" -eq 0 ]
  [[ $output == *"a/y beside a/x"* ]]
  run "$FAST" compare out/a out/b --condition y --with z --json
  [ "$(jq -r '.comparisons.pairs[0] | "\(.a) \(.b) \(.runs_n)"' <<<"$output")" = "a/y b/z 2" ]
  run "$FAST" compare out/a out/b --html page.html
  [ "$status" -eq 0 ]
  grep -q "<h3>b/x beside a/x</h3>" page.html
  refuses 'b has no condition "y"; it has x, z' -- "$PROPERSIM" compare out/a out/b --condition y
  refuses "which two?" -- "$PROPERSIM" compare out/a
  refuses "the first one's is missing" -- "$PROPERSIM" compare out/a out/b --with z
}

@test "the suite of the examples loads, and its smoke study is as expected" {
  run "$PROPERSIM" check "$ROOT"/examples/suite/smoke.lua "$ROOT"/examples/suite/standard.lua "$ROOT"/examples/suite/full.lua \
    "$ROOT"/examples/suite/heldout.lua
  [ "$status" -eq 0 ]
  run "$FAST" run "$ROOT/examples/suite/smoke.lua" -o out --quiet
  [ "$status" -eq 0 ] || { echo "$output"; false; }
}
