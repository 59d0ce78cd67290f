// What the assistants of single runs learned: the strongest weights of the last day, and how they grew.
import { get, part } from "./api.js";
import { h, replace, s } from "./dom.js";
import { plural, score } from "./format.js";
import { few, scroller } from "./parts.js";
import { colour } from "./plot_names.js";
import { downloads } from "./plots.js";

const QUESTION = "What did the assistant learn?", CAPTION = "Weights of the policy by their difference from day 0; “under 30” begins where the next smaller bound ends. What they mean in full is in docs/learning.md.";
const says = (l) => `${l.weights.at(-1) > 0 ? "rather" : "less often"} ${l.act}`;

function lineOf(weights, days, top) {
  return [0, ...weights].map((w, i) => `${i ? "L" : "M"}${((i * 116) / days + 2).toFixed(1)},${(14 - (w / top) * 12).toFixed(1)}`).join("");
}

// For a file: the table as a picture
function picture(list, days, top, width) {
  return s("svg", { viewBox: `0 0 ${width} ${list.length * 32 + 20}`, width, height: list.length * 32 + 20 },
    list.map((l, i) => s("g", { transform: `translate(0 ${i * 32 + 4})` }, s("text", { class: "plot-title", x: 0, y: 18 }, says(l)), s("text", { class: "plot-text", x: 250, y: 18 }, l.moment),
      s("g", { transform: "translate(520 0)" }, s("line", { class: "plot-grid", x1: 0, x2: 120, y1: 14, y2: 14 }), s("path", { d: lineOf(l.weights, days, top), fill: "none", stroke: colour(0, true), "stroke-width": 2 })),
      s("text", { class: "plot-text", x: 720, y: 18, "text-anchor": "end" }, score(l.weights.at(-1))))));
}

function table(list, days, top) {
  const line = (weights) => s("svg", { class: "spark", viewBox: "0 0 120 28", role: "img", "aria-label": `Weight by day: ${weights.map((w) => w.toFixed(2)).join(", ")}` },
    s("line", { x1: 0, x2: 120, y1: 14, y2: 14 }), s("path", { d: lineOf(weights, days, top) }));
  return h("table", h("thead", h("tr", h("th", "The assistant"), h("th", "when"), h("th", `weight by day, 0 to ${days}`), h("th.n", "last day"))),
    h("tbody", list.map((l) => h("tr", h("td", { title: l.attribute }, says(l)), h("td", { title: l.context }, l.moment), h("td", line(l.weights)), h("td.n", score(l.weights.at(-1)))))));
}

export function learned(report, runs) {
  const condition = (r) => report.conditions.find((c) => c.name === r.condition), grown = (r) => condition(r).change?.score_mean ?? 0; // what changed most comes first
  const usable = runs.filter((r) => r.steps > 0 && condition(r)).sort((a, b) => grown(b) - grown(a)), box = scroller("What was learned"), buttons = h("span");
  if (!usable.length) return null;
  const who = h("select.field", { "aria-label": "Resident", hidden: true, onchange: () => draw() });
  const choose = h("select.field", { "aria-label": "Run", onchange: () => { people(); draw(); } }, usable.map((r) => h("option", { value: r.id }, `${few(r.names) || r.persona} · ${r.condition} · seed ${r.seed}`)));
  const people = () => {
    const { names } = usable.find((r) => r.id === choose.value);
    who.hidden = names.length < 2;
    replace(who, names.map((name, i) => h("option", { value: i + 1 }, name)));
  };
  const draw = async () => {
    const asked = `${choose.value} ${who.value}`;
    const { days, learned: all } = await get(`runs/${part(choose.value)}/policy`, { count: 24, who: who.value || 1 }).catch((error) => { replace(box, h("p.muted", error.message)); return { learned: null }; });
    if (!all || asked !== `${choose.value} ${who.value}`) return;
    // Not to say is to be silent: of the two mirrored rows one is enough
    const list = all.filter((l) => l.attribute !== "say" || !all.some((x) => x.attribute === "silent" && x.context === l.context));
    const top = Math.max(1e-9, ...list.flatMap((l) => l.weights.map(Math.abs)));
    replace(box, list.length ? table(list, days, top) : h("p.muted", "Nothing was learned in this run. A study learns with ", h("code", 'assistant = { learn = { method = "dpo" } }'), "."));
    replace(buttons, list.length ? downloads({ name: "learned", question: QUESTION, caption: `${asked}, ${plural(days, "day")}. ${CAPTION}`, plot: (width) => picture(list, days, top, width),
      columns: ["run", "resident", "when", "what", "day", "weight"], list: list.flatMap((l) => l.weights.map((w, i) => [choose.value, who.value || 1, l.context, l.attribute, i + 1, w])) }) : null);
  };
  people();
  draw();
  return h("section.card.stack", { id: "learned" }, h("div.row.head", h("h2.wide", QUESTION), buttons), h("div.row", choose, who), box, h("p.small.muted", CAPTION));
}
