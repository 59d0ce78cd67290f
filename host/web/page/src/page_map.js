// Live, replay and demo: the map, and around it what one needs to move in time.
import { get, part, rows } from "./api.js";
import { Deck } from "./deck.js";
import { h, pace, replace, settle } from "./dom.js";
import { capital, clock, date, dayOf, minutesOfDay, timeOf, weekday } from "./format.js";
import { setKeys, showHelp } from "./keys.js";
import { Panel } from "./panel.js";
import { few, header, icon, iconButton } from "./parts.js";
import { Player } from "./player.js";
import { RunData, assisted } from "./run_data.js";
import { Scrubber } from "./scrubber.js";
import { prepareMap } from "./world_map.js";

const DWELL_MS = 1600; // what is said stays readable for this long, however fast time goes

export const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** The pronoun of each resident, which decides a little how they look, from the persona that the run recorded. */
async function describe(run) {
  return Promise.all(run.residents.map(async (r) => {
    const [text] = await rows(run.id, "texts", { day: 1, q: `personas/${r.persona}.lua` });
    return { ...r, assisted: assisted(run, r.persona), pronoun: /pronoun\s*=\s*"(\w+)"/.exec(text?.text ?? "")?.[1] ?? "" };
  }));
}

// A module of its own, since it holds Phaser
const worldModule = () => import("/assets/world.js");

/** Starts what every page with a map needs, before it is known what is on it. What fails is said by openWorld. */
export const expectWorld = () => worldModule().then(({ boot }) => boot()).catch(() => {});

export async function openWorld(options) {
  const [{ createWorld }, map] = await Promise.all([worldModule(), prepareMap(options.info, options.mapId)]);
  return createWorld(map, { still: still(), ...options });
}

function stage() {
  const labels = h("div.labels");
  const clockBox = h("div.clock", { role: "timer", "aria-live": "off" }, h("b", "--:--"), h("div"));
  return { element: h("div.stage", { "aria-label": "Map" }, labels, clockBox), labels, clockBox };
}

export async function mapPage(root, kind, [id, stepText, speedText]) {
  const demo = kind === "demo", live = kind === "live";
  const mapInfo = get(`maps/${part(id)}`);
  mapInfo.catch(() => {}); // said below, if the run is there at all
  const data = await RunData.open(id), { run } = data;
  if (data.total === 0) throw Object.assign(new Error("This run has no steps yet. Its first appear within seconds of its start."), { status: 404 });
  document.title = `${few(run.residents.map((r) => r.name))} · ${kind} · propersim`;
  document.body.classList.add("full");
  document.body.classList.toggle("demo", demo);
  const view = stage(), panel = demo ? null : new Panel(data, { onWho: (who) => { if (world.following !== null) world.follow(who); } });
  const begin = live ? data.last : Math.min(data.last, Number(stepText) || 0);
  const [info, people] = await Promise.all([mapInfo, describe(run), data.load(begin)]);
  const crumbs = [{ text: run.study_name, href: `/study/${part(run.study)}` },
    { text: `${run.condition} · ${few(run.residents.map((r) => r.name))} · seed ${run.seed}` }];
  const scrub = demo ? null : new Scrubber(run, (step) => player.jump(step));
  const camera = h("div.camera");
  const note = h("div.note", { hidden: true, role: "status" });
  const say = (text) => { note.textContent = text; note.hidden = !text; };
  view.element.append(camera, note);
  replace(root, demo ? h("span") : header(crumbs), h("main.viewer", { id: "main" }, view.element, panel?.element));
  if (demo) root.style.setProperty("grid-template-rows", "0 minmax(0, 1fr)");

  const world = await openWorld({ info, mapId: id, stage: view.element, labels: view.labels, people,
    onPerson: (who) => { panel?.choose(who); world.follow(world.following === who ? null : who); } });
  const keepClockClear = () => { world.clear = { right: view.clockBox.offsetLeft + view.clockBox.offsetWidth + 4, bottom: view.clockBox.offsetTop + view.clockBox.offsetHeight + 4 }; };
  new ResizeObserver(keepClockClear).observe(view.clockBox);
  const spokeAt = new Map();
  let shown = -1;

  const player = new Player(data, {
    step: begin, speed: Math.min(6, Math.max(1, Number(speedText) || 1)),
    onChange: () => controls(),
    onLost: (error) => say(!error ? "" : error.status > 0 && error.status < 500 ? capital(error.message) : "The connection is lost; trying again …"),
    onStep: (step, ms, from) => {
      const now = data.at(step), time = timeOf(run, step);
      shown = step;
      for (const row of now.rows) world.show(row, ms);
      world.setTime(minutesOfDay(time));
      speak(from, step, ms);
      replace(view.clockBox, h("b", clock(time)), h("div", `Day ${dayOf(run, step)} · ${weekday(time)}`), demo ? null : h("div", date(time)));
      if (scrub) scrub.total = data.total;
      scrub?.setStep(step);
      panel?.show(step);
      remember();
    },
  });

  // Of several steps in one frame the last words count
  function speak(from, step, ms) {
    const clockNow = performance.now(), heard = new Map();
    for (let s = from; s <= step; s++) for (const g of data.at(s)?.said ?? []) if (!g.silent) heard.set(g.who, g);
    for (const person of people) {
      const said = heard.get(person.who), fresh = clockNow - (spokeAt.get(person.who) ?? -1e9) > DWELL_MS;
      if (ms === 0 || fresh) {
        world.speak(person.who, said ?? null);
        if (said) spokeAt.set(person.who, clockNow);
      }
    }
  }

  const remember = settle(() => {
    const step = player.newest ? "" : `/${shown}`;
    const base = demo ? `/demo/${part(id)}/${shown}/${player.speed}` : player.newest ? `/live/${part(id)}` : `/replay/${part(id)}${step}`;
    history.replaceState(null, "", base + location.search);
  }, 300);

  const controls = () => deck?.update();
  const newest = () => { player.newest = true; player.playing = true; player.go(data.last); controls(); };
  const deck = demo ? null : new Deck({ data, player, scrub, live, newest });
  if (deck) view.element.parentElement.append(deck.element);
  const follow = () => {
    const list = [...people.map((p) => p.who), null], at = list.indexOf(world.following);
    world.follow(list[(at + 1) % list.length]);
  };
  const followButton = iconButton("Follow (f)", icon("follow"), follow, { "data-do": "follow", "aria-pressed": "false" });
  world.onFollow = (who) => followButton.setAttribute("aria-pressed", String(who !== null));
  if (!demo) camera.append(iconButton("Closer (+)", icon("closer"), () => world.zoomBy(1), { "data-do": "closer" }), iconButton("Further (-)", icon("further"), () => world.zoomBy(-1)),
    iconButton("Whole map (0)", icon("whole"), () => world.fit()), followButton);

  setKeys([
    { keys: [" "], does: "play or pause", run: () => player.toggle() },
    { keys: [".", ">"], shown: ["."], does: "step forward", run: () => player.by(1) },
    { keys: [",", "<"], shown: [","], does: "step back", run: () => player.by(-1) },
    { keys: ["]"], does: "a day forward", run: () => player.by(run.steps_per_day) },
    { keys: ["["], does: "a day back", run: () => player.by(-run.steps_per_day) },
    { keys: ["Home"], does: "the first step", run: () => player.jump(0) },
    { keys: ["End"], does: "the last step", run: () => player.jump(data.last) },
    { keys: ["1", "2", "3", "4", "5", "6"], does: "speed: 1, 2, 4, 8, 16, 32 steps a second", run: (e) => player.setSpeed(Number(e.key)) },
    { keys: ["ArrowLeft"], does: "move the view left", run: () => world.pan(-96, 0) },
    { keys: ["ArrowRight"], does: "move the view right", run: () => world.pan(96, 0) },
    { keys: ["ArrowUp"], does: "move the view up", run: () => world.pan(0, -96) },
    { keys: ["ArrowDown"], does: "move the view down", run: () => world.pan(0, 96) },
    { keys: ["+", "="], shown: ["+"], does: "closer", run: () => world.zoomBy(1) },
    { keys: ["-"], does: "further away", run: () => world.zoomBy(-1) },
    { keys: ["0"], does: "the whole map", run: () => world.fit() },
    { keys: ["f"], does: "follow the next resident, or nobody", run: follow },
    { keys: ["n"], does: "follow the newest step", run: newest },
    { keys: ["w"], does: "why: everything about this step", run: () => { location.href = `/step/${part(id)}/${shown}`; } },
    { keys: ["s"], does: "state and memory of the resident", run: () => { location.href = `/state/${part(id)}/${shown}/${encodeURIComponent(people[(panel?.who ?? 1) - 1].name)}`; } },
    { keys: ["d"], does: demo ? "with panels" : "without panels, for talks", run: () => { location.href = demo ? `/replay/${part(id)}/${shown}` : `/demo/${part(id)}/${shown}/${player.speed}`; } },
  ]);

  const warn = info.changed_since_run ? "The map was changed after this run: people may walk through walls." : world.map.missing;
  if (warn) { say(warn); setTimeout(() => say(""), 8000); }

  world.onFrame = (now) => player.tick(now);
  await player.go(player.step);
  if (!world.fits()) world.follow(people[0].who);
  if (live) { player.newest = true; player.playing = true; }
  if (demo) player.play();
  controls();
  if (deck) setInterval(() => deck.tell(), 250);

  async function loadMarks() {
    const from = marks.at(-1)?.step + 1 || 0, fresh = await rows(id, "marks", { from, to: 2147483647 });
    marks.push(...fresh);
    panel?.setMarks(marks);
    scrub?.setMarks(marks, data.total);
    panel?.show(player.step);
  }
  const marks = [];
  if (!demo) await loadMarks();
  watch({ id, data, run, player, say, loadMarks, demo, marks });
  globalThis.propersim.state = () => ({ page: kind, step: shown, total: data.total, day: dayOf(run, shown), playing: player.playing,
    newest: player.newest, speed: player.speed, state: run.state, marks: marks.length, ...world.state() });
  globalThis.propersim.player = player;
  globalThis.propersim.help = showHelp;
}

// A run that may still grow: the server tells when it does
function watch({ id, data, run, player, say, loadMarks, demo, marks }) {
  if (["finished", "broken"].includes(run.state)) return;
  const source = new EventSource(`/api/v1/runs/${part(id)}/live`);
  const more = pace(() => { if (!demo) loadMarks().catch(() => {}); }, 1500);
  source.addEventListener("progress", (event) => {
    const now = JSON.parse(event.data), before = run.state;
    if (now.steps < data.total) marks.length = 0;
    Object.assign(run, { state: now.state, scores: now.scores, days_finished: now.days_finished });
    data.grow(now.steps);
    if (player.step > data.last) player.jump(data.last);
    more();
    if (now.state === "running") say("");
    if (now.state !== "running" && before === "running") say(now.state === "finished" ? "The run has ended. Press Home to see it from its start." : now.state === "failed" ? "The run failed; the list of studies says why." : "The run stopped; propersim resume goes on with it.");
    player.onChange();
  });
  source.addEventListener("gone", () => { source.close(); say("This run is no longer there: its folder was moved or deleted."); });
  source.addEventListener("error", () => say("The connection is lost; trying again …"));
  source.addEventListener("open", () => say(""));
  addEventListener("pagehide", () => source.close());
}
