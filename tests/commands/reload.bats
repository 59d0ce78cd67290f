load common.bash

STUDY='name = "s", days = 3, personas = { "p01", "p04" },'

# Runs the study with --pause; at the first midnight runs the given shell text, then goes on to the end.
run_with_edit() { # folder, shell text
  mkfifo go.$1
  "$FAST" run s.lua -o "$1" --pause <go.$1 >"$1.log" 2>&1 &
  local pid=$!
  exec 7>go.$1
  until grep -q "midnight after day 1" "$1.log"; do kill -0 "$pid"; done
  eval "$2"
  printf '\n\n' >&7
  exec 7>&-
  wait "$pid"
}

texts_of() { # folder, day
  sqlite3 "$1/runs/default/p01-s1.sqlite" "SELECT texts FROM day WHERE day = $2"
}

@test "an edited script is used from the next day on, by everybody, and the day's version is in the run file" {
  write_study s.lua "$STUDY"
  "$FAST" run s.lua -o plain --quiet
  mkdir -p scripts/offline/resident
  edit='sed "s/routine.minutes(day.wake)/routine.minutes(day.wake) - 60/" "$ROOT/scripts/offline/resident/wake_up.lua" >scripts/offline/resident/wake_up.lua'
  run_with_edit edited "$edit"
  for p in p01 p04; do
    plain=plain/runs/default/$p-s1.sqlite edited=edited/runs/default/$p-s1.sqlite
    wake='SELECT min(step) % 576 FROM step WHERE asleep = 0 AND day ='
    # they get up an hour (24 steps) earlier on day 2, not on day 1
    [ "$(sqlite3 $edited "$wake 1")" -eq "$(sqlite3 $plain "$wake 1")" ]
    [ "$(sqlite3 $edited "$wake 2 AND step % 576 > 80")" -lt "$(sqlite3 $plain "$wake 2 AND step % 576 > 80")" ]
  done
  [ "$(texts_of edited 1)" = "$(texts_of plain 1)" ]
  [ "$(texts_of edited 2)" != "$(texts_of edited 1)" ]
  [ "$(texts_of edited 3)" = "$(texts_of edited 2)" ]
  sqlite3 edited/runs/default/p01-s1.sqlite "SELECT text FROM day_script JOIN script USING (hash)
    WHERE day = 2 AND path = 'scripts/offline/resident/wake_up.lua'" | grep -q -- '- 60'
}

# what is written to scripts/resident/act.lua | what the message must hold
@test "a broken edit leaves the last good one running, and says file, line and reason" {
  write_study s.lua "$STUDY"
  "$FAST" run s.lua -o plain --quiet
  plain=$("$FAST" digest plain)
  mkdir -p scripts/resident
  n=0
  while IFS='|' read -r text wanted; do
    [ -z "$text" ] && continue
    n=$((n + 1))
    rm -f scripts/resident/act.lua
    run_with_edit "out$n" "printf '$text' >scripts/resident/act.lua"
    grep -q "changed files are not taken for day 2" "out$n.log"
    grep -q "scripts/resident/act.lua" "out$n.log" || { cat "out$n.log"; false; }
    grep -qE "$wanted" "out$n.log" || { echo "no '$wanted' in:"; cat "out$n.log"; false; }
    [ "$("$FAST" digest "out$n")" = "$plain" ]
  done <<'TABLE'
return {\n|:[12]: .*(expected|unexpected)
error("on purpose")\n|:1: on purpose
return {}\n|has no function 'text', which scripts
while true do end\n|:1: .*instructions
local t = {}\nfor i = 1, 1e9 do t[i] = ("x"):rep(1e6) .. i end\n|:2: .*memory
return nil + 1\n|:1: attempt to perform arithmetic
\x1bLua|act.lua
TABLE
}

@test "a prompt with an unknown field, and one without an answerer, are refused" {
  write_study s.lua "$STUDY"
  mkdir -p prompts/assistant
  run_with_edit out 'sed "s/{{action}}/{{actoin}}/" "$ROOT/prompts/assistant/suggest.lua" >prompts/assistant/suggest.lua'
  grep -q "prompts/assistant/suggest.lua: user has the field {{actoin}}" out.log
}

@test "resume of a day uses the texts that the day began with" {
  write_study s.lua "$STUDY"
  "$FAST" run s.lua -o plain --quiet
  # stop in the middle of day 2, edit, resume: day 2 is as it would have been, day 3 is new
  mkfifo go
  "$FAST" run s.lua -o out --pause <go >log 2>&1 &
  pid=$!
  exec 7>go
  until grep -q "midnight after day 1" log; do kill -0 "$pid"; done
  echo >&7
  # day 2 is pinned as soon as the first household begins it
  until [ -e out/texts/day-0002.json ]; do kill -0 "$pid"; done
  kill -KILL "$pid"
  exec 7>&-
  wait "$pid" || true
  mkdir -p scripts/offline/resident
  sed "s/routine.minutes(day.wake)/routine.minutes(day.wake) - 60/" "$ROOT/scripts/offline/resident/wake_up.lua" \
    >scripts/offline/resident/wake_up.lua
  "$FAST" resume out --quiet
  [ "$(texts_of out 2)" = "$(texts_of plain 2)" ]
  steps='SELECT group_concat(action) FROM step WHERE day ='
  run_of=runs/default/p01-s1.sqlite
  [ "$(sqlite3 out/$run_of "$steps 2")" = "$(sqlite3 plain/$run_of "$steps 2")" ]
  if [ -e out/texts/day-0003.json ]; then [ "$(texts_of out 3)" != "$(texts_of plain 3)" ] || [ "$(texts_of out 3)" = "$(texts_of out 2)" ]; fi
}

@test "a script that fails while it runs stops its household with a traceback, and the others go on" {
  write_study s.lua "$STUDY"
  mkdir -p scripts/offline/resident
  cat >scripts/offline/resident/emoji.lua <<'LUA'
return function(inputs)
  if inputs.task:find("coffee") then error("no emoji for coffee") end
  return { emoji = "x" }
end
LUA
  run "$FAST" run s.lua -o out
  [ "$status" -eq 1 ]
  [[ $output == *"scripts/offline/resident/emoji.lua:2: no emoji for coffee"* ]]
  [[ $output == *"stack traceback"* ]]
  [[ $output == *"propersim resume out"* ]]
  [[ $(cat out/runs/default/*-failed) == *"emoji.lua:2: no emoji for coffee"*"stack traceback"* ]] # for who only sees the files
}

@test "a day whose scripts failed is simulated with mended ones by resume --new-texts, and not before" {
  write_study s.lua 'name = "s", days = 2, personas = { "p01" },'
  mkdir -p scripts/offline/resident
  echo 'return function() error("no emoji at all") end' >scripts/offline/resident/emoji.lua
  run "$FAST" run s.lua -o out
  [ "$status" -eq 1 ]
  [[ $output == *"--new-texts"* ]]
  sed 's/^return function/-- mended\nreturn function/' "$ROOT/scripts/offline/resident/emoji.lua" >scripts/offline/resident/emoji.lua
  run "$FAST" resume out --quiet
  [ "$status" -eq 1 ]
  [[ $output == *"no emoji at all"* ]]
  run "$FAST" resume out --new-texts
  [ "$status" -eq 0 ]
  [[ $output == *"day 1 is simulated with the files of now"* ]]
  "$FAST" run s.lua -o mended --quiet
  [ "$("$FAST" digest out)" = "$("$FAST" digest mended)" ]
}

@test "resume --new-texts takes no day away that a household has finished, and no script that does not load" {
  write_study s.lua 'name = "s", days = 1, personas = { "p01", "p04" },'
  mkdir -p scripts/offline/resident
  cat >scripts/offline/resident/event_triple.lua <<'LUA'
return function(inputs)
  if inputs.name == "Mara Ellison" then error("nothing for Mara") end
  return { subject = inputs.name, predicate = "is", object = inputs.task }
end
LUA
  run "$FAST" run s.lua -o out --quiet
  [ "$status" -eq 1 ]
  rm -r scripts
  refuses "p04-s1.sqlite has finished day 1" "propersim fork out --day 0" -- "$FAST" resume out --new-texts
  rm out/runs/default/p04-s1.sqlite
  mkdir -p scripts/offline/resident
  echo 'return {' >scripts/offline/resident/emoji.lua
  refuses "scripts/offline/resident/emoji.lua:" -- "$FAST" resume out --new-texts
  rm -r scripts
  "$FAST" resume out --new-texts --quiet
}
