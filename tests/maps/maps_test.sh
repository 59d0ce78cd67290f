#!/bin/sh
# The shipped house is what its sources say, everything in it can be reached, and the example of
# docs/maps.md is a map that works. Needs lua5.4 only; pictures are not drawn.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

expect() { # name, wanted exit status, command...
    name=$1 wanted=$2
    shift 2
    "$@" >"$work/out" 2>&1
    status=$?
    if [ "$status" -eq "$wanted" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $name (exit $status, wanted $wanted)"
        cat "$work/out"
    fi
}

check() {
    (cd "$root/maps/art" && lua5.4 check.lua "$1")
}

mkdir -p "$work/maps" && cp -r "$root/maps/art" "$work/maps/art"
rebuild() {
    (cd "$work/maps/art" && lua5.4 draw.lua house ground walls bedroom living kitchen garden &&
        lua5.4 draw.lua town ground walls bedroom living kitchen garden town && lua5.4 house.lua && lua5.4 town.lua &&
        lua5.4 people.lua && lua5.4 lamp.lua)
}
expect "the sources draw and lay out the house and the town" 0 rebuild
expect "house.tmj is what house.lua writes" 0 cmp "$root/maps/house.tmj" "$work/maps/house.tmj"
expect "town.tmj is what town.lua writes" 0 cmp "$root/maps/town.tmj" "$work/maps/town.tmj"
for file in house.svg house.index town.svg town.index people.svg lamp.svg; do
    expect "$file is what its script writes" 0 cmp "$root/maps/art/$file" "$work/maps/art/$file"
done
expect "everything in the house can be reached" 0 check "$root/maps/house.tmj"
expect "everything in the town can be reached" 0 check "$root/maps/town.tmj"

sed -n '/^```json$/,/^```$/p' "$root/docs/maps.md" | sed '/^```/d' >"$work/cabin.tmj"
expect "the example of docs/maps.md holds together" 0 check "$work/cabin.tmj"
# Tile (3, 2) leads to the bed: blocked, the bed is out of reach, and the check must say so.
awk '/"name": "collision"/ { seen = 1 } seen && /1, 0, 0, 0, 0, 1/ && ++n == 2 {
        sub(/1, 0, 0, 0, 0, 1/, "1, 0, 0, 1, 0, 1") } { print }' "$work/cabin.tmj" >"$work/closed.tmj"
expect "a bed out of reach is found" 1 check "$work/closed.tmj"

echo "maps: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
