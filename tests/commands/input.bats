load common.bash

OK='name = "x", days = 1, personas = { "p01" },'

# study body | what the message must hold
@test "a wrong study file is one clear error and exit 2" {
  while IFS='|' read -r body wanted; do
    [ -z "$body" ] && continue
    write_study s.lua "$body"
    refuses "s.lua" "$wanted" -- "$PROPERSIM" run s.lua -o out
    [ ! -e out ]
  done <<'TABLE'
days = 1, personas = { "p01" },|name: is missing
name = "x", days = 1,|personas: is missing
name = "x y", personas = { "p01" },|name: must be a name of letters
name = "x", personas = { "p99" },|p99
name = "x", personas = { "p01", "p01" },|personas: "p01" stands in it twice
name = "x", personas = 7,|personas: must be a list of persona ids
name = "x", personas = {},|personas: must be a list of persona ids
name = "x", personas = { "../../etc/passwd" },|personas[1]: must be a name
name = "x", personas = { "p01" }, days = 0,|days: must be a whole number from 1 to 3650, not 0
name = "x", personas = { "p01" }, days = 1.5,|days: must be a whole number
name = "x", personas = { "p01" }, days = "7",|days: must be a whole number
name = "x", personas = { "p01" }, dayz = 3,|dayz: unknown option; did you mean days?
name = "x", personas = { "p01" }, assistant = { memry = "A" },|assistant.memry: unknown option; did you mean assistant.memory?
name = "x", personas = { "p01" }, assistant = { memory = "XYZ" },|assistant.memory: must be one of none, A, AS
name = "x", personas = { "p01" }, assistant = "none",|assistant: must be a table of options
name = "x", personas = { "p01" }, assistant = { retrieve = -1 },|assistant.retrieve: must be a whole number from 0 to 100
name = "x", personas = { "p01" }, assistant = { rank = "yes" },|assistant.rank: must be true or false
name = "x", personas = { "p01" }, rater = { inconsistency = 0/0 },|rater.inconsistency: must be a number
name = "x", personas = { "p01" }, seed = 1, seeds = { 2 },|seeds: give either seed or seeds
name = "x", personas = { "p01" }, seeds = { 1, 1 },|seeds: 1 stands in it twice
name = "x", personas = { "p01" }, conditions = {},|conditions: must be a table of conditions
name = "x", personas = { "p01" }, conditions = { ["a b"] = {} },|conditions (the name of a condition)
name = "x", personas = { "p01" }, conditions = { a = { days = 3 } },|conditions.a.days: unknown option
name = "x", personas = { "p01" }, models = { rater = "openai" },|models.rater
name = "x", personas = { "p01" }, sec_per_step = 77,|sec_per_step: 77 does not divide an hour
name = "x", personas = { "p01" }, start = "tomorrow",|start: must be a date
name = "x", personas = { "p01" }, start = "2025-02-30",|start: '2025-02-30' is no day of the calendar
name = "x", personas = { "p01" }, map = "maps/castle.tmj",|maps/castle.tmj: there is no such file
name = "x", personas = { "p01" }, map = "../house.tmj",|map: "../house.tmj" leads out of the study's folder
name = "x", personas = { "p01" }, map = "/etc/passwd",|map: "/etc/passwd" leads out of the study's folder
name = "x", personas = { "p01" }, map = "s.lua",|s.lua
name = "x", personas = { "p01" } + 1,|s.lua:3
name = "x", personas = { "p01" }, days = os.time(),|s.lua:3
name = "x", personas = study.personas "p09..p01",|is no range
TABLE
}

@test "a study file that is no study file is one clear error and exit 2" {
  : >empty.lua
  refuses "empty.lua" "returns nothing" -- "$PROPERSIM" run empty.lua
  echo 'return 7' >seven.lua
  refuses "seven.lua" "must return a table" -- "$PROPERSIM" run seven.lua
  echo 'return study {' >syntax.lua
  refuses "syntax.lua:" -- "$PROPERSIM" run syntax.lua
  echo 'while true do end' >loop.lua
  refuses "loop.lua:1" "instructions" -- "$PROPERSIM" run loop.lua
  printf 'local t = {}\nfor i = 1, 1e9 do t[i] = ("x"):rep(1e6) .. i end\n' >bomb.lua
  refuses "bomb.lua:2" "memory" -- "$PROPERSIM" run bomb.lua
  head -c 3000 "$(command -v bats)" | gzip >binary.lua
  refuses "binary.lua" "not a text file" -- "$PROPERSIM" run binary.lua
  printf 'return "\xff\xfe"\n' >latin.lua
  refuses "latin.lua" "UTF-8" -- "$PROPERSIM" run latin.lua
  truncate -s 2G big.lua
  refuses "big.lua" "at most" -- "$PROPERSIM" run big.lua
  refuses "missing.lua" "no such file" -- "$PROPERSIM" run missing.lua
  mkdir folder.lua
  refuses "folder.lua" -- "$PROPERSIM" run folder.lua
  echo 'x' >study.txt
  refuses "study.txt" ".lua" -- "$PROPERSIM" run study.txt
  mkfifo pipe.lua
  refuses "pipe.lua" "regular file" -- "$PROPERSIM" run pipe.lua
}

# sed expression on a good persona | what the message must hold
@test "a wrong persona is one clear error and exit 2" {
  mkdir personas
  write_study s.lua "$OK"
  while IFS='|' read -r change wanted; do
    [ -z "$change" ] && continue
    sed -E "$change" "$ROOT/personas/p01.lua" >personas/p01.lua
    refuses "$wanted" -- "$PROPERSIM" run s.lua -o out
    refuses "$wanted" -- "$PROPERSIM" check personas
  done <<'TABLE'
s/first_name = "[^"]*",//|first_name
s/age = [0-9]+/age = "old"/|age
s/age = [0-9]+/age = 400/|age
s/^  background = /  backgruond = /|background
s/kind = "meal"/kind = "feast"/|kind
s/wake = "[^"]*"/wake = "25:00"/|wake
s/frequency = [{][^}]*[}]/frequency = { count = 50, hours = 1 }/|frequency
s/^return [{]/return {{/|personas/p01.lua
TABLE
  : >personas/p01.lua
  refuses "p01" -- "$PROPERSIM" run s.lua -o out
  printf '\x00\x01\x02' >personas/p01.lua
  refuses "personas/p01.lua" -- "$PROPERSIM" run s.lua -o out
  truncate -s 2G personas/p01.lua
  refuses "personas/p01.lua" -- "$PROPERSIM" run s.lua -o out
}

@test "a wrong map is one clear error and exit 2" {
  mkdir maps
  write_study s.lua "$OK map = 'maps/m.tmj',"
  good=$ROOT/maps/house.tmj
  cp -r "$ROOT/maps/tiles" maps/
  : >maps/m.tmj
  refuses "m.tmj" -- "$PROPERSIM" run s.lua -o out
  echo '{' >maps/m.tmj
  refuses "m.tmj" "line" -- "$PROPERSIM" run s.lua -o out
  head -c 5000 /dev/urandom >maps/m.tmj
  refuses "m.tmj" -- "$PROPERSIM" run s.lua -o out
  truncate -s 2G maps/m.tmj
  refuses "m.tmj" "at most" -- "$PROPERSIM" run s.lua -o out
  rm maps/m.tmj
  sed 's/"collides"/"colides"/' "$good" >maps/m.tmj
  "$PROPERSIM" check maps/m.tmj
  sed 's/"name":"toilet"/"name":""/; s/"name": "toilet"/"name": ""/' "$good" >maps/m.tmj
  refuses "m.tmj" "name" -- "$PROPERSIM" run s.lua -o out
  # a wall of blocked tiles around the bathroom: what is in it cannot be reached any more
  lua5.4 "$BATS_TEST_DIRNAME/wall_in.lua" "$good" >maps/m.tmj
  refuses "m.tmj" "reach" -- "$PROPERSIM" run s.lua -o out
  refuses "m.tmj" "reach" -- "$PROPERSIM" check maps/m.tmj
}

@test "wrong usage says what is wrong and where help is" {
  write_study s.lua "$OK"
  refuses "which study" "--help" -- "$PROPERSIM" run
  refuses "--days must be a whole number" -- "$PROPERSIM" run s.lua --days x
  refuses "--jobs must be a whole number" -- "$PROPERSIM" run s.lua --jobs 0
  refuses "unrecognized option" -- "$PROPERSIM" run s.lua --fast
  refuses "must be key=value" -- "$PROPERSIM" run s.lua --set assistant
  refuses "did you mean assistant.memory" -- "$PROPERSIM" run s.lua --set assistant.memry=A
  refuses "there is no command 'fly'" -- "$PROPERSIM" fly
  refuses "study.json" -- "$PROPERSIM" resume nowhere
  refuses "study.json" -- "$PROPERSIM" report nowhere
  refuses "nowhere" -- "$PROPERSIM" digest nowhere
  refuses "nowhere" -- "$PROPERSIM" test nowhere
  refuses "nowhere" -- "$PROPERSIM" check nowhere.lua
  for command in run resume report digest test check import; do
    "$PROPERSIM" "$command" --help | grep -q "usage: propersim $command"
  done
  "$PROPERSIM" --version | grep -qE '^propersim [0-9]+\.[0-9]+'
}

@test "the shipped personas and maps pass the check" {
  "$PROPERSIM" check "$ROOT/personas" "$ROOT/maps" "$ROOT/examples/quickstart.lua"
}
