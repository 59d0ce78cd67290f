// Night: a blue layer that multiplies the picture, with warm light in the rooms where somebody is awake.

const PER_TILE = 6; // pixels of the layer for a tile; it is smoothed when it is enlarged
const NIGHT = [88, 102, 168], WARM = [255, 226, 176], DUSK = [255, 206, 178];

/** 0 by day, 1 at night; two hours of twilight on either side. */
export function darkness(minutes) {
  const hour = minutes / 60;
  if (hour < 5 || hour >= 21.5) return 1;
  if (hour < 7.5) return ease(1 - (hour - 5) / 2.5);
  if (hour < 18.5) return 0;
  return ease((hour - 18.5) / 3);
}

const ease = (t) => t * t * (3 - 2 * t);
const mix = (a, b, t) => a.map((v, i) => Math.round(v + (b[i] - v) * t));
const css = (c) => `rgb(${c.join(",")})`;

/** The arena of a tile ("home:house:kitchen"), or "". */
export function arenaOf(info, tile) {
  const place = info.places[info.tiles[tile]];
  return place ? place.address.split(":").slice(0, 3).join(":") : "";
}

// The tiles of each arena; maps are large and do not change
const known = new WeakMap();
function arenas(info) {
  if (!known.has(info)) known.set(info, Map.groupBy(info.tiles.keys(), (tile) => arenaOf(info, tile)));
  return known.get(info);
}

/** Draws the layer for a darkness and the rooms (addresses of arenas) that are lit. */
export function lightCanvas(map, info, level, rooms, canvas) {
  if (canvas.width !== map.width * PER_TILE) Object.assign(canvas, { width: map.width * PER_TILE, height: map.height * PER_TILE });
  const c = canvas.getContext("2d"), day = [255, 255, 255];
  const dusk = level < 0.5 ? mix(day, DUSK, level * 1.2) : mix(mix(day, DUSK, 0.6), NIGHT, (level - 0.5) * 2);
  c.globalCompositeOperation = "source-over";
  c.fillStyle = css(dusk);
  c.fillRect(0, 0, canvas.width, canvas.height);
  canvas.style.boxShadow = `0 0 0 4000px ${css(dusk)}`; // around the map it is night as well
  const outside = [...rooms].filter((r) => r && !/garden|yard|street|park/.test(r)), warm = css(mix(day, WARM, level));
  c.fillStyle = warm;
  for (const room of outside)
    for (const i of arenas(info).get(room) ?? []) c.fillRect((i % map.width) * PER_TILE, Math.floor(i / map.width) * PER_TILE, PER_TILE, PER_TILE);
}
