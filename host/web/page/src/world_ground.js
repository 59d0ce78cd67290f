// The tiles of the map. They stand still, so they are drawn once for where the view is, with some room around it, and
// again only when the view leaves that room or changes its size; a frame then costs the same on a map of any size.

const ROOM = 0.25; // of the view, on each side
const FLIP = { x: 0x80000000, y: 0x40000000, turn: 0x20000000 }, GID = 0x1fffffff;

export class Ground {
  /** map: as prepareMap makes it. `before`: the element before which the canvases go; what is above people comes last. */
  constructor(map, stage, before) {
    this.map = map;
    this.area = null; // what is drawn: tiles x0, y0, x1, y1, and pixels of one
    this.planes = [false, true].map((above) => {
      const canvas = Object.assign(document.createElement("canvas"), { className: above ? "ground above" : "ground" });
      return { canvas, layers: map.layers.filter((layer) => layer.above === above) };
    }).filter((plane) => plane.layers.length || (map.plain && !plane.canvas.classList.contains("above")));
    for (const { canvas } of this.planes) stage.insertBefore(canvas, before);
  }

  /** Shows the map behind a view whose corner is `left`, `top`; all in device pixels, `size` of which are a tile. */
  show(left, top, width, height, size, dpr) {
    const { map } = this, a = this.area, clip = (v, most) => Math.min(Math.max(0, v), most);
    const x0 = clip(Math.floor(left / size), map.width - 1), x1 = clip(Math.ceil((left + width) / size), map.width);
    const y0 = clip(Math.floor(top / size), map.height - 1), y1 = clip(Math.ceil((top + height) / size), map.height);
    if (!a || a.size !== size || x0 < a.x0 || x1 > a.x1 || y0 < a.y0 || y1 > a.y1) {
      const across = Math.ceil((width * ROOM) / size), down = Math.ceil((height * ROOM) / size);
      this.area = { size, x0: clip(x0 - across, map.width), x1: clip(Math.max(x1, x0 + 1) + across, map.width),
        y0: clip(y0 - down, map.height), y1: clip(Math.max(y1, y0 + 1) + down, map.height) };
      for (const plane of this.planes) this.draw(plane);
    }
    const at = `translate(${(Math.round(this.area.x0 * size) - left) / dpr}px, ${(Math.round(this.area.y0 * size) - top) / dpr}px)`;
    if (at === this.at) return;
    this.at = at;
    for (const { canvas } of this.planes) Object.assign(canvas.style, { transform: at, width: `${canvas.width / dpr}px`, height: `${canvas.height / dpr}px` });
  }

  draw({ canvas, layers }) {
    const { size, x0, y0, x1, y1 } = this.area, edge = (v, from) => Math.round(v * size) - Math.round(from * size);
    this.at = null;
    Object.assign(canvas, { width: edge(x1, x0), height: edge(y1, y0) });
    const c = canvas.getContext("2d"), { plain } = this.map;
    if (plain && !layers.length) {
      const k = plain.width / this.map.width;
      c.imageSmoothingEnabled = false;
      c.drawImage(plain, x0 * k, y0 * k, (x1 - x0) * k, (y1 - y0) * k, 0, 0, canvas.width, canvas.height);
      return;
    }
    for (const layer of layers) {
      c.globalAlpha = layer.opacity;
      for (let y = y0; y < Math.min(y1, layer.height); y++) {
        for (let x = x0; x < Math.min(x1, layer.width); x++) {
          const gid = layer.data[y * layer.width + x];
          if (gid) this.tile(c, gid, edge(x, x0), edge(y, y0), edge(x + 1, x0), edge(y + 1, y0));
        }
      }
    }
  }

  // Each tile ends where the next one begins, on a whole pixel, so there are no seams at any size
  tile(c, gid, left, top, right, bottom) {
    const id = gid & GID, set = this.map.tilesets.findLast((t) => t.first <= id);
    if (!set || id - set.first >= set.count) return;
    const n = id - set.first, sx = set.margin + (n % set.columns) * (set.w + set.spacing), sy = set.margin + Math.floor(n / set.columns) * (set.h + set.spacing);
    // A picture larger than a tile stands on the tile's lower left corner
    const w = ((right - left) * set.w) / this.map.tile, h = ((bottom - top) * set.h) / this.map.tile;
    if (gid === id) {
      c.drawImage(set.picture, sx, sy, set.w, set.h, left, bottom - h, w, h);
      return;
    }
    const fx = gid & FLIP.x ? -1 : 1, fy = gid & FLIP.y ? -1 : 1, turned = gid & FLIP.turn;
    c.setTransform(turned ? 0 : fx, turned ? fy : 0, turned ? fx : 0, turned ? 0 : fy, left + w / 2, bottom - h / 2);
    c.drawImage(set.picture, sx, sy, set.w, set.h, -w / 2, -h / 2, w, h);
    c.resetTransform();
  }
}
