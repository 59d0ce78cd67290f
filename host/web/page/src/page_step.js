// Why: all that led to the suggestion of one step, and all that was said of it.
import { firstRows, part, rows } from "./api.js";
import { h, replace } from "./dom.js";
import { plural, when } from "./format.js";
import { setKeys } from "./keys.js";
import { activity, place } from "./schedule.js";
import { CRITERIA, CRITERION_NAMES, empty, header, scoreBadge } from "./parts.js";
import { RunData, recorded } from "./run_data.js";

const SOURCES = { drawn: "drawn by the assistant", revised: "rewritten by the resident", failed: "the model gave no answer" };
const sourceOf = (g) => (g.source === "forced" ? `made to ${g.silent ? "be silent" : "speak"}, so that there is something to compare` : SOURCES[g.source] ?? g.source);
const percent = (p) => `${(100 * p).toFixed(1)} %`;

function candidate(g, ratings, pair) {
  const chosen = pair?.chosen_slot === g.slot ? "chosen to learn from" : pair?.rejected_slot === g.slot ? "rejected in learning" : null;
  return h("article.candidate", { style: g.score === null ? {} : { "--tone": `var(--s${g.score})` }, "data-slot": g.slot },
    h("div.row", scoreBadge(g.score), h("h3", `Candidate ${g.slot}`), h("span.wide"), g.delivered ? h("span.tag", g.silent ? "kept silent" : "was said") : null, chosen ? h("span.tag", chosen) : null),
    h("blockquote", g.silent ? h("em.muted", g.text) : g.text),
    g.probability !== null ? h("p.small", `Policy: probability ${percent(g.probability)}, score ${g.logit?.toFixed(3)}`) : null,
    h("p.small.muted", [sourceOf(g), g.topic ? `topic ${g.topic}` : null, g.tone ? `tone ${g.tone}` : null, g.shared ? "rated together with the other one, which says nearly the same" : null].filter(Boolean).join(" · ")),
    g.reason ? h("p", h("span.muted", "The assistant's reason: "), g.reason) : null,
    h("div", CRITERIA.map((c) => {
      const r = ratings.find((x) => x.slot === g.slot && x.criterion === c);
      const [kind, mark, word] = r?.value === 1 ? ["yes", "✓", "met"] : r?.value === 0 ? ["no", "✗", "not met"] : ["failed", "?", "failed"];
      return r ? h("div.criterion", h(`strong.verdict.${kind}`, h("span", { "aria-hidden": "true" }, `${mark} `), CRITERION_NAMES[c], h("span.sr", `: ${word}`)),
        h("span", r.value === null ? `failed: ${r.reason ?? ""}` : r.reason ?? "no reason given")) : null;
    })));
}

// What was retrieved from memory for one resident's step, by who asked: the assistant, or the resident as rater
function context(run, list) {
  const title = h("h3", "What was remembered for it");
  if (!list.length)
    return h("section.card.stack", title, recorded(run) ? h("p.muted", "Nothing was retrieved in this step.")
      : empty("This run did not record its retrievals, since they are bulky. Turn them on in the study file:", "retrieval = { record = true }"));
  const top = Math.max(...list.map((r) => Math.abs(r.score)), 1e-9);
  const bar = (name, value, most) => [h("span.muted", name), h("span", h("span.bar", { style: { width: `${Math.max(0, (100 * value) / most).toFixed(1)}%` } })), h("span.nums", value.toFixed(2))];
  return h("section.card.stack", title, [...Map.groupBy(list, (r) => `${r.stream} ${r.seq}`).values()].map((nodes) =>
    h("div.stack", h("p", h("span.tag", nodes[0].stream), " asked for: ", h("em", nodes[0].query)),
      nodes.map((r) => h("div.said", h("p", `${r.rank}. ${r.text ?? `memory ${r.node}`}`),
        h("div.bars", bar("score", r.score, top), bar("recency", r.recency, 1), bar("relevance", r.relevance, 1), bar("importance", r.importance, 1)))))));
}

function noted(run, memories) {
  return h("section.card.stack", h("h3", "What the assistant had noted just before"),
    memories.length ? h("ul.memory", memories.map((m) => h("li", h("time", when(run, m.step)), h("span", m.text), h("span")))) : h("p.muted", "Nothing."));
}

// A request's messages one below the other; anything else as it is
function prompt(text) {
  let messages = null;
  try { messages = JSON.parse(text).messages ?? JSON.parse(text); } catch { /* a text, not JSON */ }
  if (!Array.isArray(messages) || !messages.every((m) => typeof m.content === "string")) return h("pre", text);
  return h("div.stack", messages.map((m) => h("div", h("span.tag", m.role), h("pre", m.content))));
}

const pretty = (text) => { try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; } };

// A stored reply is {text}, or {failure, message, text}
function reply(stored) {
  const { failure, message, text } = JSON.parse(stored);
  return [failure ? h("div.problem", `${failure.replaceAll("_", " ")}: ${message}`) : null, text ? h("pre", pretty(text)) : null];
}

const costs = (c) => [c.tokens_in === null ? null : `${c.tokens_in} → ${c.tokens_out ?? "?"} tokens`, c.cost ? `costs ${c.cost.toPrecision(2)}` : null,
  c.ms === null ? null : `${Math.round(c.ms)} ms (wall)`, c.retries ? plural(c.retries, "retry", "retries") : null].filter(Boolean).join(", ");

function callsOf(run, calls) {
  if (!calls.length) return null;
  return h("section.card.stack", { id: "calls" }, h("h2", "Questions to models"), calls.map((c) => h("details",
    h("summary", run.residents.length > 1 && c.who ? `${run.residents.find((r) => r.who === c.who)?.name}: ` : "", h("strong", c.prompt), ` · ${c.role} · ${c.model} `,
      h(`span.tag${c.status === "ok" ? "" : ".broken"}`, c.status), h("span.small.muted", ` ${costs(c)}`)),
    h("div.stack", c.error ? h("div.problem", c.error) : null,
      h("h3", "Prompt"), c.request_text ? prompt(c.request_text) : h("p.small.muted", "Its text was not kept, since prompts are bulky; its version is ", h("code", c.version ?? "?"), ". A study keeps them with ", h("code", "keep_prompts = true"), "."),
      c.reply === null ? null : [h("h3", "Reply"), reply(c.reply)]))));
}

export async function stepPage(root, kind, [id, stepText]) {
  const data = await RunData.open(id), { run } = data, step = Math.min(Math.max(0, Number(stepText) || 0), data.last), r = part(id);
  document.title = `Why, ${when(run, step)} · propersim`;
  const range = { from: step, to: step };
  const [now, all, ratings, retrievals, calls, pairs, marks, memories] = await Promise.all([data.load(step), rows(id, "suggestions", range), rows(id, "ratings-simulated", range),
    rows(id, "retrievals", { step }), rows(id, "calls", { step }), rows(id, "pairs", range),
    rows(id, "marks", { from: 0, to: 2147483647 }),
    Promise.all(run.residents.map(({ who }) => firstRows(id, "memory", { who, step: Math.max(0, step - 1), stream: "assistant", limit: 4 })))]);
  // A moment is a step in which somebody's assistant was asked; most of them end in silence
  const spoken = marks.filter((m) => !m.silent), after = (list) => list.find((m) => m.step > step)?.step, before = (list) => list.findLast((m) => m.step < step)?.step;
  const way = (text, to) => h("button.button", { onclick: () => go(to), disabled: to === undefined }, text);
  const go = (to) => { if (to !== undefined) location.href = `/step/${r}/${to}`; };
  replace(root, header([{ text: run.study_name, href: `/study/${part(run.study)}` }, { text: `${run.condition} · seed ${run.seed}`, href: `/replay/${r}/${step}` }, { text: `Step ${step}` }]),
    h("main", { id: "main" }, h("div.stack", h("h1", `Why? ${when(run, step)}`),
      now.rows.map((row) => {
        const name = run.residents.find((x) => x.who === row.who).name;
        const { what, block } = activity(row);
        return h("p", h("a", { href: `/state/${r}/${step}/${encodeURIComponent(name)}` }, name), ": ", h("span.emoji", row.asleep ? "😴" : row.emoji), ` ${what}`,
          row.address && !row.walking ? h("span.muted", ` · ${place(row.address)}`) : null, block ? h("span.small.muted", ` · planned: ${block}`) : null);
      }),
      h("div.row", way("Suggestion before", before(spoken)), way("Next suggestion", after(spoken)), way("Moment before", before(marks)), way("Next moment", after(marks)),
        h("a.button", { href: `/replay/${r}/${step}` }, "See it on the map"))),
    all.length ? run.residents.map((resident, i) => {
      const mine = (list) => list.filter((x) => x.who === resident.who), offered = mine(all);
      return offered.length ? h("section.stack", h("h2", { class: run.residents.length > 1 ? "" : "sr" }, `To ${resident.name}`),
        h("div.columns", offered.map((g) => candidate(g, mine(ratings), mine(pairs)[0]))),
        h("div.columns", context(run, mine(retrievals)), noted(run, memories[i].rows))) : null;
    }) : empty(now.rows.every((row) => row.asleep) ? "The assistant was not asked in this step: everybody slept. Go to the next suggestion." : "Nobody's assistant was asked in this step. Go to the next suggestion."),
    callsOf(run, calls)));
  setKeys([{ keys: ["."], does: "next suggestion", run: () => go(after(spoken)) }, { keys: [","], does: "suggestion before", run: () => go(before(spoken)) },
    { keys: ["]"], does: "next moment, silence too", run: () => go(after(marks)) }, { keys: ["["], does: "moment before, silence too", run: () => go(before(marks)) },
    { keys: ["m"], does: "the map at this step", run: () => { location.href = `/replay/${r}/${step}`; } }]);
  globalThis.propersim.state = () => ({ page: "step", step, candidates: all.length, ratings: ratings.length, memories: plural(retrievals.length, "memory", "memories") });
}
