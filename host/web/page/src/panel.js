// Beside the map: what somebody does, what the assistant said last and how it was received, the day's plan, the score.
import { firstRows, part, rows } from "./api.js";
import { add, h, pace, replace } from "./dom.js";
import { clock, dayOf, plural, score, timeOf, when } from "./format.js";
import { criteriaChips, dialogue, scoreBadge, spark } from "./parts.js";
import { assisted, recorded } from "./run_data.js";
import { activity, place, settleSchedule } from "./schedule.js";

export class Panel {
  constructor(data, { onWho }) {
    Object.assign(this, { data, onWho, who: 1, marks: [], plans: new Map(), reasons: new Map(), spoken: new Map(), chats: new Map() });
    this.name = this.buildName();
    this.now = h("div.stack");
    this.head = h("section", this.name, this.now);
    this.said = h("section");
    this.memory = h("section");
    this.score = h("section");
    this.plan = h("section");
    this.chat = h("section", { hidden: true });
    this.everybody = h("section", { hidden: data.run.residents.length < 2 });
    this.buildEverybody();
    this.element = h("aside.side", { "aria-label": "What is going on", tabindex: "0" }, this.head, this.chat, this.said, this.score, this.plan, this.memory, this.everybody);
    this.later = pace(() => this.details(), 700);
    this.drawn = 0;
    this.last = pace(() => this.draw(), 120);
  }

  setMarks(marks) { this.marks = marks; }

  show(step) {
    this.step = step;
    this.later();
    if (performance.now() - this.drawn > 120) this.draw(); else this.last();
  }

  get resident() { return this.data.run.residents.find((r) => r.who === this.who); }

  choose(who) { this.who = who; this.onWho?.(who); this.draw(); this.later(); }

  draw() {
    const { data, step, who } = this, row = data.at(step)?.rows.find((r) => r.who === who);
    if (!row) return;
    this.drawn = performance.now();
    this.drawHead(row);
    this.drawSaid();
    this.drawScore();
    this.drawPlan();
    this.drawEverybody();
  }

  /** The index of the first mark of a step or later. */
  markAt(step) {
    let low = 0, high = this.marks.length;
    while (low < high) { const mid = (low + high) >> 1; if (this.marks[mid].step < step) low = mid + 1; else high = mid; }
    return low;
  }

  /** The last thing said aloud to this resident: the suggestion, or {step} if it has not been fetched yet, or null. */
  lastSaid() {
    const near = this.data.lastSaid(this.step, this.who);
    if (near) return near;
    for (let i = this.markAt(this.step + 1) - 1; i >= 0; i--) {
      const m = this.marks[i];
      if (m.who === this.who && !m.silent) return this.spoken.get(`${m.step}:${m.who}`) ?? { step: m.step };
    }
    return null;
  }

  // Who is chosen: built once, or it would be closed under the hand of whoever opens it
  buildName() {
    const { run } = this.data;
    if (run.residents.length < 2) return h("h1", { style: { "font-size": "1.25rem" } }, this.resident.name);
    return h("select.field", { "aria-label": "Resident", onchange: (e) => this.choose(Number(e.target.value)) }, run.residents.map((r) => h("option", { value: r.who }, r.name)));
  }

  drawHead(row) {
    const { run } = this.data, a = row.doing, id = part(run.id), { what, block } = activity(row);
    if (this.name.value !== undefined) this.name.value = String(this.who);
    replace(this.now,
      h("p", { style: { "font-size": "1.05rem" } }, h("span.emoji", row.asleep ? "😴" : row.emoji), " ", what),
      a && !row.asleep ? h("p.small.muted", place(a.address), block ? ` · ${block}` : "", ` · ${clock(a.start)}–${clock(a.start + a.minutes * 60)}`) : null,
      h("p.small", h("a", { href: `/state/${id}/${this.step}/${encodeURIComponent(this.resident.name)}` }, "Memory and state"), " · ",
        h("a", { href: `/step/${id}/${this.step}` }, "Why this step")));
  }

  drawSaid() {
    const g = this.lastSaid(), { run } = this.data;
    const now = this.data.at(this.step)?.said.find((x) => x.who === this.who);
    this.suggestion = g;
    const reasons = g ? this.reasons.get(`${g.step}:${g.slot}`) ?? {} : {};
    const words = Object.entries(reasons).filter(([c]) => g?.[c] === 0);
    replace(this.said, h("h2", "Last suggestion", now?.silent ? h("span.tag", "silent now") : null),
      g && g.text === undefined ? h("p.muted.small", "…") : g ? h("div.said", { style: g.score === null ? {} : { "--tone": `var(--s${g.score})` } },
        h("div.row", scoreBadge(g.score), h("span.small.muted.wide", when(run, g.step)),
          h("a.small", { href: `/step/${part(run.id)}/${g.step}` }, "why?")),
        h("p", g.text), criteriaChips(g, reasons),
        words.length ? h("p.small.muted", words.map(([c, text], i) => [i ? h("br") : null, `${c}: ${text}`])) : null,
        g.reason ? h("p.small", h("span.muted", "Its reason: "), g.reason) : null)
        : h("p.muted.small", assisted(run, this.resident.persona) ? "Nothing has been said yet." : `${this.resident.name} has no assistant in this run.`));
  }

  drawScore() {
    const { run } = this.data, day = dayOf(run, this.step), from = (day - 1) * run.steps_per_day;
    let sum = 0, n = 0, told = 0;
    for (let i = this.markAt(from); i < this.marks.length && this.marks[i].step <= this.step; i++) {
      const m = this.marks[i];
      if (m.who !== this.who) continue;
      if (m.score !== null) { sum += m.score; n++; }
      if (!m.silent) told++;
    }
    replace(this.score, h("h2", `Score on day ${day} so far`),
      h("div.running-score", h("b", n ? score(sum / n) : "–"),
        h("span.small.muted.wide", `${plural(n, "rating")}, ${plural(told, "recommendation")}`), spark(run.scores)));
  }

  drawPlan() {
    const { run } = this.data, day = dayOf(run, this.step), lines = this.plans.get(`${day}:${this.who}`);
    if (!lines) { replace(this.plan, h("h2", "Plan of the day"), h("p.small.muted", "…")); return; }
    const now = timeOf(run, this.step);
    const known = lines.filter((l) => l.step <= this.step), hourly = settleSchedule(known.filter((l) => l.level === "hourly"));
    replace(this.plan, h("h2", "Plan of the day"),
      hourly.length ? h("ol.plan", hourly.map((l) => {
        const is = now >= l.start && now < l.start + l.minutes * 60, past = now >= l.start + l.minutes * 60;
        return h(`li${is ? ".now" : past ? ".past" : ""}`, is ? { "aria-current": "time" } : {}, h("time", clock(l.start)), h("span", l.activity));
      })) : h("p.small.muted", "No plan has been made yet."));
  }

  buildEverybody() {
    this.others = new Map(this.data.run.residents.map((r) => {
      const sign = h("span.emoji"), doing = h("span.small.muted");
      const button = h("button", { "data-do": `choose-${r.who}`, onclick: () => this.choose(r.who) }, sign, h("span", h("b", r.name), " ", doing));
      return [r.who, { sign, doing, button }];
    }));
    add(this.everybody, [h("h2", "Everybody"), h("ul.everybody", [...this.others.values()].map(({ button }) => h("li", button)))]);
  }

  drawEverybody() {
    const { run } = this.data, now = this.data.at(this.step)?.rows;
    if (run.residents.length < 2 || !now) return;
    for (const [who, { sign, doing, button }] of this.others) {
      const row = now.find((x) => x.who === who);
      sign.textContent = row?.asleep ? "😴" : row?.walking ? "🚶" : row?.emoji ?? "";
      doing.textContent = row?.asleep ? "sleeping" : row?.action ?? "";
      button.setAttribute("aria-pressed", String(who === this.who));
    }
  }

  // The last conversation: a memory whose filling holds its lines
  drawChat(chat) {
    const lines = chat ? JSON.parse(chat.filling ?? "[]") : [], { run } = this.data;
    this.chat.hidden = !lines.length;
    if (lines.length) replace(this.chat, h("h2", "Last conversation", h("span.small.muted", when(run, chat.step))), dialogue(lines, this.resident.name),
      h("p.small.muted", chat.text));
  }

  async fetchChat(step, who) {
    const { run } = this.data, key = `${step}:${who}`;
    if (run.residents.length < 2) return;
    if (!this.chats.has(key)) {
      if (this.chats.size > 200) this.chats.clear();
      this.chats.set(key, (await firstRows(run.id, "memory", { who, step, type: "chat", limit: 1 })).rows[0] ?? null);
    }
    if (this.who === who) this.drawChat(this.chats.get(key));
  }

  // What is fetched only when the picture rests for a moment
  async details() {
    const { run } = this.data, step = this.step, day = dayOf(run, step), who = this.who, key = `${day}:${who}`;
    let g = this.suggestion;
    try {
      if (g && g.text === undefined) {
        if (this.spoken.size > 200) this.spoken.clear();
        const all = await rows(run.id, "suggestions", { from: g.step, to: g.step, who });
        g = all.find((x) => x.delivered);
        this.spoken.set(`${g.step}:${who}`, g);
      }
      await this.fetchChat(step, who);
      const live = run.state === "running";
      if (!this.plans.has(key) || live) {
        if (this.plans.size > 20) this.plans.clear();
        this.plans.set(key, await rows(run.id, "schedule", { day, who }));
      }
      if (g && !this.reasons.has(`${g.step}:${g.slot}`)) {
        if (this.reasons.size > 200) this.reasons.clear();
        const list = await rows(run.id, "ratings-simulated", { from: g.step, to: g.step, who });
        for (const slot of [1, 2])
          this.reasons.set(`${g.step}:${slot}`, Object.fromEntries(list.filter((r) => r.slot === slot).map((r) => [r.criterion, r.reason])));
      }
      if (g && this.usedOf !== `${g.step}:${who}`) {
        const used = await rows(run.id, "retrievals", { step: g.step, who });
        this.usedOf = `${g.step}:${who}`;
        const nodes = used.filter((r) => r.stream === "assistant");
        replace(this.memory, h("h2", "Memory that was used"),
          nodes.length ? h("ul.small", { style: { margin: 0, "padding-left": "1.1rem" } }, nodes.map((r) => h("li", r.text)))
            : recorded(run) ? h("p.small.muted", "None: nothing was retrieved for it.") : h("p.small.muted", "This run did not record what was retrieved. A study does with ", h("code", "retrieval = { record = true }"), "."));
      }
      if (this.step === step) this.draw();
    } catch (error) {
      replace(this.memory, h("p.small.muted", error.message));
    }
  }
}
