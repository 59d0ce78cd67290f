load common.bash

# Kills come after a random number of progress lines or bytes of the run files, never after a time: the run is stopped in
# the middle of whatever it does then. The seed of the test makes the moments the same each time; where exactly in the
# program the signal hits differs, which is the point.
@test "killed at 50 random moments and resumed: the digest of a run that was never stopped" {
  write_study small.lua 'name = "small", days = 3, personas = { "p03", "p24" },
    assistant = { learn = { method = "dpo", ties = 0.5 }, explore = { speak = 0.25 } },'
  "$FAST" run small.lua -o whole --quiet
  whole=$("$FAST" digest whole)
  RANDOM=7
  killed=0
  for i in $(seq 50); do
    rm -rf out
    bytes=$((RANDOM % 1500000 + 1))
    jobs=$((i % 2 + 1))
    "$FAST" run small.lua -o out --quiet --jobs "$jobs" &
    pid=$!
    while kill -0 "$pid" 2>/dev/null; do
      size=$(cat out/runs/default/*.sqlite* 2>/dev/null | wc -c)
      [ "$size" -ge "$bytes" ] && break
    done
    kill -KILL "$pid" 2>/dev/null && killed=$((killed + 1))
    wait "$pid" 2>/dev/null || true
    "$FAST" run small.lua -o out --quiet
    [ "$("$FAST" digest out)" = "$whole" ] || { echo "kill $i at $bytes bytes, $jobs jobs"; false; }
  done
  echo "$killed of 50 were killed before they had finished"
  [ "$killed" -ge 40 ]
}
