// Pieces that several pages show.
import { h, s } from "./dom.js";
import { score as scoreText } from "./format.js";
import { showHelp } from "./keys.js";

export const CRITERIA = ["preference", "timing", "frequency", "communication"];
export const CRITERION_NAMES = { preference: "Preference", timing: "Timing", frequency: "Frequency", communication: "Communication" };
export const SCORE_COLOURS = ["#a44d3b", "#cc6b4f", "#e5b44f", "#aed8ea", "#6a91b3"];

export function header(crumbs = []) {
  return h("header.top",
    h("a.brand", { href: "/" }, h("img", { src: "/assets/favicon.svg", alt: "" }), "propersim"),
    h("nav.crumbs.wide", { "aria-label": "Where you are" },
      crumbs.map((c, i) => [i ? h("span.muted", { "aria-hidden": "true" }, "›") : null,
        c.href ? h("a", { href: c.href }, c.text) : h("span", c.text)])),
    h("button.button", { onclick: showHelp, "aria-label": "Keys", title: "Keys (?)" }, "?"));
}

export function scoreBadge(value) {
  const none = value === null || value === undefined;
  return h("span.score", { "data-score": none ? "none" : value, title: none ? "Rating failed" : `Score ${value} of 4` },
    none ? "failed" : String(value));
}

/** The four criteria of a rated suggestion; reasons: {criterion: text}. */
export function criteriaChips(row, reasons = {}) {
  return h("div.chips", CRITERIA.map((c) => {
    const value = row[c], kind = value === null || value === undefined ? "failed" : value ? "yes" : "no";
    const mark = { yes: "✓", no: "✗", failed: "?" }[kind], word = { yes: "met", no: "not met", failed: "failed" }[kind];
    return h(`span.chip.${kind}`, { title: reasons[c] ?? word }, h("span", { "aria-hidden": "true" }, `${mark} `), CRITERION_NAMES[c],
      h("span.sr", `: ${word}`));
  }));
}

// "Ada Lind: Good morning!" or ["Ada Lind", "Good morning!"], as runs of the original have it
function spoken(line) {
  if (Array.isArray(line)) return line;
  const [, who, what] = /^([^:]{1,60}): (.*)$/s.exec(line) ?? [null, "", String(line)];
  return [who, what];
}

/** The lines of a conversation; what `self` says stands on the right. */
export function dialogue(lines, self) {
  return h("ol.dialogue", lines.map((line) => {
    const [who, what] = spoken(line);
    return h(`li${who === self ? ".self" : ""}`, who ? h("b", who) : null, h("span", what));
  }));
}

/** Names as a short list: "Ada, Bo, Cy and 22 more". */
export const few = (names) => (names.length > 4 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", "));

/** Scores of days as a small line, on 0 to 4. */
export function spark(scores) {
  const known = scores.map((v, i) => [i, v]).filter(([, v]) => v !== null);
  const x = (i) => (scores.length > 1 ? 4 + (i * 112) / (scores.length - 1) : 60), y = (v) => 26 - (v / 4) * 24;
  const label = known.length ? `Mean score by day: ${known.map(([, v]) => scoreText(v)).join(", ")}` : "No scores yet";
  return s("svg", { class: "spark", viewBox: "0 0 120 28", role: "img", "aria-label": label },
    s("line", { x1: 0, x2: 120, y1: 26, y2: 26 }),
    known.length > 1 ? s("path", { d: known.map(([i, v], n) => `${n ? "L" : "M"}${x(i).toFixed(1)},${y(v).toFixed(1)}`).join("") }) : null,
    known.length ? s("circle", { cx: x(known.at(-1)[0]), cy: y(known.at(-1)[1]), r: 3 }) : null);
}

/** What went wrong and what to do. */
export function problem(text, what, command) {
  return h("div.problem", { role: "alert" }, h("p", text), what ? h("p.muted", what) : null, command ? h("pre", command) : null);
}

/** A table, or what else may be wider than the screen: moved by keys when it has the focus. */
export const scroller = (label, ...children) => h("div.scroll", { tabindex: "0", role: "region", "aria-label": label }, children);

/** A button with a picture, whose label is also its title. */
export const iconButton = (label, text, run, extra = {}) => h("button.button", { "aria-label": label, title: label, onclick: run, ...extra }, text);

export function empty(text, command) {
  return h("div.stack", h("p.muted", text), command ? h("pre", command) : null);
}

const ICONS = {
  play: "M3 2l11 6-11 6z", pause: "M3 2h4v12H3zM9 2h4v12H9z", back: "M12 2L4 8l8 6z", forward: "M4 2l8 6-8 6z",
  first: "M2 2h2v12H2zM14 2L6 8l8 6z", last: "M12 2h2v12h-2zM2 2l8 6-8 6z", closer: "M7 2h2v5h5v2H9v5H7V9H2V7h5z", further: "M2 7h12v2H2z",
  whole: "M2 2h5v2H4v3H2zM9 2h5v5h-2V4H9zM2 9h2v3h3v2H2zM12 9h2v5H9v-2h3z",
  follow: "M8 1a7 7 0 110 14A7 7 0 018 1zm0 2a5 5 0 100 10A5 5 0 008 3zm0 3a2 2 0 110 4 2 2 0 010-4z",
};
export function icon(name) {
  return s("svg", { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true" }, s("path", { d: ICONS[name], "fill-rule": "evenodd" }));
}
