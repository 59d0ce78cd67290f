load common.bash

STUDY='name = "m", days = 2, personas = { "p01" }, assistant = { learn = { method = "dpo" } },'
RUN=runs/default/p01-s1.sqlite

# subject, number of questions: what the dataset's CSV looks like; the right answer is always C
csv() {
  for i in $(seq "$2"); do printf '"Question %d of %s, is it?",one,"two, or ""2""",three,four,C\n' "$i" "$1"; done
}

@test "each night the same questions are drawn by the seed, and asked after learning" {
  mkdir -p data/test
  csv nutrition 30 >data/test/nutrition_test.csv
  csv sociology 5 >data/sociology.csv
  write_study m.lua "$STUDY mmlu = { path = 'data', subjects = { 'nutrition', 'sociology' }, questions = 20 },"
  "$FAST" run m.lua -o out --quiet
  [ "$(sqlite3 out/$RUN "SELECT group_concat(day || subject || n) FROM (SELECT day, subject, count(*) AS n FROM mmlu GROUP BY 1, 2)")" = \
    "1nutrition20,1sociology5,2nutrition20,2sociology5" ]
  [ "$(sqlite3 out/$RUN "SELECT count(DISTINCT question) FROM mmlu WHERE subject = 'nutrition'")" -eq 20 ]
  [ "$(sqlite3 out/$RUN "SELECT DISTINCT answer || comment FROM mmlu")" = "Cguessing: the offline model knows nothing" ]
  # guesses: not all right, not all wrong, not the same each night
  [ "$(sqlite3 out/$RUN "SELECT sum(correct) BETWEEN 1 AND 30 FROM mmlu")" -eq 1 ]
  [ "$(sqlite3 out/$RUN "SELECT group_concat(given) FROM mmlu WHERE day = 1")" != "$(sqlite3 out/$RUN "SELECT group_concat(given) FROM mmlu WHERE day = 2")" ]
  "$FAST" run m.lua -o two --quiet
  [ "$("$FAST" digest two)" = "$("$FAST" digest out)" ]
  "$FAST" run m.lua -o seed --quiet --set seed=2
  questions="SELECT group_concat(question) FROM mmlu WHERE day = 1"
  [ "$(sqlite3 seed/$RUN "$questions")" != "$(sqlite3 out/$RUN "$questions")" ]
  # what happens to the person is as without the check
  write_study plain.lua "$STUDY"
  "$FAST" run plain.lua -o plain --quiet
  for table in step suggestion rating policy; do
    [ "$("$FAST" digest out/$RUN -v | grep " $table\$")" = "$("$FAST" digest plain/$RUN -v | grep " $table\$")" ]
  done
}

@test "the report has shares with intervals, per subject and night" {
  write_study m.lua "$STUDY mmlu = { path = 'own', questions = 10 },"
  "$FAST" run m.lua -o out --quiet
  report=$("$FAST" report out)
  [[ $report == *"What it knows: default"* && $report == *"Wilson"* && $report == *"human_aging"* ]]
  "$FAST" report out --html page.html
  grep -q "world religions" page.html
  right=$(sqlite3 out/$RUN "SELECT sum(correct) FROM mmlu WHERE day = 2")
  "$FAST" report out --json >report.json
  [ "$(sqlite3 :memory: "SELECT json_extract(readfile('report.json'), '\$.mmlu[0].nights[1].correct')")" -eq "$right" ]
  write_study plain.lua 'name = "plain", days = 1, personas = { "p01" },'
  "$FAST" run plain.lua -o plain --quiet
  [[ $("$FAST" report plain) != *"What it knows"* ]]
}

@test "JSON lines of one subject or of many, answers as numbers or letters" {
  mkdir -p lines/nutrition
  printf '{"question":"one?","choices":["a","b","c","d"],"answer":3}\n\n{"question":"two?","choices":["a","b","c","d"],"answer":"D"}\n' \
    >lines/nutrition/test.jsonl
  write_study m.lua "$STUDY mmlu = { path = 'lines', subjects = 'nutrition' },"
  "$FAST" run m.lua -o out --quiet --days 1
  [ "$(sqlite3 out/$RUN "SELECT group_concat(DISTINCT answer) || count(*) FROM mmlu")" = "D2" ]
  printf '{"subject":"x","question":"one?","choices":["a","b","c","d"],"answer":0}\n{"subject":"y","question":"two?","choices":["a","b","c","d"],"answer":1}\n' >all.jsonl
  write_study m.lua "$STUDY mmlu = { path = 'all.jsonl', subjects = { 'y' } },"
  "$FAST" run m.lua -o all --quiet --days 1
  [ "$(sqlite3 all/$RUN "SELECT question || answer FROM mmlu")" = "two?B" ]
}

@test "files that are not as they must be are refused with file and line, before anything is run" {
  mkdir data
  # what is written to data/nutrition.csv or .jsonl | what the message must hold
  while IFS='|' read -r file text wanted; do
    rm -f data/*
    printf "$text" >"data/$file"
    write_study m.lua "$STUDY mmlu = { path = 'data', subjects = { 'nutrition' } },"
    refuses "mmlu.path" "$wanted" -- "$PROPERSIM" run m.lua -o out
    [ ! -e out ]
  done <<'TABLE'
nutrition.csv|a,b,c,d,e,C\na,b,c\n|nutrition.csv: line 2: must be question,A,B,C,D,answer
nutrition.csv|a,b,c,d,e,X\n|line 1: must be
nutrition.csv||has no question of the subject
nutrition.csv|"a\n|a quote is opened and never closed
nutrition.jsonl|{"question":"q"}\n|nutrition.jsonl: line 1: `choices` is missing
nutrition.jsonl|{"question":"q","choices":["a"],"answer":1}\n|must be four texts
nutrition.jsonl|{"question":"q","choices":["a","b","c","d"],"answer":4}\n|`answer`
nutrition.jsonl|nonsense\n|line 1
other.csv||has no file of the subject 'nutrition'
TABLE
  write_study m.lua "$STUDY mmlu = { path = 'nowhere' },"
  refuses "nowhere: there is no such file" -- "$PROPERSIM" run m.lua -o out
  write_study m.lua "$STUDY mmlu = { path = 'own', subjects = { 'a', 'a' } },"
  refuses "mmlu.subjects" "stands in it twice" -- "$PROPERSIM" run m.lua -o out
}
