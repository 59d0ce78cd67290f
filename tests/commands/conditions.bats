load common.bash

# Conditions that hang together over days: rules of a study's own, starts from others, late ratings, changed wishes, leaks.

RECOMMENDED='learn = { method = "dpo", replay = "equally400", ties = 0.5, across = 0.5 }, explore = { opposite = 0.25, speak = 0.25 }'

mean_of() { # folder, condition, day, column -> mean over the runs, in thousandths
  for run in "$1/runs/$2"/*.sqlite; do sqlite3 "$run" "SELECT $4 FROM daily WHERE day = $3"; done |
    awk '{ sum += $1 } END { print int(1000 * sum / NR) }'
}

# Whole, in parts of a day each, and with two processes: the same digest.
same_in_parts() { # study, days
  "$FAST" run "$1" -o whole --quiet
  for day in $(seq 1 "$2"); do "$FAST" run "$1" -o parts --quiet --days "$day"; done
  "$FAST" run "$1" -o jobs --quiet --jobs 2
  [ "$("$FAST" digest parts)" = "$("$FAST" digest whole)" ]
  [ "$("$FAST" digest jobs)" = "$("$FAST" digest whole)" ]
}

@test "a learning rule in Lua learns, resumes exactly, and says what it learned" {
  cp -r "$ROOT/examples/my_rule" rule
  "$FAST" test rule/tests
  sed -i 's/days = 7/days = 4/; s/p01..p04/p01 p02/' rule/study.lua
  same_in_parts rule/study.lua 4
  [ $(($(mean_of whole my_rule 4 score_mean) - $(mean_of whole my_rule 1 score_mean))) -gt 800 ]
  "$FAST" policy whole/runs/my_rule/p01-s1.sqlite --count 3 | grep -qE "(rather|less often) s(peaks|tays silent)"
}

@test "a learning rule that is wrong is named with its file" {
  mkdir -p scripts/rules
  write_study s.lua 'name = "s", days = 2, personas = { "p02" }, assistant = { learn = { method = "bad" } },'
  echo 'return { train = function(night) night.weights.always.silent = 0 / 0 return night.weights end }' >scripts/rules/bad.lua
  run "$FAST" run s.lua -o out --quiet
  [ "$status" -eq 1 ]
  [[ $output == *"scripts/rules/bad.lua: weights[always][silent] is"* ]]
  echo 'return { train = function() return 3 end }' >scripts/rules/bad.lua
  run "$FAST" run s.lua -o out2 --quiet
  [ "$status" -eq 1 ]
  [[ $output == *"scripts/rules/bad.lua: train must return the weights, not a number"* ]]
  echo 'return 3' >scripts/rules/bad.lua
  refuses "module 'rules.bad' returns a number" -- "$FAST" check s.lua
  echo 'return { learn = 3 }' >scripts/rules/bad.lua
  refuses "scripts/rules/bad.lua must return a table with a function \`train\`" -- "$FAST" check s.lua
}

@test "others' policies are a start: better on day 1, recorded, and exact in parts" {
  write_study s.lua "name = 's', days = 3, personas = study.personas 'p01..p03', assistant = { $RECOMMENDED }, conditions = {
    learning = {},
    held_out = { assistant = { learn = { start = ':learning' } } },
    still = { assistant = { learn = { start = ':learning', start_from = 'all', method = 'none' } } },
    own = { assistant = { learn = { start = ':learning', start_from = 'own' } } } },"
  "$FAST" run s.lua -o whole --quiet
  "$FAST" run s.lua -o jobs --quiet --jobs 2
  [ "$("$FAST" digest jobs)" = "$("$FAST" digest whole)" ]
  "$FAST" run s.lua -o killed --quiet &
  pid=$!
  until [ -e killed/runs/held_out/p02-s1.sqlite ]; do kill -0 "$pid"; done # the second phase has begun
  kill -9 "$pid" && wait "$pid" || true
  "$FAST" resume killed --quiet
  [ "$("$FAST" digest killed)" = "$("$FAST" digest whole)" ]
  [ $(($(mean_of whole held_out 1 score_mean) - $(mean_of whole learning 1 score_mean))) -gt 500 ]
  run sqlite3 whole/runs/held_out/p02-s1.sqlite "SELECT value FROM meta WHERE key = 'learned_from_1'"
  [[ $output == *'"runs/learning/p01-s1.sqlite","runs/learning/p03-s1.sqlite"]'* ]]
  hash=$(sqlite3 whole/runs/held_out/p02-s1.sqlite "SELECT writefile('weights', weights) FROM policy WHERE day = 0" >/dev/null && sha256sum <weights)
  [[ $output == *"${hash%% *}"* ]]
  # with the same person's own policy it goes on where that had come to
  [ "$(sqlite3 whole/runs/own/p02-s1.sqlite "SELECT hex(weights) FROM policy WHERE day = 0")" = \
    "$(sqlite3 whole/runs/learning/p02-s1.sqlite "SELECT hex(weights) FROM policy WHERE day = 3")" ]
  # without learning the start stays in force
  [ "$(sqlite3 whole/runs/still/p02-s1.sqlite "SELECT count(*) FROM policy WHERE day > 0 AND weights <> (SELECT weights FROM policy WHERE day = 0)")" = 0 ]
}

@test "a start from another study needs that study finished, and says so" {
  write_study pool.lua "name = 'pool', days = 2, personas = { 'p01', 'p02' }, conditions = { learning = { assistant = { $RECOMMENDED } } },"
  write_study next.lua "name = 'next', days = 1, personas = { 'p09' }, assistant = { learn = { start = 'pool:learning' } },"
  refuses 'assistant.learn.start = "pool:learning"' "run the study" -- "$FAST" run next.lua --quiet
  [ ! -e studies ]
  "$FAST" run pool.lua --quiet --days 1
  sed -i 's/"days":1/"days":2/' studies/pool/study.json
  run "$FAST" run next.lua --quiet
  [[ $output == *"has finished 1 of 2 days; let it finish, then resume"* ]]
  "$FAST" resume studies/pool --quiet
  "$FAST" resume studies/next --quiet
  [ "$(sqlite3 studies/next/runs/default/p09-s1.sqlite "SELECT count(*) FROM policy WHERE day = 0")" = 1 ]
  write_study wrong.lua "name = 'wrong', days = 1, personas = { 'p09' }, assistant = { learn = { start = 'pool:lerning' } },"
  refuses "has no condition 'lerning'" -- "$FAST" run wrong.lua --quiet
  [ ! -e studies/wrong ]
  # in a suite, the study that another one starts from may be one that comes before it
  "$FAST" run pool.lua next.lua -o suite --quiet
}

@test "late and noisy ratings, changing wishes, means and gate are exact in parts" {
  write_study s.lua "name = 's', days = 4, personas = { 'p02' }, feedback = { delay_days = 1, noise = 0.1, share = 0.5 },
    change = { day = 2, gradual_days = 2, to = 'p09', routine = true }, conditions = {
    means = { assistant = { policy = 'means' } }, gate = { assistant = { policy = 'gate' } },
    learning = { assistant = { memory = 'ASC', $RECOMMENDED } },
    fixed = { assistant = { policy = 'fixed_rate' } }, revised = { assistant = { revision = true, learn = { method = 'kto' } } } },"
  same_in_parts s.lua 4
}

@test "with the person's wishes swapped in the middle the score falls and recovers" {
  write_study s.lua "name = 's', days = 13, personas = study.personas 'p01..p03', assistant = { $RECOMMENDED }, conditions = {
    same = {}, swapped = { change = { day = 7, to = 'p13' } } },"
  "$FAST" run s.lua -o out --quiet
  before=$(mean_of out swapped 6 score_mean) at=$(mean_of out swapped 7 score_mean) after=$(mean_of out swapped 13 score_mean)
  echo "before $before, on the day $at, six days later $after; without a swap $(mean_of out same 7 score_mean)"
  [ "$before" = "$(mean_of out same 6 score_mean)" ]
  [ $((before - at)) -gt 500 ]
  [ $((after - at)) -gt 400 ]
  [ $(($(mean_of out same 7 score_mean) - at)) -gt 500 ]
}

@test "nothing of the person's wishes reaches an assistant but through ratings" {
  # A rater that judges by the length of the text: whatever the wishes are, the assistant must do the same.
  mkdir -p scripts/offline/rater
  for criterion in preference timing too_often too_seldom communication; do
    echo 'return function(inputs) return { value = #inputs.suggestion // 3 % 2, reason = "by its length" } end' \
      >scripts/offline/rater/$criterion.lua
  done
  local policies=(learned means gate fixed_rate in_context persona_given oracle) conditions="" name
  for name in "${policies[@]}"; do
    case $name in
    in_context) options="memory = 'ASC', in_context = 1" ;;
    persona_given) options="persona_given = true" ;;
    learned) options="$RECOMMENDED" ;;
    *) options="policy = '$name'" ;;
    esac
    conditions+="${name}_a = { assistant = { $options } }, ${name}_b = { assistant = { $options }, change = { day = 1, to = 'p13' } }, "
  done
  write_study s.lua "name = 's', days = 2, personas = { 'p02' }, conditions = { $conditions },"
  "$FAST" run s.lua -o out --quiet
  for name in "${policies[@]}"; do
    a=$(sqlite3 "out/runs/${name}_a/p02-s1.sqlite" "SELECT step, slot, text FROM suggestion ORDER BY 1, 2" | sha256sum)
    b=$(sqlite3 "out/runs/${name}_b/p02-s1.sqlite" "SELECT step, slot, text FROM suggestion ORDER BY 1, 2" | sha256sum)
    if [ "$name" = oracle ]; then
      [ "$a" != "$b" ] || { echo "the upper bound must read the wishes"; return 1; }
    else
      [ "$a" = "$b" ] || { echo "$name knows more than the ratings tell"; return 1; }
    fi
  done
}

@test "a model that cannot be trained learns too: it proposes, and the policy chooses silence" {
  cat >agent.py <<'PROGRAM'
import json, sys
for line in sys.stdin:
    question = json.loads(line)
    texts = ["How about a simple soup with lemon for dinner?", "How about some music while you are doing that?"]
    text = {"text": question["inputs"].get("text", "")} if question["prompt"] == "assistant/tidy" else {"suggestion": texts[len(line) % 2]}
    print(json.dumps({"id": question["id"], "answer": text}), flush=True)
PROGRAM
  write_study s.lua "name = 's', days = 3, personas = { 'p02' }, models = { assistant = 'exec:python3 agent.py' }, conditions = {
    frozen = {}, learning = { assistant = { $RECOMMENDED } } },"
  "$FAST" run s.lua -o out --quiet
  [ "$(mean_of out frozen 3 recommendations_per_hour)" -gt 23000 ]
  [ "$(mean_of out learning 1 recommendations_per_hour)" -gt 22000 ]
  [ "$(mean_of out learning 3 recommendations_per_hour)" -lt 6000 ]
  [ $(($(mean_of out learning 3 score_mean) - $(mean_of out frozen 3 score_mean))) -gt 500 ]
}
