// The map on the screen: the tiles lie under and over Phaser's canvas, which draws people and paths; names, emoji and
// speech are HTML above it, so that they stay readable and can be reached.
import { useful } from "./dom.js";
import { CONST, Game, SCALE_MODE } from "./phaser.js";
import { FRAME, direction, drawPerson, frameOf, lookOf, track } from "./world_people.js";
import { Ground } from "./world_ground.js";
import { listen } from "./world_input.js";
import { makeLabel, nameLabel, placeLabels, setBubble } from "./world_labels.js";
import { arenaOf, lightCanvas, darkness } from "./world_light.js";
import { loadPicture } from "./world_map.js";
import { View } from "./world_view.js";

const SHARE = 0.45; // tiles between two who share one
const SITS = /table|desk|sofa|chair|bench|toilet/;
const WALK_MS = 240; // for one tile, where there is time
const GLOW_MS = 500;
const REST_MS = 30, IDLE_MS = 250; // what hovers moves by less than two pixels meanwhile
const DEPTH = { people: 1000, paint: 2500, lamp: 5000 };

let booting = null;

/** Starts Phaser and fetches the pictures that every map needs; a page may ask for it before it knows its map. */
export function boot() {
  booting ??= Promise.all([startPhaser(), loadPicture("/assets/people@2x.png"), loadPicture("/assets/lamp@2x.png")]);
  return booting;
}

// Canvas, not WebGL: where that is not done by hardware (remote desktops, containers) it reached 13 frames a second
const startPhaser = () => new Promise((resolve) => {
  const game = new Game({
    type: CONST.CANVAS, parent: null, width: 1, height: 1, scale: { mode: SCALE_MODE.NONE, zoom: 1 / devicePixelRatio }, transparent: true,
    banner: false, disableContextMenu: false, audio: { noAudio: true }, input: { keyboard: false, mouse: false, touch: false, gamepad: false },
    render: { antialias: true, roundPixels: true },
    scene: {
      create() { resolve({ game, scene: this }); },
      update(time) { this.world?.frame(time); },
    },
  });
});

/** map: of prepareMap. */
export async function createWorld(map, options) {
  const [phaser, people, lamp] = await boot();
  return new World(map, options).start(phaser, people, lamp);
}

class World extends View {
  constructor(map, { info, stage, labels, people = [], still = false, onTile, onPerson }) {
    super(map, stage);
    Object.assign(this, { info, labels, still, onTile, onPerson });
    this.people = new Map(people.map((p) => [p.who, { ...p, x: 0, y: 0, facing: "down", pose: "stand", emoji: "", shown: false, aside: 0, width: 0 }]));
    this.lightKey = "";
    this.clear = { right: 0, bottom: 0 }; // the upper left corner, in pixels, where no bubble may be
  }

  start({ game, scene }, people, lamp) {
    Object.assign(this, { game, scene, dpr: globalThis.devicePixelRatio || 1 });
    game.loop.stop(); // frames are called for by the world: most of the time nothing moves
    this.stage.append(game.canvas);
    this.resize();
    this.build(people, lamp);
    listen(this);
    this.fitReadable();
    scene.world = this;
    this.lastFrame = performance.now();
    this.loop(this.lastFrame);
    this.observer = new ResizeObserver(() => {
      if (!this.resize()) return;
      if (this.fitted) this.fit(this.least); else this.clamp();
    });
    this.observer.observe(this.stage);
    return this;
  }

  // ---- What there is.

  build(people, lamp) {
    const { scene, map } = this;
    // The light lies above Phaser's canvas as an element: Phaser's canvas renderer cannot multiply
    this.light = document.createElement("canvas");
    this.light.className = "light";
    this.light.hidden = true;
    this.labels.before(this.light);
    this.ground = new Ground(map, this.stage, this.light);
    this.paint = scene.add.graphics().setDepth(DEPTH.paint);
    scene.textures.addSpriteSheet("lamp", lamp, { frameWidth: 64, frameHeight: 64 });
    for (const person of this.people.values()) this.buildPerson(person, people);
  }

  buildPerson(person, picture) {
    const { scene, map } = this, key = `person${person.who}`, k = map.tile / 64;
    const texture = scene.textures.addCanvas(key, drawPerson(picture, lookOf(person)));
    for (let i = 0; i < FRAME.columns * FRAME.rows; i++)
      texture.add(i, 0, (i % FRAME.columns) * FRAME.w, Math.floor(i / FRAME.columns) * FRAME.h, FRAME.w, FRAME.h);
    person.sprite = scene.add.image(0, 0, key, 1).setOrigin(0.5, 1).setScale(k).setVisible(false);
    person.lamp = scene.add.image(0, 0, "lamp", 0).setScale(k * 0.8).setDepth(DEPTH.lamp).setVisible(false);
    makeLabel(person, this.labels, () => this.onPerson?.(person.who));
  }

  // ---- What happens.

  /** Shows a row of `steps` (with its activity) and lets the person walk there within `ms`; 0: at once. */
  show(row, ms) {
    const person = this.people.get(row.who);
    if (!person) return;
    const way = track(row.path, row.x, row.y);
    person.row = row;
    person.asleep = Boolean(row.asleep);
    const walk = way.length > 1 && ms > 0 && !this.still;
    person.walk = walk ? { way, start: performance.now(), ms: Math.min(ms, (way.length - 1) * WALK_MS) } : null;
    if (!walk) this.arrive(person);
    const emoji = person.asleep ? "😴" : row.walking && !walk ? "🚶" : row.emoji ?? "";
    nameLabel(person, emoji, row.action);
    if (!person.shown) {
      person.shown = true;
      person.label.hidden = false;
      person.sprite.setVisible(true);
      useful();
      if (this.following === person.who) this.centre(person, true);
    }
    this.lit = this.shared = null;
    this.touched = true;
  }

  /** Those who stand on one tile stand side by side. */
  spread() {
    const groups = new Map();
    for (const p of this.people.values()) {
      p.aside = 0;
      if (!p.shown || p.walk) continue;
      const key = `${p.x},${p.y}`;
      (groups.get(key) ?? groups.set(key, []).get(key)).push(p);
    }
    for (const group of groups.values()) group.forEach((p, i) => { p.aside = (i - (group.length - 1) / 2) * Math.min(SHARE, 1.4 / group.length); });
  }

  arrive(person) {
    const { row } = person;
    person.x = row.x;
    person.y = row.y;
    person.walk = null;
    const { tiles, blocked, places } = this.info, w = this.map.width, at = row.y * w + row.x, place = tiles[at];
    const around = [["up", -w], ["down", w], ["left", -1], ["right", 1]];
    const object = places[place]?.kind === "object";
    const towards = object && around.find(([, d]) => tiles[at + d] === place && blocked[at + d] === "1");
    person.facing = towards ? towards[0] : "down";
    person.pose = person.asleep ? "lie" : object && SITS.test(places[place].address) && blocked[at] === "0" && !row.walking ? "sit" : "stand";
  }

  /** What the assistant said: {text, score, silent} or null for nothing. */
  speak(who, said) {
    this.touched = true;
    const person = this.people.get(who), spoken = said && !said.silent ? said : null;
    if (!person) return;
    person.lamp?.setFrame(!spoken ? 0 : spoken.score === null || spoken.score === undefined ? 1 : 2 + spoken.score);
    person.glow = spoken ? performance.now() : 0;
    setBubble(person, spoken);
  }

  /** Light by the simulated time: minutes since midnight. */
  setTime(minutes) { this.minutes = minutes; this.lit = null; }

  updateLight() {
    const dark = darkness(this.minutes ?? 720), rooms = new Set();
    for (const p of this.people.values()) if (p.shown && !p.asleep) rooms.add(this.roomAt(Math.round(p.x), Math.round(p.y)));
    const level = Math.round(dark * 12) / 12, key = level === 0 ? "day" : `${level}:${[...rooms].sort().join()}`;
    if (key === this.lightKey) return;
    this.lightKey = key;
    this.light.hidden = level === 0;
    if (level === 0) return;
    lightCanvas(this.map, this.info, level, rooms, this.light);
  }

  roomAt(x, y) {
    return arenaOf(this.info, y * this.map.width + x);
  }

  // ---- Each frame.

  loop(time) {
    this.onFrame?.(performance.now()); // first: what it shows belongs to this frame
    const moves = this.moves(time);
    // Even a frame in which nothing is drawn costs something: at rest they are asked for less often
    if (moves) requestAnimationFrame((next) => this.loop(next)); else setTimeout(() => requestAnimationFrame((next) => this.loop(next)), REST_MS);
    if (!moves) return;
    this.touched = false;
    this.game.step(time, time - this.lastFrame);
    this.lastFrame = time;
  }

  /** Whether a frame would look different from the last one. What only breathes or hovers does so a few times a second. */
  moves(time) {
    if (this.touched || time - this.lastFrame >= IDLE_MS) return true;
    const now = performance.now();
    return [...this.people.values()].some((p) => p.walk || now - p.glow < GLOW_MS);
  }

  frame(time) {
    const T = this.map.tile;
    const now = performance.now();
    if (this.shared === null) { this.spread(); this.shared = true; }
    for (const p of this.people.values()) {
      if (!p.shown) continue;
      if (p.walk) this.step(p, now);
      const phase = p.walk ? Math.floor(now / 110) : this.still ? 0 : Math.floor(now / 900);
      p.sprite.setFrame(frameOf(p.facing, p.walk ? "walk" : p.pose, phase));
      const x = p.x + p.aside;
      p.sprite.setPosition((x + 0.5) * T, (p.y + 1) * T).setDepth(DEPTH.people + p.y);
      const hover = this.still ? 0 : Math.sin(now / 600 + p.who) * 0.05;
      p.lamp.setVisible(p.assisted && !p.asleep); // it has nothing to say to who sleeps
      p.lamp.setPosition((x + 1.05) * T, (p.y - 0.15 + hover) * T);
      const grow = p.glow && !this.still ? Math.max(0, 1 - (now - p.glow) / GLOW_MS) * 0.25 : 0;
      p.lamp.setScale((T / 64) * (0.8 + grow));
    }
    if (this.following !== null) this.centre(this.people.get(this.following), this.still, time - this.lastFrame);
    if (this.lit === null) { this.updateLight(); this.lit = true; }
    this.applyCamera();
    placeLabels(this);
  }

  step(p, now) {
    const { way, start, ms } = p.walk, t = Math.min(1, (now - start) / ms), at = t * (way.length - 1), i = Math.min(way.length - 2, Math.floor(at));
    const [ax, ay] = way[i], [bx, by] = way[i + 1], f = at - i;
    p.x = ax + (bx - ax) * f;
    p.y = ay + (by - ay) * f;
    p.facing = direction(way[i], way[i + 1]);
    if (t >= 1) { this.arrive(p); this.lit = this.shared = null; }
  }

  // ---- For pages and tests.

  /** Colours on tiles: [{x, y, colour, alpha}]; `line` joins the middles of tiles. */
  paintTiles(cells, line = [], spots = []) {
    this.touched = true;
    const T = this.map.tile, g = this.paint.clear();
    for (const c of cells) { g.fillStyle(c.colour, c.alpha); g.fillRect(c.x * T, c.y * T, T, T); }
    if (line.length > 1) {
      g.lineStyle(T / 5, 0xfffdf9, 0.95);
      const middles = line.map((p) => ({ x: (p.x + 0.5) * T, y: (p.y + 0.5) * T }));
      g.strokePoints(middles);
      g.lineStyle(T / 9, 0xa44d3b, 1);
      g.strokePoints(middles);
    }
    for (const p of spots) {
      g.fillStyle(0xfffdf9, 1).fillCircle((p.x + 0.5) * T, (p.y + 0.5) * T, T * 0.36);
      g.fillStyle(p.colour, 1).fillCircle((p.x + 0.5) * T, (p.y + 0.5) * T, T * 0.28);
    }
  }

  /** What is on the screen now, as a test (or a curious person) wants to know it. */
  state() {
    const T = this.map.tile, { left, top, zoom } = this.corner;
    return {
      view: { ...this.view }, following: this.following,
      people: [...this.people.values()].filter((p) => p.shown).map((p) => ({
        who: p.who, x: Math.floor(p.sprite.x / T - p.aside), y: Math.round(p.sprite.y / T) - 1, walking: Boolean(p.walk), asleep: p.asleep, emoji: p.emoji,
        screen: { x: ((p.sprite.x - left) * zoom) / this.dpr, y: ((p.sprite.y - top) * zoom) / this.dpr },
        says: p.bubbleText ?? null,
      })),
    };
  }
}
