load common.bash

# A study whose assistant is a server that loads adapters, and a trainer that only pretends.
write_tuned() { # url, days, command
  write_study s.lua 'name = "s", days = '"$2"', personas = { "p01" }, models = { assistant = { model = "'"$1"'#base", mock = true } },
    assistant = { learn = { method = "dpo", replay = "equally200", trainer = "'"$3"'" } },'
}

RUN=out/runs/default/p01-s1.sqlite

trainer() { # what it does besides
  cat >train.sh <<SH
wc -l <"\$PROPERSIM_DATASET"; echo "last=\$PROPERSIM_LAST_ADAPTER method=\$PROPERSIM_METHOD name=\$PROPERSIM_NAME"
$1
echo made >"\$PROPERSIM_OUTPUT/adapter_config.json"
echo "{\"adapter\": \"\$PROPERSIM_OUTPUT\"}"
SH
}

@test "each night the trainer runs, and its adapter answers from the next day on" {
  start_mock
  trainer
  write_tuned "$URL" 3 "sh $WORK/train.sh"
  "$PROPERSIM" run s.lua -o out --quiet
  N=propersim-s-default-p01-s1-r1-day-000
  P=$(printf %s "$WORK/out" | sha256sum | cut -c 1-8)
  [ "$(sqlite3 $RUN "SELECT DISTINCT day, model FROM call WHERE role = 'assistant' ORDER BY 1")" = "1|base
2|${N}2-$P
3|${N}3-$P" ]
  [ "$(sqlite3 $RUN "SELECT day, name, examples, status, message FROM adapter")" = "2|${N}2-$P|200|loaded|
3|${N}3-$P|200|loaded|" ]
  log=out/trainer/default-p01-s1/r1-day-0003/trainer.out
  grep -q "last=$WORK/out/trainer/default-p01-s1/r1-day-0002/adapter method=dpo name=${N}3-$P" $log
  # the data set is 200 of the pairs so far, as export writes them
  set=out/trainer/default-p01-s1/r1-day-0002/pairs.jsonl
  [ "$(wc -l <$set)" = 200 ]
  "$PROPERSIM" export trl $RUN --out data
  [ "$(sort $set | comm -12 - <(sort data/dpo-day-0001.jsonl) | wc -l)" = 200 ]
}

@test "a trainer or server that fails leaves the last adapter, and everybody is told" {
  start_mock
  trainer '[ "$PROPERSIM_DAY" != 3 ] || { echo out of memory >&2; exit 3; }; [ "$PROPERSIM_DAY" != 4 ] || PROPERSIM_OUTPUT=/nowhere'
  write_tuned "$URL" 4 "sh $WORK/train.sh"
  run "$FAST" run s.lua -o out --quiet
  [ "$status" -eq 0 ]
  [[ $output == *"night before day 3: the trainer: ended with exit code 3"*"The last adapter stays"* ]]
  [[ $output == *"night before day 4: the trainer: there is no adapter at /nowhere"* ]]
  [ "$(sqlite3 $RUN "SELECT group_concat(status), count(DISTINCT name) FROM adapter")" = "loaded,failed,failed|1" ]
  [ "$(sqlite3 $RUN "SELECT count(DISTINCT model) FROM call WHERE role = 'assistant' AND day >= 2")" = 1 ]
  [ "$(sqlite3 $RUN "SELECT count(*) FROM log WHERE source = 'host' AND level = 'warning' AND message LIKE 'night before day%'")" = 2 ]
  grep -q "out of memory" out/trainer/default-p01-s1/r1-day-0003/trainer.err
  run "$FAST" report out
  [[ $output == *"fine-tuning failed in 2 of 3 nights"* ]]
}

@test "a server that does not take the adapter leaves the model as it is" {
  start_mock
  trainer 'mkdir "$PROPERSIM_OUTPUT/empty"'
  sed -i 's/^echo "{.*/echo "{\\"adapter\\": \\"$PROPERSIM_OUTPUT\/empty\\"}"/' train.sh
  write_tuned "$URL" 2 "sh $WORK/train.sh"
  run "$FAST" run s.lua -o out --quiet
  [ "$status" -eq 0 ]
  [[ $output == *"loading the adapter: $URL/load_lora_adapter: answered 404"*"The model stays as it is"* ]]
  [ "$(sqlite3 $RUN "SELECT DISTINCT model FROM call WHERE role = 'assistant'")" = base ]
}

@test "a trainer needs a server of one's own, and a method" {
  write_tuned http://127.0.0.1:1/v1 1 true
  refuses "assistant.learn.trainer" "models.assistant" -- "$FAST" run s.lua -o bad --set models.assistant=openai:gpt-4o-mini
  refuses "assistant.learn.trainer" "dpo, kto or sft" -- "$FAST" run s.lua -o bad --set assistant.learn.method=none
}

@test "a night that was over is not repeated by a resume, and the server gets the adapter again" {
  start_mock
  trainer 'echo night >>"'"$WORK"'/nights"'
  write_tuned "$URL" 2 "sh $WORK/train.sh"
  "$FAST" run s.lua -o out --quiet
  [ "$(wc -l <nights)" = 1 ]
  said() { sqlite3 $RUN "SELECT * FROM suggestion" "SELECT * FROM rating" "SELECT * FROM pair"; }
  said >before
  # take the second day back, as a kill in the middle of it would, and start the server anew
  sqlite3 $RUN "UPDATE day_data SET finished = 0, state = NULL WHERE day = 2"
  stop_mock
  start_mock --port "$(sed 's/.*:\([0-9]*\)\/v1/\1/' address)"
  "$FAST" resume out --quiet
  [ "$(wc -l <nights)" = 1 ]
  [ "$(served)" = "$(sqlite3 $RUN "SELECT name || ' ' || path FROM adapter")" ]
  said | cmp - before
}

@test "the trainer is told the settings that the study sets, and those of the examples go by them" {
  start_mock
  trainer 'env | grep ^PROPERSIM_ | sort'
  write_study s.lua 'name = "s", days = 3, personas = { "p01" }, models = { assistant = { model = "'"$URL"'#base", mock = true } },
    assistant = { learn = { method = "dpo", beta = 0.25, learning_rate = 0.0001, epochs = 3, linear_decay = false, smoothing = 0.1,
    from_reference = true, trainer = "sh '"$WORK"'/train.sh" } },'
  "$FAST" run s.lua -o out --quiet
  told=out/trainer/default-p01-s1/r1-day-0003/trainer.out
  for setting in BETA=0.25 LEARNING_RATE=0.0001 EPOCHS=3 LINEAR_DECAY=false SMOOTHING=0.1 LAST_ADAPTER=; do
    grep -qx "PROPERSIM_$setting" $told || { echo "no $setting"; cat $told; false; }
  done
  ! grep -qE "^PROPERSIM_(BATCH|WEIGHT_DECAY|DESIRABLE)" $told || false
  # read without torch and peft, which only training needs
  cat >settings.py <<PY
import sys
from unittest.mock import MagicMock
for name in ("torch", "torch.nn", "torch.nn.functional", "peft", "transformers"):
    sys.modules[name] = MagicMock()
sys.path.insert(0, "$ROOT/examples/trainers")
import common
args = common.arguments("", batch=1, accumulate=4, smoothing=0.0)
print(args.beta, args.learning_rate, args.epochs, args.batch, args.accumulate, args.linear_decay, args.smoothing, common.rate_at(args, 5, 10))
PY
  export PYTHONDONTWRITEBYTECODE=1 PROPERSIM_DATASET=d PROPERSIM_OUTPUT=o
  [ "$(python3 settings.py --model m)" = "0.1 5e-05 2 1 4 true 0.0 0.5" ]
  [ "$(env $(grep -E "^PROPERSIM_[A-Z_]*=[0-9a-z.]+$" $told) python3 settings.py --model m --epochs 7)" = "0.25 0.0001 7 1 4 false 0.1 1.0" ]
}

served() { curl -sS "$URL/models" | jq -r '.data[] | select(.id != "mock") | .id + " " + .root' | sort; } # name and path of the adapters

@test "study folders that share a server do not use each other's adapters" {
  start_mock
  trainer
  write_tuned "$URL" 2 "sh $WORK/train.sh"
  for out in one two; do "$FAST" run s.lua -o $out --quiet; done
  for out in one two; do sqlite3 $out/runs/default/p01-s1.sqlite "SELECT name || ' ' || path FROM adapter"; done | sort >used
  [ "$(cut -d ' ' -f 1 used | uniq | wc -l)" = 2 ]
  served | diff used -
  # a folder in the place of another one trains under the same names: what the server had is unloaded
  [ "$(mock_stat adapters)" = 2 ]
  mv two old
  "$FAST" run s.lua -o two --quiet
  [ "$(sqlite3 two/runs/default/p01-s1.sqlite "SELECT status FROM adapter")" = loaded ]
  [ "$(mock_stat adapters)" = 3 ]
  served | diff used -
}

@test "offline the policy learns by itself, and no trainer runs" {
  write_study s.lua 'name = "s", days = 2, personas = { "p01" }, assistant = { learn = { method = "dpo", trainer = "touch '"$WORK"'/ran" } },'
  "$FAST" run s.lua -o out --quiet
  [ ! -e ran ]
  [ "$(sqlite3 $RUN "SELECT count(*) FROM adapter")" = 0 ]
  [ "$(sqlite3 $RUN "SELECT count(*) > 0 FROM policy")" = 1 ]
}
