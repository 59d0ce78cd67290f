// Which part of the map is seen, how large, and whom it follows.
import { READABLE } from "./world_labels.js";

const SIZES = [3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128]; // pixels of a tile on the screen

/** What a World is made of besides people: it needs its `game`, `scene`, `ground`, `light`, `people` and `dpr`. */
export class View {
  constructor(map, stage) {
    Object.assign(this, { map, stage });
    this.view = { x: 0, y: 0, size: 32 }; // centre in tiles; pixels of a tile
    this.following = null;
  }

  resize() {
    const now = this.stage.getBoundingClientRect(), width = Math.round(now.width * this.dpr), height = Math.round(now.height * this.dpr), { scale } = this.game;
    if (now.width < 1 || now.height < 1 || (scale.width === width && scale.height === height)) return false;
    this.touched = true;
    scale.resize(width, height);
    return true;
  }

  box() { return { width: this.game.scale.width / this.dpr, height: this.game.scale.height / this.dpr }; }

  applyCamera() {
    const camera = this.scene.cameras.main, box = this.box(), T = this.map.tile, { size } = this.view;
    const zoom = (size * this.dpr) / T, snap = (v) => Math.round(v * size * this.dpr) / zoom;
    // The camera turns around its middle; its corner is on a whole pixel, so that tiles have no seams
    const left = snap(this.view.x - box.width / size / 2), top = snap(this.view.y - box.height / size / 2);
    this.corner = { left, top, zoom };
    this.ground.show(left * zoom, top * zoom, camera.width, camera.height, size * this.dpr, this.dpr);
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
    this.touched = true;
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
    this.touched = true;
    this.follow(null);
    this.fitted = false;
    this.view.x += dx / this.view.size;
    this.view.y += dy / this.view.size;
    this.clamp();
  }

  /** Moves the view as far as is needed to see a tile, and one more around it. */
  reveal(tile) {
    const { view } = this, box = this.box(), by = (at, centre, length) => {
      const room = Math.max(0, length / view.size / 2 - 1.5), off = at + 0.5 - centre;
      return Math.sign(off) * Math.max(0, Math.abs(off) - room) * view.size;
    };
    const dx = by(tile.x, view.x, box.width), dy = by(tile.y, view.y, box.height);
    if (dx || dy) this.pan(dx, dy);
  }

  /** One size up (1) or down (-1), keeping what is under the point (in pixels of the stage) where it is. */
  zoomBy(way, point) {
    this.touched = true;
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
    this.touched = true;
    this.following = who;
    for (const p of this.people.values()) p.pill?.classList.toggle("followed", p.who === who);
    this.onFollow?.(who);
    if (who !== null) { this.fitted = false; if (this.view.size < 32) this.view.size = 32; this.centre(this.people.get(who), this.still); }
  }

  centre(person, jump, elapsed = 16) {
    if (!person?.shown) return;
    const f = jump ? 1 : 1 - Math.exp(-elapsed / 180), { x, y } = this.view;
    this.view.x += (person.x + 0.5 - this.view.x) * f;
    this.view.y += (person.y - this.view.y) * f;
    this.clamp();
    if (Math.hypot(this.view.x - x, this.view.y - y) * this.view.size > 0.2) this.touched = true; // it goes on
  }

  tileAt(clientX, clientY) {
    const r = this.stage.getBoundingClientRect(), box = this.box();
    const x = Math.floor((clientX - r.left - box.width / 2) / this.view.size + this.view.x);
    const y = Math.floor((clientY - r.top - box.height / 2) / this.view.size + this.view.y);
    return x >= 0 && y >= 0 && x < this.map.width && y < this.map.height ? { x, y } : null;
  }
}
