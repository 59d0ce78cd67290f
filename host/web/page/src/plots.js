// Plots as SVG: lines by day with a band for the interval and names at the ends. They are drawn again when the page
// changes its width or its light, and once more, on white, for the file that one takes away.
import { h, s } from "./dom.js";

// Okabe and Ito's colours that are dark enough for lines on white; in the dark a lighter form of each
const LIGHT = ["#0072b2", "#d55e00", "#009e73", "#b0508c", "#8a6d00", "#2b7fb0"], DARK = ["#56b4e9", "#f08a4b", "#3fc79a", "#e59bc6", "#e6c34f", "#a6d8f5"];
const NAMES = ["#0072b2", "#a84a00", "#00734f", "#a0447e", "#7a6000", "#22688f"]; // for text on a light page, which needs more contrast
const DASHES = ["", "7 3", "2 3", "9 3 2 3", "", "7 3"];
const isDark = () => matchMedia("(prefers-color-scheme: dark)").matches;
const pick = (list, i) => list[i % list.length];

/** The colour of a line, and of a name, of the i-th condition. `paper`: for a file, which is always light. */
export const colour = (i, paper = false) => pick(!paper && isDark() ? DARK : LIGHT, i);
export const nameColour = (i, paper = false) => pick(!paper && isDark() ? DARK : NAMES, i);

function ticks(high) {
  if (high <= 0) return [0, 1];
  const power = 10 ** Math.floor(Math.log10(high / 5));
  const step = [1, 2, 2.5, 5, 10, 20].map((x) => x * power).find((x) => high / x <= 5.001);
  return Array.from({ length: Math.ceil(high / step - 1e-9) + 1 }, (_, i) => i * step);
}

const given = (v) => v !== null && v !== undefined;

// Stretches of days that have a value: a line breaks where a day has none
function stretches(points) {
  const out = [[]];
  for (const p of points) if (given(p.value)) out.at(-1).push(p); else if (out.at(-1).length) out.push([]);
  return out.filter((x) => x.length);
}

function drawLine(svg, line, { x, y, max, small, paper }) {
  const c = colour(line.index, paper), clip = (v) => Math.min(max, Math.max(0, v));
  for (const part of stretches(line.points)) {
    const banded = part.filter((p) => given(p.low) && given(p.high));
    if (banded.length > 1) svg.append(s("path", { fill: c, "fill-opacity": "0.16", d: `M${banded.map((p) => `${x(p.day)},${y(clip(p.high))}`).join("L")}L${banded.toReversed().map((p) => `${x(p.day)},${y(clip(p.low))}`).join("L")}Z` }));
    else for (const p of banded) svg.append(s("line", { stroke: c, "stroke-width": 2, "stroke-opacity": 0.5, x1: x(p.day), x2: x(p.day), y1: y(clip(p.low)), y2: y(clip(p.high)) }));
    svg.append(s("path", { fill: "none", stroke: c, "stroke-width": small ? 1.8 : 2.4, "stroke-linejoin": "round", "stroke-dasharray": pick(DASHES, line.index), d: `M${part.map((p) => `${x(p.day)},${y(p.value)}`).join("L")}` }));
    for (const p of part) svg.append(s("circle", { cx: x(p.day), cy: y(p.value), r: small ? 1.6 : 3, fill: c }, s("title", {}, `${line.name}, day ${p.day}: ${p.value.toFixed(2)}${given(p.low) ? ` [${p.low.toFixed(2)}, ${p.high.toFixed(2)}]` : ""}`)));
  }
}

// A reference's points up to the last day of the plot; where a stretch crosses it, the place at which it does
function within(points, days) {
  const kept = points.filter((p) => p.day <= days), last = kept.at(-1), next = points.find((p) => p.day > days);
  if (last && next && last.day < days) kept.push({ day: days, value: last.value + ((next.value - last.value) * (days - last.day)) / (next.day - last.day) });
  return kept;
}

// What others published: grey dashes, one value is a short stroke
function drawReference(svg, reference, { x, y }) {
  const points = reference.shown, d = points.length > 1 ? `M${points.map((p) => `${x(p.day)},${y(p.value)}`).join("L")}`
    : `M${x(points[0].day) - 8},${y(points[0].value)}h16`;
  svg.append(s("path", { class: "plot-ref", d }, s("title", {}, `${reference.name}: ${reference.points.map((p) => `day ${p.day} ${p.value.toFixed(2)}`).join(", ")}`)));
}

// Names at the ends of lines, moved apart where they would cover one another
function drawNames(svg, ends, { width, digits, bottom }) {
  const list = ends.toSorted((a, b) => a.at - b.at);
  list.forEach((e, i) => { e.y = Math.max(e.at + 4, i ? list[i - 1].y + 15 : 12); });
  for (let i = list.length - 1, floor = bottom; i >= 0; i--) { list[i].y = Math.min(list[i].y, floor); floor = list[i].y - 15; }
  for (const e of list) svg.append(s("text", { class: e.grey ? "plot-text" : "plot-name", fill: e.grey ? null : e.c, x: Math.min(e.x + 9, width - 4), y: e.y }, e.grey ? e.name : `${e.name} ${e.value.toFixed(digits)}`));
}

function axes(svg, { days, yTicks, max, pad, width, height, x, y, small }) {
  const dayTicks = Array.from({ length: days }, (_, i) => i + 1).filter((d) => days <= (small ? 3 : width < 480 ? 7 : 15) || d === 1 || d % 7 === 0);
  for (const v of yTicks) {
    svg.append(s("line", { class: "plot-grid", x1: pad.l, x2: width - pad.r, y1: y(v), y2: y(v) }));
    if (!small || v === 0 || v === max) svg.append(s("text", { class: "plot-text", x: pad.l - 6, y: y(v) + 4, "text-anchor": "end" }, String(Number(v.toFixed(2)))));
  }
  for (const d of dayTicks) svg.append(s("text", { class: "plot-text", x: x(d), y: height - pad.b + (small ? 13 : 18), "text-anchor": "middle" }, small || d > 1 ? String(d) : `Day ${d}`));
}

/**
 * series: [{name, index, points: [{day, value, low, high}]}]; references: [{name, points: [{day, value}]}];
 * top: the end of the axis, or null for what the data needs.
 */
export function linePlot({ series, days, top = null, width, height, references = [], small = false, digits = 1, label, paper = false }) {
  const guides = references.map((r) => ({ ...r, shown: within(r.points, days) })).filter((r) => r.shown.length);
  const most = Math.max(0.0001, ...series.flatMap((l) => l.points.map((p) => p.high ?? p.value ?? 0)), ...guides.flatMap((r) => r.shown.map((p) => p.value)));
  const yTicks = top === 1 ? [0, 0.25, 0.5, 0.75, 1] : top ? [0, 1, 2, 3, 4].filter((t) => t <= top) : ticks(most), max = yTicks.at(-1);
  const longest = Math.max(4, ...series.map((l) => l.name.length + 5), ...guides.map((r) => r.name.length));
  const pad = small ? { l: 18, r: 6, t: 6, b: 16 } : { l: 40, r: Math.min(20 + 7.6 * longest, width * 0.4), t: 12, b: 34 };
  const w = width - pad.l - pad.r, t = height - pad.t - pad.b;
  const x = (day) => pad.l + (days > 1 ? ((day - 1) / (days - 1)) * w : w / 2), y = (v) => pad.t + t - (Math.min(v, max) / max) * t;
  const svg = s("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label, class: "plot" });
  const place = { x, y, max, small, paper };
  axes(svg, { days, yTicks, max, pad, width, height, x, y, small });
  for (const guide of guides) drawReference(svg, guide, place);
  for (const line of series) drawLine(svg, line, place);
  if (small) return svg;
  const end = (line) => line.points.findLast((p) => given(p.value));
  drawNames(svg, [
    ...series.filter(end).map((line) => ({ at: y(end(line).value), x: x(end(line).day), name: line.name, value: end(line).value, c: nameColour(line.index, paper) })),
    ...guides.map((r) => ({ at: y(r.shown.at(-1).value), x: x(r.shown.at(-1).day), name: r.name, grey: true })),
  ], { width, digits, bottom: height - pad.b + 4 });
  return svg;
}

/** Panels on shared axes in one picture. panels: [{title, series}]; names: those of the lines, [{name, index}]. */
export function multiplesPlot({ panels, names, days, top, width, label, paper = false }) {
  const least = 150, gap = 16, head = 22, plotHeight = 92, columns = Math.max(1, Math.floor((width + gap) / (least + gap)));
  const w = (width - gap * (columns - 1)) / columns, used = Math.min(columns, panels.length), each = Math.min(w, 230), tall = head + plotHeight + 10;
  const svg = s("svg", { viewBox: `0 0 ${width} ${24 + Math.ceil(panels.length / used) * tall}`, width, height: 24 + Math.ceil(panels.length / used) * tall, role: "img", "aria-label": label, class: "plot" });
  let at = 0;
  for (const n of names) {
    svg.append(s("line", { x1: at, x2: at + 18, y1: 9, y2: 9, stroke: colour(n.index, paper), "stroke-width": 2.4, "stroke-dasharray": pick(DASHES, n.index) }),
      s("text", { class: "plot-name", fill: nameColour(n.index, paper), x: at + 23, y: 13 }, n.name));
    at += 40 + 7.6 * n.name.length;
  }
  panels.forEach((panel, i) => {
    const plot = linePlot({ series: panel.series, days, top, width: each, height: plotHeight, small: true, label: panel.title, paper });
    for (const [key, value] of Object.entries({ x: (i % used) * (each + gap), y: 24 + Math.floor(i / used) * tall + head, role: null })) if (value === null) plot.removeAttribute(key); else plot.setAttribute(key, value);
    svg.append(s("text", { class: "plot-title", x: (i % used) * (each + gap), y: 24 + Math.floor(i / used) * tall + 14 }, panel.title), plot);
  });
  return svg;
}

function save(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const a = h("a", { href: url, download: name });
  a.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

const RULES = "svg{background:#fff}.plot-grid{stroke:#d9d2c7}.plot-text{fill:#555;font:12px system-ui,sans-serif}.plot-title{fill:#222;font:600 12.5px system-ui,sans-serif}.plot-ref{fill:none;stroke:#777;stroke-width:1.2;stroke-dasharray:5 4}" +
  ".plot-name{font:600 12.5px system-ui,sans-serif}.head{fill:#222;font:600 16px system-ui,sans-serif}.foot{fill:#555;font:12px system-ui,sans-serif}";
const PAPER_WIDTH = 860, FOOT = 118; // letters of a line of the caption

function lines(text) {
  const out = [""];
  for (const word of text.split(" ")) if ((out.at(-1) + word).length > FOOT) out.push(word); else out[out.length - 1] += `${out.at(-1) ? " " : ""}${word}`;
  return out;
}

/** The picture as a file of its own: light, with its question above and its caption below. */
export function paperSvg(plot, question, caption) {
  const height = Number(plot.getAttribute("height")), foot = lines(caption), all = 34 + height + 10 + 16 * foot.length + 6;
  plot.setAttribute("y", "34");
  return s("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${PAPER_WIDTH} ${all}`, width: PAPER_WIDTH, height: all }, s("style", {}, RULES),
    s("rect", { width: PAPER_WIDTH, height: all, fill: "#fff" }), s("text", { class: "head", x: 0, y: 18 }, question), plot,
    foot.map((line, i) => s("text", { class: "foot", x: 0, y: 34 + height + 20 + 16 * i }, line)));
}

const cell = (v) => (v === null || v === undefined ? "" : /[",\n]/.test(String(v)) ? `"${String(v).replaceAll('"', '""')}"` : String(v));
export const csv = (columns, list) => [columns, ...list].map((row) => row.map(cell).join(",")).join("\n") + "\n";

/** The two buttons under which a figure is taken away. plot(width, paper) draws it. */
export function downloads({ name, question, caption, plot, columns, list }) {
  return h("span.row.tools", h("button.button", { onclick: () => save(`${name}.svg`, "image/svg+xml", new XMLSerializer().serializeToString(paperSvg(plot(PAPER_WIDTH, true), question, caption))), "aria-label": `${question} Save the plot as SVG` }, "SVG"),
    h("button.button", { onclick: () => save(`${name}.csv`, "text/csv", csv(columns, list)), "aria-label": `${question} Save the data as CSV` }, "CSV"));
}

/** A plot with its question, what it shows, and both downloads; drawn as wide as there is room. */
export function figure(what) {
  const { name, question, caption, plot } = what, room = h("div.plot-room");
  let drawn = 0;
  const draw = () => {
    const width = Math.min(980, Math.floor(room.clientWidth));
    if (width > 0 && width !== drawn) { drawn = width; room.replaceChildren(plot(width, false)); }
  };
  new ResizeObserver(draw).observe(room);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { drawn = 0; if (room.isConnected) draw(); });
  return h("figure.card.figure", { id: name }, h("div.row.head", h("h2.wide", question), downloads(what)), room, h("figcaption", caption));
}
