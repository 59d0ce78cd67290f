// Why: all that led to the suggestion of one step, and all that was said of it.
import { get, part, rows } from "./api.js";
import { h, replace } from "./dom.js";
import { plural, when } from "./format.js";
import { setKeys } from "./keys.js";
import { place } from "./schedule.js";
import { CRITERIA, CRITERION_NAMES, criteriaChips, empty, header, scoreBadge } from "./parts.js";
import { RunData } from "./run_data.js";

const SOURCES = { drawn: "drawn by the assistant", forced: "forced to be silence", revised: "rewritten by the resident" };
const percent = (p) => `${(100 * p).toFixed(1)} %`;

function candidate(g, ratings, pair) {
  const chosen = pair?.chosen_slot === g.slot ? "chosen to learn from" : pair?.rejected_slot === g.slot ? "rejected in learning" : null;
  return h("article.candidate", { style: g.score === null ? {} : { "--tone": `var(--s${g.score})` }, "data-slot": g.slot },
    h("div.row", scoreBadge(g.score), h("h3", `Candidate ${g.slot}`), h("span.wide"), g.delivered ? h("span.tag", g.silent ? "kept silent" : "was said") : null, chosen ? h("span.tag", chosen) : null),
    h("blockquote", g.silent ? h("em.muted", g.text) : g.text),
    criteriaChips(g),
    g.probability !== null ? h("p.small", `Policy: probability ${percent(g.probability)}, score ${g.logit?.toFixed(3)}`) : null,
    h("p.small.muted", [SOURCES[g.source] ?? g.source, g.topic ? `topic ${g.topic}` : null, g.tone ? `tone ${g.tone}` : null, g.shared ? "rated together with the other one, which says nearly the same" : null].filter(Boolean).join(" · ")),
    g.reason ? h("p", h("span.muted", "The assistant's reason: "), g.reason) : null,
    h("div", CRITERIA.map((c) => {
      const r = ratings.find((x) => x.slot === g.slot && x.criterion === c);
      return r ? h("div.criterion", h("strong", CRITERION_NAMES[c]),
        h("span", r.value === null ? `failed: ${r.reason ?? ""}` : `${r.value} · ${r.reason ?? "no reason given"}`)) : null;
    })));
}

function context(list) {
  if (!list.length) return h("section.card.stack", h("h2", "What the assistant remembered"),
    empty("This run did not record its retrievals, since they are bulky. Turn them on in the study file:", "retrieval = { record = true }"));
  const top = Math.max(...list.map((r) => Math.abs(r.score)), 1e-9);
  const bar = (name, value, most) => [h("span.muted", name), h("span", h("span.bar", { style: { width: `${Math.max(0, (100 * value) / most).toFixed(1)}%` } })), h("span.nums", value.toFixed(2))];
  const queries = [...new Set(list.map((r) => `${r.stream} ${r.seq}`))];
  return h("section.card.stack", h("h2", "What was remembered for it"), queries.map((key) => {
    const nodes = list.filter((r) => `${r.stream} ${r.seq}` === key);
    return h("div.stack", h("p", h("span.tag", nodes[0].stream), " asked for: ", h("em", nodes[0].query)),
      nodes.map((r) => h("div.said", h("p", `${r.rank}. ${r.text ?? `memory ${r.node}`}`),
        h("div.bars", bar("score", r.score, top), bar("recency", r.recency, 1), bar("relevance", r.relevance, 1), bar("importance", r.importance, 1)))));
  }));
}

function callsOf(calls) {
  if (!calls.length) return null;
  return h("section.card.stack", h("h2", "Questions to models"), calls.map((c) => h("details",
    h("summary", `${c.role}: ${c.prompt} · ${c.model} · ${c.status}`, h("span.small.muted", ` ${c.tokens_in ?? "?"} → ${c.tokens_out ?? "?"} tokens, ${Math.round(c.ms)} ms`)),
    h("div.stack", c.error ? h("p", c.error) : null,
      c.request_text ? [h("h3", "Prompt"), h("pre", c.request_text)] : h("p.small.muted", "The prompt's text was not kept; its version is ", h("code", c.version ?? "?"), "."),
      c.reply ? [h("h3", "Reply"), h("pre", c.reply)] : null))));
}

export async function stepPage(root, kind, [id, stepText]) {
  const data = await RunData.open(id), { run } = data, step = Math.min(Math.max(0, Number(stepText) || 0), data.last), r = part(id);
  document.title = `Why, ${when(run, step)} · propersim`;
  const range = { from: step, to: step };
  const [now, all, ratings, retrievals, calls, pairs, memory] = await Promise.all([data.load(step), rows(id, "suggestions", range), rows(id, "ratings-simulated", range),
    rows(id, "retrievals", { step }), rows(id, "calls", { step }), rows(id, "pairs", range),
    get(`runs/${r}/memory`, { step: Math.max(0, step - 1), stream: "assistant", limit: 4 })]);
  const marks = await rows(id, "marks", { from: 0, to: 2147483647 });
  const next = marks.find((m) => m.step > step)?.step, before = marks.findLast((m) => m.step < step)?.step;
  const go = (to) => { if (to !== undefined) location.href = `/step/${r}/${to}`; };
  const recent = memory.rows.map((row) => Object.fromEntries(memory.columns.map((c, i) => [c, row[i]])));
  replace(root, header([{ text: run.study_name, href: `/study/${part(run.study)}` }, { text: `${run.condition} · seed ${run.seed}`, href: `/replay/${r}/${step}` }, { text: `Step ${step}` }]),
    h("main", { id: "main" }, h("div.stack", h("h1", `Why? ${when(run, step)}`),
      now.rows.map((row) => {
        const name = run.residents.find((x) => x.who === row.who).name;
        return h("p", h("a", { href: `/state/${r}/${step}/${encodeURIComponent(name)}` }, name), `: ${row.emoji} ${row.asleep ? "sleeping" : row.walking ? "walking" : row.doing?.description ?? row.action}`,
          row.address && !row.walking ? h("span.muted", ` · ${place(row.address)}`) : null);
      }),
      h("div.row", h("button.button", { onclick: () => go(before), disabled: before === undefined }, "Suggestion before"), h("button.button", { onclick: () => go(next), disabled: next === undefined }, "Next suggestion"),
        h("a.button", { href: `/replay/${r}/${step}` }, "See it on the map"))),
    all.length ? run.residents.map((who) => {
      const mine = all.filter((g) => g.who === who.who);
      return mine.length ? h("section.stack", run.residents.length > 1 ? h("h2", `To ${who.name}`) : h("h2", { class: "sr" }, "Candidates"),
        h("div.columns", mine.map((g) => candidate(g, ratings.filter((x) => x.who === who.who), pairs.find((p) => p.who === who.who))))) : null;
    }) : empty("The assistant was not asked in this step: everybody slept. Go to the next suggestion."),
    h("div.columns", context(retrievals), h("section.card.stack", h("h2", "What the assistant had noted just before"),
      recent.length ? h("ul.memory", recent.map((m) => h("li", h("time", when(run, m.step)), h("span", m.text), h("span")))) : h("p.muted", "Nothing."))),
    callsOf(calls)));
  setKeys([{ keys: ["."], does: "next suggestion", run: () => go(next) }, { keys: [","], does: "suggestion before", run: () => go(before) },
    { keys: ["m"], does: "the map at this step", run: () => { location.href = `/replay/${r}/${step}`; } }]);
  globalThis.propersim.state = () => ({ page: "step", step, candidates: all.length, ratings: ratings.length, memories: plural(retrievals.length, "memory", "memories") });
}
