// People as raters: the same situations that the simulated rater saw, without its answers, in an order of one's own.
import { get, part, post, rows } from "./api.js";
import { h, replace } from "./dom.js";
import { clock, dayOf, plural, timeOf, weekday } from "./format.js";
import { setKeys } from "./keys.js";
import { readPersona } from "./persona.js";
import { place } from "./schedule.js";
import { CRITERIA, CRITERION_NAMES, empty, few, header } from "./parts.js";
import { RunData } from "./run_data.js";
import { agreement, cohenKappa, krippendorffAlpha } from "./statistics.js";

const ASKED = {
  preference: "Is it something this person likes?", timing: "Is it a good moment for it?",
  frequency: "Is it neither too soon nor too long after the last one?", communication: "Is it said the way they like, and harmless?",
};
const RUBRICS = { preference: ["preference", "personal_preference"], timing: ["timing"], frequency: ["frequency"], communication: ["communication", "communication_safety"] };
const ENOUGH = 20, HOURS = 3, LAST = 4; // what is remembered: the last few suggestions of these hours

// A fixed order for each rater, different for every rater
function shuffled(list, seed) {
  let a = 2166136261;
  for (const c of seed) a = Math.imul(a ^ c.codePointAt(0), 16777619) >>> 0;
  const random = () => { a = (a + 0x6d2b79f5) >>> 0; let t = Math.imul(a ^ (a >>> 15), a | 1); t ^= t + Math.imul(t ^ (t >>> 7), t | 61); return ((t ^ (t >>> 14)) >>> 0) / 4294967296; };
  const out = [...list];
  for (let i = out.length - 1; i > 0; i--) { const j = Math.floor(random() * (i + 1)); [out[i], out[j]] = [out[j], out[i]]; }
  return out;
}

const key = (r) => `${r.step}:${r.who}:${r.slot}`;
const newest = (ratings) => [...new Map(ratings.map((r) => [`${r.rater} ${key(r)}`, r])).values()];

export async function ratePage(root, kind, [id]) {
  const data = await RunData.open(id), { run } = data, r = part(id);
  document.title = `Rate · propersim`;
  const marks = await rows(id, "marks", { from: 0, to: 2147483647 });
  const body = h("div.stack"), session = { rater: "", done: 0, current: null, given: {}, order: [] };
  replace(root, header([{ text: run.study_name, href: `/study/${part(run.study)}` }, { text: `${few(run.residents.map((x) => x.name))} · seed ${run.seed}`, href: `/replay/${r}` }, { text: "Rate" }]), h("main", { id: "main" }, body));
  globalThis.propersim.state = () => ({ page: "rate", rater: session.rater, done: session.done, step: session.current?.step ?? null, given: { ...session.given }, finished: session.finished ?? false });
  if (!marks.length) { replace(body, h("h1", "Nothing to rate yet"), empty("Nothing has been suggested in this run so far.")); return; }

  const name = h("input.field", { "aria-label": "Your name or initials", maxlength: 40, autocomplete: "nickname", required: true });
  const form = h("form.card.stack", { style: { "max-width": "34rem" }, onsubmit: (e) => { e.preventDefault(); start(name.value.trim()); } },
    h("h1", "How would you rate it?"),
    h("p", "You see situations of this run in random order: who it is, what they do, what was suggested. For each you say which of four criteria it meets, as you think that this person would."),
    h("p.muted", "What the simulated rater said is not shown before the end. Answers are stored beside the run, not in it."),
    h("label.stack", h("span", "Your name or initials"), name), h("div", h("button.button.main", "Start")));
  replace(body, form);
  name.focus();
  setKeys([]);

  async function start(rater) {
    if (!rater) return;
    session.rater = rater;
    const { ratings } = await get(`runs/${r}/ratings`), mine = new Set(newest(ratings).filter((x) => x.rater === rater).map((x) => `${x.step}:${x.who}`));
    session.done = mine.size;
    session.order = shuffled(marks, rater).filter((m) => !mine.has(`${m.step}:${m.who}`));
    setKeys([...CRITERIA.map((c, i) => ({ keys: [String(i + 1)], does: `${CRITERION_NAMES[c].toLowerCase()}: yes, then no`, run: () => give(c, session.given[c] === 1 ? 0 : 1) })),
      { keys: ["Enter"], does: "store it and go on", run: () => store() }, { keys: ["e"], does: "end and see how far you agree", run: () => end() }]);
    await next();
  }

  async function next() {
    session.given = {};
    session.current = null;
    const mark = session.order.shift();
    if (!mark) { await end(); return; }
    const resident = run.residents.find((x) => x.who === mark.who), step = mark.step;
    const back = Math.min(step, Math.round((HOURS * 3600) / run.sec_per_step));
    const [now, all, [text]] = await Promise.all([data.load(step), rows(id, "suggestions", { from: step - back, to: step, who: mark.who }), rows(id, "texts", { day: dayOf(run, step), q: `personas/${resident.persona}.lua` })]);
    const g = all.find((x) => x.delivered && x.step === step);
    if (!g) { await next(); return; }
    session.current = g;
    session.situation = { resident, persona: readPersona(text?.text ?? ""), row: now.rows.find((x) => x.who === mark.who), g, before: all.filter((x) => x.delivered && !x.silent && x.step < step) };
    draw();
  }

  function draw() {
    const { resident, persona, row, g, before } = session.situation, time = timeOf(run, g.step), toDo = Math.min(ENOUGH, session.done + session.order.length + 1);
    const ready = CRITERIA.every((c) => session.given[c] !== undefined);
    const rubric = (c) => RUBRICS[c].map((k) => persona[k]).find(Boolean);
    replace(body, h("div.situation",
      h("div.row", h("progress", { max: toDo, value: Math.min(session.done, toDo), "aria-label": "Done" }), h("span.small.muted", `${session.done} rated by ${session.rater}; ${ENOUGH} are enough to compare`)),
      h("h1", `${resident.name}, ${weekday(time)} ${clock(time)}`),
      h("p", h("span.emoji", row.emoji), " ", row.walking ? "walking" : row.doing?.description ?? row.action, row.address && !row.walking ? h("span.muted", ` · ${place(row.address)}`) : null),
      h("details", h("summary", `Who is ${resident.name}?`), h("dl", [["background", "Background"], ["current_interests", "Interests"], ["lifestyle", "Lifestyle"]].filter(([k]) => persona[k]).map(([k, t]) => [h("dt", t), h("dd", persona[k])]))),
      before.length ? h("details", { open: true }, h("summary", `Spoken to ${plural(before.length, "time")} in the last ${HOURS} hours, last ${plural(Math.round(((g.step - before.at(-1).step) * run.sec_per_step) / 60), "minute")} ago`),
        h("ul.memory.small", before.slice(-LAST).map((x) => h("li", h("time", clock(timeOf(run, x.step))), h("span", x.text), h("span")))))
        : h("p.muted", `Not spoken to in the last ${HOURS} hours.`),
      h("blockquote", g.silent ? h("em", "The assistant stays silent.") : g.text),
      h("div", CRITERIA.map((c, i) => h("div.question", h("div", h("strong", `${i + 1}. ${CRITERION_NAMES[c]}`), h("div.small", ASKED[c]), rubric(c) ? h("div.small.muted", `“${rubric(c)}”`) : null),
        h("div.row", { role: "group", "aria-label": CRITERION_NAMES[c] }, [[1, "Yes"], [0, "No"]].map(([v, t]) => h("button.button", { "data-criterion": c, "data-value": v, "aria-pressed": String(session.given[c] === v), onclick: () => give(c, v) }, t)))))),
      h("div.row", h("button.button.main", { "data-do": "store", disabled: !ready, onclick: () => store() }, "Store and go on"), h("button.button", { onclick: () => next() }, "Skip"), h("span.wide"), h("button.button", { "data-do": "end", onclick: () => end() }, "End and compare"))));
  }

  function give(c, value) { if (session.current) { session.given[c] = value; draw(); } }

  async function store() {
    const g = session.current;
    if (!g || !CRITERIA.every((c) => session.given[c] !== undefined)) return;
    session.current = null;
    await post(`runs/${r}/ratings`, { rater: session.rater, step: g.step, who: g.who, slot: g.slot, ...session.given });
    session.done++;
    await next();
  }

  async function end() {
    session.current = null;
    session.finished = true;
    const ratings = newest((await get(`runs/${r}/ratings`)).ratings), simulated = new Map();
    for (const step of new Set(ratings.map((x) => x.step)))
      for (const x of await rows(id, "ratings-simulated", { from: step, to: step })) if (x.value !== null) simulated.set(`${key(x)}:${x.criterion}`, x.value);
    const pairsOf = (list, c) => list.filter((x) => simulated.has(`${key(x)}:${c}`)).map((x) => [x[c], simulated.get(`${key(x)}:${c}`)]);
    const people = [...new Set(ratings.map((x) => x.rater))];
    const share = (v) => (v === null ? "–" : `${(100 * v).toFixed(1)} %`), two = (v) => (v === null ? "–" : v.toFixed(2));
    const unitsOf = (c) => [...Map.groupBy(ratings, key)].map(([k, list]) => [...list.map((x) => x[c]), ...(simulated.has(`${k}:${c}`) ? [simulated.get(`${k}:${c}`)] : [])]);
    const line = (name, pairs, alpha) => h("tr", h("td", name), h("td.n", pairs.length), h("td.n", share(agreement(pairs))), h("td.n", two(cohenKappa(pairs))), h("td.n", alpha === undefined ? "" : two(alpha)));
    replace(body, h("h1", "How far people and the simulated rater agree"), ratings.length ? h("section.card.scroll", h("table",
      h("thead", h("tr", h("th", "Criterion"), h("th.n", "Answers"), h("th.n", "Equal"), h("th.n", "Cohen's κ"), h("th.n", "Krippendorff's α"))),
      h("tbody", CRITERIA.map((c) => line(CRITERION_NAMES[c], pairsOf(ratings, c), krippendorffAlpha(unitsOf(c)))), line("All", CRITERIA.flatMap((c) => pairsOf(ratings, c)))),
      people.length > 1 ? h("tbody", people.map((p) => line(p, CRITERIA.flatMap((c) => pairsOf(ratings.filter((x) => x.rater === p), c))))) : null)) : empty("Nobody has rated this run yet."),
    h("p.small.muted", "κ and α take out what chance alone would give: 0 is chance, 1 is full agreement. α counts all people together with the simulated rater. A dash: all answers are the same, so that there is nothing to agree on beyond chance."),
    h("div.row", h("button.button", { onclick: () => { session.finished = false; start(session.rater); } }, "Rate more"), h("a.button", { href: `/replay/${r}` }, "See the run")));
    setKeys([]);
  }
}
