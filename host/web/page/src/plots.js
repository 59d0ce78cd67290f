// Plots as SVG: lines by day with a band for the interval and names at the ends, or above where they have no room there. They are drawn again when the page
// changes its width or its light, and once more, on white, for the file that one takes away.
import { h, s } from "./dom.js";
import { LINE, colour, dashes, legendOf, nameColour, shortened, textWidth } from "./plot_names.js";

const MANY = 4; // more lines than these show their bands one at a time
/** Whether so many lines show their bands only when they are pointed at, focused or clicked. */
export const showsOneBand = (lines) => lines > MANY;

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

const bandOf = (part, c, { x, y, clip }) => {
  const banded = part.filter((p) => given(p.low) && given(p.high));
  if (banded.length > 1) return [s("path", { class: "plot-band", fill: c, "fill-opacity": "0.16", d: `M${banded.map((p) => `${x(p.day)},${y(clip(p.high))}`).join("L")}L${banded.toReversed().map((p) => `${x(p.day)},${y(clip(p.low))}`).join("L")}Z` })];
  return banded.map((p) => s("line", { class: "plot-band", stroke: c, "stroke-width": 2, "stroke-opacity": 0.5, x1: x(p.day), x2: x(p.day), y1: y(clip(p.low)), y2: y(clip(p.high)) }));
};

// One line with its band. `many`: the band is seen while the line is pointed at or has the focus, and after a click
function drawLine(svg, line, { x, y, max, small, paper, many, bands }) {
  const c = colour(line.index, paper), clip = (v) => Math.min(max, Math.max(0, v));
  const group = s("g", many ? { class: "plot-series", tabindex: "0", role: "button", "aria-pressed": "false", "aria-label": `${line.name}: keep its interval` } : {});
  for (const part of stretches(line.points)) {
    const d = `M${part.map((p) => `${x(p.day)},${y(p.value)}`).join("L")}`;
    if (bands) group.append(...bandOf(part, c, { x, y, clip }));
    if (many) group.append(s("path", { class: "plot-reach", d })); // wide enough to be pointed at
    group.append(s("path", { fill: "none", stroke: c, "stroke-width": small ? 1.8 : 2.4, "stroke-linejoin": "round", "stroke-dasharray": dashes(line.index), d }));
    for (const p of part) group.append(s("circle", { cx: x(p.day), cy: y(p.value), r: small ? 1.6 : 3, fill: c }, s("title", {}, `${line.name}, day ${p.day}: ${p.value.toFixed(2)}${given(p.low) ? ` [${p.low.toFixed(2)}, ${p.high.toFixed(2)}]` : ""}`)));
  }
  if (many) choosable(group);
  svg.append(group);
}

function choosable(group) {
  const toggle = () => group.setAttribute("aria-pressed", String(group.classList.toggle("chosen")));
  group.addEventListener("click", toggle);
  group.addEventListener("keydown", (e) => { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); e.stopPropagation(); toggle(); } });
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

// Names at the ends of lines, or their values alone where the names are above; moved apart where they would cover one another
function drawEnds(svg, ends, { digits, bottom, named }) {
  const list = ends.toSorted((a, b) => a.at - b.at), text = (e) => [named ? e.name : null, e.grey ? null : e.value.toFixed(digits)].filter((x) => x !== null).join(" ");
  list.forEach((e, i) => { e.y = Math.max(e.at + 4, i ? list[i - 1].y + LINE : 12); });
  for (let i = list.length - 1, floor = bottom; i >= 0; i--) { list[i].y = Math.min(list[i].y, floor); floor = list[i].y - LINE; }
  for (const e of list) if (text(e)) svg.append(s("text", { class: e.grey ? "plot-text" : "plot-name", fill: e.grey ? null : e.c, x: e.x + 9, y: e.y }, text(e)));
}

function axes(svg, { days, yTicks, max, pad, width, height, x, y, small }) {
  const dayTicks = Array.from({ length: days }, (_, i) => i + 1).filter((d) => days <= (small ? 3 : width < 480 ? 7 : 15) || d === 1 || d % 7 === 0);
  for (const v of yTicks) {
    svg.append(s("line", { class: "plot-grid", x1: pad.l, x2: width - pad.r, y1: y(v), y2: y(v) }));
    if (!small || v === 0 || v === max) svg.append(s("text", { class: "plot-text", x: pad.l - 6, y: y(v) + 4, "text-anchor": "end" }, String(Number(v.toFixed(2)))));
  }
  for (const d of dayTicks) svg.append(s("text", { class: "plot-text", x: x(d), y: height - pad.b + (small ? 13 : 18), "text-anchor": "middle" }, small || d > 1 ? String(d) : `Day ${d}`));
}

// Where the names stand: at the ends of their lines, if they take less than this share of the width and have room below one another; else above.
const ENDS_SHARE = 0.4;

function layOut({ series, guides, digits, width, height, small, days }) {
  if (small) return { pad: { l: 18, r: days > 99 ? 13 : 10, t: 6, b: 16 }, named: false, legend: null };
  const pad = { l: 40, r: 0, t: 12, b: 34 }, longest = (texts) => Math.max(14, ...texts.map(textWidth)) + 14, value = (0).toFixed(digits).padStart(digits + 3, "0");
  const whole = longest([...series.map((l) => `${l.name} ${value}`), ...guides.map((r) => r.name)]), lines = series.length + guides.length;
  if (whole <= ENDS_SHARE * width && lines * LINE <= height - pad.t - pad.b) return { pad: { ...pad, r: whole }, named: true, legend: null };
  const legend = legendOf([...series.map((l) => ({ name: l.name, index: l.index })), ...guides.map((r) => ({ name: r.name, grey: true }))], width);
  return { pad: { ...pad, r: longest([value]), t: pad.t + legend.height }, named: false, legend };
}

/**
 * series: [{name, index, points: [{day, value, low, high}]}]; references: [{name, points: [{day, value}]}];
 * top: the end of the axis, or null for what the data needs. Names that have no room beside the plot make it higher.
 */
export function linePlot({ series, days, top = null, width, height, references = [], small = false, digits = 1, label, paper = false }) {
  const guides = references.map((r) => ({ ...r, shown: within(r.points, days) })).filter((r) => r.shown.length);
  const most = Math.max(0.0001, ...series.flatMap((l) => l.points.map((p) => p.high ?? p.value ?? 0)), ...guides.flatMap((r) => r.shown.map((p) => p.value)));
  const yTicks = top === 1 ? [0, 0.25, 0.5, 0.75, 1] : top ? [0, 1, 2, 3, 4].filter((t) => t <= top) : ticks(most), max = yTicks.at(-1);
  const { pad, named, legend } = layOut({ series, guides, digits, width, height, small, days }), tall = height + (legend?.height ?? 0);
  const w = width - pad.l - pad.r, t = tall - pad.t - pad.b;
  const x = (day) => pad.l + (days > 1 ? ((day - 1) / (days - 1)) * w : w / 2), y = (v) => pad.t + t - (Math.min(v, max) / max) * t;
  const svg = s("svg", { viewBox: `0 0 ${width} ${tall}`, width, height: tall, role: "img", "aria-label": label, class: "plot" });
  const many = !small && showsOneBand(series.length), place = { x, y, max, small, paper, many: many && !paper };
  if (many && !paper) svg.setAttribute("role", "group"); // its lines can be chosen
  axes(svg, { days, yTicks, max, pad, width, height: tall, x, y, small });
  for (const guide of guides) drawReference(svg, guide, place);
  for (const line of series) drawLine(svg, line, { ...place, bands: !(many && paper) });
  if (small) return svg;
  const end = (line) => line.points.findLast((p) => given(p.value));
  if (legend) legend.draw(svg, paper);
  const ends = [
    ...series.filter(end).map((line) => ({ at: y(end(line).value), x: x(end(line).day), name: line.name, value: end(line).value, c: nameColour(line.index, paper) })),
    ...guides.map((r) => ({ at: y(r.shown.at(-1).value), x: x(r.shown.at(-1).day), name: r.name, grey: true })),
  ].filter((e) => named || !e.grey);
  if (ends.length * LINE <= t + LINE) drawEnds(svg, ends, { digits, bottom: tall - pad.b + 4, named }); // each point has its title anyway
  return svg;
}

/** Panels on shared axes in one picture. panels: [{title, series}]; names: those of the lines, [{name, index}]. */
export function multiplesPlot({ panels, names, days, top, width, label, paper = false }) {
  const least = 150, gap = 16, head = 22, plotHeight = 92, columns = Math.max(1, Math.floor((width + gap) / (least + gap)));
  const w = (width - gap * (columns - 1)) / columns, used = Math.min(columns, panels.length), each = Math.min(w, 230), tall = head + plotHeight + 10;
  const legend = legendOf(names, width), above = legend.height + 6, height = above + Math.ceil(panels.length / used) * tall;
  const svg = s("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label, class: "plot" });
  legend.draw(svg, paper);
  panels.forEach((panel, i) => {
    const plot = linePlot({ series: panel.series, days, top, width: each, height: plotHeight, small: true, label: panel.title, paper });
    const x = (i % used) * (each + gap), y = above + Math.floor(i / used) * tall;
    plot.removeAttribute("role");
    plot.setAttribute("x", x);
    plot.setAttribute("y", y + head);
    svg.append(s("text", { class: "plot-title", x, y: y + 14 }, shortened(panel.title, each), s("title", {}, panel.title)), plot);
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
