// Makes of a Tiled map what Phaser's tilemap reader takes: layers out of their groups, data unpacked, tilesets at the
// size of the pictures that we have (twice as large where there are pictures for dense screens).

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

/** {width, height, tile, scale, data, layers: [{name, above}], pictures: [{key, scale}], missing: text or null} */
export async function prepareMap(info) {
  const { tmj, pictures } = info;
  const usable = tmj.tilesets.every((t, i) => t.image && pictures[i].served);
  const scale = usable && pictures.every((p) => p.twice) ? 2 : 1, tile = tmj.tilewidth * scale;
  const found = tileLayers(tmj.layers, 1, []);
  const layers = await Promise.all(found.map(async ({ layer, opacity }, i) => ({
    id: i + 1, name: `layer${i}`, type: "tilelayer", x: 0, y: 0, width: layer.width, height: layer.height, opacity, visible: true,
    data: await unpack(layer),
  })));
  const tilesets = usable ? tmj.tilesets.map((t, i) => ({
    firstgid: t.firstgid, name: `tiles${i}`, image: `tiles${i}`, columns: t.columns, tilecount: t.tilecount,
    imagewidth: t.imagewidth * scale, imageheight: t.imageheight * scale, tilewidth: t.tilewidth * scale,
    tileheight: t.tileheight * scale, margin: (t.margin ?? 0) * scale, spacing: (t.spacing ?? 0) * scale,
    tiles: (t.tiles ?? []).filter((x) => x.animation).map((x) => ({ id: x.id, animation: x.animation })),
  })) : [];
  return {
    width: tmj.width, height: tmj.height, tile, scale,
    data: { type: "map", version: "1.8", orientation: "orthogonal", renderorder: "right-down", infinite: false,
      width: tmj.width, height: tmj.height, tilewidth: tile, tileheight: tile, layers, tilesets },
    layers: found.map(({ layer }, i) => ({ name: `layer${i}`, above: layer.name === "above" })),
    pictures: usable ? tmj.tilesets.map((_, i) => ({ key: `tiles${i}`, index: i, scale })) : [],
    missing: usable ? null : tmj.tilesets.some((t) => t.source)
      ? "The map's tileset is a file of its own, so the map is shown plainly. In Tiled: Map > Embed Tilesets."
      : "The map's pictures are not where it says, so it is shown plainly.",
  };
}

const FLOORS = ["#e8c594", "#d3e1ea", "#e9d6dd", "#dbe8d2", "#efe3c2", "#ddd5ea"], PLAIN = 16; // pixels of a tile

/** A map without pictures as a canvas: floors in the colours of their rooms, objects darker, and what blocks the way. */
export function plainPicture(map, info) {
  const canvas = Object.assign(document.createElement("canvas"), { width: map.width * PLAIN, height: map.height * PLAIN }), c = canvas.getContext("2d"), rooms = new Map();
  for (let i = 0; i < map.width * map.height; i++) {
    const arena = arenaOf(info, i), place = info.places[info.tiles[i]];
    if (!rooms.has(arena)) rooms.set(arena, FLOORS[rooms.size % FLOORS.length]);
    c.fillStyle = info.blocked[i] === "1" ? "#87736d" : place?.kind === "object" ? "#b98f5e" : arena ? rooms.get(arena) : "#b9d39a";
    c.fillRect((i % map.width) * PLAIN, Math.floor(i / map.width) * PLAIN, PLAIN, PLAIN);
  }
  return canvas;
}
