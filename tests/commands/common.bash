# What all command tests share. $PROPERSIM is the program under test.
PROPERSIM=${PROPERSIM:-$BATS_TEST_DIRNAME/../../build-dev/propersim}
ROOT=$BATS_TEST_DIRNAME/../..
FAST=$ROOT/build/propersim            # release build: for tests that run long studies
CLANG=$ROOT/build-clang/propersim
PROPERSIM_SHARED_DATA=${PROPERSIM_SHARED_DATA:-$ROOT/../shared/data}

setup() {
  WORK=$(mktemp -d)
  cd "$WORK"
}

teardown() {
  stop_mock || true
  cd /
  rm -rf "$WORK"
}

# ---- A mock of a model server, one at a time: at $URL, complaining in the file messages.

MOCK=
MOCK_PROGRAM=$FAST

start_mock() { # options of `propersim mock`...; without --port it gets a free one
  rm -f address
  "$MOCK_PROGRAM" mock --port 0 "$@" >address 2>messages &
  MOCK=$!
  until [ -s address ]; do
    kill -0 "$MOCK" || { cat messages; return 1; }
    sleep 0.02
  done
  URL=$(cat address)
}

stop_mock() { # with its exit status
  local pid=$MOCK
  MOCK=
  [ -z "$pid" ] || { kill -TERM "$pid" && wait "$pid"; }
}

mock_stat() { # name -> number
  curl -sS "${URL%/v1}/mock/stats" | sed -E "s/.*\"$1\":([0-9.]+).*/\1/"
}

# A study file in the current folder: name, body of the table.
write_study() {
  printf 'local study = require "propersim.study"\nreturn study {\n%s\n}\n' "$2" >"$1"
}

# Runs a command that must fail with exit code 2 and one message that holds each of the texts.
refuses() { # texts... -- command...
  local texts=()
  while [ "$1" != -- ]; do texts+=("$1"); shift; done
  shift
  run "$@"
  [ "$status" -eq 2 ] || { echo "exit $status, wanted 2: $*"; echo "$output"; return 1; }
  for text in "${texts[@]}"; do
    [[ $output == *"$text"* ]] || { echo "no '$text' in: $output"; return 1; }
  done
}

# Two run files say the same, and something, in answer to each query.
same_in_both() { # file, file, queries...
  local a=$1 b=$2
  shift 2
  for query in "$@"; do
    diff <(sqlite3 "$a" "$query") <(sqlite3 "$b" "$query") >differences || { echo "$query"; head -4 differences; return 1; }
    [ "$(sqlite3 "$a" "SELECT count(*) FROM ($query)")" -gt 0 ]
  done
}
