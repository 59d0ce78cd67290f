// The colours, dashes and names of lines in plots.
import { s } from "./dom.js";

// Okabe and Ito's colours that are dark enough for lines on white; in the dark a lighter form of each
const LIGHT = ["#0072b2", "#d55e00", "#009e73", "#b0508c", "#8a6d00", "#2b7fb0"], DARK = ["#56b4e9", "#f08a4b", "#3fc79a", "#e59bc6", "#e6c34f", "#a6d8f5"];
const NAMES = ["#0072b2", "#a84a00", "#00734f", "#a0447e", "#7a6000", "#22688f"]; // for text on a light page, which needs more contrast
const DASHES = ["", "7 3", "2 3", "9 3 2 3"];
const isDark = () => matchMedia("(prefers-color-scheme: dark)").matches;
const pick = (list, i) => list[i % list.length];

/** The colour of a line, and of a name, of the i-th condition. `paper`: for a file, which is always light. */
export const colour = (i, paper = false) => pick(!paper && isDark() ? DARK : LIGHT, i);
export const nameColour = (i, paper = false) => pick(!paper && isDark() ? DARK : NAMES, i);
/** Its dashes: with every round of the colours others, so that 24 conditions are 24 lines. */
export const dashes = (i) => pick(DASHES, i + Math.floor(i / LIGHT.length));

/** Pixels from one line of names to the next. */
export const LINE = 15;
const SWATCH = 23, GAP = 17, SPARE = 1.04; // fonts differ a little where a file is shown

let ruler = null;

/** How wide a name is, in pixels. */
export function textWidth(text) {
  if (!ruler) {
    ruler = document.createElement("canvas").getContext("2d");
    ruler.font = "600 12.5px system-ui, sans-serif";
  }
  return ruler.measureText(text).width * SPARE;
}

/** As much of a name as fits. */
export function shortened(text, width) {
  if (textWidth(text) <= width) return text;
  let n = text.length - 1;
  while (n > 1 && textWidth(`${text.slice(0, n)}…`) > width) n--;
  return `${text.slice(0, n)}…`;
}

// A name in lines that fit; broken within a word only where it must be
function wrapped(text, width) {
  const out = [];
  let line = "";
  for (const piece of text.split(/(?<=[ _:/-])/).flatMap((word) => (textWidth(word) > width ? [...word] : [word]))) {
    if (line && textWidth((line + piece).trimEnd()) > width) { out.push(line.trimEnd()); line = ""; }
    line += piece;
  }
  return [...out, line.trimEnd()];
}

/** A legend of names ({name, index}, or {name, grey} of a reference) in rows: {height, draw(svg, paper)}. */
export function legendOf(names, width) {
  const placed = [];
  let x = 0, y = 13, rows = 1;
  for (const n of names) {
    const lines = wrapped(n.name, width - SWATCH), long = Math.max(...lines.map(textWidth));
    if (x > 0 && x + SWATCH + long > width) { x = 0; y += LINE * rows; rows = 1; }
    placed.push({ ...n, lines, x, y });
    x += SWATCH + long + GAP;
    rows = Math.max(rows, lines.length);
  }
  const draw = (svg, paper) => placed.forEach((n) => svg.append(
    s("line", { x1: n.x, x2: n.x + 18, y1: n.y - 4, y2: n.y - 4, ...(n.grey ? { class: "plot-ref" } : { stroke: colour(n.index, paper), "stroke-width": 2.4, "stroke-dasharray": dashes(n.index) }) }),
    ...n.lines.map((line, i) => s("text", { class: n.grey ? "plot-text" : "plot-name", fill: n.grey ? null : nameColour(n.index, paper), x: n.x + SWATCH, y: n.y + LINE * i }, line))));
  return { height: placed.length ? y + LINE * (rows - 1) + 6 : 0, draw };
}
