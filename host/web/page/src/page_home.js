// Home: all studies and runs, what they are at, and how they score.
import { get, part } from "./api.js";
import { h, replace, settle } from "./dom.js";
import { clock, plural, score } from "./format.js";
import { setKeys } from "./keys.js";
import { empty, few, header, problem, spark } from "./parts.js";

const FEW = 8; // runs of a study that are listed at first
const STATES = { waiting: "waiting", running: "running", stopped: "stopped", finished: "finished", failed: "failed", broken: "cannot be read" };

function progress(run) {
  if (run.state === "running" && run.steps > 0) {
    const step = run.steps - 1, day = Math.floor(step / run.steps_per_day) + 1;
    return `day ${day} of ${run.days || "?"}, ${clock(run.start + step * run.sec_per_step)}`;
  }
  if (run.state === "finished") return plural(run.days_finished, "day");
  if (run.state === "stopped" || run.state === "failed") return `${run.days_finished} of ${run.days || "?"} days`;
  return "";
}

function runRow(run) {
  const name = few(run.names) || run.persona, id = part(run.id), seen = run.steps > 0;
  const known = run.scores.filter((v) => v !== null);
  const mean = known.length ? known.reduce((a, b) => a + b, 0) / known.length : null;
  return h("li.run",
    h("div.who", seen ? h("a", { href: run.state === "running" ? `/live/${id}` : `/replay/${id}` }, name) : h("span", name),
      h("div.small.muted", `${run.condition} · ${run.names.length > 4 ? `${run.names.length} people` : run.persona} · seed ${run.seed}`)),
    h("div.state", h(`span.tag.${run.state}`, STATES[run.state]), " ", h("span.small.muted.nums", progress(run)),
      run.problem ? h("details.small", h("summary", run.problem.split("\n")[0]), h("pre", run.problem)) : null),
    spark(run.scores),
    h("span.nums", { title: "Mean score over all days" }, score(mean)),
    h("div.row.links.small", seen ? [run.state === "running" ? h("a", { href: `/live/${id}` }, "live") : null, h("a", { href: `/replay/${id}/0` }, "replay"),
      h("a", { href: `/demo/${id}/0/3` }, "demo"), h("a", { href: `/rate/${id}` }, "rate")] : null));
}

// Of many runs the first few; those that run come first
function studyCard(study, words, open, toggle) {
  const hit = (run) => words.every((w) =>
    [study.name, study.id, run.condition, run.persona, ...run.names, run.state].join(" ").toLowerCase().includes(w));
  const runs = study.runs.filter(hit).sort((a, b) => (b.state === "running") - (a.state === "running"));
  if (!runs.length) return null;
  const running = study.runs.filter((r) => r.state === "running").length;
  return h("section.card.study", { "data-study": study.id },
    h("header", h("h2", h("a", { href: `/study/${part(study.id)}` }, study.name)),
      h("span.small.muted", `${plural(study.runs.length, "run")} · ${plural(study.days, "day")}${running ? ` · ${running} running` : ""}`),
      study.id !== study.name ? h("span.small.muted", study.id.replaceAll(":", "/")) : null),
    h("ul", { style: { "list-style": "none", margin: 0, padding: 0 } }, (open ? runs : runs.slice(0, FEW)).map(runRow)),
    runs.length > FEW ? h("div", h("button.button", { "data-do": `all-${study.id}`, "aria-expanded": String(open), onclick: toggle }, open ? "Fewer runs" : `All ${runs.length} runs`)) : null);
}

export async function homePage(root) {
  document.title = "Studies · propersim";
  const search = h("input.field", { type: "search", placeholder: "Search studies, conditions, people", "aria-label": "Search" });
  const list = h("div.stack"), summary = h("p.muted", { role: "status" });
  const opened = new Set();
  let data = null;
  const draw = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const cards = data.studies.map((study) => studyCard(study, words, opened.has(study.id), () => { if (!opened.delete(study.id)) opened.add(study.id); draw(); })).filter(Boolean);
    const runs = data.studies.reduce((n, study) => n + study.runs.length, 0);
    summary.textContent = `${plural(data.total, "study", "studies")}, ${plural(runs, "run")} in ${data.folder}`;
    const nothing = data.studies.length
      ? empty("Nothing matches what you search for.")
      : empty("There is no study in this folder yet. This makes one in a few seconds:",
        `propersim run examples/quickstart.lua -o ${data.folder}/quickstart`);
    replace(list, data.problems.map((text) => problem(text)), cards.length ? cards : nothing);
  };
  const load = async () => {
    const all = await get("studies");
    while (all.studies.length < all.total) {
      const more = (await get("studies", { offset: all.studies.length })).studies;
      if (!more.length) break;
      all.studies.push(...more);
    }
    data = all;
  };
  await load();
  replace(root, header(), h("main", { id: "main" }, h("h1", "Studies"), search, summary, list));
  draw();
  search.addEventListener("input", settle(draw, 80));
  setKeys([{ keys: ["/"], does: "search", run: () => search.focus() },
    { keys: ["l"], does: "watch the newest run", run: () => { location.href = "/simulator_home"; } },
    { keys: ["p"], does: "test paths on the house map", run: () => { location.href = "/path_tester/house"; } }]);
  setInterval(async () => {
    if (document.hidden || !data.studies.some((st) => st.runs.some((r) => r.state === "running" || r.state === "waiting"))) return;
    try { await load(); draw(); } catch { summary.textContent = "The server does not answer; trying again."; }
  }, 3000);
  globalThis.propersim.state = () => ({ page: "home", studies: data.total });
}
