// Path tester: click where somebody starts and where they go, and see what the program makes of it.
import { get, part } from "./api.js";
import { h, replace } from "./dom.js";
import { setKeys } from "./keys.js";
import { header, problem } from "./parts.js";
import { openWorld } from "./page_map.js";
import { plural } from "./format.js";

const FIELD = [[0x6a91b3, 0], [0xe5b44f, 0.5], [0xa44d3b, 1]]; // near to far

function heat(t) {
  const i = t < 0.5 ? 0 : 1, [a, from] = FIELD[i], [b, to] = FIELD[i + 1], f = (t - from) / (to - from);
  const mix = (shift) => Math.round(((a >> shift) & 255) + (((b >> shift) & 255) - ((a >> shift) & 255)) * f);
  return (mix(16) << 16) | (mix(8) << 8) | mix(0);
}

export async function pathPage(root, kind, [map]) {
  const { maps } = await get("maps");
  if (!map) { location.replace(`/path_tester/${part(maps[0])}`); return; }
  const info = await get(`maps/${part(map)}`), width = info.tmj.width, height = info.tmj.height;
  document.title = `Paths on ${info.name} · propersim`;
  document.body.classList.add("full");
  const labels = h("div.labels"), stage = h("div.stack.stage", { "aria-label": "Map" }, labels), side = h("aside.side", { "aria-label": "The path", tabindex: "0" });
  replace(root, header([{ text: "Path tester" }, { text: info.name }]), h("main.tester", { id: "main" }, stage, side));
  const at = { cursor: { x: 0, y: 0 }, from: null, to: null, seen: null, result: null, field: true, problem: null };
  const world = await openWorld({ info, mapId: map, stage, labels, onTile: (tile) => { at.cursor = tile; choose(); } });
  at.cursor = { x: Math.floor(world.view.x), y: Math.floor(world.view.y) };
  const tile = (i) => ({ x: i % width, y: Math.floor(i / width) });
  const address = ({ x, y }) => info.places[info.tiles[y * width + x]]?.address ?? info.tmj.properties?.find((p) => p.name === "world")?.value ?? "";
  const blocked = ({ x, y }) => info.blocked[y * width + x] === "1";

  function paint() {
    const cells = [], { result } = at;
    if (result && at.field) {
      const far = Math.max(1, ...result.field);
      result.field.forEach((d, i) => { if (d >= 0) cells.push({ ...tile(i), colour: heat(d / far), alpha: 0.55 }); });
    }
    for (const p of at.seen ?? []) cells.push({ ...tile(p.tile), colour: 0xfffdf9, alpha: 0.55 });
    cells.push({ ...at.cursor, colour: 0x2e272c, alpha: 0.35 });
    const line = result?.length ? [at.from, ...result.path.map(tile)] : [];
    world.paintTiles(cells, line, [at.from && { ...at.from, colour: 0x48698c }, at.to && { ...at.to, colour: 0xa44d3b }].filter(Boolean));
  }

  const describe = (name, t) => [h("dt", name), h("dd", t ? [`${t.x}, ${t.y}`, blocked(t) ? " (blocked)" : "", h("div.small.muted", address(t) || "no place")] : h("span.muted", "not chosen"))];
  // How far it is from the tile under the pointer, or the cursor, to the goal
  function distance(result) {
    const steps = result.field[at.cursor.y * width + at.cursor.x];
    return [h("dt", "From there"), h("dd", { "data-distance": steps }, steps < 0 ? "no way to the goal" : `${plural(steps, "tile")} to the goal`)];
  }

  const perceives = (seen) => h("section", h("h2", "Who stands at the start perceives"), seen.length
    ? h("ul.small", { style: { margin: 0, "padding-left": "1.1rem" }, "data-perceives": seen.length }, seen.map((p) => h("li", p.description, h("span.muted", ` · ${Math.sqrt(p.distance2).toFixed(1)} tiles`))))
    : h("p.small.muted", { "data-perceives": 0 }, "Nothing: no object is near in the same room."));

  function draw() {
    const { result } = at;
    replace(side,
      h("section", h("h1", { style: { "font-size": "1.25rem" } }, "Path tester"), h("p.small.muted", at.from ? at.to ? "Choose again to start anew." : "Now choose where they go." : "Choose where somebody starts: click a tile, or move with the arrow keys and press Enter.")),
      at.problem ? problem(at.problem, "Choose the tile again when it does.") : null,
      h("dl", describe("Tile", at.cursor), result ? distance(result) : null, describe("Start", at.from), describe("Goal", at.to),
        result ? [h("dt", "Length"), h("dd", { "data-length": result.length ?? "none" }, result.length === null ? "no way leads there" : plural(result.length, "tile"))] : null),
      h("div.row", h("button.button", { "data-do": "field", "aria-pressed": String(at.field), onclick: () => { at.field = !at.field; draw(); paint(); } }, "Distance to the goal"), h("button.button", { "data-do": "clear", onclick: clear }, "Start anew")),
      at.seen ? perceives(at.seen) : null,
      maps.length > 1 ? h("section", h("h2", "Maps"), h("div.row", maps.map((m) => h("a.button", { href: `/path_tester/${part(m)}` }, m)))) : null);
  }

  function clear() { Object.assign(at, { from: null, to: null, seen: null, result: null, problem: null }); draw(); paint(); }

  const ask = (from, to) => get(`maps/${part(map)}/path`, { from: `${from.x},${from.y}`, to: `${to.x},${to.y}` });

  // The first tile is a start, of which is shown what is perceived there; the second a goal
  async function choose() {
    const tile = { ...at.cursor }, starts = !at.from || at.to !== null, from = starts ? tile : at.from;
    if (starts) Object.assign(at, { from, seen: null, to: null, result: null });
    else at.to = tile;
    at.problem = null;
    draw();
    paint();
    try {
      const answer = await ask(from, tile);
      if (at.from !== from || (starts ? at.seen : at.to !== tile)) return; // another was chosen meanwhile
      if (starts) at.seen = answer.perceives; else at.result = answer;
    } catch (error) {
      if (at.from !== from) return;
      Object.assign(at, { problem: error.message }, starts ? { from: null } : { to: null });
    }
    draw();
    paint();
  }

  const move = (dx, dy) => {
    at.cursor = { x: Math.min(width - 1, Math.max(0, at.cursor.x + dx)), y: Math.min(height - 1, Math.max(0, at.cursor.y + dy)) };
    world.reveal(at.cursor);
    draw();
    paint();
  };
  stage.addEventListener("pointermove", (e) => {
    const t = e.buttons ? null : world.tileAt(e.clientX, e.clientY);
    if (t && (t.x !== at.cursor.x || t.y !== at.cursor.y)) { at.cursor = t; draw(); paint(); }
  });
  setKeys([{ keys: ["ArrowLeft"], does: "a tile left", run: () => move(-1, 0) }, { keys: ["ArrowRight"], does: "a tile right", run: () => move(1, 0) },
    { keys: ["ArrowUp"], does: "a tile up", run: () => move(0, -1) }, { keys: ["ArrowDown"], does: "a tile down", run: () => move(0, 1) },
    { keys: ["Enter", " "], does: "choose this tile", run: choose }, { keys: ["Escape"], does: "start anew", run: clear },
    { keys: ["+", "="], shown: ["+"], does: "closer", run: () => world.zoomBy(1) }, { keys: ["-"], does: "further away", run: () => world.zoomBy(-1) }, { keys: ["0"], does: "the whole map", run: () => world.fit() }]);
  draw();
  paint();
  globalThis.propersim.state = () => ({ page: "path", cursor: at.cursor, from: at.from, to: at.to, length: at.result?.length, path: at.result?.path, perceives: at.seen?.length ?? null, ...world.state() });
}
