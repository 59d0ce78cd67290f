// Plots as SVG: lines by day with a band for the interval and names at the ends; and how to take them away.
import { h, s } from "./dom.js";

// Okabe and Ito's colours that are dark enough for lines on white; in the dark a lighter form of each
const LIGHT = ["#0072b2", "#d55e00", "#009e73", "#b0508c", "#8a6d00", "#2b7fb0"], DARK = ["#56b4e9", "#f08a4b", "#3fc79a", "#e59bc6", "#e6c34f", "#a6d8f5"];
const DASHES = ["", "7 3", "2 3", "9 3 2 3", "", "7 3"];
const NAMES = ["#0072b2", "#a84a00", "#00734f", "#a0447e", "#7a6000", "#22688f"]; // for text on a light page, which needs more contrast
const dark = () => matchMedia("(prefers-color-scheme: dark)").matches;
export const colour = (i) => (dark() ? DARK : LIGHT)[i % LIGHT.length];
export const nameColour = (i) => (dark() ? DARK : NAMES)[i % NAMES.length];

function ticks(high) {
  if (high <= 0) return [0, 1];
  const power = 10 ** Math.floor(Math.log10(high / 5));
  const step = [1, 2, 2.5, 5, 10, 20].map((x) => x * power).find((x) => high / x <= 5.001);
  return Array.from({ length: Math.ceil(high / step - 1e-9) + 1 }, (_, i) => i * step);
}

/** series: [{name, index, points: [{day, value, low, high}]}]; top: the end of the axis, or null for what the data needs. */
export function linePlot({ series, days, top = null, width = Math.max(280, Math.min(980, innerWidth - 84)), height = innerWidth < 600 ? 230 : 330, references = [], small = false, digits = 1, label }) {
  const most = Math.max(0.0001, ...series.flatMap((x) => x.points.map((p) => p.high ?? p.value ?? 0)));
  const yTicks = top === 1 ? [0, 0.25, 0.5, 0.75, 1] : top ? [0, 1, 2, 3, 4].filter((t) => t <= top) : ticks(most), max = yTicks.at(-1);
  const pad = small ? { l: 18, r: 6, t: 6, b: 16 } : { l: 40, r: 20 + 7.6 * (5 + Math.max(...series.map((x) => x.name.length), 4)), t: 12, b: 34 };
  const w = width - pad.l - pad.r, t = height - pad.t - pad.b;
  const x = (day) => pad.l + (days > 1 ? ((day - 1) / (days - 1)) * w : w / 2), y = (v) => pad.t + t - (v / max) * t;
  const dayTicks = Array.from({ length: days }, (_, i) => i + 1).filter((d) => days <= (small ? 3 : 15) || d === 1 || d % 7 === 0);
  const svg = s("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label, class: "plot" },
    yTicks.map((v) => [s("line", { class: "plot-grid", x1: pad.l, x2: width - pad.r, y1: y(v), y2: y(v) }),
      small && v !== 0 && v !== max ? null : s("text", { class: "plot-text", x: pad.l - 6, y: y(v) + 4, "text-anchor": "end" }, String(Number(v.toFixed(2))))]),
    dayTicks.map((d) => s("text", { class: "plot-text", x: x(d), y: height - pad.b + (small ? 13 : 18), "text-anchor": "middle" }, small || d > 1 ? String(d) : `Day ${d}`)),
    references.map((r) => [s("line", { class: "plot-ref", x1: pad.l, x2: width - pad.r, y1: y(r.value), y2: y(r.value) }), s("text", { class: "plot-text", x: pad.l + 4, y: y(r.value) - 5 }, r.name)]));
  const ends = [];
  for (const line of series) {
    const c = colour(line.index), known = line.points.filter((p) => p.value !== null && p.value !== undefined);
    if (!known.length) continue;
    const banded = known.filter((p) => p.low !== null && p.low !== undefined);
    const clip = (v) => Math.min(max, Math.max(0, v));
    if (banded.length > 1) svg.append(s("path", { fill: c, "fill-opacity": "0.16", d: `M${banded.map((p) => `${x(p.day)},${y(clip(p.high))}`).join("L")}L${banded.toReversed().map((p) => `${x(p.day)},${y(clip(p.low))}`).join("L")}Z` }));
    else for (const p of banded) svg.append(s("line", { stroke: c, "stroke-width": 2, "stroke-opacity": 0.5, x1: x(p.day), x2: x(p.day), y1: y(clip(p.low)), y2: y(clip(p.high)) }));
    svg.append(s("path", { fill: "none", stroke: c, "stroke-width": small ? 1.8 : 2.4, "stroke-linejoin": "round", "stroke-dasharray": DASHES[line.index % 6], d: `M${known.map((p) => `${x(p.day)},${y(p.value)}`).join("L")}` }));
    for (const p of known) svg.append(s("circle", { cx: x(p.day), cy: y(p.value), r: small ? 1.6 : 3, fill: c }, s("title", {}, `${line.name}, day ${p.day}: ${p.value.toFixed(2)}${p.low === null || p.low === undefined ? "" : ` [${p.low.toFixed(2)}, ${p.high.toFixed(2)}]`}`)));
    ends.push({ at: y(known.at(-1).value), x: x(known.at(-1).day), name: `${line.name} ${known.at(-1).value.toFixed(digits)}`, c: nameColour(line.index) });
  }
  if (!small) {
    ends.sort((a, b) => a.at - b.at);
    ends.forEach((e, i) => { e.y = Math.max(e.at + 4, i ? ends[i - 1].y + 15 : 12); });
    for (const e of ends) svg.append(s("text", { class: "plot-name", fill: e.c, x: e.x + 9, y: e.y }, e.name));
  }
  return svg;
}

function save(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const a = h("a", { href: url, download: name });
  a.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

const RULES = ".plot-grid{stroke:#d9d2c7}.plot-text{fill:#555;font:12px system-ui,sans-serif}.plot-ref{stroke:#777;stroke-dasharray:5 4}.plot-name{font:600 12.5px system-ui,sans-serif}";
export function saveSvg(name, svg) {
  const copy = svg.cloneNode(true);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.prepend(s("style", {}, RULES));
  save(`${name}.svg`, "image/svg+xml", new XMLSerializer().serializeToString(copy));
}

const cell = (v) => (v === null || v === undefined ? "" : /[",\n]/.test(String(v)) ? `"${String(v).replaceAll('"', '""')}"` : String(v));
export const csv = (columns, list) => [columns, ...list].map((row) => row.map(cell).join(",")).join("\n") + "\n";

/** A plot with its question, what it shows, and both downloads. */
export function figure({ name, question, caption, svg, columns, list }) {
  return h("figure.card.figure", { id: name },
    h("div.row", h("h2.wide", question), h("button.button", { onclick: () => saveSvg(name, svg), "aria-label": `${question} Save the plot as SVG` }, "SVG"),
      h("button.button", { onclick: () => save(`${name}.csv`, "text/csv", csv(columns, list)), "aria-label": `${question} Save the data as CSV` }, "CSV")),
    svg, h("figcaption", caption));
}
