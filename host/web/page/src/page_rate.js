// People as raters: the same situations that the simulated rater saw, without its answers, in an order of one's own.
import { get, part, post, rows } from "./api.js";
import { h, replace } from "./dom.js";
import { clock, dayOf, plural, timeOf, weekday } from "./format.js";
import { setKeys } from "./keys.js";
import { readPersona } from "./persona.js";
import { activity, place } from "./schedule.js";
import { CRITERIA, CRITERION_NAMES, empty, few, header, problem } from "./parts.js";
import { agreementOf, key, newest } from "./agreement.js";
import { RunData } from "./run_data.js";

const ASKED = {
  preference: "Is it something this person likes?", timing: "Is it a good moment for it?",
  frequency: "Is it neither too soon nor too long after the last one?", communication: "Is it said the way they like, and harmless?",
};
const ASKED_OF_SILENCE = {
  preference: "Would this person rather hear nothing in what they do?", timing: "Is it a good moment to stay silent?",
  frequency: "Is nothing overdue, so that they do not miss anything?", communication: "Does staying silent respect how they want to be treated?",
};
const RUBRICS = { preference: ["preference", "personal_preference"], timing: ["timing"], frequency: ["frequency"], communication: ["communication", "communication_safety"] };
const ENOUGH = 20, HOURS = 3, LAST = 4; // what is remembered: the last few suggestions of these hours

const NAME_BYTES = 40; // as the server has it

/** What is wrong with a rater's name, or "". */
function nameProblem(name) {
  const bytes = new TextEncoder().encode(name).length;
  if (bytes <= NAME_BYTES) return "";
  return `This name takes ${bytes} bytes and ${NAME_BYTES} fit: a letter beyond a to z takes two to four. Shorten it, or give initials.`;
}

// A fixed order for each rater, different for every rater
function shuffled(list, seed) {
  let a = 2166136261;
  for (const c of seed) a = Math.imul(a ^ c.codePointAt(0), 16777619) >>> 0;
  const random = () => { a = (a + 0x6d2b79f5) >>> 0; let t = Math.imul(a ^ (a >>> 15), a | 1); t ^= t + Math.imul(t ^ (t >>> 7), t | 61); return ((t ^ (t >>> 14)) >>> 0) / 4294967296; };
  const out = [...list];
  for (let i = out.length - 1; i > 0; i--) { const j = Math.floor(random() * (i + 1)); [out[i], out[j]] = [out[j], out[i]]; }
  return out;
}


export async function ratePage(root, kind, [id]) {
  const data = await RunData.open(id), { run } = data, r = part(id);
  document.title = `Rate · propersim`;
  const marks = await rows(id, "marks", { from: 0, to: 2147483647 });
  const body = h("div.stack"), again = h("div"), session = { rater: "", done: 0, current: null, given: {}, order: [], problem: null };
  replace(root, header([{ text: run.study_name, href: `/study/${part(run.study)}` }, { text: `${few(run.residents.map((x) => x.name))} · seed ${run.seed}`, href: `/replay/${r}` }, { text: "Rate" }]), h("main", { id: "main" }, body));
  globalThis.propersim.state = () => ({ page: "rate", rater: session.rater, done: session.done, step: session.current?.step ?? null, given: { ...session.given }, finished: session.finished ?? false });
  if (!marks.length) { replace(body, h("h1", "Nothing to rate yet"), empty("Nothing has been suggested in this run so far.")); return; }

  const name = h("input.field", { "aria-label": "Your name or initials", maxlength: 40, autocomplete: "nickname", required: true }), formProblem = h("div");
  const form = h("form.card.stack", { style: { "max-width": "34rem" }, onsubmit: (e) => { e.preventDefault(); begin(name.value.trim()); } },
    h("h1", "How would you rate it?"),
    h("p", "You see situations of this run in random order: who it is, what they do, what was suggested. For each you say which of four criteria it meets, as you think that this person would."),
    h("p.muted", "What the simulated rater said is not shown before the end. Answers are stored beside the run, not in it."),
    h("label.stack", h("span", "Your name or initials"), name), formProblem, h("div", h("button.button.main", "Start")));
  replace(body, form);
  name.focus();
  setKeys([]);

  async function begin(rater) {
    if (!rater) return;
    const wrong = nameProblem(rater);
    replace(formProblem, wrong ? problem(wrong) : null);
    if (wrong) { name.focus(); return; }
    try {
      await start(rater);
    } catch (error) {
      replace(formProblem, problem(error.message, "Press Start again when it does."));
    }
  }

  async function start(rater) {
    const { ratings } = await get(`runs/${r}/ratings`), mine = new Set(newest(ratings).filter((x) => x.rater === rater).map((x) => `${x.step}:${x.who}`));
    Object.assign(session, { rater, done: mine.size, finished: false });
    session.order = shuffled(marks, rater).filter((m) => !mine.has(`${m.step}:${m.who}`));
    setKeys([...CRITERIA.map((c, i) => ({ keys: [String(i + 1)], does: `${CRITERION_NAMES[c].toLowerCase()}: yes, then no`, run: () => give(c, session.given[c] === 1 ? 0 : 1) })),
      { keys: ["Enter"], does: "store it and go on", run: () => store() }, { keys: ["e"], does: "end and see how far you agree", run: () => end() }]);
    await next();
  }

  // Of a situation that cannot be fetched it says why, and asks again
  async function next() {
    Object.assign(session, { given: {}, current: null, problem: null });
    const mark = session.order[0];
    if (!mark) { await end(); return; }
    const resident = run.residents.find((x) => x.who === mark.who), step = mark.step;
    const back = Math.min(step, Math.round((HOURS * 3600) / run.sec_per_step));
    let now, all, text;
    try {
      [now, all, [text]] = await Promise.all([data.load(step), rows(id, "suggestions", { from: step - back, to: step, who: mark.who }), rows(id, "texts", { day: dayOf(run, step), q: `personas/${resident.persona}.lua` })]);
    } catch (error) {
      replace(body, h("h1", "The next situation cannot be shown"), problem(error.message, `${plural(session.done, "rating")} of yours are stored.`), h("div", h("button.button.main", { "data-do": "again", onclick: () => next() }, "Try again")));
      return;
    }
    session.order.shift();
    const g = all.find((x) => x.delivered && x.step === step);
    if (!g) { await next(); return; }
    session.current = g;
    session.situation = { resident, persona: readPersona(text?.text ?? ""), row: now.rows.find((x) => x.who === mark.who), g, before: all.filter((x) => x.delivered && !x.silent && x.step < step) };
    draw();
    body.querySelector("h1").focus({ preventScroll: true });
  }

  function draw() {
    const { resident, persona, row, g, before } = session.situation, time = timeOf(run, g.step), toDo = Math.min(ENOUGH, session.done + session.order.length + 1);
    const { what, block } = activity(row), asked = g.silent ? ASKED_OF_SILENCE : ASKED;
    const rubric = (c) => RUBRICS[c].map((k) => persona[k]).find(Boolean);
    replace(body, h("div.situation",
      h("div.row", h("progress", { max: toDo, value: Math.min(session.done, toDo), "aria-label": "Done" }), h("span.small.muted", `${session.done} rated by ${session.rater}; ${ENOUGH} are enough to compare`)),
      h("h1", { tabindex: "-1" }, `${resident.name}, ${weekday(time)} ${clock(time)}`),
      h("p", h("span.emoji", row.emoji), " ", what, row.address && !row.walking ? h("span.muted", ` · ${place(row.address)}`) : null, block ? h("span.small.muted", ` · planned: ${block}`) : null),
      h("details", h("summary", `Who is ${resident.name}?`), h("dl", [["background", "Background"], ["current_interests", "Interests"], ["lifestyle", "Lifestyle"]].filter(([k]) => persona[k]).map(([k, t]) => [h("dt", t), h("dd", persona[k])]))),
      before.length ? h("details", { open: true }, h("summary", `Spoken to ${plural(before.length, "time")} in the last ${HOURS} hours, last ${plural(Math.round(((g.step - before.at(-1).step) * run.sec_per_step) / 60), "minute")} ago`),
        h("ul.memory.small", before.slice(-LAST).map((x) => h("li", h("time", clock(timeOf(run, x.step))), h("span", x.text), h("span")))))
        : h("p.muted", `Not spoken to in the last ${HOURS} hours.`),
      h("blockquote", g.silent ? h("em", "The assistant stays silent.") : g.text),
      h("div", CRITERIA.map((c, i) => h("div.question", h("div", h("strong", `${i + 1}. ${CRITERION_NAMES[c]}`), h("div.small", asked[c]), rubric(c) ? h("div.small.muted", `“${rubric(c)}”`) : null),
        h("div.row", { role: "group", "aria-label": CRITERION_NAMES[c] }, [[1, "Yes"], [0, "No"]].map(([v, t]) => h("button.button", { "data-do": `${c}-${v}`, "data-criterion": c, "data-value": v, "aria-pressed": String(session.given[c] === v), onclick: () => give(c, v) }, t)))))),
      session.problem ? problem(session.problem, "Your answers are still here: try again when it does.") : null,
      h("div.row", h("button.button.main", { "data-do": "store", disabled: !ready(), onclick: () => store() }, "Store and go on"), h("button.button", { "data-do": "skip", onclick: () => next() }, "Skip"), h("span.wide"), h("button.button", { "data-do": "end", onclick: () => end() }, "End and compare"))));
  }

  const ready = () => CRITERIA.every((c) => session.given[c] !== undefined);

  function give(c, value) { if (session.current) { session.given[c] = value; draw(); } }

  async function store() {
    const g = session.current;
    if (!g || session.storing || !ready()) return;
    session.storing = true;
    session.problem = null;
    try {
      await post(`runs/${r}/ratings`, { rater: session.rater, step: g.step, who: g.who, slot: g.slot, ...session.given });
    } catch (error) {
      session.problem = `This rating is not stored: ${error.message}`;
    }
    session.storing = false;
    if (session.current !== g) return; // ended meanwhile
    if (session.problem) { draw(); return; }
    session.done++;
    await next();
  }

  async function end() {
    try {
      const shown = await agreementOf(id);
      Object.assign(session, { current: null, finished: true });
      replace(body, h("h1", { tabindex: "-1" }, "How far people and the simulated rater agree"), shown,
        h("div.row", h("button.button", { "data-do": "more", onclick: () => start(session.rater).catch((error) => replace(again, problem(error.message))) }, "Rate more"), h("a.button", { href: `/replay/${r}` }, "See the run")), again);
      body.querySelector("h1").focus({ preventScroll: true });
      setKeys([]);
    } catch (error) {
      session.problem = `How far you agree cannot be shown: ${error.message}`;
      if (session.current) draw();
      else replace(body, h("h1", "All are rated"), problem(session.problem), h("div", h("button.button.main", { "data-do": "again", onclick: () => end() }, "Try again")));
    }
  }
}
