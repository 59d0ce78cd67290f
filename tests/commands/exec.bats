load common.bash

copy_example() { cp "$ROOT"/examples/exec/* .; }

texts() { sqlite3 "$1" "SELECT DISTINCT text FROM suggestion ORDER BY 1"; }

@test "programs of others are assistants of a study: the example" {
  copy_example
  sed -i 's/p01..p02/p01..p01/' study.lua # in shell each answer takes its time
  "$FAST" run study.lua -o out --days 1 --quiet
  texts out/runs/python/p01-s1.sqlite | grep -q 'the light\|music for the kitchen\|short walk'
  texts out/runs/shell/p01-s1.sqlite | grep -q 'It is noon'
  [ "$(sqlite3 out/runs/shell/p01-s1.sqlite "SELECT DISTINCT status FROM call")" = ok ]
  [ ! -e out/exec.log ]
}

@test "a program runs in the folder of its study, and gives the same in every run" {
  mkdir there && cd there && copy_example && cd ..
  write_study there/s.lua 'name = "s", days = 1, personas = { "p01" }, models = { assistant = "exec:python3 agent.py" },'
  "$FAST" run there/s.lua -o a --quiet
  "$FAST" run there/s.lua -o b --quiet
  [ "$("$FAST" digest a)" = "$("$FAST" digest b)" ]
}

@test "a program that is broken stops the study with what it said, and is resumed once it is mended" {
  copy_example
  sed 's/^import json/import jsonn/' agent.py >broken.py
  write_study s.lua 'name = "s", days = 1, personas = { "p01" }, models = { assistant = "exec:python3 agent.py" },'
  cp agent.py good.py && cp broken.py agent.py
  run "$FAST" run s.lua -o out --quiet
  [ "$status" -ne 0 ]
  [[ $output == *"5 times in a row"* && $output == *"No module named 'jsonn'"* ]]
  grep -q "No module named 'jsonn'" out/exec.log
  cp good.py agent.py
  "$FAST" resume out --quiet
  "$FAST" run s.lua -o whole --quiet
  [ "$("$FAST" digest out)" = "$("$FAST" digest whole)" ]
}
