// Results of a study: what `propersim report` computes, drawn.
import { get, part } from "./api.js";
import { comparing } from "./compare.js";
import { h, replace, useful } from "./dom.js";
import { interval, plural, rate, score } from "./format.js";
import { setKeys } from "./keys.js";
import { learned } from "./learned.js";
import { CRITERIA, CRITERION_NAMES, few, header, scroller } from "./parts.js";
import { figure, linePlot, multiplesPlot, showsOneBand } from "./plots.js";

const MEASURES = [
  { key: "score", question: "Does the score rise?", what: "Mean score (0 to 4) of all ratings, silence included, by day", top: 4, digits: 2 },
  { key: "recommendation_score", question: "Do recommendations get better?", what: "Mean score of recommendations alone, by day: it cannot be won by silence", top: 4, digits: 2 },
  { key: "recommendations_per_hour", question: "How often does it speak?", what: "Recommendations per waking hour, by day", top: null, digits: 1 },
  { key: "decision_f1", question: "Does it speak when it should?", what: "F1 of the decision to speak, by day, judged by the person's own ratings: right moments against silence that they found overdue. Silence cannot win it", top: 1, digits: 2 },
  { key: "success_rate", question: "How many recommendations are welcome?", what: "Share of recommendations that score 3 or 4, by day", top: 1, digits: 2 },
];
const PLOT_HEIGHT = (width) => (width < 600 ? 230 : 330);

const given = (v) => v !== null && v !== undefined;
const bound = (day, key, i) => day[`${key}_ci95`]?.[i] ?? null;
const pointsOf = (days, key) => days.map((d) => ({ day: d.day, n: d[`${key}_n`] ?? d.personas_n, value: d[key] ?? d[`${key}_mean`] ?? null, low: bound(d, key, 0), high: bound(d, key, 1) }));
const referencesOf = (report, measure) => (report.published ?? []).filter((p) => p.measure === measure && p.points?.length);

/** Who answered, where it was no model endpoint of this study. */
const answered = (report) => report.imported?.sentence ?? (report.offline ? "Offline answers: a behavioural model, not people." : "");

/** What a caption must say of every plot: how many, what the band is, who answered, where other values are from. */
function note(report, lines, references = []) {
  const { study, conditions: [first] } = report, n = study.personas_n;
  return [`${plural(n, "person", "people")}, ${plural(study.seeds_n, "seed")}.`,
    n > 1 ? `Band${showsOneBand(lines) ? ", of the line that is pointed at, has the focus or was clicked" : ""}: 95 % interval over people${first.seeds_n > 1 ? ", each the mean of their seeds" : ""}.${showsOneBand(lines) ? " The CSV has all." : ""}` : "With one person there is no interval.",
    answered(report),
    references.length ? `Grey dashes: ${references.map((r) => `${r.name} (${r.source})`).join("; ")}.` : ""].filter(Boolean).join(" ");
}

// What the people wish for, the same under every condition
function wish(report) {
  const points = (report.conditions[0]?.days ?? []).filter((d) => Number.isFinite(d.wish_per_hour)).map((d) => ({ day: d.day, value: d.wish_per_hour }));
  return points.length ? [{ name: "wish", source: "what the people wish for", points }] : [];
}

const hasValues = (series) => series.some((line) => line.points.some((p) => given(p.value)));

function measureFigure(report, m) {
  const series = report.conditions.map((c, index) => ({ name: c.name, index, points: pointsOf(c.days, m.key) })), references = referencesOf(report, m.key);
  if (m.key === "recommendations_per_hour") references.push(...wish(report));
  if (!hasValues(series)) return null; // nothing of it was rated, or the study is of an older program
  return figure({
    name: m.key, question: m.question, caption: `${m.what}. ${note(report, series.length, references)}`,
    plot: (width, paper) => linePlot({ series, references, days: report.study.days, top: m.top, digits: m.digits, label: m.question, width, height: PLOT_HEIGHT(width), paper }),
    columns: ["condition", "day", m.key, "low95", "high95", "people"],
    list: [...series.flatMap((line) => line.points.map((p) => [line.name, p.day, p.value, p.low, p.high, p.n])),
      ...references.flatMap((r) => r.points.map((p) => [`${r.name} (${r.source})`, p.day, p.value, null, null, null]))],
  });
}

function criteriaFigure(report, condition, c) {
  const series = CRITERIA.map((key, index) => ({ name: CRITERION_NAMES[key], key, index, points: condition.days.map((d) => ({
    day: d.day, value: d.criteria?.[key] ?? null, low: d.criteria_ci95?.[key]?.[0] ?? null, high: d.criteria_ci95?.[key]?.[1] ?? null })) }));
  if (!hasValues(series)) return null;
  const references = CRITERIA.flatMap((key) => referencesOf(report, key)).filter((r) => !r.condition || r.condition === condition.name);
  const question = `What costs points${report.conditions.length > 1 ? ` in ${condition.name}` : ""}?`;
  return figure({ name: `criteria-${c}`, question,
    caption: `Share of ratings that meet each criterion, by day; 1 is all of them. ${note(report, series.length, references)}`,
    plot: (width, paper) => linePlot({ series, references, days: report.study.days, top: 1, digits: 2, label: question, width, height: PLOT_HEIGHT(width), paper }),
    columns: ["condition", "day", "criterion", "share", "low95", "high95"],
    list: series.flatMap((line) => line.points.map((p) => [condition.name, p.day, line.key, p.value, p.low, p.high])) });
}

function everybody(report) {
  const people = new Map(report.conditions.flatMap((c) => c.personas.map((p) => [p.id, p.name]))), names = report.conditions.map((c, index) => ({ name: c.name, index }));
  const panels = [...people].map(([id, title]) => ({ title, series: report.conditions.flatMap((c, index) => c.personas.filter((p) => p.id === id).map((p) => ({
    name: c.name, index, points: p.score_by_day.map((value, i) => ({ day: i + 1, value })) }))) }));
  if (!panels.some((panel) => hasValues(panel.series))) return null;
  const question = "Is it so for everybody?";
  return figure({ name: "people", question, caption: `Mean score by day, 0 to 4, for each person; all share their axes. ${answered(report)}`.trim(),
    plot: (width, paper) => multiplesPlot({ panels, names, days: report.study.days, top: 4, width, label: question, paper }),
    columns: ["person", "name", "condition", "day", "score", "recommendation_score", "recommendations_per_hour"],
    list: report.conditions.flatMap((c) => c.personas.flatMap((p) => p.score_by_day.map((v, i) => [p.id, p.name, c.name, i + 1, v, p.recommendation_score_by_day[i], p.recommendations_per_hour_by_day[i]]))) });
}

function answer(report) {
  const rows = report.conditions.map((c) => {
    const first = c.days[0], last = c.days.at(-1), grown = c.change;
    return h("tr", h("td", c.name), h("td.n", score(first?.score_mean)), h("td.n", grown ? interval(last.score_mean, last.score_ci95) : "–"), h("td.n", grown ? interval(grown.score_mean, grown.score_ci95) : "–"),
      h("td.n", grown ? interval(last.recommendation_score_mean, last.recommendation_score_ci95) : "–"), h("td.n", rate(last?.recommendations_per_hour)));
  });
  return h("section.card", { id: "answer" }, scroller("First and last day", h("table", h("thead", h("tr", h("th", "Condition"), h("th.n", "Score, first day"), h("th.n", "last day [95 %]"), h("th.n", "change [95 %]"),
    h("th.n", "recommendations alone, last day"), h("th.n", "an hour, last day"))), h("tbody", rows))));
}

// Why there is nothing to plot.
function unrated(report) {
  if (report.imported?.runs.every((r) => r.compressed))
    return h("div.stack", { id: "unrated" }, h("p", "The original's compressed form holds no suggestions and ratings. What people did is in the runs below."), h("p.muted", answered(report)));
  return h("div.stack", { id: "unrated" }, h("p", "Nothing was rated in this study: nobody in it has an assistant that was asked for something, or every rating failed. What people did is in the runs below."),
    h("p.muted", "Give people an assistant in the study file with ", h("code", 'assistants = "all"'), " (or a list of them)."));
}

// What the finished days show.
function findings(report, runs) {
  if (!report.conditions.some((c) => c.days.some((d) => given(d.score_mean)))) return unrated(report);
  return [answer(report), MEASURES.map((m) => measureFigure(report, m)), comparing(report), report.conditions.map((c, i) => criteriaFigure(report, c, i)), everybody(report), learned(report, runs)];
}

function body(id, report, runs) {
  const { study } = report, failed = report.conditions.flatMap((c) => c.days).reduce((n, d) => n + (d.failed ?? 0), 0);
  return [h("div.stack", h("h1", study.name),
    h("p.muted", { role: "status" }, `${plural(study.personas_n, "person", "people")}, ${plural(report.conditions.length, "condition")}, ${plural(study.seeds_n, "seed")}; ${study.days_finished} of ${plural(study.days, "day")} finished, ${runs.filter((r) => r.state === "finished").length} of ${plural(runs.length, "run")}.`,
      failed ? ` ${plural(failed, "rating")} failed and are in no mean.` : "")),
  study.days_finished > 0 ? findings(report, runs)
    : h("div.stack", h("p.muted", "No day is finished by all runs yet. Results appear with the first midnight."), runs[0] ? h("p", h("a.button", { href: `/live/${part(runs[0].id)}` }, "Watch it live")) : null),
  h("section.card.stack", h("h2", "Runs"), h("div.row", runs.filter((r) => r.steps > 0).map((r) => h("a.button", { href: `/replay/${part(r.id)}/0` }, `${few(r.names) || r.persona} · ${r.condition} · ${r.seed}`)))),
  h("p.small.muted", "The same numbers as a page to keep: ", h("code", `propersim report ${study.folder} --html report.html`))];
}

// While the study runs: again when a day is added. A report that takes long is asked for less often.
function watch(id, shown, draw) {
  const ask = async () => {
    const start = performance.now();
    try {
      const report = await get(`studies/${part(id)}/report`), { runs } = await get(`studies/${part(id)}`), key = JSON.stringify(report.study);
      if (!document.hidden && key !== shown) { shown = key; draw(report, runs); }
      if (!runs.some((r) => r.state === "running" || r.state === "waiting")) return;
    } catch { /* the server may come back */ }
    setTimeout(ask, Math.max(5000, 20 * (performance.now() - start)));
  };
  setTimeout(ask, 5000);
}

export async function studyPage(root, kind, [id]) {
  const [report, { runs }] = await Promise.all([get(`studies/${part(id)}/report`), get(`studies/${part(id)}`)]), main = h("main", { id: "main" });
  let days = report.study.days_finished;
  document.title = `${report.study.name} · propersim`;
  replace(root, header([{ text: report.study.name }]), main);
  const draw = (now, list) => { days = now.study.days_finished; replace(main, body(id, now, list)); };
  draw(report, runs);
  useful();
  if (runs.some((r) => r.state === "running" || r.state === "waiting")) watch(id, JSON.stringify(report.study), draw);
  const goes = (key, does, place) => ({ keys: [key], does, run: () => document.getElementById(place)?.scrollIntoView() });
  setKeys([goes("a", "the answer: first and last day", "answer"), goes("c", "compare two conditions", "compare"), goes("e", "everybody on their own", "people"), goes("l", "what was learned", "learned")]);
  globalThis.propersim.state = () => ({ page: "study", conditions: report.conditions.length, days, figures: document.querySelectorAll("figure").length });
}
