#!/bin/sh
# An assistant of a few lines of shell, behind `exec:sh agent.sh`: at noon it recommends a walk, else it stays silent.
# One line in, one line out; `id` says which answer belongs to which request.

while IFS= read -r line; do
  id=$(printf '%s\n' "$line" | sed -E 's/^\{"id":([0-9]+).*/\1/')
  case $line in
    *'"prompt":"assistant/tidy"'*) # repairs spelling; ours is right: back with it
      text=$(printf '%s\n' "$line" | sed -E 's/.*"inputs":\{"text":("([^"\\]|\\.)*")\}.*/\1/')
      answer="{\"text\":$text}" ;;
    *'"time":"'*', 12:0'*'"messages"'*)
      answer='{"suggestion":"It is noon and dry outside; how about a walk around the block?"}' ;;
    *)
      answer='{"suggestion":"No Recommendation"}' ;;
  esac
  printf '{"id":%s,"answer":%s}\n' "$id" "$answer"
done
