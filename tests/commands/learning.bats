load common.bash

score() { # folder, condition, day -> mean score in thousandths
  local sum=0 n=0
  for run in "$1/runs/$2"/*.sqlite; do
    value=$(sqlite3 "$run" "SELECT CAST(1000.0 * score_sum / scored AS INTEGER) FROM daily WHERE day = $3")
    sum=$((sum + value)) n=$((n + 1))
  done
  echo $((sum / n))
}

within() { # bound, a, b: they differ by less
  local difference=$(($3 - $2))
  [ "${difference#-}" -lt "$1" ] || { echo "$2 and $3 differ by $1 or more"; return 1; }
}

per_day() { # folder, condition, day -> recommendations of all runs
  for run in "$1/runs/$2"/*.sqlite; do sqlite3 "$run" "SELECT recommendations FROM daily WHERE day = $3"; done | awk "{ sum += \$1 } END { print sum + 0 }"
}

@test "learning raises the score, frozen stays, and with ratings drawn by lot nothing is learned" {
  write_study s.lua 'name = "s", days = 6, personas = study.personas "p01..p04", conditions = {
    frozen = {},
    learning = { assistant = { learn = { method = "dpo", replay = "equally400", ties = 0.5 },
      explore = { opposite = 0.25, speak = 0.25 } } },
    shuffled = { assistant = { learn = { method = "dpo", shuffle = true } } } },'
  "$FAST" run s.lua -o out --quiet
  first=$(score out frozen 1)
  last=$(score out frozen 6)
  within 150 "$first" "$last"
  last=$(score out shuffled 6)
  within 250 "$first" "$last"
  [ $(($(score out learning 6) - first)) -gt 800 ]
  [ "$(per_day out learning 6)" -gt 0 ]
  [ "$(per_day out learning 6)" -lt $(($(per_day out learning 1) / 10)) ]
}

said() { # folder, condition, first day, last day -> mean score of all recommendations, in thousandths, whether delivered or not
  for run in "$1/runs/$2"/*.sqlite; do
    sqlite3 "$run" "SELECT sum(score), count(*) FROM score JOIN suggestion USING (step, who, slot)
      WHERE NOT silent AND step / 576 + 1 BETWEEN $3 AND $4"
  done | awk -F'|' '{ sum += $1; n += $2 } END { print int(1000 * sum / n) }'
}

@test "with ratings drawn by lot, pairs across moments do not follow the ratings either" {
  # in context it falls silent by itself, so that there are many such pairs, whatever is learned
  write_study s.lua 'name = "s", days = 5, personas = study.personas "p01..p08", assistant = { memory = "ASC", in_context = 1,
    learn = { method = "dpo", replay = "all", across = 100 }, explore = { speak = 1 } },
    conditions = { across = {}, lot = { assistant = { learn = { shuffle = true } } } },'
  "$FAST" run s.lua -o out --quiet
  first=$(said out lot 1 1)
  last=$(said out lot 2 5)
  echo "by lot: $first, then $last; otherwise: $(said out across 2 5)"
  within 250 "$first" "$last"
  [ "$(said out across 2 5)" -gt $((first + 800)) ]
}

@test "each method learns from the pairs, and says what it has learned" {
  for method in dpo ipo kto sft; do
    write_study s.lua "name = 's', days = 3, personas = { 'p02' }, assistant = { learn = { method = '$method',
      $([ $method = ipo ] && echo 'beta = 0.01') } },"
    "$FAST" run s.lua -o "$method" --quiet
    [ "$(score "$method" default 3)" -ne "$(score "$method" default 1)" ]
    [ -z "$("$FAST" policy "$method/runs/default/p02-s1.sqlite" --count 1000 | grep -v '?' | cut -c 13- | sort | uniq -d)" ] # no line twice
    "$FAST" policy "$method/runs/default/p02-s1.sqlite" --count 5 | grep -qE "(rather|less often) s(peaks|tays silent)"
  done
  run "$FAST" policy dpo/runs/default/p02-s1.sqlite --count 2
  [[ ${lines[1]} == "When it speaks or stays silent" && ${lines[2]} =~ "rather stays silent, " ]] || { echo "$output"; false; }
  [[ ${lines[4]} == "Which topics, during what" && ${lines[5]} =~ "rather speaks about "[a-z]+", " ]] || { echo "$output"; false; }
  [[ ${lines[6]} =~ "less often speaks about "[a-z]+", "(during|at any time) ]] || { echo "$output"; false; }
  [[ ${lines[7]} == "In which tone, and when" && ${#lines[@]} -eq 10 ]] || { echo "$output"; false; }
  run "$FAST" policy dpo/runs/default/p02-s1.sqlite --all --count 3
  [ ${#lines[@]} -eq 4 ]
  write_study s.lua 'name = "s", days = 1, personas = { "p02" },'
  "$FAST" run s.lua -o none --quiet
  refuses "nothing was learned" -- "$FAST" policy none/runs/default/p02-s1.sqlite
}

@test "learning goes on after a resume as if it had never stopped" {
  write_study s.lua 'name = "s", days = 4, personas = { "p11" }, assistant = { learn = { method = "kto", replay = "halftoday" } },'
  "$FAST" run s.lua -o whole --quiet
  for days in 1 2 3 4; do "$FAST" run s.lua -o parts --quiet --days $days; done
  [ "$("$FAST" digest parts)" = "$("$FAST" digest whole)" ]
}
