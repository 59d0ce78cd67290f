load common.bash

@test "the installed program finds its scripts, and a study overrides them" {
  cmake --install "$ROOT/build" --prefix "$WORK/usr" >/dev/null
  write_study s.lua 'name = "s", days = 1, personas = { "p01" },'
  # the copy in $WORK/usr is used, not the source tree: a change in it shows
  sed -i 's/first_name = "[^"]*"/first_name = "Zelda"/' usr/share/propersim/personas/p01.lua
  "$WORK/usr/bin/propersim" run s.lua -o out --quiet
  [ "$(sqlite3 out/runs/default/p01-s1.sqlite "SELECT count(*) FROM step WHERE action = 'Zelda is walking.'")" -gt 0 ]
  "$WORK/usr/bin/propersim" report out --html report.html
  grep -q '<html' report.html
  mkdir personas
  sed 's/first_name = "[^"]*"/first_name = "Xaver"/' "$ROOT/personas/p01.lua" >personas/p01.lua
  "$WORK/usr/bin/propersim" run s.lua -o own --quiet
  [ "$(sqlite3 own/runs/default/p01-s1.sqlite "SELECT count(*) FROM step WHERE action = 'Xaver is walking.'")" -gt 0 ]
}

# What an example expects of two weeks is not met on their first day; that is the one way in which it may fail.
@test "each example runs" {
  for study in "$ROOT"/examples/*.lua "$ROOT"/examples/*/study.lua; do
    code=0
    "$FAST" run "$study" -o "out-$RANDOM$RANDOM" --quiet --days 1 --jobs 2 2>log || code=$?
    [ "$code" -ne 0 ] || continue
    echo "$study:"; cat log
    [ "$code" -eq 1 ]
    grep -q "what the study expects is not met" log
    [ "$(grep -c '`expect` failed' log)" -eq 0 ]
  done
}
