// The line of all days under the map: nights, recommendations coloured by score, and where we are.
import { h } from "./dom.js";
import { when } from "./format.js";
import { SCORE_COLOURS } from "./parts.js";

export class Scrubber {
  constructor(run, onSeek) {
    Object.assign(this, { run, marks: [], total: run.steps, step: 0 });
    this.canvas = h("canvas", { "aria-hidden": "true" });
    this.head = h("div.head");
    this.element = h("div.scrub", { role: "slider", tabindex: "0", "aria-label": "Step", "aria-valuemin": "0" }, this.canvas, this.head);
    const seek = (e) => {
      const r = this.element.getBoundingClientRect();
      onSeek(Math.round(((e.clientX - r.left) / r.width) * (this.total - 1)));
    };
    this.element.addEventListener("pointerdown", (e) => { this.element.setPointerCapture(e.pointerId); this.held = true; seek(e); });
    this.element.addEventListener("pointermove", (e) => { if (this.held) seek(e); });
    for (const end of ["pointerup", "pointercancel"]) this.element.addEventListener(end, () => { this.held = false; });
    this.element.addEventListener("keydown", (e) => {
      const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -run.steps_per_day, PageUp: run.steps_per_day }[e.key];
      const to = e.key === "Home" ? 0 : e.key === "End" ? this.total - 1 : by === undefined ? null : this.step + by;
      if (to === null || e.ctrlKey || e.metaKey || e.altKey) return;
      e.preventDefault();
      e.stopPropagation(); // here arrows move in time, elsewhere the view
      onSeek(Math.min(Math.max(0, to), this.total - 1));
    });
    new ResizeObserver(() => this.draw()).observe(this.element);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
  }

  setMarks(marks, total) {
    this.marks = marks;
    this.total = total;
    this.draw();
    this.setStep(this.step);
  }

  setStep(step) {
    this.step = step;
    this.head.style.left = `${(100 * (step + 0.5)) / Math.max(1, this.total)}%`;
    this.element.setAttribute("aria-valuemax", String(this.total - 1));
    this.element.setAttribute("aria-valuenow", String(step));
    this.element.setAttribute("aria-valuetext", when(this.run, step));
  }

  draw() {
    const dpr = devicePixelRatio || 1, box = this.element.getBoundingClientRect(), style = getComputedStyle(this.element);
    const width = Math.round(box.width * dpr), height = Math.round(box.height * dpr), c = this.canvas.getContext("2d");
    if (!width || !height || !this.total) return;
    this.canvas.width = width;
    this.canvas.height = height;
    c.fillStyle = style.getPropertyValue("--sunk");
    c.fillRect(0, 0, width, height);
    const per = this.run.steps_per_day, x = (step) => (step / this.total) * width, top = 13 * dpr;
    c.fillStyle = style.getPropertyValue("--line");
    for (let day = 0; day * per < this.total; day++) { // nights
      c.fillRect(x(day * per), top, x(per * 0.25), height);
      c.fillRect(x((day + 0.92) * per), top, x(per * 0.08), height);
    }
    this.drawMarks(c, width, height, top);
    c.fillStyle = style.getPropertyValue("--muted");
    c.font = `${11 * dpr}px system-ui, sans-serif`;
    const days = Math.ceil(this.total / per), every = Math.ceil((days * 34 * dpr) / width);
    for (let day = 0; day < days; day++) {
      c.fillRect(x(day * per), 0, dpr, height);
      if (day % every === 0) c.fillText(width / days > 60 * dpr ? `Day ${day + 1}` : day + 1, x(day * per) + 4 * dpr, 10 * dpr);
    }
  }

  // Many marks share a pixel: their mean is shown
  drawMarks(c, width, height, top) {
    const sums = new Map(), cell = Math.max(1, Math.floor(devicePixelRatio || 1) * 2);
    for (const m of this.marks) {
      if (m.silent || m.score === null) continue;
      const px = Math.floor(((m.step / this.total) * width) / cell), sum = sums.get(px) ?? [0, 0];
      sums.set(px, [sum[0] + m.score, sum[1] + 1]);
    }
    for (const [px, [sum, n]] of sums) {
      const mean = sum / n, tall = (height - top) * (0.2 + 0.2 * mean);
      c.fillStyle = SCORE_COLOURS[Math.round(mean)];
      c.fillRect(px * cell, height - tall, cell, tall);
    }
  }
}
