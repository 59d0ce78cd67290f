// Two conditions beside one another over their final days, with the tests of the report.
import { h, replace, s } from "./dom.js";
import { plural, score } from "./format.js";
import { scroller } from "./parts.js";
import { colour } from "./plot_names.js";
import { downloads } from "./plots.js";

const QUESTION = "Does the change matter?";
const NAMES = { score: "Score", recommendation_score: "Recommendations alone", decision_f1: "Decision to speak, F1", wish_match: "Fit with the wish" };
const COLUMNS = ["a", "b", "from", "to", "measure", "people", "mean_a", "mean_b", "difference", "ci95_low", "ci95_high", "p_permutation", "p_wilcoxon", "p_holm", "p_wilcoxon_holm", "cohens_d", "cliffs_delta", "noise_floor", "verdict", "p_holm_smallest"];
const isHopeless = (m, level) => m.p_holm_smallest !== null && m.p_holm_smallest >= level; // whatever the people do
const outcome = (m, level) => m.verdict ?? (isHopeless(m, level) ? "too few people" : "not sure");
const p3 = (p) => (p === null || p === undefined ? "–" : p < 0.001 ? "< 0.001" : p.toFixed(3));
const withInterval = (x, ci) => (ci ? `${score(x)} [${score(ci[0])}, ${score(ci[1])}]` : score(x));
const nameOf = (m) => NAMES[m.measure] ?? m.measure.replaceAll("_", " ");

const cells = (pair) => pair.measures.map((m) => [pair.a, pair.b, pair.from, pair.to, m.measure, m.personas_n, m.a, m.b, m.difference, m.difference_ci95?.[0], m.difference_ci95?.[1],
  m.p_permutation, m.p_wilcoxon, m.p_holm, m.p_wilcoxon_holm, m.cohens_d, m.cliffs_delta, m.noise_floor, m.verdict, m.p_holm_smallest]);

// A difference and its interval around zero; the soft band is what other seeds alone would change
function bar(m, width, paper) {
  const reach = Math.max(1e-9, Math.abs(m.difference), ...(m.difference_ci95 ?? []).map(Math.abs), m.noise_floor ?? 0) * 1.08, x = (v) => width / 2 + (v / reach) * (width / 2 - 6), c = colour(m.verdict === "worse" ? 1 : 0, paper);
  return s("svg", { class: "plot", viewBox: `0 0 ${width} 24`, width, height: 24, role: "img", "aria-label": `${nameOf(m)}: ${withInterval(m.difference, m.difference_ci95)}` },
    m.noise_floor ? s("rect", { x: x(-m.noise_floor), width: x(m.noise_floor) - x(-m.noise_floor), y: 3, height: 18, fill: "#888", "fill-opacity": 0.16 }) : null,
    s("line", { class: "plot-grid", x1: x(0), x2: x(0), y1: 1, y2: 23 }),
    m.difference_ci95 ? s("line", { x1: x(m.difference_ci95[0]), x2: x(m.difference_ci95[1]), y1: 12, y2: 12, stroke: c, "stroke-width": 3, "stroke-opacity": 0.55 }) : null,
    s("circle", { cx: x(m.difference), cy: 12, r: 5, stroke: c, "stroke-width": 2, fill: m.verdict ? c : "none" }));
}

function table(pair, level) {
  const known = pair.measures.filter((m) => m.difference !== null);
  if (!known.length) return h("p.muted", "These two have no finished days of the same person and seed in common.");
  return h("table", h("thead", h("tr", h("th", `Days ${pair.from} to ${pair.to}`), h("th.n", pair.a), h("th.n", pair.b), h("th.n", "Difference [95 %]"), h("th", ""), h("th.n", "p, permutation"), h("th.n", "Wilcoxon"), h("th.n", "Holm"),
    h("th.n", "Cohen's d"), h("th.n", "Cliff's δ"), h("th", "So it is"))),
  h("tbody", known.map((m) => h("tr", { "data-measure": m.measure }, h("td", nameOf(m)), h("td.n", score(m.a)), h("td.n", score(m.b)), h("td.n", withInterval(m.difference, m.difference_ci95)), h("td", bar(m, 150, false)),
    h("td.n", p3(m.p_permutation)), h("td.n", p3(m.p_wilcoxon)), h("td.n", h("strong", p3(m.p_holm))), h("td.n", score(m.cohens_d)), h("td.n", score(m.cliffs_delta)), h("td", outcome(m, level))))));
}

// For a file: all pairs, one below the other
function picture(pairs, width) {
  const rows = pairs.flatMap((pair) => pair.measures.filter((m) => m.difference !== null).map((m, i) => ({ m, title: i === 0 ? `${pair.b} − ${pair.a}` : null })));
  let y = 0;
  const parts = rows.map(({ m, title }) => {
    const head = title ? s("text", { class: "plot-title", x: 0, y: y + 22 }, title) : null;
    if (title) y += 30;
    const plot = bar(m, 320, true);
    plot.setAttribute("x", 190);
    plot.setAttribute("y", y);
    y += 28;
    return [head, s("text", { class: "plot-text", x: 0, y: y - 12 }, nameOf(m)), plot, s("text", { class: "plot-text", x: 530, y: y - 12 }, `${withInterval(m.difference, m.difference_ci95)}, p ${p3(m.p_holm)} (Holm)${m.verdict ? `, ${m.verdict}` : ""}`)];
  });
  return s("svg", { viewBox: `0 0 ${width} ${y + 4}`, width, height: y + 4 }, parts.flat());
}

function caption(comparisons) {
  return `Pairs of the same person and seed over the final days, averaged over seeds; interval over people. Permutation test of paired differences and Wilcoxon's signed ranks, two-sided; p corrected for all ${plural(comparisons.tests_n, "test")} of the report (Holm). ` +
    `Filled: sure at ${100 * comparisons.level} %. Soft band: what other seeds alone would change, where there are several seeds. Right of the line is better.`;
}

// What no number of agreeing people could show
function tooFew(pairs, { level, tests_n }) {
  const tests = pairs.flatMap((pair) => pair.measures.filter((m) => m.p_permutation !== null));
  if (!tests.length || !tests.every((m) => isHopeless(m, level))) return "";
  const most = Math.max(...tests.map((m) => m.personas_n)), least = Math.min(...tests.map((m) => m.p_holm_smallest));
  return ` ${plural(most, "person is", "people are")} too few for ${plural(tests_n, "test")}: even if all agreed, p after Holm would be ${p3(least)}; use more people or fewer comparisons.`;
}

export function comparing(report) {
  const { comparisons } = report, pairs = comparisons?.pairs ?? [];
  if (!pairs.length) return null;
  const first = Math.max(0, pairs.findIndex((pair) => pair.measures.some((m) => m.verdict))); // something sure is shown first
  const box = scroller("Comparison"), about = h("p.small.muted");
  const choose = h("select.field", { "aria-label": "Conditions to compare", onchange: () => draw() }, pairs.map((pair, i) => h("option", { value: i, selected: i === first }, `${pair.b} beside ${pair.a}`)));
  const draw = () => {
    const pair = pairs[choose.value];
    replace(box, table(pair, comparisons.level));
    about.textContent = `${plural(pair.personas_n, "person", "people")}, ${plural(pair.runs_n, "pair")} of runs${pair.unpaired.length ? `; without a partner: ${pair.unpaired.join("; ")}` : ""}.`;
  };
  draw();
  const what = { name: "comparisons", question: QUESTION, caption: caption(comparisons), plot: (width) => picture(pairs, width), columns: COLUMNS, list: pairs.flatMap(cells) };
  return h("section.card.stack", { id: "compare" }, h("div.row.head", h("h2.wide", QUESTION), downloads(what)), h("div.row", choose), box, about, h("p.small.muted", caption(comparisons),
    tooFew(pairs, comparisons)));
}
