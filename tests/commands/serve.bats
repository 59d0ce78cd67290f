load common.bash

# Reads lines of the running command into $line until one holds the text.
wait_for_line() {
  while read -r -t 60 line <&"${RUN[0]}"; do
    [[ $line == *"$1"* ]] && return 0
  done
  echo "'$1' did not come; the last line was: $line"
  return 1
}

ask() { # ADDRESS PATH: what the server answers
  local host=${1#http://}
  host=${host%%/*}
  exec 9<>"/dev/tcp/${host%:*}/${host#*:}"
  printf 'GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$2" "$host" >&9
  cat <&9
  exec 9>&-
}

@test "run --serve shows the study while it runs and after it, until Ctrl-C, and then ends as the run did" {
  write_study small.lua 'name = "small", days = 2, personas = { "p03" }'
  coproc RUN { exec "$PROPERSIM" run small.lua -o out --serve --port 0 2>&1; }
  pid=$RUN_PID
  wait_for_line "watch it at http://127.0.0.1:"
  address=${line#watch it at }
  [[ $(ask "$address" /simulator_home) == *"302"* ]]
  wait_for_line "until Ctrl-C" # the report came before it
  answer=$(ask "$address" /api/v1/studies)
  [[ $answer == *'"state":"finished"'* ]]
  [[ $(ask "$address" /api/v1/studies/out/report) == *'"score_mean"'* ]]
  kill -INT "$pid"
  code=0
  wait "$pid" || code=$?
  [ "$code" -eq 0 ]
  run ask "$address" /
  [[ $output != *"HTTP/1.1 200"* ]]
}

@test "Ctrl-C during a run ends the run and its server" {
  write_study long.lua 'name = "long", days = 500, personas = { "p03" }'
  coproc RUN { exec "$PROPERSIM" run long.lua -o out --serve --port 0 2>&1; }
  pid=$RUN_PID
  wait_for_line "day 1 of 500"
  kill -INT "$pid"
  wait_for_line "propersim: stopped."
  code=0
  wait "$pid" || code=$?
  [ "$code" -eq 1 ]
}

@test "a port that is taken is said before anything runs" {
  write_study small.lua 'name = "small", days = 2, personas = { "p03" }'
  mkdir empty
  coproc RUN { exec "$PROPERSIM" serve empty --port 0 2>&1; }
  pid=$RUN_PID
  wait_for_line "http://127.0.0.1:"
  port=${line##*:}
  refuses "--serve: cannot listen on 127.0.0.1 port ${port%/}" -- "$PROPERSIM" run small.lua -o out --serve --port "${port%/}"
  [ ! -e out/runs ]
  kill "$pid"
  wait "$pid"
}

@test "--listen on all addresses prints those that can be opened, with their token" {
  mkdir empty
  coproc RUN { exec "$PROPERSIM" serve empty --port 0 --listen 0.0.0.0 2>&1; }
  pid=$RUN_PID
  wait_for_line "http://127.0.0.1:" # the last of them
  [[ $line == http://127.0.0.1:*/?token=* ]]
  [[ $(ask "${line%%\?*}" "/?token=${line##*=}") == *"303"* ]]
  [[ $(ask "${line%%\?*}" "/") == *"401"* ]]
  kill -INT "$pid"
  while read -r -t 60 line <&"${RUN[0]}"; do
    [[ $line != *0.0.0.0* ]]
  done
  wait "$pid"
}
