// The map on the screen: Phaser draws the Tiled map, the people and the light; names, emoji and speech are HTML above it,
// so that they stay readable and can be reached.
import * as Phaser from "phaser";
import { FRAME, direction, drawPerson, frameOf, lookOf, track } from "./world_people.js";
import { listen } from "./world_input.js";
import { READABLE, makeLabel, nameLabel, placeLabels, setBubble } from "./world_labels.js";
import { arenaOf, lightCanvas, darkness } from "./world_light.js";
import { plainPicture, prepareMap } from "./world_map.js";

const SIZES = [3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128]; // pixels of a tile on the screen
const SHARE = 0.45; // tiles between two who share one
const SITS = /table|desk|sofa|chair|bench|toilet/;
const WALK_MS = 240; // for one tile, where there is time
const DEPTH = { people: 1000, above: 3000, paint: 2500, lamp: 5000 };

export async function createWorld(options) {
  const map = await prepareMap(options.info);
  return new Promise((resolve, reject) => {
    const world = new World(map, options);
    world.start(() => resolve(world), reject);
  });
}

class World {
  constructor(map, { info, mapId, stage, labels, people = [], renderer, still = false, onTile, onPerson }) {
    Object.assign(this, { map, info, mapId, stage, labels, still, onTile, onPerson });
    this.people = new Map(people.map((p) => [p.who, { ...p, x: 0, y: 0, facing: "down", pose: "stand", emoji: "", shown: false, aside: 0, width: 0 }]));
    this.renderer = renderer;
    this.view = { x: 0, y: 0, size: 32 }; // centre in tiles; pixels of a tile
    this.following = null;
    this.lightKey = "";
  }

  start(done, failed) {
    const self = this, dpr = () => globalThis.devicePixelRatio || 1;
    const box = this.stage.getBoundingClientRect();
    this.dpr = dpr();
    class Scene extends Phaser.Scene {
      preload() {
        this.load.on("loaderror", (file) => failed(new Error(`The picture ${file.url} cannot be loaded.`)));
        for (const p of self.map.pictures)
          this.load.image(p.key, `/api/v1/maps/${encodeURIComponent(self.mapId)}/pictures/${p.index}?scale=${p.scale}`);
        this.load.image("people", "/assets/people@2x.png");
        this.load.spritesheet("lamp", "/assets/lamp@2x.png", { frameWidth: 64, frameHeight: 64 });
      }
      create() {
        self.scene = this;
        self.build();
        listen(self);
        self.fitReadable();
        self.lastFrame = 0;
        done();
      }
      update(time) { self.frame(time); }
    }
    this.game = new Phaser.Game({
      type: { canvas: Phaser.CANVAS, webgl: Phaser.WEBGL }[this.renderer] ?? Phaser.AUTO,
      parent: this.stage, width: Math.max(1, box.width * this.dpr), height: Math.max(1, box.height * this.dpr),
      scale: { mode: Phaser.Scale.NONE, zoom: 1 / this.dpr }, transparent: true, banner: false, disableContextMenu: false,
      audio: { noAudio: true }, input: { keyboard: false, mouse: false, touch: false, gamepad: false },
      render: { antialias: true, roundPixels: true }, scene: Scene,
    });
    this.observer = new ResizeObserver(() => {
      const now = this.stage.getBoundingClientRect();
      if (!this.scene || now.width < 1 || now.height < 1) return;
      this.game.scale.resize(now.width * this.dpr, now.height * this.dpr);
      if (this.fitted) this.fit(this.least); else this.clamp();
    });
    this.observer.observe(this.stage);
  }

  // ---- What there is.

  build() {
    const { scene, map } = this;
    if (map.missing) this.buildPlain();
    else {
      scene.cache.tilemap.add("map", { format: Phaser.Tilemaps.Formats.TILED_JSON, data: map.data });
      this.tilemap = scene.make.tilemap({ key: "map" });
      const sets = map.pictures.map((p) => this.tilemap.addTilesetImage(p.key, p.key));
      map.layers.forEach((layer, i) => {
        this.tilemap.createLayer(layer.name, sets, 0, 0)?.setDepth(layer.above ? DEPTH.above + i : i);
      });
    }
    // The light lies above Phaser's canvas as an element: Phaser's canvas renderer cannot multiply
    this.light = document.createElement("canvas");
    this.light.className = "light";
    this.light.hidden = true;
    this.labels.before(this.light);
    this.paint = scene.add.graphics().setDepth(DEPTH.paint);
    const picture = scene.textures.get("people").getSourceImage();
    for (const person of this.people.values()) this.buildPerson(person, picture);
  }

  buildPlain() {
    this.scene.textures.addCanvas("plain", plainPicture(this.map, this.info));
    this.scene.add.image(0, 0, "plain").setOrigin(0, 0).setDisplaySize(this.map.width * this.map.tile, this.map.height * this.map.tile).setDepth(0);
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
      if (this.following === person.who) this.centre(person, true);
    }
    this.lit = this.shared = null;
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

  frame(time) {
    const now = performance.now(), T = this.map.tile;
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
      const grow = p.glow && !this.still ? Math.max(0, 1 - (now - p.glow) / 500) * 0.25 : 0;
      p.lamp.setScale((T / 64) * (0.8 + grow));
    }
    if (this.following !== null) this.centre(this.people.get(this.following), this.still, time - this.lastFrame);
    this.lastFrame = time;
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

  // ---- Camera.

  box() { return { width: this.game.scale.width / this.dpr, height: this.game.scale.height / this.dpr }; }

  applyCamera() {
    const camera = this.scene.cameras.main, box = this.box(), T = this.map.tile, { size } = this.view;
    const zoom = (size * this.dpr) / T, snap = (v) => Math.round(v * size * this.dpr) / zoom;
    // The camera turns around its middle; its corner is on a whole pixel, so that tiles have no seams
    const left = snap(this.view.x - box.width / size / 2), top = snap(this.view.y - box.height / size / 2);
    this.corner = { left, top, zoom };
    this.light.style.width = `${this.map.width * size}px`;
    this.light.style.transform = `translate(${-left * zoom / this.dpr}px, ${-top * zoom / this.dpr}px)`;
    camera.setZoom(zoom);
    camera.setScroll(left + (camera.width / zoom - camera.width) / 2, top + (camera.height / zoom - camera.height) / 2);
  }

  clamp() {
    const { view, map } = this, box = this.box(), half = { x: box.width / view.size / 2, y: box.height / view.size / 2 };
    const hold = (v, h, length) => (length <= 2 * h ? length / 2 : Math.min(Math.max(v, h - 1), length - h + 1));
    view.x = hold(view.x, half.x, map.width);
    view.y = hold(view.y, half.y, map.height);
  }

  /** The whole map, as large as it fits. `least`: not smaller than this, even if it does not all fit then. */
  fit(least = 0) {
    const box = this.box(), { map } = this;
    const largest = SIZES.filter((s) => s * map.width <= box.width + 1 && s * map.height <= box.height + 1).at(-1) ?? SIZES[0];
    this.view = { x: map.width / 2, y: map.height / 2, size: Math.max(largest, least) };
    this.least = least;
    this.clamp();
    this.fitted = true;
  }

  /** For a first look: as small as people can still be told apart. */
  fitReadable() { this.fit(this.box().width < 600 ? 24 : READABLE); }

  fits() { return this.view.size * this.map.width <= this.box().width + 1 && this.view.size * this.map.height <= this.box().height + 1; }

  pan(dx, dy) { // in pixels
    this.follow(null);
    this.fitted = false;
    this.view.x += dx / this.view.size;
    this.view.y += dy / this.view.size;
    this.clamp();
  }

  /** One size up (1) or down (-1), keeping what is under the point (in pixels of the stage) where it is. */
  zoomBy(way, point) {
    const box = this.box(), at = point ?? { x: box.width / 2, y: box.height / 2 }, old = this.view.size;
    const i = Math.min(SIZES.length - 1, Math.max(0, SIZES.indexOf(old) + way)), size = SIZES[i];
    const dx = at.x - box.width / 2, dy = at.y - box.height / 2;
    this.view.x += dx / old - dx / size;
    this.view.y += dy / old - dy / size;
    this.view.size = size;
    this.fitted = false;
    this.clamp();
  }

  follow(who) {
    this.following = who;
    for (const p of this.people.values()) p.pill?.classList.toggle("followed", p.who === who);
    this.onFollow?.(who);
    if (who !== null) { this.fitted = false; if (this.view.size < 32) this.view.size = 32; this.centre(this.people.get(who), this.still); }
  }

  centre(person, jump, elapsed = 16) {
    if (!person?.shown) return;
    const f = jump ? 1 : 1 - Math.exp(-elapsed / 180);
    this.view.x += (person.x + 0.5 - this.view.x) * f;
    this.view.y += (person.y - this.view.y) * f;
    this.clamp();
  }

  tileAt(clientX, clientY) {
    const r = this.stage.getBoundingClientRect(), box = this.box();
    const x = Math.floor((clientX - r.left - box.width / 2) / this.view.size + this.view.x);
    const y = Math.floor((clientY - r.top - box.height / 2) / this.view.size + this.view.y);
    return x >= 0 && y >= 0 && x < this.map.width && y < this.map.height ? { x, y } : null;
  }

  /** Colours on tiles: [{x, y, colour, alpha}]; `line` joins the middles of tiles. */
  paintTiles(cells, line = [], spots = []) {
    const T = this.map.tile, g = this.paint.clear();
    for (const c of cells) { g.fillStyle(c.colour, c.alpha); g.fillRect(c.x * T, c.y * T, T, T); }
    if (line.length > 1) {
      g.lineStyle(T / 5, 0xfffdf9, 0.95);
      g.strokePoints(line.map((p) => new Phaser.Math.Vector2((p.x + 0.5) * T, (p.y + 0.5) * T)));
      g.lineStyle(T / 9, 0xa44d3b, 1);
      g.strokePoints(line.map((p) => new Phaser.Math.Vector2((p.x + 0.5) * T, (p.y + 0.5) * T)));
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
      view: { ...this.view }, following: this.following, renderer: this.game.renderer.type === Phaser.CANVAS ? "canvas" : "webgl",
      people: [...this.people.values()].filter((p) => p.shown).map((p) => ({
        who: p.who, x: Math.floor(p.sprite.x / T - p.aside), y: Math.round(p.sprite.y / T) - 1, walking: Boolean(p.walk), asleep: p.asleep, emoji: p.emoji,
        screen: { x: ((p.sprite.x - left) * zoom) / this.dpr, y: ((p.sprite.y - top) * zoom) / this.dpr },
        says: p.bubbleText ?? null,
      })),
    };
  }
}
