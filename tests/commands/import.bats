load common.bash

REVERIE=$PROPERSIM_SHARED_DATA/reverie

need_data() {
  [ -d "$REVERIE" ] || skip "$REVERIE is absent"
}

# A storage folder with one resident. Arguments: folder, then what stands for the first name, the background and the criteria's
# timing (JSON texts).
write_storage() {
  mkdir -p "$1/personas/Ann/bootstrap_memory"
  cat >"$1/personas/Ann/bootstrap_memory/scratch.json" <<JSON
{ "first_name": ${2:-\"Ann\"}, "last_name": "Lee", "age": 30,
  "background": ${3:-\"Translator who works at home.\"},
  "big_five_personality_traits": "High in Extraversion, High in Agreeableness, Low in Conscientiousness, High in Openness, Low in Neuroticism",
  "current_interests": "1) Playing chess.", "lifestyle": "1) Wakes up at 7am. 2) Goes to bed at 11pm.",
  "long_term_goals": "Peace.", "daily_plan_req": "1) Go for a walk for an hour in the afternoon.",
  "living_area": "W:house:bedroom",
  "criteria": { "Personal_Preference": "I like game ideas when I am playing a game.",
    "Timing": ${4:-\"I prefer the afternoon. Never before 8am.\"}, "Frequency": "Three times a day.",
    "Communication_&_Safety": "Be friendly." } }
JSON
}

@test "the originals import, pass the check and run" {
  need_data
  run "$PROPERSIM" import reverie "$REVERIE"/personas/* --map "$REVERIE/house" --out new
  [ "$status" -eq 0 ]
  [[ $output == *"John Lin: imported as reverie_persona_1"* ]]
  [[ $output == *"Eddy Lin: not imported"* ]]
  [[ $output == *"run it:  propersim run new/study.lua"* ]]
  run "$PROPERSIM" check new/personas new/maps/house.tmj new/study.lua
  [ "$status" -eq 0 ]
  for id in reverie_persona_1 reverie_persona_12 reverie_persona_20; do [ -f "new/personas/$id.lua" ]; done
  run "$FAST" run new/study.lua -o out --days 14 --quiet
  [ "$status" -eq 0 ]
  run "$PROPERSIM" report out --json
  [[ $output == *reverie_persona_12* ]]
}

@test "a persona alone runs on our house" {
  need_data
  "$PROPERSIM" import reverie "$REVERIE/personas/base_the_ville_persona_20" --out new
  grep -q 'map = "maps/house.tmj"' new/study.lua
  [ ! -e new/maps ]
  run "$PROPERSIM" run new/study.lua -o out --days 1 --quiet
  [ "$status" -eq 0 ]
}

@test "both maps import, with or without the inner folder" {
  need_data
  "$PROPERSIM" import reverie "$REVERIE/house" --out a
  "$PROPERSIM" import reverie "$REVERIE/house/matrix/" --out b
  cmp a/maps/house.tmj b/maps/house.tmj
  cmp a/study.lua b/study.lua
  run "$PROPERSIM" import reverie "$REVERIE/town" --out c
  [ "$status" -eq 0 ]
  [[ $output == *"map town, 140 x 100 tiles"* ]]
  [ -s c/maps/town-tiles.png ]
  run "$PROPERSIM" run a/study.lua -o out --days 1 --quiet --set 'personas=p01'
  [ "$status" -eq 0 ]
}

@test "an import is the same every time" {
  write_storage src
  "$PROPERSIM" import reverie src --out a >a.txt
  "$PROPERSIM" import reverie src --out b >b.txt
  diff -r a b
  diff <(sed 's/^wrote a/wrote b/; s/run a/run b/' a.txt) b.txt
}

@test "nothing is overwritten without --force" {
  write_storage src
  mkdir -p new/personas
  echo mine >new/personas/reverie_src.lua
  refuses "new/personas/reverie_src.lua: is there already" "--force" -- "$PROPERSIM" import reverie src --out new
  [ "$(cat new/personas/reverie_src.lua)" = mine ]
  [ ! -e new/study.lua ]
  "$PROPERSIM" import reverie src --out new --force
  grep -q 'first_name = "Ann"' new/personas/reverie_src.lua
  refuses "new/study.lua: is there already" -- "$PROPERSIM" import reverie src --out new
}

@test "texts cannot break out of the file" {
  for hostile in '"\" .. error(\"out\") .. \""' '"\\\\\" })error([[out]])--"' '"]] error() --[["' '"a\u001b[31m\r\n error(1)"' \
    '"\u2028error(1)"' '"%s%n%q"' '"it'"'"'s; touch canary; $(touch canary)"'; do
    rm -rf src new
    write_storage src "$hostile" "$hostile" "$hostile"
    "$PROPERSIM" import reverie src --out new >log 2>&1 || [ $? -eq 2 ]
    [ -f new/personas/reverie_src.lua ]
    # It loads: what the check complains of, if anything, are texts, not Lua.
    run "$PROPERSIM" check new/personas/reverie_src.lua
    [[ $output != *traceback* && $output != *"near"* && $output != *"out"* ]] || { echo "$output"; return 1; }
    [ "$(LC_ALL=C grep -c $'[\x01-\x08\x0b-\x1f\x7f]' log new/personas/reverie_src.lua | cut -d: -f2 | sort -u)" = 0 ]
    [ ! -e canary ]
  done
}

@test "folders with odd names give safe files and a command that runs" {
  write_storage "it's \$(touch canary) a; test"
  "$PROPERSIM" import reverie "it's \$(touch canary) a; test" --out "out 'here' \$x" >log
  [ "$(ls "out 'here' \$x/personas")" = "reverie_it_s___touch_canary__a__test.lua" ]
  propersim() { "$PROPERSIM" "$@"; }
  eval "$(sed -n 's/^run it:  //p' log) -o run --days 1 --quiet"
  [ ! -e canary ]
}

@test "what a person has to decide is said, and is exit 2" {
  write_storage src '"Ann"' '"Translator."' '"Call me at nine o'"'"'clock. Never at ten o'"'"'clock."'
  refuses "TO BE CORRECTED" "rubric.timing" "problems must be corrected" -- "$PROPERSIM" import reverie src --out new
  grep -q "TO BE CORRECTED" new/personas/reverie_src.lua
}

# what is wrong | how | message
@test "a wrong source is one clear error and exit 2" {
  while IFS='|' read -r make wanted; do
    rm -rf src new
    write_storage src
    S=src/personas/Ann/bootstrap_memory/scratch.json
    eval "$make"
    refuses "$wanted" -- "$PROPERSIM" import reverie src --out new
    [ "${#lines[@]}" -eq 1 ]
    [ ! -e new ]
  done <<'TABLE'
rm -r src|src: there is no such folder
rm -r src; echo x >src|src: is neither a folder nor a Tiled map
rm -r src/personas|src: holds nothing of the original's
rm $S|scratch.json
echo '{ "first_name": }' >$S|scratch.json: line 1, column
: >$S|scratch.json: line 1
printf '{ "a": "\377" }' >$S|scratch.json: line 1
head -c 5000000 /dev/zero >$S|scratch.json
rm $S; mkdir $S|scratch.json
sed -i 's/"age": 30/"age": "thirty"/' $S|scratch.json: `age` must be a number, not text
sed -i 's/"age": 30,//' $S|scratch.json: `age` is missing
sed -i 's/"criteria"/"rubric"/' $S|nobody here has `criteria`
sed -i 's/"Frequency"/"frequency"/' $S|criteria: `Frequency` is missing
sed -i 's/"Be friendly."/[]/' $S|criteria: `Communication_&_Safety` must be text, not a list
mkdir src/reverie; echo '{"start_date": "13.2.2025"}' >src/reverie/meta.json|`start_date` must be a date such as "February 13, 2025"
mkdir src/reverie; echo '{"persona_names": ["Bob"]}' >src/reverie/meta.json|there is no folder personas/Bob
rm -r src/personas; mkdir src/maze; echo '{}' >src/maze_meta_info.json|src
TABLE
}

@test "a Tiled map of the original's becomes the map that its matrix folder becomes" {
  [ -d "$REVERIE" ] || skip "$REVERIE is absent"
  refuses "made the original's way" "propersim import reverie FILE --out DIR" -- "$PROPERSIM" check "$REVERIE/house/tiled.json"
  cp "$REVERIE/house/tiled.json" .
  refuses "there is no folder special_blocks" -- "$PROPERSIM" import reverie tiled.json --out new
  write_study s.lua 'name = "s", days = 1, personas = { "p01" }, map = "tiled.json",'
  refuses "made the original's way" -- "$PROPERSIM" check s.lua
  mkdir visuals
  mv tiled.json visuals/house.json
  cp -r "$REVERIE/house/matrix" matrix # as they lie in the original
  "$PROPERSIM" import reverie visuals/house.json --out new
  "$PROPERSIM" import reverie "$REVERIE/house" --out wanted
  cmp new/maps/house.tmj wanted/maps/house.tmj
  "$PROPERSIM" import reverie "$REVERIE/personas/base_the_ville_persona_1" --map visuals/house.json --out both
  cmp both/maps/house.tmj wanted/maps/house.tmj
  "$PROPERSIM" check new/study.lua
}

# The options file as it stands in the original's manual.
write_options() { # file, lines that come after it
  cat >"$1" <<'PY'
# Copy and paste your OpenAI API Key
openai_api_key = <<YOUR OPENAI API KEY>>
GOOGLE_API_KEY = 'very-secret'
key_owner = <name>
maze_assets_loc = "assets"
env_matrix = f"{maze_assets_loc}/the_ville/matrix"
fs_storage = "storage"
debug = True
ORIGIN_PERSONA = "base_ann"
SAVE_DIR = "ann_1"
AGENT_MODEL = "llama-3.3-70b" # {"llama-3.3-70b", "gpt-4o-mini"}
TRAIN_METHOD = "KTO" # {"DPO", "KTO", "wo_train"}
AGENT_MEMORY_LEVEL = "ASC" # {"", "A", "AS", "ASC"} A: Action, S: Suggestion
EVALUATE_SEPERATE = 'all'
TRAIN_MODE = f"{AGENT_MODEL}_{TRAIN_METHOD}__noreason_ret_suggest_ranking_{AGENT_MEMORY_LEVEL}_gemini-2.0_{EVALUATE_SEPERATE}_norec0_novis_equally200_recnorev_"
PY
  printf '%s\n' "${@:2}" >>"$1"
}

offline() {
  for role in resident rater assistant summary embedding; do printf -- '--set models.%s=offline ' $role; done
}

@test "an options file becomes a study that does the same, with the persona that it names" {
  mkdir -p sim/storage
  write_options sim/utils.py 'MINE = 3'
  (cd sim && write_storage storage/base_ann)
  run "$PROPERSIM" import sim/utils.py --out new
  [ "$status" -eq 0 ]
  [[ $output == *"Ann Lee: imported as reverie_base_ann"* ]]
  [[ $output == *"openai_api_key: not carried over"* && $output == *"MINE (line 16)"* ]]
  grep -r very-secret new && return 1
  [[ $output != *very-secret* ]]
  grep -q 'name = "ann_1"' new/study.lua
  grep -q 'personas = { "reverie_base_ann" }' new/study.lua
  run "$PROPERSIM" check new/study.lua
  [ "$status" -eq 0 ]
  "$PROPERSIM" run new/study.lua -o out --days 1 --quiet $(offline)
  [ "$(sqlite3 out/runs/default/*.sqlite "SELECT value ->> '$.assistant.memory' || (value ->> '$.assistant.learn.method')
    || (value ->> '$.rater.mode') FROM meta WHERE key = 'config'")" = ASCktoall ]
}

@test "an options file without its persona runs with people of ours, and says how to get theirs" {
  write_options utils.py
  run "$PROPERSIM" import utils.py --out new
  [ "$status" -eq 0 ]
  [[ $output == *"ORIGIN_PERSONA: there is no folder base_ann"*--storage* ]]
  grep -q 'p01..p04' new/study.lua
  [[ ${lines[-1]} == "ORIGIN_PERSONA: there is no folder"* ]]
  # a folder that is named must have it
  refuses "--storage /nope: there is no such folder" -- "$PROPERSIM" import utils.py --out other --storage /nope
  mkdir elsewhere
  refuses "elsewhere/base_ann: there is no such folder; ORIGIN_PERSONA of utils.py" -- \
    "$PROPERSIM" import utils.py --out other --storage elsewhere
  [ ! -e other ]
  write_storage elsewhere/base_ann
  "$PROPERSIM" import utils.py --out new --force --storage elsewhere
  grep -q reverie_base_ann new/study.lua
}

@test "the trainer of an options file is where the program has its examples" {
  echo 'AGENT_MODEL = "llama-3.3-70b"; TRAIN_METHOD = "DPO"; SAVE_DIR = "john eddy/../x"' >utils.py
  run "$PROPERSIM" import utils.py --out new
  [ "$status" -eq 0 ]
  [[ $output == *'SAVE_DIR: "john eddy/../x" becomes the name john_eddy____x'* ]]
  trainer=$(sed -n 's/.*trainer = "python3 \([^ ]*\) .*/\1/p' new/study.lua)
  [ "$trainer" -ef "$ROOT/examples/trainers/dpo.py" ]
}

@test "a file without options of the original's is refused" {
  echo 'x = 1' >other.py
  refuses "other.py: sets none of the original's options" -- "$PROPERSIM" import other.py --out new
  printf '\377\376' >bytes.py
  refuses "bytes.py" -- "$PROPERSIM" import bytes.py --out new
  refuses "missing.py" -- "$PROPERSIM" import missing.py --out new
  refuses "one options file" -- "$PROPERSIM" import other.py bytes.py --out new
  [ ! -e new ]
}

@test "wrong usage is exit 2" {
  refuses "what is to be imported" -- "$PROPERSIM" import
  refuses "what is to be imported" -- "$PROPERSIM" import other src --out x
  refuses "which folder" -- "$PROPERSIM" import reverie --out x
  refuses "Name a folder with --out" -- "$PROPERSIM" import reverie src
  write_storage src
  refuses "x: there is no such folder" -- "$PROPERSIM" import reverie src --out new --map x
  refuses "src: is no map of the original" -- "$PROPERSIM" import reverie src --out new --map src
  echo x >file
  refuses "file" -- "$PROPERSIM" import reverie src --out file/new
  [ ! -e new ]
  run "$PROPERSIM" import --help
  [ "$status" -eq 0 ]
  [[ $output == *"usage: propersim import reverie SRC... --out DIR"* ]]
}
