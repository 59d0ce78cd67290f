// Two conditions beside one another, with the tests of the report.
import { h, replace } from "./dom.js";
import { rate, score } from "./format.js";
import { mean, meanInterval, signTest } from "./statistics.js";

// Pairs by person: the same person under both conditions, the mean over seeds, on the last day that both have
function comparison(a, b, key, name) {
  const last = (p) => p[`${key}_last`];
  const pairs = a.personas.flatMap((p) => { const q = b.personas.find((x) => x.id === p.id); return q && Number.isFinite(last(p)) && Number.isFinite(last(q)) ? [{ p, a: last(p), b: last(q) }] : []; });
  if (!pairs.length) return null;
  const d = meanInterval(pairs.map((x) => x.b - x.a)), test = signTest(pairs.map((x) => x.b - x.a)), f = key.includes("hour") ? rate : score;
  return h("tr", h("td", name), h("td.n", f(mean(pairs.map((x) => x.a)))), h("td.n", f(mean(pairs.map((x) => x.b)))),
    h("td.n", d.ci ? `${f(d.mean)} [${f(d.ci[0])}, ${f(d.ci[1])}]` : f(d.mean)), h("td.n", `${test.up} up, ${test.down} down`), h("td.n", test.p < 0.001 ? "< 0.001" : test.p.toFixed(3)));
}

export function comparing(report) {
  if (report.conditions.length < 2) return null;
  const box = h("div.scroll"), names = report.conditions.map((c) => c.name);
  const pick = (label, value) => h("select.field", { "aria-label": label, style: { width: "auto" }, onchange: () => draw() }, names.map((n, i) => h("option", { value: i, selected: i === value }, n)));
  const from = pick("Condition to start from", 0), to = pick("Condition to compare", 1);
  const draw = () => {
    const a = report.conditions[from.value], b = report.conditions[to.value];
    replace(box, a === b ? h("p.muted", "Choose two different conditions.") : h("table",
      h("thead", h("tr", h("th", "Last day"), h("th.n", a.name), h("th.n", b.name), h("th.n", "Difference [95 %]"), h("th.n", "People"), h("th.n", "p, sign test"))),
      h("tbody", comparison(a, b, "score", "Score"), comparison(a, b, "recommendation_score", "Score of recommendations"),
        comparison(a, b, "recommendations_per_hour", "Recommendations per hour"))));
  };
  draw();
  return h("section.card.stack", { id: "compare" }, h("h2", "Does the change matter?"), h("div.row", from, h("span", "against"), to), box,
    h("p.small.muted", "The same people under both conditions, paired; interval: Student's t over people; exact two-sided sign test. Of many comparisons some look good by chance."));
}
