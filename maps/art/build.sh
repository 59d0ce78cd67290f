#!/bin/sh
# Draws every picture of maps/ anew and lays out house.tmj and town.tmj. Needs lua5.4 and rsvg-convert (Debian:
# lua5.4, librsvg2-bin). The same sources and the same librsvg give the same files, byte for byte.
set -eu
cd "$(dirname "$0")"

rasterise() { # SVG, PNG without its ending
    rsvg-convert -z 1 -o "../tiles/$2.png" "$1"
    rsvg-convert -z 2 -o "../tiles/$2@2x.png" "$1"
}

lua5.4 draw.lua house ground walls bedroom living kitchen garden
rasterise house.svg house
lua5.4 house.lua
lua5.4 check.lua ../house.tmj >/dev/null
lua5.4 draw.lua town ground walls bedroom living kitchen garden town
rasterise town.svg town
lua5.4 town.lua
lua5.4 check.lua ../town.tmj >/dev/null
lua5.4 people.lua
rasterise people.svg people
lua5.4 lamp.lua
rasterise lamp.svg lamp
