load common.bash

SMALL='name = "small", days = 2, personas = { "p01", "p07" },'

@test "a study runs, reports, and says where its results are" {
  write_study small.lua "$SMALL"
  run "$PROPERSIM" run small.lua -o out
  [ "$status" -eq 0 ]
  [[ $output == *"running study 'small': 2 households, 2 days, into out"* ]]
  [ -f out/runs/default/p01-s1.sqlite ]
  [ "$(sqlite3 out/runs/default/p01-s1.sqlite 'SELECT count(*) FROM step')" -eq 1152 ]
}

@test "two runs, two jobs and two compilers give the same digest" {
  write_study small.lua "$SMALL conditions = { a = {}, b = { assistant = { memory = 'A' } } },"
  "$FAST" run small.lua -o one --quiet --jobs 1
  "$FAST" run small.lua -o two --quiet --jobs 2
  "$CLANG" run small.lua -o three --quiet
  "$PROPERSIM" run small.lua -o four --quiet
  one=$("$FAST" digest one)
  [ "$("$FAST" digest two)" = "$one" ]
  [ "$("$FAST" digest three)" = "$one" ]
  [ "$("$FAST" digest four)" = "$one" ]
}

@test "another seed and another option give another digest" {
  write_study small.lua "$SMALL"
  "$FAST" run small.lua -o one --quiet --days 1
  "$FAST" run small.lua -o two --quiet --days 1 --set seed=2
  "$FAST" run small.lua -o three --quiet --days 1 --set assistant.retrieve=0
  one=$("$FAST" digest one)
  [ "$("$FAST" digest two)" != "$one" ]
  [ "$("$FAST" digest three)" != "$one" ]
}

@test "more days go on from where the study ended, as if it had never stopped" {
  write_study small.lua "$SMALL"
  "$FAST" run small.lua -o one --quiet
  "$FAST" run small.lua -o two --quiet --days 1
  run "$FAST" run small.lua -o two --days 2
  [ "$status" -eq 0 ]
  [[ $output == *"going on with study 'small'"* ]]
  [ "$("$FAST" digest two)" = "$("$FAST" digest one)" ]
}

@test "a study closes households between days when it has many, with the same results" {
  # more than host/sim/cells.c keeps open
  write_study many.lua 'name = "many", days = 2, sec_per_step = 600, personas = study.personas "p01..p02",
    seeds = (function()
      local seeds = {}
      for seed = 1, 66 do seeds[seed] = seed end
      return seeds
    end)(),'
  write_study few.lua 'name = "few", days = 2, sec_per_step = 600, personas = { "p02" }, seed = 66,'
  "$FAST" run many.lua -o many --quiet
  "$FAST" run few.lua -o few --quiet
  many=$("$FAST" digest many/runs/default/p02-s66.sqlite -v | grep -v -e meta -e day_script -e ' day$' | head -n -1)
  few=$("$FAST" digest few/runs/default/p02-s66.sqlite -v | grep -v -e meta -e day_script -e ' day$' | head -n -1)
  [ "$many" = "$few" ]
}

@test "SIGTERM ends the run after a step, and says how to go on" {
  write_study small.lua "$SMALL"
  "$FAST" run small.lua -o whole --quiet --days 4
  mkfifo pipe
  "$FAST" run small.lua -o out --days 4 2>pipe &
  pid=$!
  exec 7<pipe
  grep -m1 -q "day 1 of 4 done" <&7
  kill -TERM "$pid"
  message=$(cat <&7)
  code=0; wait "$pid" || code=$?
  [ "$code" -eq 1 ]
  [[ $message == *"propersim resume out"* ]]
  "$FAST" resume out --quiet
  [ "$("$FAST" digest out)" = "$("$FAST" digest whole)" ]
}

@test "a folder with a different study is refused, one with something else too" {
  write_study small.lua "$SMALL"
  "$FAST" run small.lua -o out --quiet --days 1
  refuses "holds a different study" "resume out" -- "$PROPERSIM" run small.lua -o out --set assistant.memory=A
  mkdir other && touch other/file
  refuses "is not empty and holds no study" -- "$PROPERSIM" run small.lua -o other
}

@test "two runs into the same folder at the same time: the second is told that it is in use" {
  write_study small.lua "$SMALL"
  mkfifo go
  "$FAST" run small.lua -o out --pause <go >log 2>&1 &
  pid=$!
  exec 7>go
  until grep -q midnight log; do read -r -t 0.05 <> <(:) || true; done
  run "$FAST" resume out --quiet
  [ "$status" -eq 1 ]
  [[ $output == *"is being written by process"* ]] || { echo "$output"; false; }
  echo >&7
  exec 7>&-
  wait "$pid"
}
