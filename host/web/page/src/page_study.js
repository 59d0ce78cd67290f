// Results of a study: what `propersim report` computes, drawn.
import { get, part } from "./api.js";
import { h, replace, s } from "./dom.js";
import { interval, plural, rate, score } from "./format.js";
import { setKeys } from "./keys.js";
import { CRITERIA, CRITERION_NAMES, header } from "./parts.js";
import { nameColour, figure, linePlot } from "./plots.js";
import { mean, meanInterval, signTest } from "./statistics.js";

const MEASURES = [
  { key: "score", question: "Does the score rise?", what: "mean score (0 to 4) of all ratings, silence included", top: 4, digits: 2 },
  { key: "recommendation_score", question: "Do recommendations get better?", what: "mean score of recommendations alone: it cannot be won by silence", top: 4, digits: 2 },
  { key: "recommendations_per_hour", question: "How often does it speak?", what: "recommendations per hour awake", top: null, digits: 1 },
  { key: "success_rate", question: "How many recommendations succeed?", what: "share of recommendations that score 3 or 4", top: 1, digits: 2 },
];

const bound = (day, key, i) => day[`${key}_ci95`]?.[i] ?? null;
const pointsOf = (days, key) => days.map((d) => ({ day: d.day, value: d[key] ?? d[`${key}_mean`] ?? null, low: bound(d, key, 0), high: bound(d, key, 1) }));

function measureFigure(report, m) {
  const series = report.conditions.map((c, index) => ({ name: c.name, index, points: pointsOf(c.days, m.key) }));
  const first = report.conditions[0];
  return figure({
    name: m.key, question: m.question,
    caption: `${m.what}, by day. Mean over ${plural(first.personas_n, "person", "people")}; band: 95 % interval over people` +
      `${first.seeds_n > 1 ? `, each the mean of ${first.seeds_n} seeds` : ""}.${report.offline ? " Offline answers: a behavioural model, not people." : ""}`,
    svg: linePlot({ series, days: report.study.days, top: m.top, digits: m.digits, label: m.question }),
    columns: ["condition", "day", m.key, "low95", "high95"],
    list: series.flatMap((line) => line.points.map((p) => [line.name, p.day, p.value, p.low, p.high])),
  });
}

function criteriaFigure(report, condition, c) {
  const series = CRITERIA.map((key, index) => ({ name: CRITERION_NAMES[key], index, points: condition.days.map((d) => ({
    day: d.day, value: d.criteria?.[key] ?? null, low: d.criteria_ci95?.[key]?.[0] ?? null, high: d.criteria_ci95?.[key]?.[1] ?? null })) }));
  return figure({ name: `criteria-${c}`, question: `What costs points${report.conditions.length > 1 ? ` in ${condition.name}` : ""}?`,
    caption: "Share of ratings that meet each criterion, by day; 1 is all of them.",
    svg: linePlot({ series, days: report.study.days, top: 1, digits: 2, label: "Criteria by day" }),
    columns: ["condition", "day", "criterion", "share", "low95", "high95"],
    list: series.flatMap((line) => line.points.map((p) => [condition.name, p.day, line.name, p.value, p.low, p.high])) });
}

function multiples(report) {
  const ids = [...new Set(report.conditions.flatMap((c) => c.personas.map((p) => p.id)))];
  return h("section.card.stack", h("h2", "Does it rise for everybody?"),
    h("div.row.small", report.conditions.map((c, i) => h("span", { style: { color: nameColour(i), "font-weight": 600 } }, c.name))),
    h("div.multiples", ids.map((id) => {
      const series = report.conditions.flatMap((c, index) => c.personas.filter((p) => p.id === id).map((p) => ({ name: c.name, index,
        points: p.score_by_day.map((value, i) => ({ day: i + 1, value })) })));
      const name = report.conditions.flatMap((c) => c.personas).find((p) => p.id === id).name;
      return h("div", h("h3.small", name), linePlot({ series, days: report.study.days, top: 4, width: 160, height: 100, small: true, label: `Score of ${name} by day` }));
    })), h("p.small.muted", "Mean score by day, 0 to 4, for each person; all share their axes."));
}

// Pairs by person: the same person under both conditions, the mean over seeds, on the last day that both have
function comparison(report, a, b, key, name) {
  const last = (p) => p[`${key}_last`];
  const pairs = a.personas.flatMap((p) => { const q = b.personas.find((x) => x.id === p.id); return q && Number.isFinite(last(p)) && Number.isFinite(last(q)) ? [{ p, a: last(p), b: last(q) }] : []; });
  if (!pairs.length) return null;
  const d = meanInterval(pairs.map((x) => x.b - x.a)), test = signTest(pairs.map((x) => x.b - x.a)), f = key.includes("hour") ? rate : score;
  return h("tr", h("td", name), h("td.n", f(mean(pairs.map((x) => x.a)))), h("td.n", f(mean(pairs.map((x) => x.b)))),
    h("td.n", d.ci ? `${f(d.mean)} [${f(d.ci[0])}, ${f(d.ci[1])}]` : f(d.mean)), h("td.n", `${test.up} up, ${test.down} down`), h("td.n", test.p < 0.001 ? "< 0.001" : test.p.toFixed(3)));
}

function comparing(report) {
  const box = h("div.scroll"), names = report.conditions.map((c) => c.name);
  const pick = (label, value) => h("select.field", { "aria-label": label, style: { width: "auto" }, onchange: () => draw() }, names.map((n, i) => h("option", { value: i, selected: i === value }, n)));
  const from = pick("Condition to start from", 0), to = pick("Condition to compare", 1);
  const draw = () => {
    const a = report.conditions[from.value], b = report.conditions[to.value];
    replace(box, a === b ? h("p.muted", "Choose two different conditions.") : h("table",
      h("thead", h("tr", h("th", "Last day"), h("th.n", a.name), h("th.n", b.name), h("th.n", "Difference [95 %]"), h("th.n", "People"), h("th.n", "p, sign test"))),
      h("tbody", comparison(report, a, b, "score", "Score"), comparison(report, a, b, "recommendation_score", "Score of recommendations"),
        comparison(report, a, b, "recommendations_per_hour", "Recommendations per hour"))));
  };
  draw();
  return h("section.card.stack", { id: "compare" }, h("h2", "Does the change matter?"), h("div.row", from, h("span", "against"), to), box,
    h("p.small.muted", "The same people under both conditions, paired; interval: Student's t over people; exact two-sided sign test. Of many comparisons some look good by chance."));
}

const learns = (run, report) => run.steps > 0 && report.conditions.some((c) => c.name === run.condition);

/** What the assistants of single runs learned: the strongest weights of the last day, and how they grew. */
function learned(report, runs) {
  const grown = (r) => report.conditions.find((c) => c.name === r.condition).change?.score_mean ?? 0; // what changed most comes first
  const usable = runs.filter((r) => learns(r, report)).sort((a, b) => grown(b) - grown(a)), box = h("div.scroll");
  if (!usable.length) return null;
  const choose = h("select.field", { "aria-label": "Run", onchange: () => draw() }, usable.map((r) => h("option", { value: r.id }, `${r.names.join(", ") || r.persona} · ${r.condition} · seed ${r.seed}`)));
  const draw = async () => {
    const { days, learned: all } = await get(`runs/${part(choose.value)}/policy`, { count: 24 });
    // Not to say is to be silent: of the two mirrored rows one is enough
    const list = all.filter((l) => l.attribute !== "say" || !all.some((x) => x.attribute === "silent" && x.context === l.context));
    const top = Math.max(1e-9, ...list.flatMap((l) => l.weights.map(Math.abs)));
    const line = (weights) => s("svg", { class: "spark", viewBox: "0 0 120 28", role: "img", "aria-label": `Weight by day: ${weights.map((w) => w.toFixed(2)).join(", ")}` },
      s("line", { x1: 0, x2: 120, y1: 14, y2: 14 }), s("path", { d: [0, ...weights].map((w, i) => `${i ? "L" : "M"}${((i * 116) / days + 2).toFixed(1)},${(14 - (w / top) * 12).toFixed(1)}`).join("") }));
    replace(box, list.length ? h("table", h("thead", h("tr", h("th", "The assistant"), h("th", "when"), h("th", `weight by day, 0 to ${days}`), h("th.n", "last day"))),
      h("tbody", list.map((l) => h("tr", h("td", `${l.weights.at(-1) > 0 ? "rather" : "rather not"} ${l.attribute}`), h("td", l.context), h("td", line(l.weights)), h("td.n", score(l.weights.at(-1)))))))
      : h("p.muted", "Nothing was learned in this run. A study learns with ", h("code", 'assistant = { learn = { method = "dpo" } }'), "."));
  };
  draw();
  return h("section.card.stack", { id: "learned" }, h("h2", "What did the assistant learn?"), choose, box,
    h("p.small.muted", "Weights of the policy by their difference from day 0; what they mean in full is in docs/learning.md."));
}

export async function studyPage(root, kind, [id]) {
  const report = await get(`studies/${part(id)}/report`), { study } = report;
  document.title = `${study.name} · propersim`;
  const runs = (await get("studies", { limit: 200 })).studies.find((x) => x.id === id)?.runs ?? [];
  const changes = report.conditions.map((c) => h("tr", h("td", c.name), h("td.n", score(c.days[0]?.score_mean)), h("td.n", c.change ? interval(c.days.at(-1)?.score_mean, bound(c.days.at(-1), "score", 0) === null ? null : c.days.at(-1).score_ci95) : "–"),
    h("td.n", c.change ? interval(c.change.score_mean, c.change.score_ci95) : "–"), h("td.n", rate(c.days.at(-1)?.recommendations_per_hour))));
  replace(root, header([{ text: study.name }]), h("main", { id: "main" },
    h("div.stack", h("h1", study.name), h("p.muted", `${plural(study.personas_n, "person", "people")}, ${plural(report.conditions.length, "condition")}, ${plural(study.seeds_n, "seed")}; ${study.days_finished} of ${plural(study.days, "day")} finished, ${study.runs_finished} of ${plural(study.runs_n, "run")}.`)),
    h("section.card.scroll", h("table", h("thead", h("tr", h("th", "Condition"), h("th.n", "Score, first day"), h("th.n", `last day [95 %]`), h("th.n", "change"), h("th.n", "per hour, last day"))), h("tbody", changes))),
    study.days_finished > 0 ? [MEASURES.map((m) => measureFigure(report, m)), report.conditions.length > 1 ? comparing(report) : null,
      report.conditions.map((c, i) => criteriaFigure(report, c, i)), multiples(report), learned(report, runs)]
      : h("div.stack", h("p.muted", "No day is finished yet. Results appear with the first midnight."), runs[0] ? h("p", h("a.button", { href: `/live/${part(runs[0].id)}` }, "Watch it live")) : null),
    h("section.card.stack", h("h2", "Runs"), h("div.row", runs.filter((r) => r.steps > 0).map((r) => h("a.button", { href: `/replay/${part(r.id)}/0` }, `${r.names.join(", ") || r.persona} · ${r.condition} · ${r.seed}`)))),
    h("p.small.muted", "The same numbers as a page to keep: ", h("code", `propersim report ${study.folder} --html report.html`))));
  setKeys([{ keys: ["c"], does: "compare two conditions", run: () => document.getElementById("compare")?.scrollIntoView() }]);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => location.reload());
  globalThis.propersim.state = () => ({ page: "study", conditions: report.conditions.length, days: study.days_finished, figures: document.querySelectorAll("figure").length });
}
