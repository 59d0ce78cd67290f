load common.bash

MOCK_PROGRAM=$PROPERSIM

study_with() { # models
  write_study s.lua "name = 's', days = 1, personas = { 'p01' }, models = { $1 },"
}

doctor() { # exit code, texts that it must say...
  local code=$1
  shift
  run "$FAST" doctor s.lua
  [ "$status" -eq "$code" ] || { echo "exit $status, wanted $code"; echo "$output"; return 1; }
  for text in "$@"; do
    [[ $output == *"$text"* ]] || { echo "no '$text' in: $output"; return 1; }
  done
}

@test "doctor finds the installation well" {
  run "$PROPERSIM" doctor
  [ "$status" -eq 0 ]
  [[ $output == *"map house.tmj"* && $output == *"Nothing needs to be mended."* ]]
  study_with ''
  doctor 0 "every role is answered offline"
}

@test "doctor tries every endpoint of a study" {
  start_mock
  study_with "rater = { model = 'm', url = '$URL', mock = true }, summary = { model = 'other', url = '$URL', requests_per_minute = 1 },
    embedding = { model = 'e', url = '$URL' }"
  doctor 0 "$URL#m (for rater): answers as the schema wants (json_schema)" "embeddings of 256 dimensions" \
    "more than can be used" "no \`price\`" "4 requests were sent"
}

@test "doctor says what must be mended, and what to do" {
  study_with "rater = 'openai:gpt-4o-mini'"
  unset OPENAI_API_KEY
  doctor 1 MEND "OPENAI_API_KEY, which is not set; set it" "1 thing has to be mended"
  study_with "rater = { model = 'm', url = 'http://127.0.0.1:1/v1' }"
  doctor 1 MEND "cannot be reached" "start the server or mend the URL"
  start_mock --faults schema=1
  study_with "rater = { model = 'm', url = '$URL' }"
  doctor 1 "does not match" "try another"
  study_with "assistant = 'exec:echo no model here >&2; exit 3', rater = { model = 'm', url = '$URL/nothing' }"
  doctor 1 "no model here" "check the model's name and the URL" "2 things have"
  study_with "rater = 'gpt'"
  doctor 1 "is no endpoint"
}

@test "doctor finds faults of scripts and maps" {
  mkdir -p prompts/rater
  echo 'return {' >prompts/rater/timing.lua
  study_with ''
  doctor 1 "MEND  scripts and prompts" "prompts/rater/timing.lua"
}

@test "doctor never prints a key" {
  start_mock --faults html=1
  export OPENAI_API_KEY=sk-canary-3141592653589
  study_with "rater = { model = 'm', url = '$URL', api_key_env = 'OPENAI_API_KEY' }"
  doctor 1 MEND
  [[ $output != *canary* ]]
}
