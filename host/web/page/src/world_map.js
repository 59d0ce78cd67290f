// Makes of a Tiled map what can be drawn: layers out of their groups, data unpacked, tilesets with their pictures (those
// for dense screens, twice as large, where there are any).

import { arenaOf } from "./world_light.js";

async function unpack(layer) {
  if (Array.isArray(layer.data)) return layer.data;
  const bytes = Uint8Array.from(atob(layer.data.trim()), (c) => c.charCodeAt(0));
  const format = { "": null, undefined: null, zlib: "deflate", gzip: "gzip" }[layer.compression];
  if (format === undefined)
    throw new Error(`Layer ${layer.name} is packed with ${layer.compression}, which browsers cannot read. In Tiled: ` +
      "Map > Map Properties > Tile Layer Format: CSV.");
  let raw = bytes;
  if (format) {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format));
    raw = new Uint8Array(await new Response(stream).arrayBuffer());
  }
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return Array.from({ length: raw.byteLength / 4 }, (_, i) => view.getUint32(i * 4, true));
}

function tileLayers(layers, opacity, out) {
  for (const layer of layers) {
    if (layer.visible === false) continue;
    const o = opacity * (layer.opacity ?? 1);
    if (layer.type === "group") tileLayers(layer.layers, o, out);
    else if (layer.type === "tilelayer") out.push({ layer, opacity: o });
  }
  return out;
}

/** A picture, ready to be drawn. */
export async function loadPicture(url) {
  const picture = Object.assign(new Image(), { src: url });
  try {
    await picture.decode();
  } catch {
    throw new Error(`The picture ${url} cannot be loaded.`);
  }
  return picture;
}

/** {width, height, tile, layers: [{data, width, height, opacity, above}], tilesets: [{first, count, columns, w, h, margin,
 * spacing, picture}], plain: a canvas for a map without pictures, or null, missing: what to say about it, or null} */
export async function prepareMap(info, mapId) {
  const { tmj, pictures } = info;
  const usable = tmj.tilesets.every((t, i) => t.image && pictures[i].served);
  const scale = usable && pictures.every((p) => p.twice) ? 2 : 1, map = { width: tmj.width, height: tmj.height, tile: tmj.tilewidth * scale };
  if (!usable) {
    return { ...map, layers: [], tilesets: [], plain: plainPicture(map, info), missing: tmj.tilesets.some((t) => t.source)
      ? "The map's tileset is a file of its own, so the map is shown plainly. In Tiled: Map > Embed Tilesets."
      : "The map's pictures are not where it says, so it is shown plainly." };
  }
  const layers = Promise.all(tileLayers(tmj.layers, 1, []).map(async ({ layer, opacity }) => ({
    data: await unpack(layer), width: layer.width, height: layer.height, opacity, above: layer.name === "above",
  })));
  const tilesets = Promise.all(tmj.tilesets.map(async (t, i) => ({
    first: t.firstgid, count: t.tilecount, columns: t.columns, w: t.tilewidth * scale, h: t.tileheight * scale,
    margin: (t.margin ?? 0) * scale, spacing: (t.spacing ?? 0) * scale,
    picture: await loadPicture(`/api/v1/maps/${encodeURIComponent(mapId)}/pictures/${i}?scale=${scale}`),
  })));
  return { ...map, layers: await layers, tilesets: await tilesets, plain: null, missing: null };
}

const FLOORS = ["#e8c594", "#d3e1ea", "#e9d6dd", "#dbe8d2", "#efe3c2", "#ddd5ea"], PLAIN = 16; // pixels of a tile

/** A map without pictures as a canvas: floors in the colours of their rooms, objects darker, and what blocks the way. */
function plainPicture(map, info) {
  const canvas = Object.assign(document.createElement("canvas"), { width: map.width * PLAIN, height: map.height * PLAIN }), c = canvas.getContext("2d"), rooms = new Map();
  for (let i = 0; i < map.width * map.height; i++) {
    const arena = arenaOf(info, i), place = info.places[info.tiles[i]];
    if (!rooms.has(arena)) rooms.set(arena, FLOORS[rooms.size % FLOORS.length]);
    c.fillStyle = info.blocked[i] === "1" ? "#87736d" : place?.kind === "object" ? "#b98f5e" : arena ? rooms.get(arena) : "#b9d39a";
    c.fillRect((i % map.width) * PLAIN, Math.floor(i / map.width) * PLAIN, PLAIN, PLAIN);
  }
  return canvas;
}
