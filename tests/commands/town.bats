load common.bash

@test "a household of several is one run with a row a step and resident, and its digest repeats" {
  write_study two.lua 'name = "two", days = 1, households = { { "p01", "p17" }, "p02..p03" }, assistants = { "p01", "p02" },'
  "$PROPERSIM" run two.lua -o one --quiet
  "$FAST" run two.lua -o two --quiet --jobs 2
  [ "$("$FAST" digest one)" = "$("$FAST" digest two)" ]
  file=one/runs/default/p01+p17-s1.sqlite
  [ "$(sqlite3 "$file" 'SELECT group_concat(persona) FROM resident')" = p01,p17 ]
  [ "$(sqlite3 "$file" 'SELECT count(*) FROM step WHERE who = 2')" -eq 576 ]
  [ "$(sqlite3 "$file" 'SELECT group_concat(DISTINCT who) FROM suggestion')" = 1 ]
}

@test "somebody's random draws do not depend on who else lives there" {
  write_study alone.lua 'name = "alone", days = 1, personas = { "p17" }, assistants = "none",'
  write_study both.lua 'name = "both", days = 1, households = { { "p01", "p17" } }, assistants = "none",'
  "$FAST" run alone.lua -o alone --quiet
  "$FAST" run both.lua -o both --quiet
  hourly="SELECT start_clock, activity FROM schedule WHERE level = 'hourly' AND who ="
  alone=$(sqlite3 alone/runs/default/p17-s1.sqlite "$hourly 1")
  [ -n "$alone" ]
  [ "$alone" = "$(sqlite3 both/runs/default/p01+p17-s1.sqlite "$hourly 2")" ]
}

@test "households and assistants that cannot be are refused by name" {
  write_study a.lua 'name = "a", personas = { "p01" }, households = { { "p02" } },'
  refuses "households: give either personas" -- "$PROPERSIM" run a.lua -o a
  write_study b.lua 'name = "b", households = { { "p01", "p99" } },'
  refuses "p99" -- "$PROPERSIM" run b.lua -o b
  write_study c.lua 'name = "c", households = { { "p01", "p01" } },'
  refuses 'households[1]: "p01" stands in it twice' -- "$PROPERSIM" run c.lua -o c
  write_study d.lua 'name = "d", households = { { "p01" } }, assistants = { "p02" },'
  refuses 'assistants: "p02" lives in no household of this study' -- "$PROPERSIM" run d.lua -o d
  write_study e.lua 'name = "e", households = { { "p01" } }, assistants = "some",'
  refuses 'assistants' -- "$PROPERSIM" run e.lua -o e
}
