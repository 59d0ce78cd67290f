load common.bash

RUN=runs/default/p01-s1.sqlite
LEARN='assistant = { learn = { method = "dpo" } },'

make_study() {
  write_study s.lua "name = 's', days = 3, personas = { 'p01', 'p04' }, $LEARN"
  "$FAST" run s.lua -o whole --quiet
}

@test "a fork after any day is the run as it was then, and goes on to the same end" {
  make_study
  whole=$("$FAST" digest whole)
  for day in 0 1 2; do
    run "$FAST" fork whole --day $day -o fork$day
    [ "$status" -eq 0 ]
    [[ $output == *"propersim resume fork$day"* ]]
    if [ $day -gt 0 ]; then
      "$FAST" run s.lua -o short$day --days $day --quiet
      [ "$("$FAST" digest fork$day)" = "$("$FAST" digest short$day)" ]
      [ "$(sqlite3 fork$day/$RUN "SELECT json_extract(value, '\$.day') FROM meta WHERE key = 'parent'")" -eq $day ]
      # the digest that it names is the original's
      [[ $("$FAST" digest whole/$RUN) == "$(sqlite3 fork$day/$RUN "SELECT json_extract(value, '\$.digest') FROM meta WHERE key = 'parent'")"* ]]
    fi
    "$FAST" resume fork$day --quiet
    [ "$("$FAST" digest fork$day)" = "$whole" ]
  done
}

@test "a fork of one run file has that run alone" {
  make_study
  "$FAST" fork whole/$RUN --day 2 -o one
  "$FAST" resume one --quiet
  [ "$("$FAST" digest one/$RUN)" = "$("$FAST" digest whole/$RUN)" ]
  [ "$(find one -name '*.sqlite' | wc -l)" -eq 1 ]
  # and from inside the folder too
  (cd whole/runs/default && "$FAST" fork p04-s1.sqlite --day 1 -o "$WORK/two")
  [ -f two/runs/default/p04-s1.sqlite ]
}

@test "a household of two is forked like one of one" {
  write_study two.lua "name = 'two', days = 2, households = { { 'p01', 'p02' } }, assistants = { 'p02' }, $LEARN"
  "$FAST" run two.lua -o two --quiet
  "$FAST" fork two/runs/default/p01+p02-s1.sqlite --day 1 -o fork
  "$FAST" resume fork --quiet
  [ "$("$FAST" digest fork)" = "$("$FAST" digest two)" ]
  "$FAST" fork two --day 1 --set assistant.memory=ASC -o other
  "$FAST" resume other --quiet
  [ "$("$FAST" digest other)" != "$("$FAST" digest two)" ]
}

@test "options of a fork hold from its first new day on, and the report says so" {
  make_study
  "$FAST" fork whole --day 1 --set assistant.memory=A --days 4 -o fork
  "$FAST" resume fork --quiet
  texts="SELECT count(*) FROM memory WHERE stream = 'assistant' AND text LIKE '%|%' AND day"
  [ "$(sqlite3 fork/$RUN "$texts = 1")" -gt 0 ]
  [ "$(sqlite3 fork/$RUN "$texts > 1")" -eq 0 ]
  [ "$(sqlite3 fork/$RUN "SELECT max(day) FROM day")" -eq 4 ]
  report=$("$FAST" report fork | tr "\n" " ")
  [[ $report == *"Forked: the days up to 1 of 2 runs are those of whole/$RUN and its like"* ]]
  [[ $report == *"From day 2 on, default has other options: assistant.memory=A"* ]]
  "$FAST" report fork --html page.html
  grep -q "From day 2 on" page.html
  [[ $("$FAST" report whole) != *"Forked"* ]]
  # a fork of the fork before the change has not changed, one after it has
  "$FAST" fork fork --day 1 --days 3 -o again
  "$FAST" resume again --quiet
  [ "$("$FAST" digest again)" = "$("$FAST" digest whole)" ]
  "$FAST" fork fork --day 3 -o later
  "$FAST" resume later --quiet
  [ "$("$FAST" digest later)" = "$("$FAST" digest fork)" ]
}

@test "resume with another number of days goes on with a fork" {
  make_study
  "$FAST" fork whole --day 3 --days 4 -o fork
  "$FAST" resume fork --days 5 --quiet
  "$FAST" run s.lua -o whole --days 5 --quiet
  [ "$("$FAST" digest fork)" = "$("$FAST" digest whole)" ]
}

@test "what cannot be forked is refused with what to do, and leaves nothing behind" {
  write_study s.lua "name = 's', days = 2, personas = { 'p01' },"
  "$FAST" run s.lua -o whole --quiet --days 1
  mkdir full && touch full/file
  refuses "has 1 finished days" -- "$PROPERSIM" fork whole --day 2 --days 5 -o out
  refuses "give --days" -- "$PROPERSIM" fork whole --day 1 -o out
  refuses "after which day" -- "$PROPERSIM" fork whole -o out
  refuses "-o DIR" -- "$PROPERSIM" fork whole --day 1
  refuses "full: is not empty" -- "$PROPERSIM" fork whole --day 0 -o full
  refuses "did you mean assistant" -- "$PROPERSIM" fork whole --day 0 --set asistant.memory=A -o out
  refuses "cannot change in the middle of a run" -- "$PROPERSIM" fork whole --day 0 --set start=2025-01-01 -o out
  refuses "there is no condition" -- "$PROPERSIM" fork whole --day 0 --set conditions.x.assistant.memory=A -o out
  refuses "no such file" -- "$PROPERSIM" fork nothing --day 0 -o out
  refuses "is in no study folder" -- "$PROPERSIM" fork s.lua --day 0 -o out
  refuses "is no run of the study" -- "$PROPERSIM" fork whole/study.json --day 0 -o out
  [ ! -e out ]
}
