// What somebody is, plans, knows and remembers, as of a step.
import { firstRows, part, rows } from "./api.js";
import { h, replace, settle, useful } from "./dom.js";
import { capital, clock, dayOf, plural, timeOf, when } from "./format.js";
import { setKeys } from "./keys.js";
import { dialogue, header } from "./parts.js";
import { readPersona } from "./persona.js";
import { RunData } from "./run_data.js";
import { place, settleSchedule } from "./schedule.js";

const STREAMS = [
  { key: "event", title: "Events", stream: "resident", type: "event" },
  { key: "thought", title: "Thoughts", stream: "resident", type: "thought" },
  { key: "chat", title: "Conversations", stream: "resident", type: "chat" },
  { key: "assistant", title: "Assistant's memory", stream: "assistant", type: "" },
  { key: "rater", title: "Suggestion memory as rater", stream: "rater", type: "" },
  { key: "summaries", title: "Summaries" },
];
const TRAITS = ["openness", "conscientiousness", "extraversion", "agreeableness", "neuroticism"];
const ABOUT = [["background", "Background"], ["current_interests", "Interests"], ["lifestyle", "Lifestyle"],
  ["long_term_goals", "Goals"], ["daily_plan_req", "Every day"]];

function onTheirMind(revised, day) {
  const late = day > 1 && (revised?.day ?? 0) < day
    ? h("p.small.muted", `What the night before day ${day} made of it is in the run file when that day is over.`) : null;
  if (!revised?.currently) return late;
  return h("div.currently", { "data-day": revised.day }, h("p", revised.currently),
    h("p.small.muted", `On their mind since the night before day ${revised.day}.`), late);
}

// Persona, and what the last night made of it. `revised`: the row of `identity` for the day, which a first day has not
function identity(resident, persona, revised, day) {
  const traits = TRAITS.filter((t) => persona[t]);
  const facts = ABOUT.filter(([key]) => persona[key]);
  return h("section.card.stack.tall", { tabindex: "0", "aria-label": "Identity" }, h("h2", "Identity"), onTheirMind(revised, day),
    facts.length || traits.length ? h("dl",
      persona.age ? [h("dt", "Age"), h("dd", persona.age)] : null,
      traits.length ? [h("dt", "Big Five"), h("dd", h("span.chips", traits.map((t) => h("span.chip", `${persona[t]} ${t}`))))] : null,
      facts.map(([key, title]) => [h("dt", title), h("dd", persona[key])]),
      persona.living_area ? [h("dt", "Room"), h("dd", persona.living_area)] : null)
      : h("p.muted", `The run did not record the text of ${resident.persona}.`));
}

function planOf(lines, now) {
  const list = (level) => {
    const all = settleSchedule(lines.filter((l) => l.level === level));
    return all.length ? h("ol.plan", all.map((l) => {
      const is = now >= l.start && now < l.start + l.minutes * 60;
      return h(`li${is ? ".now" : now >= l.start ? ".past" : ""}`, h("time", clock(l.start)), h("span", l.activity));
    })) : h("p.muted.small", "Nothing yet.");
  };
  return h("section.card.stack.tall", { tabindex: "0", "aria-label": "Schedule" }, h("h2", "Schedule of the day"), list("hourly"),
    h("details", h("summary", "In smaller tasks"), list("decomposed")));
}

function knownPlaces(addresses) {
  const tree = new Map();
  for (const { address } of addresses) {
    let at = tree;
    for (const name of address.split(":")) at = at.get(name) ?? at.set(name, new Map()).get(name);
  }
  const draw = (node) => h("ul", [...node].map(([name, below]) => h("li", name, below.size ? draw(below) : null)));
  const list = draw(tree);
  list.className = "tree small";
  return h("section.card.stack.tall", { tabindex: "0", "aria-label": "Known places" }, h("h2", "Known places"),
    h("p.small.muted", "What was perceived or used up to this step."), addresses.length ? list : h("p.muted.small", "None yet."));
}

function marked(text, query) {
  const at = query ? text.toLowerCase().indexOf(query.toLowerCase()) : -1;
  return at < 0 ? text : [text.slice(0, at), h("mark", text.slice(at, at + query.length)), text.slice(at + query.length)];
}

class Memories {
  constructor(run, step, who, name) {
    Object.assign(this, { run, step, who, name, kind: STREAMS[0], query: "" });
    this.search = h("input.field", { type: "search", placeholder: "Search these memories", "aria-label": "Search memories",
      oninput: settle(() => { this.query = this.search.value.trim(); this.load(); }, 150) });
    this.tabs = h("div.tabs", { role: "group", "aria-label": "Which memories" },
      STREAMS.map((k) => h("button.button", { "data-do": k.key, "aria-pressed": "false", onclick: () => this.choose(k) }, k.title)));
    this.list = h("ul.memory");
    this.status = h("p.small.muted", { role: "status" });
    this.more = h("div");
    this.element = h("section.card.stack", h("h2", "Memory"), this.tabs, this.search, this.status, this.list, this.more);
  }

  choose(kind) { this.kind = kind; return this.load(); }

  fetch(offset) {
    const base = { who: this.who, step: this.step, limit: 100, offset };
    if (this.kind.key !== "summaries") return firstRows(this.run.id, "memory", { ...base, stream: this.kind.stream, type: this.kind.type, q: this.query });
    return Promise.all(["assistant", "rater"].map((stream) => rows(this.run.id, "summaries", { who: this.who, step: this.step, stream })))
      .then((both) => ({ rows: both.flat().filter((x) => x.text.toLowerCase().includes(this.query.toLowerCase())), next: null }));
  }

  async load() {
    this.tabs.childNodes.forEach((tab, i) => tab.setAttribute("aria-pressed", String(STREAMS[i] === this.kind)));
    this.list.replaceChildren();
    this.count = 0;
    await this.add(0);
  }

  async add(offset) {
    const kind = this.kind, query = this.query, asked = () => kind === this.kind && query === this.query;
    let page;
    try {
      page = await this.fetch(offset);
    } catch (error) {
      if (!asked()) return;
      this.status.textContent = error.message;
      replace(this.more, h("button.button", { "data-do": "more", onclick: () => this.add(offset) }, "Try again"));
      return;
    }
    if (!asked()) return;
    this.count += page.rows.length;
    const fresh = page.rows.map((m) => this.row(m)), leaves = this.more.contains(document.activeElement) && page.next === null;
    this.list.append(...fresh);
    this.status.textContent = page.next !== null ? `The newest ${this.count}` : this.count ? plural(this.count, "entry", "entries")
      : query ? "Nothing holds these words." : `No ${kind.title.toLowerCase()} at this step.`;
    replace(this.more, page.next !== null ? h("button.button", { "data-do": "more", onclick: () => this.add(page.next) }, "Older ones") : null);
    if (leaves) fresh[0]?.querySelector("a")?.focus(); // the button is gone: on with what it brought
  }

  row(m) {
    const step = h("a", { href: `/replay/${part(this.run.id)}/${m.step}` }, when(this.run, m.step));
    if (m.level) return h("li", h("time", `${clock(m.start)}–${clock(m.stop)}`), h("span", marked(m.text, this.query)), h("span.small.muted", m.level === "hour" ? "hour" : "four hours"));
    const lines = JSON.parse(m.filling ?? "[]");
    return h("li", h("time", step), h("span", marked(m.text, this.query),
      !lines.length ? null : m.type === "chat" ? h("details.small", h("summary", plural(lines.length, "line")), dialogue(lines, this.name)) : this.evidence(lines)),
      h("span.small.muted.nums", { title: "Importance, 1 to 10" }, `★ ${m.importance}`));
  }

  // What a thought rests on: numbers of memories, whose texts are fetched when somebody wants to see them
  evidence(ids) {
    const list = h("ul.small"), summary = h("summary", `rests on ${plural(ids.length, "memory", "memories")}`);
    return h("details.small", { ontoggle: async () => {
      if (list.childElementCount) return;
      const found = await Promise.all(ids.map((id) => firstRows(this.run.id, "memory", { who: this.who, step: this.step, stream: "resident", id }))).catch((error) => { list.textContent = `${error.message} Close this and open it again.`; return null; });
      if (found) replace(list, found.map((f, i) => h("li", f.rows[0]?.text ?? `memory ${ids[i]}, which is not there at this step`)));
    } }, summary, list);
  }
}

export async function statePage(root, kind, [id, stepText, name]) {
  const data = await RunData.open(id), { run } = data, step = Math.min(Math.max(0, Number(stepText) || 0), data.last);
  const plain = (text) => text.replaceAll("_", " ").toLowerCase();
  const resident = run.residents.find((r) => plain(r.name) === plain(name) || String(r.who) === name || r.persona === name);
  if (!resident) throw Object.assign(new Error(`Nobody called ${name} lives here, but ${run.residents.map((r) => r.name).join(", ")}.`), { status: 404 });
  document.title = `${resident.name}, ${when(run, step)} · propersim`;
  const who = resident.who, day = dayOf(run, step);
  const [now, lines, known, [text], [revised]] = await Promise.all([data.load(step), rows(id, "schedule", { day, who, step }), rows(id, "places", { who, step }),
    rows(id, "texts", { day, q: `personas/${resident.persona}.lua` }), rows(id, "identity", { day, who })]);
  const row = now.rows.find((r) => r.who === who), memories = new Memories(run, step, who, resident.name), r = part(id);
  const hour = Math.max(1, Math.round(3600 / run.sec_per_step));
  const go = (to) => { location.href = `/state/${r}/${Math.min(Math.max(0, to), data.last)}/${encodeURIComponent(resident.name)}`; };
  replace(root, header([{ text: run.study_name, href: `/study/${part(run.study)}` }, { text: `${run.condition} · seed ${run.seed}`, href: `/replay/${r}/${step}` }, { text: resident.name }]),
    h("main", { id: "main" },
      h("div.stack", h("h1", resident.name),
        h("p", `${when(run, step)}: `, h("span.emoji", row?.asleep ? "😴" : row?.emoji ?? ""), ` ${row?.action ?? "not there yet"}${row?.address && !row.walking ? ` (${place(row.address)})` : ""}`),
        h("div.row", h("button.button", { onclick: () => go(step - run.steps_per_day) }, "A day back"), h("button.button", { onclick: () => go(step - hour) }, "An hour back"),
          h("button.button", { onclick: () => go(step + hour) }, "An hour on"), h("button.button", { onclick: () => go(step + run.steps_per_day) }, "A day on"),
          h("a.button", { href: `/replay/${r}/${step}` }, "See it on the map"), h("a.button", { href: `/step/${r}/${step}` }, "Why this step"),
          run.residents.length > 1 ? run.residents.filter((x) => x !== resident).map((x) => h("a.button", { href: `/state/${r}/${step}/${encodeURIComponent(x.name)}` }, x.name)) : null)),
      h("div.columns", identity(resident, readPersona(text?.text ?? ""), revised, day), planOf(lines, timeOf(run, step)), knownPlaces(known)), memories.element));
  for (const now of document.querySelectorAll(".tall .now")) now.parentElement.parentElement.scrollTop = now.offsetTop - now.parentElement.offsetTop - 120;
  useful();
  await memories.load();
  setKeys([{ keys: ["/"], does: "search the memories", run: () => memories.search.focus() },
    { keys: [","], does: "an hour back", run: () => go(step - hour) }, { keys: ["."], does: "an hour on", run: () => go(step + hour) },
    { keys: ["["], does: "a day back", run: () => go(step - run.steps_per_day) }, { keys: ["]"], does: "a day on", run: () => go(step + run.steps_per_day) },
    { keys: ["m"], does: "the map at this step", run: () => { location.href = `/replay/${r}/${step}`; } },
    { keys: ["w"], does: "why: everything about this step", run: () => { location.href = `/step/${r}/${step}`; } },
    ...STREAMS.map((k, i) => ({ keys: [String(i + 1)], does: k.title.toLowerCase(), run: () => memories.choose(k) }))]);
  globalThis.propersim.state = () => ({ page: "state", step, resident: resident.name, kind: memories.kind.key, shown: memories.count, capital: capital(run.state) });
}
