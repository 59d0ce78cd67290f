// node pages_test.mjs PROPERSIM OUT: makes a study, serves it, and opens and drives every page in Chromium.
// Screenshots are left in OUT. Exit 77 (skipped) where Node's playwright-core or Chromium is not there.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const [program, out] = process.argv.slice(2);
const browserPath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const { chromium } = await import("playwright-core").catch(() => ({}));
if (!chromium || !existsSync(browserPath)) {
  console.log(`skipped: ${chromium ? `${browserPath} is not there (apt-get install chromium)` : "playwright-core is not installed (npm ci in tests/web)"}`);
  process.exit(77);
}

const DAYS = 2;
const folder = mkdtempSync(join(tmpdir(), "propersim-pages-"));
mkdirSync(out, { recursive: true });
writeFileSync(join(folder, "study.lua"), `local study = require "propersim.study"
return study { name = "pages", days = ${DAYS}, personas = study.personas "p01..p03", retrieval = { record = true }, assistant = { learn = { method = "dpo" } },
  published = { { name = "Others", measure = "score", points = { [1] = 2.2, [14] = 3.3 }, source = "a paper" } },
  conditions = { one = {}, two = { assistant = { memory = "none" } } } }`);
writeFileSync(join(folder, "home.lua"), `local study = require "propersim.study"
return study { name = "home", days = 1, households = { { "p01", "p02", "p05" } } }`);
// Waits without blocking: or a connection that the server closes meanwhile would be taken for an open one.
const run = async (...args) => (await promisify(execFile)(program, args)).stdout;
await run("run", join(folder, "study.lua"), "-o", join(folder, "all/pages"), "--quiet");
await run("run", join(folder, "home.lua"), "-o", join(folder, "all/home"), "--quiet");

async function serve(where) {
  const child = spawn(program, ["serve", where, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const line = await new Promise((resolve, reject) => {
    child.stdout.once("data", (d) => resolve(String(d)));
    child.once("exit", (code) => reject(new Error(`serve ended with ${code}`)));
  });
  return { child, base: /http:\S+/.exec(line)[0].replace(/\/$/, "") };
}

const { child: server, base } = await serve(join(folder, "all"));
const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
const RUN = "pages:one:p01-s1";
const api = async (path) => (await fetch(`${base}/api/v1/${path}`)).json();
const table = async (path) => { const t = await api(path); return t.rows.map((r) => Object.fromEntries(t.columns.map((c, i) => [c, r[i]]))); };

/** A study that has just been run, as soon as the server has looked at its folder again. */
async function listed(name, ms = 60000) {
  for (const end = Date.now() + ms; ;) {
    const answer = await fetch(`${base}/api/v1/studies/${name}`);
    if (answer.ok) return answer.json();
    assert.ok(Date.now() < end, `${name} is listed`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Nothing reaches out of the page on the right. */
async function fits(page, path, width) {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(overflow <= 0, `${path} at ${width} px is ${overflow} px too wide`);
  const right = await page.evaluate(() => Math.max(0, ...[...document.querySelectorAll(".top, .top > *, main, .side, .deck")].map((e) => e.getBoundingClientRect().right)));
  assert.ok(right <= width, `${path} reaches ${right} px at ${width} px`);
}

// Runs in the page: texts whose contrast with what is behind them is below 4.5 to 1
function poorContrast() {
  const parse = (c) => { const [r, g, b, a = 1] = c.match(/[\d.]+/g).map(Number); return { c: [r, g, b], a }; };
  const light = (c) => c.map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)).reduce((s, v, i) => s + v * [0.2126, 0.7152, 0.0722][i], 0);
  const out = [];
  for (const e of document.querySelectorAll("body *")) {
    if (e.closest("svg, canvas, :disabled") || ![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || !e.getClientRects().length) continue;
    let back = [0, 0, 0], stack = [];
    for (let at = e; at; at = at.parentElement) { const b = parse(getComputedStyle(at).backgroundColor); stack.push(b); if (b.a === 1) break; }
    for (const b of stack.reverse()) back = back.map((v, i) => v * (1 - b.a) + b.c[i] * b.a);
    const [a, b] = [light(parse(getComputedStyle(e).color).c), light(back)].sort((x, y) => y - x), ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) out.push(`${e.className || e.tagName} "${e.textContent.slice(0, 20)}" ${ratio.toFixed(2)}`);
  }
  return out;
}

/** A page that must not complain: no console error, no request refused or sent elsewhere. */
async function open(path, { width = 1280, height = 800, dark = false, still = false } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: dark ? "dark" : "light", reducedMotion: still ? "reduce" : "no-preference" });
  const page = await context.newPage(), complaints = [];
  page.on("console", (m) => { if (m.type() === "error") complaints.push(m.text()); });
  page.on("pageerror", (e) => complaints.push(String(e)));
  page.on("requestfailed", (r) => complaints.push(`${r.url()}: ${r.failure().errorText}`));
  page.on("response", (r) => { if (r.status() >= 400) complaints.push(`${r.url()}: ${r.status()}`); });
  page.on("request", (r) => { if (!/^(data|blob):/.test(r.url()) && !r.url().startsWith(base)) complaints.push(`asks another host: ${r.url()}`); });
  await page.goto(base + path);
  await page.waitForSelector("body[data-ready]");
  assert.equal(await page.evaluate(() => document.body.dataset.ready), "yes", `${path} opens: ${complaints.join("; ")}`);
  await fits(page, path, width);
  const state = () => page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => resolve(globalThis.propersim.state())); })); // as of a frame
  return {
    page, complaints,
    state,
    until: async (what, ok, ms = 30000) => {
      const end = Date.now() + ms;
      for (;;) {
        const now = await state();
        if (ok(now)) return now;
        assert.ok(Date.now() < end, `${path}: ${what} did not come: ${JSON.stringify(now)}`);
        await page.waitForTimeout(40);
      }
    },
    shot: (name) => page.screenshot({ path: join(out, `${name}.png`) }),
    close: async () => {
      // A stream that is cut when its page closes is no complaint
      assert.deepEqual(complaints.filter((c) => !/\/live: net::ERR_ABORTED/.test(c)), [], `${path} complains`);
      await context.close();
    },
  };
}

const tests = {
  async "home lists studies, and finds by words"() {
    const p = await open("/");
    assert.ok((await p.state()).studies >= 2);
    assert.equal(await p.page.locator("[data-study=pages] .run").count(), 6);
    await p.page.keyboard.press("/");
    await p.page.keyboard.type("two p02");
    await p.page.waitForFunction(() => document.querySelectorAll(".run").length === 1);
    await p.page.keyboard.press("Escape");
    await p.shot("home");
    await p.page.locator("h1").click();
    await p.page.keyboard.press("?");
    assert.ok(await p.page.locator("dialog[open]").isVisible());
    await p.close();
  },

  async "the resident on the screen stands on the tile of the run file, at ten random steps"() {
    const p = await open(`/replay/${RUN}/0`), { total } = await p.state();
    assert.equal(total, DAYS * 576);
    let seed = 12345;
    for (let i = 0; i < 10; i++) {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      const step = seed % total, [row] = await table(`runs/${RUN}/steps?from=${step}&to=${step}`);
      await p.page.evaluate((s) => globalThis.propersim.player.jump(s), step);
      const state = await p.until(`step ${step}`, (s) => s.step === step && s.people.length === 1);
      await p.page.waitForTimeout(60);
      const { people: [person], view } = await p.state(), box = await p.page.locator(".stage").boundingBox();
      assert.deepEqual([person.x, person.y], [row.x, row.y], `tile at step ${step}`);
      // And by what is seen: the sprite's feet, through the camera
      const feet = [view.x + (person.screen.x - box.width / 2) / view.size - 0.5, view.y + (person.screen.y - box.height / 2) / view.size - 1];
      for (const [i, at] of [row.x, row.y].entries()) assert.ok(Math.abs(feet[i] - at) < 0.1, `pixel at step ${step}: ${feet} is not ${row.x}, ${row.y}`);
      assert.equal(person.asleep, Boolean(row.asleep));
      assert.equal(state.day, Math.floor(step / 576) + 1);
    }
    await p.close();
  },

  async "replay plays, steps, scrubs, and ends where the run ends"() {
    const last = DAYS * 576 - 1, p = await open(`/replay/${RUN}/${last - 40}`);
    await p.page.keyboard.press("6");
    await p.page.keyboard.press(" ");
    const end = await p.until("the end", (s) => s.step === last && !s.playing);
    assert.equal(end.step, last);
    await p.page.keyboard.press(",");
    await p.until("a step back", (s) => s.step === last - 1);
    await p.page.keyboard.press(".");
    await p.until("a step forward", (s) => s.step === last);
    await p.page.keyboard.press("[");
    await p.until("a day back", (s) => s.step === last - 576);
    await p.page.locator(".scrub").focus(); // a slider: arrows move in time while it has the focus
    await p.page.keyboard.press("ArrowRight");
    await p.until("an arrow on", (s) => s.step === last - 575);
    await p.page.keyboard.press("Home");
    await p.until("the start", (s) => s.step === 0);
    const box = await p.page.locator(".scrub").boundingBox();
    await p.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await p.until("the middle", (s) => Math.abs(s.step - last / 2) < 8);
    await p.page.waitForFunction((s) => location.pathname.endsWith(`/${s}`), (await p.state()).step); // a deep link
    const marks = await table(`runs/${RUN}/marks?from=0&to=9999`);
    assert.equal((await p.state()).marks, marks.length);
    await p.close();
  },

  // How fast it really is depends on the machine: here only that a higher speed goes further in the same time.
  async "speed 6 plays faster than speed 3, and both play"() {
    const p = await open(`/replay/${RUN}/300`), gone = {};
    for (const speed of [3, 6]) {
      await p.page.evaluate(() => globalThis.propersim.player.jump(300));
      await p.page.keyboard.press(String(speed));
      await p.page.evaluate(() => globalThis.propersim.player.play());
      await p.page.waitForTimeout(1500);
      await p.page.evaluate(() => globalThis.propersim.player.pause());
      gone[speed] = (await p.page.evaluate(() => globalThis.propersim.player.step)) - 300;
    }
    assert.ok(gone[3] > 0 && gone[6] > 2 * gone[3], `speed 3 went ${gone[3]} steps, speed 6 ${gone[6]}`);
    await p.close();
  },

  async "keys reach every control of the map, and stay on what they pressed"() {
    const p = await open(`/replay/${RUN}/300`), active = () => p.page.evaluate(() => document.activeElement.dataset.do ?? document.activeElement.tagName);
    for (let i = 0; (await active()) !== "forward"; i++) { assert.ok(i < 60, "Tab reaches it"); await p.page.keyboard.press("Tab"); }
    for (const step of [301, 302]) {
      await p.page.keyboard.press("Enter");
      await p.until("a step", (s) => s.step === step);
      assert.equal(await active(), "forward");
    }
    for (const [name, ok] of [["speed-4", (s) => s.speed === 4], ["play", (s) => s.playing], ["play", (s) => !s.playing]]) {
      await p.page.locator(`[data-do=${name}]`).focus();
      await p.page.keyboard.press("Enter");
      await p.until(name, ok);
      assert.equal(await active(), name);
    }
    const { step } = await p.state();
    await p.page.locator(".scrub").focus();
    await p.page.keyboard.press("ArrowRight");
    await p.page.keyboard.press("ArrowRight");
    await p.until("two steps by the slider", (s) => s.step === step + 2);
    const why = p.page.getByRole("link", { name: "Why this step" }); // is built anew with every step
    await why.focus();
    await p.page.evaluate((s) => globalThis.propersim.player.jump(s), step - 5);
    await p.page.waitForFunction((s) => document.activeElement.getAttribute("href")?.endsWith(`/${s}`), step - 5);
    await p.close();
    const q = await open(`/state/${RUN}/900/Mara%20Ellison`);
    await q.page.locator("[data-do=thought]").focus();
    await q.page.keyboard.press("Enter");
    await q.until("thoughts", (s) => s.kind === "thought");
    assert.equal(await q.page.evaluate(() => document.activeElement.dataset.do), "thought");
    await q.close();
  },

  async "a server that goes away is said, asked ever less often, and found again"() {
    const p = await open(`/replay/${RUN}/0`), note = p.page.locator(".note");
    let asked = 0;
    await p.page.route("**/api/v1/runs/**", (route) => { asked++; return route.abort(); });
    await p.page.keyboard.press("6");
    await p.page.keyboard.press(" ");
    await p.page.waitForFunction(() => /connection is lost/.test(document.querySelector(".note").textContent));
    assert.ok(await note.isVisible());
    const before = asked;
    await p.page.waitForTimeout(2000);
    assert.ok(asked - before <= 16, `${asked - before} requests in two seconds`);
    const { step } = await p.state();
    await p.page.unroute("**/api/v1/runs/**");
    await p.until("playing on", (s) => s.step > step + 10);
    assert.equal(await note.isVisible(), false);
    p.complaints.length = 0; // failed requests, which were meant
    await p.close();
    const q = await open(`/state/${RUN}/900/Mara%20Ellison`);
    await q.page.route("**/memory**", (route) => route.abort());
    await q.page.locator("[data-do=thought]").click();
    await q.page.getByText("The server does not answer.").waitFor();
    await q.page.unroute("**/memory**");
    await q.page.getByRole("button", { name: "Try again" }).click();
    await q.until("thoughts", (s) => s.kind === "thought");
    await q.page.getByText("The server does not answer.").waitFor({ state: "detached" });
    q.complaints.length = 0;
    await q.close();
  },

  async "scrubbing lands where it is asked to, and says how long it took"() {
    const p = await open(`/replay/${RUN}/0`), times = [];
    for (const step of [900, 100, 700, 300, 1100, 500]) {
      times.push(await p.page.evaluate(async (s) => { const t = performance.now(); await globalThis.propersim.player.jump(s); return performance.now() - t; }, step));
      assert.equal(await p.page.evaluate(() => globalThis.propersim.player.step), step);
    }
    times.sort((a, b) => a - b);
    console.log(`    jumps to steps not loaded yet: ${times.map((t) => t.toFixed(0)).join(", ")} ms`);
    await p.close();
  },

  async "the camera follows, is dragged, turned closer and moved by keys"() {
    const p = await open(`/replay/${RUN}/700`), before = (await p.state()).view;
    await p.page.keyboard.press("+");
    await p.page.keyboard.press("+");
    assert.ok((await p.state()).view.size > before.size);
    const at = (await p.state()).view;
    await p.page.keyboard.press("ArrowRight");
    assert.ok((await p.state()).view.x > at.x);
    const box = await p.page.locator(".stage").boundingBox(), x = box.x + 200, y = box.y + box.height - 60;
    const dragged = (await p.state()).view;
    await p.page.mouse.move(x, y);
    await p.page.mouse.down();
    await p.page.mouse.move(x + 90, y - 40, { steps: 4 });
    await p.page.mouse.up();
    assert.ok((await p.state()).view.x < dragged.x);
    await p.page.keyboard.press("f");
    const followed = await p.until("following", (s) => s.following === 1 && Math.abs(s.view.x - s.people[0].x - 0.5) < 6);
    assert.equal(followed.following, 1);
    await p.page.mouse.wheel(0, -120);
    await p.page.keyboard.press("0");
    await p.shot("replay");
    await p.close();
  },

  async "the side panel says what is in the run file"() {
    const said = (await table(`runs/${RUN}/suggestions?from=500&to=560`)).find((g) => g.delivered && !g.silent && g.score !== null);
    const p = await open(`/replay/${RUN}/${said.step}`);
    await p.page.waitForFunction((text) => document.querySelector(".side .said p")?.textContent === text, said.text);
    assert.equal(await p.page.locator(".side .said .score").textContent(), String(said.score));
    assert.equal(await p.page.locator(".side .chip.yes").count(), said.score);
    await p.page.waitForSelector(".side .plan li.now");
    await p.page.waitForFunction(() => [...document.querySelectorAll(".side h2")].some((x) => x.textContent === "Memory that was used"));
    await p.close();
  },

  async "what is said covers neither the clock nor the person, however narrow the screen"() {
    const said = (await table(`runs/${RUN}/suggestions?from=200&to=575`)).filter((g) => g.delivered && !g.silent);
    const p = await open(`/replay/${RUN}/${said[0].step}`, { width: 360, height: 740, still: true });
    let under = 0;
    for (let i = 0; i < 12; i++) {
      const { step, text } = said[Math.floor((i * said.length) / 12)];
      await p.page.evaluate((s) => globalThis.propersim.player.jump(s), step);
      await p.until("what is said", (s) => s.step === step && s.people[0].says === text);
      await p.page.waitForTimeout(250); // the view comes to rest
      const [bubble, clock, pill] = await p.page.evaluate(() => [".bubble", ".clock", ".pill"].map((c) => document.querySelector(c).getBoundingClientRect().toJSON()));
      const apart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
      assert.ok(apart(bubble, clock) && apart(bubble, pill), `at step ${step}: ${JSON.stringify({ bubble, clock, pill })}`);
      if (bubble.top > pill.top) under++;
    }
    console.log(`    ${under} of 12 stood below`);
    await p.close();
  },

  async "with reduced motion nobody walks"() {
    const walk = (await table(`runs/${RUN}/steps?from=100&to=1000`)).find((r) => (r.path ?? "").length > 4);
    const p = await open(`/replay/${RUN}/${walk.step - 1}`, { still: true });
    await p.page.evaluate((s) => { globalThis.propersim.player.go(s, 1000); }, walk.step);
    await p.until("the step, at once", (s) => { assert.equal(s.people[0].walking, false); return s.step === walk.step && s.people[0].x === walk.x && s.people[0].y === walk.y; });
    await p.close();
    const q = await open(`/replay/${RUN}/${walk.step - 1}`);
    await q.page.evaluate((s) => { globalThis.propersim.player.go(s, 1000); }, walk.step);
    await q.until("walking", (s) => s.people[0].walking, 900); // and with motion they do
    await q.until("arriving", (s) => !s.people[0].walking && s.people[0].x === walk.x && s.people[0].y === walk.y);
    await q.close();
  },

  async "demo plays without panels"() {
    const p = await open(`/demo/${RUN}/700/4`);
    await p.until("moving on", (s) => s.step > 710);
    assert.equal(await p.page.locator(".side, .deck, .top").count(), 0);
    await p.shot("demo");
    await p.close();
  },

  async "demo plays a compressed run of the original: everybody stands where its movement file says"() {
    const original = join(folder, "original"), NAME = "Mara Ellison";
    await run("export", "reverie", join(folder, "all/pages/runs/one/p01-s1.sqlite"), "-o", original, "--compress");
    await run("import", "reverie", original, "-o", join(folder, "imported"));
    renameSync(join(folder, "imported/run"), join(folder, "all/original"));
    const [{ id, steps }] = (await listed("original")).runs, movement = JSON.parse(readFileSync(join(original, "master_movement.json"), "utf8"));
    assert.equal(steps, Object.keys(movement).length);
    const tiles = [], signs = []; // a step holds only what changed
    for (let step = 0; step < steps; step++) {
      const changed = movement[step][NAME];
      tiles.push(changed?.movement ?? tiles.at(-1));
      signs.push(changed?.pronunciatio ?? signs.at(-1));
    }
    assert.ok(new Set(tiles.map(String)).size > 4, "somebody who moves about");
    const p = await open(`/demo/${id}/${steps - 240}/6`);
    assert.equal(await p.page.locator(".side, .deck, .top").count(), 0);
    const seen = new Map();
    await p.until("the end", (s) => { // plays, and is looked at on its way
      if (s.people[0] && !s.people[0].walking) seen.set(s.step, [s.people[0].x, s.people[0].y]);
      return s.step === steps - 1 && !s.playing;
    }, 60000);
    assert.ok(seen.size > 5, `looked at ${seen.size} times`);
    for (const [step, at] of seen) assert.deepEqual(at, tiles[step], `tile at step ${step} while it plays`);
    for (let i = 0; i < 20; i++) {
      const step = Math.floor(((i + 0.37) * steps) / 20);
      await p.page.evaluate((s) => globalThis.propersim.player.jump(s), step);
      const [x, y] = tiles[step], { people: [person], view } = await p.until(`step ${step}`, (s) => s.step === step && s.people[0].x === x && s.people[0].y === y);
      const box = await p.page.locator(".stage").boundingBox();
      const feet = [view.x + (person.screen.x - box.width / 2) / view.size - 0.5, view.y + (person.screen.y - box.height / 2) / view.size - 1];
      assert.ok(Math.hypot(feet[0] - x, feet[1] - y) < 0.15, `pixel at step ${step}: ${feet} is not ${x}, ${y}`);
      assert.equal(person.emoji, signs[step]);
    }
    await p.shot("demo-original");
    await p.close();
    const results = await open("/study/original");
    await results.page.waitForSelector("#unrated");
    assert.match(await results.page.locator("#unrated").textContent(), /holds no suggestions and ratings.*Days? .* imported from a run of the original \(original\)/s);
    await results.close();
  },

  async "state shows all as of the step, and is searched"() {
    const p = await open(`/state/${RUN}/900/Mara%20Ellison`);
    const known = await table(`runs/${RUN}/memory?step=900&stream=assistant&limit=1000`);
    assert.ok(known.every((m) => m.step <= 900) && known.length > 100);
    await p.page.getByRole("button", { name: "Assistant's memory" }).click();
    await p.until("the assistant's memory", (s) => s.kind === "assistant" && s.shown === 100);
    const word = known[5].text.split(" | ")[1].split(" ").at(-2).toLowerCase();
    await p.page.locator(".field").fill(word);
    const hits = known.filter((m) => m.text.toLowerCase().includes(word)).length;
    await p.until("the search", (s) => s.shown === Math.min(100, hits));
    await p.page.waitForSelector("mark");
    await p.shot("state");
    await p.page.locator("h1").click();
    await p.page.keyboard.press("."); // an hour of steps of 2.5 minutes
    await p.page.waitForURL((url) => url.pathname.includes("/924/"));
    await p.close();
    const old = await open(`/replay_persona_state/${RUN}/900/Mara_Ellison`);
    assert.equal((await old.state()).page, "state");
    await old.close();
  },

  async "state shows what is on their mind as the last night revised it"() {
    const first = await open(`/state/${RUN}/575/Mara%20Ellison`); // the last step of day 1
    assert.equal(await first.page.locator(".currently").count(), 0);
    await first.close();
    const remembered = (await table(`runs/${RUN}/memory?step=575&limit=1000`)).map((m) => m.text);
    for (const step of [576, DAYS * 576 - 1]) {
      const p = await open(`/state/${RUN}/${step}/Mara%20Ellison`), text = await p.page.locator(".currently p").first().textContent();
      const pieces = /^Yesterday: (.+)\.$/.exec(text)[1].split("; ");
      assert.ok(pieces.length > 1 && pieces.every((m) => remembered.includes(m)), `made of memories of day 1: ${text}`);
      assert.match(await p.page.locator(".currently").textContent(), /since the night before day 2\.$/);
      await p.close();
    }
  },

  async "why shows both candidates, ratings, and what was remembered"() {
    const [mark] = (await table(`runs/${RUN}/marks?from=500&to=9999`)), p = await open(`/step/${RUN}/${mark.step}`), state = await p.state();
    assert.equal(state.candidates, 2);
    assert.equal(state.ratings, 8);
    assert.notEqual(state.memories, "0 memories");
    assert.equal(await p.page.locator(".candidate").count(), 2);
    assert.equal(await p.page.locator(".candidate .criterion").count(), 8);
    assert.ok(await p.page.locator(".bar").count());
    const offered = await table(`runs/${RUN}/suggestions?from=${mark.step}&to=${mark.step}`);
    for (const g of offered) assert.match(await p.page.locator(`.candidate[data-slot="${g.slot}"]`).textContent(), new RegExp(`probability ${(100 * g.probability).toFixed(1)} %, score ${g.logit.toFixed(3)}`));
    await p.shot("why");
    const after = (await table(`runs/${RUN}/marks?from=${mark.step + 1}&to=9999`)), go = async (key, { step }) => { await p.page.keyboard.press(key); await p.page.waitForURL((url) => url.pathname.endsWith(`/${step}`)); await p.page.waitForSelector("body[data-ready]"); };
    await go("]", after[0]); // a moment, most of which are silent
    const said = after.find((m) => !m.silent && m.step > after[0].step), [now] = await table(`runs/${RUN}/steps?from=${said.step}&to=${said.step}`);
    await go(".", said); // what was said next
    assert.ok((await p.page.locator("main p").first().textContent()).includes(now.walking ? "walking" : now.action));
    await p.close();
  },

  async "why shows what a model was asked, and what it replied"() {
    const mock = spawn(program, ["mock", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
    try {
      const url = /http:\S+/.exec(String(await new Promise((resolve) => mock.stdout.once("data", resolve))))[0];
      writeFileSync(join(folder, "asked.lua"), `local study = require "propersim.study"
return study { name = "asked", days = 1, sec_per_step = 1800, personas = { "p01" }, keep_prompts = true,
  models = { assistant = { model = "mock-1", url = "${url}", mock = true } } }`);
      await run("run", join(folder, "asked.lua"), "-o", join(folder, "all/asked"), "--quiet");
    } finally { mock.kill("SIGKILL"); }
    await listed("asked");
    const id = "asked:default:p01-s1", [{ step }] = await table(`runs/${id}/marks?from=20&to=47`), calls = await table(`runs/${id}/calls?step=${step}`);
    assert.ok(calls.length >= 2);
    const p = await open(`/step/${id}/${step}`), question = p.page.locator("#calls details").first();
    assert.equal(await p.page.locator("#calls details").count(), calls.length);
    await question.locator("summary").click();
    assert.match(await question.locator("pre").nth(1).textContent(), /What do you recommend to Mara now/);
    assert.match(await question.locator("pre").last().textContent(), /"suggestion": "/);
    await p.shot("asked");
    await p.close();
  },

  async "results show the report's numbers, and plots can be taken away"() {
    const FIGURES = 5 + 2 + 1, report = await api("studies/pages/report"), p = await open("/study/pages"); // measures, criteria of two conditions, people
    assert.equal((await p.state()).figures, FIGURES);
    const shown = await p.page.locator("tbody td.n").first().textContent();
    assert.equal(shown, report.conditions[0].days[0].score_mean.toFixed(2));
    // what others published goes on to day 14; in the plot of these days it ends with them, and its name stands in the plot
    const beyond = await p.page.locator("figure svg.plot").first().evaluate((plot) => [...plot.querySelectorAll(".plot-ref, text")]
      .map((e) => [e.textContent, e.getBoundingClientRect().right - plot.getBoundingClientRect().right]).filter(([, by]) => by > 0));
    assert.deepEqual(beyond, []);
    assert.ok(await p.page.locator("figure svg.plot .plot-ref").count() > 0);
    const [svg] = await Promise.all([p.page.waitForEvent("download"), p.page.locator("figure button").first().click()]);
    assert.match(readFileSync(await svg.path(), "utf8"), /^<svg[^]*Does the score rise\?[^]*Others \(a paper\)[^]*<\/svg>$/);
    const [csv] = await Promise.all([p.page.waitForEvent("download"), p.page.locator("figure button").nth(1).click()]);
    const lines = readFileSync(await csv.path(), "utf8").trim().split("\n");
    assert.equal(lines[0], "condition,day,score,low95,high95,people");
    assert.equal(lines.length, 1 + 2 * DAYS + 2);
    assert.equal(lines.at(-1), "Others (a paper),14,3.3,,,");
    assert.equal(Number(lines[1].split(",")[2]), report.conditions[0].days[0].score_mean);
    const [pair] = report.comparisons.pairs, row = p.page.locator(`#compare tr[data-measure=score]`);
    assert.equal(await row.locator("td.n").nth(0).textContent(), pair.measures[0].a.toFixed(2));
    assert.match(await row.textContent(), new RegExp(pair.measures[0].p_holm.toFixed(3)));
    await p.shot("study");
    await p.page.waitForSelector("#learned td"); // every figure and table that has buttons gives what they say
    const buttons = p.page.locator(".tools button");
    assert.equal(await buttons.count(), 2 * (FIGURES + 2)); // and the comparison, and what was learned
    // Chromium stops after ten downloads of one page, so from here on what would be saved is looked at in the page
    const files = await p.page.evaluate(async () => {
      const out = [], blobs = [], make = URL.createObjectURL;
      URL.createObjectURL = (blob) => { blobs.push(blob); return make.call(URL, blob); };
      HTMLAnchorElement.prototype.click = function () { out.push({ name: this.download, blob: blobs.at(-1) }); };
      for (const button of document.querySelectorAll(".tools button")) button.click();
      return Promise.all(out.map(async ({ name, blob }) => ({ name, text: await blob.text() })));
    });
    assert.equal(new Set(files.map((f) => f.name)).size, 2 * (FIGURES + 2));
    for (const { name, text } of files) assert.match(text, name.endsWith(".svg") ? /^<svg[^]*<(path|circle)[^]*<\/svg>$/ : /^[a-z_0-9,]+\n[^]+\n$/, name);
    const width = () => p.page.locator("#score .plot").evaluate((e) => e.getBoundingClientRect().width), before = await width();
    await p.page.setViewportSize({ width: 700, height: 800 });
    await p.page.waitForFunction((w) => document.querySelector("#score .plot").getBoundingClientRect().width < w - 200, before);
    assert.ok(await p.page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
    await p.close();
  },

  async "several people in one house are told apart"() {
    const id = "home:default:p01+p02+p05-s1", steps = await table(`runs/${id}/steps?from=0&to=575`);
    const bed = steps.findIndex((r, i) => r.who === 1 && r.x === steps[i + 1].x && r.y === steps[i + 1].y); // two on one tile
    assert.ok(bed >= 0);
    const p = await open(`/replay/${id}/${steps[bed].step}`), state = await p.until("three people", (s) => s.people.length === 3);
    for (const person of state.people) {
      const row = steps.find((r) => r.step === steps[bed].step && r.who === person.who);
      assert.deepEqual([person.x, person.y], [row.x, row.y]);
    }
    assert.notEqual(state.people[0].screen.x, state.people[1].screen.x);
    const boxes = await p.page.locator(".pill").evaluateAll((all) => all.map((e) => e.getBoundingClientRect().toJSON()));
    for (const [i, a] of boxes.entries()) for (const b of boxes.slice(i + 1))
      assert.ok(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top, "names cover one another");
    assert.equal(await p.page.locator(".everybody li").count(), 3);
    await p.page.locator(".pill").nth(1).click();
    assert.equal((await p.state()).following, 2);
    assert.equal(await p.page.locator(".side select").inputValue(), "2");
    await p.page.locator(".everybody button").nth(2).click();
    await p.until("the third", (s) => s.following === 3);
    await p.shot("house-of-three");
    await p.close();
    const why = await open(`/step/${id}/400`);
    assert.equal(await why.page.locator("h2", { hasText: "To " }).count(), new Set((await table(`runs/${id}/suggestions?from=400&to=400`)).map((g) => g.who)).size);
    await why.close();
  },

  async "what is said covers nobody's name"() {
    const id = "home:default:p01+p02+p05-s1", said = (await table(`runs/${id}/suggestions?from=150&to=575`)).filter((g) => g.delivered && !g.silent);
    const p = await open(`/replay/${id}/${said[0].step}`, { still: true });
    let shown = 0;
    for (let i = 0; i < 12; i++) {
      const { step, who, text } = said[Math.floor((i * said.length) / 12)];
      await p.page.evaluate((at) => globalThis.propersim.player.jump(at), step);
      await p.until("what is said", (s) => s.step === step && s.people[who - 1].says === text);
      await p.page.waitForTimeout(200); // the view comes to rest
      const [bubbles, pills] = await p.page.evaluate(() => [".label:not(.crowded) .bubble", ".pill"].map((c) => [...document.querySelectorAll(c)].map((e) => e.getBoundingClientRect().toJSON())));
      for (const a of bubbles) for (const b of pills)
        assert.ok(a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 1 || b.bottom <= a.top + 1, `at step ${step}: ${JSON.stringify({ a, b })}`);
      shown += bubbles.length;
    }
    assert.ok(shown >= 6, `${shown} bubbles were shown in 12 steps`);
    await p.close();
  },

  async "many conditions with long names: each line differs, and nothing is cut, however narrow the screen"() {
    const names = ["with", "without"].flatMap((a) => ["memory_of_suggestions", "reasons_from_the_rater", "planning", "learning_by_night"].map((b) => `${a}_${b}`));
    writeFileSync(join(folder, "many.lua"), `local study = require "propersim.study"
return study { name = "many", days = 2, sec_per_step = 1800, personas = study.personas "p01..p02", conditions = { ${names.map((n) => `${n} = {}`).join(", ")} } }`);
    await run("run", join(folder, "many.lua"), "-o", join(folder, "all/many"), "--quiet");
    await listed("many");
    const home = await open("/"), all = home.page.locator("[data-do=all-many]"); // the list is built anew, and says something else
    await all.focus();
    await home.page.keyboard.press("Enter");
    await home.page.waitForFunction(() => document.querySelectorAll("[data-study=many] .run").length === 16);
    assert.equal(await home.page.evaluate(() => document.activeElement.dataset.do), "all-many");
    await home.close();
    for (const [path, width] of [["/study/many", 360], ["/study/many", 1280], ["/study/pages", 360]]) {
      const p = await open(path, { width, height: 740 });
      await p.page.waitForSelector("#people svg");
      const cut = await p.page.evaluate(() => [...document.querySelectorAll("svg.plot svg text, svg.plot > text, svg.plot g text")].map((e) => ({ text: e.textContent, in: e.ownerSVGElement.getBoundingClientRect(), is: e.getBoundingClientRect() }))
        .filter((t) => t.is.left < t.in.left - 0.5 || t.is.right > t.in.right + 0.5 || t.is.top < t.in.top - 0.5 || t.is.bottom > t.in.bottom + 0.5).map((t) => t.text));
      assert.deepEqual(cut, [], `${path} at ${width} px`);
      if (path === "/study/many") {
        const lines = await p.page.locator("#score svg.plot > g.plot-series > path[stroke]").evaluateAll((all) => all.map((e) => `${e.getAttribute("stroke")} ${e.getAttribute("stroke-dasharray")}`));
        assert.equal(new Set(lines).size, 8);
        const shown = () => p.page.locator("#score .plot-band").evaluateAll((all) => all.filter((e) => getComputedStyle(e).opacity === "1").length);
        assert.equal(await shown(), 0);
        await p.page.locator("#score .plot-series").nth(2).focus(); // its interval, and with Enter it stays
        assert.equal(await shown(), 1);
        await p.page.keyboard.press("Enter");
        await p.page.locator("#score .plot-series").nth(5).focus();
        assert.equal(await shown(), 2);
        await p.page.locator("h1").scrollIntoViewIfNeeded();
      }
      for (const box of await p.page.locator(".scroll").all()) assert.ok((await box.getAttribute("tabindex")) === "0" && (await box.getAttribute("aria-label")));
      await p.page.screenshot({ path: join(out, `${path.slice(7)}-${width}-all.png`), fullPage: true });
      await p.close();
    }
  },

  async "a study in which nothing was rated says so"() {
    writeFileSync(join(folder, "unrated.lua"), `local study = require "propersim.study"
return study { name = "unrated", days = 1, sec_per_step = 1800, personas = study.personas "p01..p02", assistants = "none" }`);
    await run("run", join(folder, "unrated.lua"), "-o", join(folder, "all/unrated"), "--quiet");
    await listed("unrated");
    const p = await open("/study/unrated");
    assert.match(await p.page.locator("#unrated").textContent(), /^Nothing was rated in this study/);
    assert.equal(await p.page.locator("figure, #learned, #answer, #compare").count(), 0);
    await p.close();
    const home = await open("/study/home"); // one run of three people is one run
    assert.match(await home.page.locator("main [role=status]").first().textContent(), /1 of 1 run\./);
    await home.close();
  },

  async "a town is large: 25 people, whom one follows, and who talk"() {
    writeFileSync(join(folder, "town.lua"), `local study = require "propersim.study"
return study { name = "town", days = 1, sec_per_step = 300, map = "maps/town.tmj", households = { "t01..t25" }, assistants = { "t01" } }`);
    await run("run", join(folder, "town.lua"), "-o", join(folder, "all/town"), "--quiet");
    const [{ id, names }] = (await listed("town")).runs;
    let chat = null, who = 0;
    while (!chat) [chat] = await table(`runs/${id}/memory?who=${++who}&type=chat&limit=1`);
    const p = await open(`/replay/${encodeURIComponent(id)}/${chat.step}`), state = await p.until("25 people", (s) => s.people.length === 25);
    const rows = await table(`runs/${id}/steps?from=${chat.step}&to=${chat.step}`);
    for (const person of state.people) { const row = rows.find((r) => r.who === person.who); assert.deepEqual([person.x, person.y], [row.x, row.y]); }
    await p.page.locator(".everybody button").nth(who - 1).click();
    await p.until("following", (s) => s.following === who);
    await p.page.waitForSelector(".dialogue li");
    const lines = JSON.parse(chat.filling);
    assert.equal(await p.page.locator(".dialogue li").count(), lines.length);
    assert.equal(await p.page.locator(".dialogue li span").first().textContent(), lines[0].slice(lines[0].indexOf(": ") + 2));
    await p.shot("town");
    await p.page.keyboard.press("0");
    const box = await p.page.locator(".stage").boundingBox(), shown = ({ x, y }) => x > 0 && x < box.width && y > 0 && y <= box.height;
    const outside = (s) => s.people.filter((person) => !shown(person.screen)).map((person) => names[person.who - 1]);
    await p.until("everybody on the screen", (s) => s.view.size * 120 <= 1280 && outside(s).length === 0);
    await p.page.waitForTimeout(200);
    await p.shot("town-whole");
    await p.close();
    const mind = await open(`/state/${encodeURIComponent(id)}/100/1`);
    await mind.page.locator("h1").click();
    await mind.page.keyboard.press("."); // an hour of steps of 5 minutes
    await mind.page.waitForURL((url) => url.pathname.includes("/112/"));
    await mind.close();
  },

  async "the last suggestion is known however long ago it was"() {
    const marks = (await table(`runs/${RUN}/marks?from=0&to=9999`)).filter((m) => !m.silent), last = marks.filter((m) => m.step < 576).at(-1);
    const p = await open(`/replay/${RUN}/${last.step + 150}`), [said] = (await table(`runs/${RUN}/suggestions?from=${last.step}&to=${last.step}`)).filter((g) => g.delivered);
    assert.ok(marks.every((m) => m.step <= last.step || m.step > last.step + 150), "nothing is said at night");
    await p.page.waitForFunction((text) => document.querySelector(".side .said p")?.textContent === text, said.text);
    await p.close();
  },

  async "the path tester finds the program's way"() {
    const p = await open("/path_tester/house"), { view } = await p.state(), box = await p.page.locator(".stage").boundingBox();
    const click = (x, y) => p.page.mouse.click(box.x + box.width / 2 + (x + 0.5 - view.x) * view.size, box.y + box.height / 2 + (y + 0.5 - view.y) * view.size);
    await click(4, 5);
    await p.until("a start", (s) => s.from?.x === 4 && s.from.y === 5);
    await click(15, 12);
    const state = await p.until("a way", (s) => s.length > 0), way = await api("maps/house/path?from=4,5&to=15,12");
    assert.equal(state.length, way.length);
    assert.deepEqual(state.path, way.path);
    assert.ok(way.length >= 18);
    await p.shot("path");
    await p.page.keyboard.press("Escape");
    await p.page.keyboard.press("ArrowRight");
    await p.page.keyboard.press("Enter");
    assert.ok((await p.state()).from);
    await p.page.locator("[data-do=clear]").focus(); // what is pressed keeps the focus
    await p.page.keyboard.press("Enter");
    await p.until("anew", (s) => !s.from);
    assert.equal(await p.page.evaluate(() => document.activeElement.dataset.do), "clear");
    await p.close();
  },

  async "the path tester is driven by keys alone on a map larger than the screen"() {
    const p = await open("/path_tester/town"), { view, cursor } = await p.state(), box = await p.page.locator(".stage").boundingBox();
    const shown = (s) => Math.abs(s.cursor.x + 0.5 - s.view.x) * s.view.size < box.width / 2 && Math.abs(s.cursor.y + 0.5 - s.view.y) * s.view.size < box.height / 2;
    assert.deepEqual(cursor, { x: Math.floor(view.x), y: Math.floor(view.y) });
    await p.page.keyboard.press("+");
    const near = (await p.state()).view, steps = Math.ceil(box.width / near.size / 2) + 3;
    for (let i = 0; i < steps; i++) {
      await p.page.keyboard.press("ArrowLeft");
      assert.ok(shown(await p.state()), `the cursor is seen after ${i + 1} keys`);
    }
    const far = await p.state();
    assert.equal(far.cursor.x, cursor.x - steps);
    assert.ok(far.view.x < near.x);
    await p.close();
    // on the house: what is perceived is said with the start, and the distance of each tile with the goal
    const q = await open("/path_tester/house"), press = async (key, n) => { for (let i = 0; i < n; i++) await q.page.keyboard.press(key); };
    const to = async (x, y) => { const { cursor: c } = await q.state(); await press(x < c.x ? "ArrowLeft" : "ArrowRight", Math.abs(x - c.x)); await press(y < c.y ? "ArrowUp" : "ArrowDown", Math.abs(y - c.y)); };
    await to(4, 5);
    await q.page.keyboard.press("Enter");
    const start = await q.until("what is perceived", (s) => s.perceives !== null), way = await api("maps/house/path?from=4,5&to=15,12");
    assert.equal(start.to, null);
    assert.equal(start.perceives, way.perceives.length);
    assert.ok(way.perceives.length > 0);
    await to(15, 12);
    await q.page.keyboard.press("Enter");
    await q.until("a way", (s) => s.length === way.length);
    assert.equal(await q.page.locator("[data-distance]").textContent(), "0 tiles to the goal");
    await to(4, 5);
    assert.equal(await q.page.locator("[data-distance]").getAttribute("data-distance"), String(way.length));
    await q.close();
  },

  async "a rating session stores what was clicked, apart from the run"() {
    const digest = await run("digest", join(folder, "all/pages/runs/one/p01-s1.sqlite"));
    const p = await open(`/rate/${RUN}`), clicked = [];
    await p.page.locator("input").fill("Ann");
    await p.page.keyboard.press("Enter");
    for (let i = 0; i < 3; i++) {
      const { step } = await p.until("a situation", (s) => s.step !== null && Object.keys(s.given).length === 0 && s.done === i);
      assert.equal(await p.page.locator(".score, .chip").count(), 0); // the simulated score is not shown
      const [{ walking, action }] = await table(`runs/${RUN}/steps?from=${step}&to=${step}`); // what the assistant saw
      assert.ok((await p.page.locator(".situation p").first().textContent()).includes(walking ? "walking" : action));
      const silent = (await p.page.locator("blockquote em").count()) === 1;
      assert.equal(await p.page.getByText("Is it said the way they like").count(), silent ? 0 : 1);
      const values = [1, i % 2, 0, 1];
      if (i === 2) { // by keys: once is yes, twice is no
        for (const [c, v] of values.entries()) for (let n = 0; n < 2 - v; n++) await p.page.keyboard.press(String(c + 1));
        await p.until("answers", (s) => Object.keys(s.given).length === 4);
        await p.page.keyboard.press("Enter");
      } else {
        for (const [c, v] of values.entries()) await p.page.locator(`[data-value="${v}"]`).nth(c).click();
        if (i === 0) await p.shot("rate");
        await p.page.locator("[data-do=store]").click();
      }
      clicked.push([step, ...values]);
    }
    await p.until("three", (s) => s.done === 3);
    await p.page.locator("[data-do=end]").click();
    await p.until("the end", (s) => s.finished);
    await p.page.waitForSelector("td");
    const { ratings } = await api(`runs/${RUN}/ratings`);
    assert.deepEqual(ratings.map((r) => [r.step, r.preference, r.timing, r.frequency, r.communication]), clicked);
    assert.ok(ratings.every((r) => r.rater === "Ann"));
    assert.ok(existsSync(join(folder, "all/pages/ratings/one/p01-s1.jsonl")));
    assert.equal(await run("digest", join(folder, "all/pages/runs/one/p01-s1.sqlite")), digest);
    await p.shot("agreement");
    await p.close();
  },

  async "a rating that cannot be stored is kept on the page, and stored later"() {
    const id = "pages:two:p02-s1", p = await open(`/rate/${id}`), file = join(folder, "all/pages/ratings/two/p02-s1.jsonl");
    await p.page.locator("input").fill("\u00e9".repeat(40));
    await p.page.keyboard.press("Enter");
    assert.match(await p.page.locator(".problem").textContent(), /takes 80 bytes and 40 fit/);
    await p.page.locator("input").fill("\u00c9va");
    await p.page.keyboard.press("Enter");
    const { step } = await p.until("a situation", (s) => s.step !== null);
    const who = p.page.locator("details").first();
    await who.locator("summary").click();
    for (const c of ["preference", "timing", "frequency", "communication"]) { // by keys, on each button
      await p.page.locator(`[data-do=${c}-1]`).focus();
      await p.page.keyboard.press("Enter");
      assert.equal(await p.page.evaluate(() => document.activeElement.dataset.do), `${c}-1`);
    }
    assert.ok(await who.evaluate((d) => d.open), "what was opened stays open");
    await p.page.route("**/ratings", (route) => route.abort());
    await p.page.locator("[data-do=store]").click();
    await p.page.locator(".problem").waitFor();
    assert.match(await p.page.locator(".problem").textContent(), /not stored: The server does not answer/);
    await p.page.unroute("**/ratings");
    await p.page.route("**/ratings", (route) => route.fulfill({ status: 400, json: { error: "no such thing" } }));
    await p.page.locator("[data-do=store]").click();
    await p.page.getByText("not stored: no such thing").waitFor();
    const kept = await p.state();
    assert.deepEqual([kept.step, kept.done, Object.values(kept.given)], [step, 0, [1, 1, 1, 1]]);
    await p.page.unroute("**/ratings");
    await p.page.locator("[data-do=store]").click();
    await p.until("the next", (s) => s.done === 1 && s.step !== step);
    assert.deepEqual((await api(`runs/${id}/ratings`)).ratings.map((r) => [r.rater, r.step]), [["\u00c9va", step]]);
    writeFileSync(file, `${readFileSync(file, "utf8")}{"rater": "torn`);
    await p.page.locator("[data-do=end]").click();
    await p.until("the end", (s) => s.finished);
    assert.equal(await p.page.locator("[data-unreadable]").getAttribute("data-unreadable"), "1");
    p.complaints.length = 0;
    await p.close();
  },

  async "live follows a run that is being written"() {
    writeFileSync(join(folder, "live.lua"), `local study = require "propersim.study"
return study { name = "live", days = 400, personas = { "p05" } }`);
    const writer = spawn(program, ["run", join(folder, "live.lua"), "-o", join(folder, "all/live"), "--quiet"], { stdio: "ignore" });
    try {
      let ready = false;
      for (let i = 0; i < 600 && !ready; i++) {
        await new Promise((r) => setTimeout(r, 100));
        ready = (await api("studies")).studies.some((s) => s.id === "live" && s.runs[0].steps > 0);
      }
      assert.ok(ready, "the live study did not appear");
      const p = await open("/simulator_home");
      assert.match(p.page.url(), /\/live\/live:/);
      const first = await p.until("the newest step", (s) => s.newest && s.total > 0), later = await p.until("growth", (s) => s.total > first.total + 500 && s.step > first.step);
      assert.equal(later.state, "running");
      await p.shot("live");
      writer.kill("SIGTERM");
      await new Promise((r) => writer.once("exit", r));
      const end = await p.until("the stop", (s) => s.state !== "running"), { steps } = await api(`runs/live:default:p05-s1`);
      assert.equal(end.total, steps);
      await p.until("the last step", (s) => s.step === steps - 1);
      await p.page.waitForTimeout(100); // a frame or two
      const at = await p.until("arriving", (s) => !s.people[0].walking), [row] = await table(`runs/live:default:p05-s1/steps?from=${steps - 1}&to=${steps - 1}`);
      assert.deepEqual([at.people[0].x, at.people[0].y], [row.x, row.y]);
      await p.close();
      // What a night made of somebody is in the run file once the day is over: said, not passed over
      const { days_finished: known } = await api("runs/live:default:p05-s1"), state = await open(`/state/live:default:p05-s1/${steps - 1}/1`);
      const mind = await state.page.locator(".currently").textContent(), today = Math.floor((steps - 1) / 576) + 1;
      assert.match(mind, new RegExp(`since the night before day ${known}\\.${today > known ? `What the night before day ${today}` : "$"}`));
      await state.close();
    } finally { writer.kill("SIGKILL"); }
  },

  async "every page fits 360 px and more, with enough contrast, in light and dark"() {
    const pages = { home: "/", live: `/live/${RUN}`, replay: `/replay/${RUN}/700`, demo: `/demo/${RUN}/700/1`, state: `/state/${RUN}/900/Mara%20Ellison`, why: `/step/${RUN}/900`, study: "/study/pages", path: "/path_tester/house", rate: `/rate/${RUN}` };
    for (const [name, path] of Object.entries(pages)) {
      const p = await open(path, { width: 360, height: 740 });
      for (const [width, height] of [[360, 740], [1280, 800], [2560, 1300]]) for (const colorScheme of ["light", "dark"]) {
        await p.page.setViewportSize({ width, height });
        await p.page.emulateMedia({ colorScheme });
        await p.page.waitForTimeout(120);
        await fits(p.page, `${path} ${colorScheme}`, width);
        assert.deepEqual(await p.page.evaluate(poorContrast), [], `${path} ${colorScheme} at ${width} px`);
        if (width < 2000 || name === "replay") await p.shot(`${name}-${width}${colorScheme === "dark" ? "-dark" : ""}`);
      }
      await p.close();
    }
  },

  async "a page that does not exist says what to do"() {
    const context = await browser.newContext(), page = await context.newPage();
    await page.goto(`${base}/replay/nothing:here/0`);
    await page.waitForSelector(".problem");
    assert.match(await page.locator(".problem").textContent(), /no run of this name/);
    for (const [path, says] of [["/nope", /no page at \/nope/], ["/replay", /looks like \/replay\/RUN\/STEP/], ["/rate/", /looks like \/rate\/RUN/], [`/state/${RUN}/5`, /looks like \/state\/RUN\/STEP\/RESIDENT/]]) {
      assert.equal((await page.goto(base + path)).status(), 404);
      await page.waitForSelector(".problem");
      assert.match(await page.locator(".problem").textContent(), says);
      assert.ok(await page.getByRole("link", { name: "All studies" }).isVisible());
    }
    await context.close();
    for (const path of [`/replay_persona_state/${RUN}/5/Mara_Ellison/`, `/replay/${RUN}/5/`, "/path_tester/house/"]) await (await open(path)).close(); // as in the original
  },
};

let failed = 0;
const only = process.env.ONLY ? new RegExp(process.env.ONLY) : /./; // of their names
for (const [name, test] of Object.entries(tests)) {
  if (!only.test(name)) continue;
  const start = Date.now();
  try {
    await test();
    console.log(`ok   ${name} (${Date.now() - start} ms)`);
  } catch (error) {
    failed++;
    console.log(`FAIL ${name}\n     ${error.message.split("\n").slice(0, 12).join("\n     ")}`);
  }
}
await browser.close();
server.kill("SIGTERM");
const code = await new Promise((resolve) => server.once("exit", resolve));
if (code !== 0) { failed++; console.log(`FAIL serve ended with ${code}`); }
rmSync(folder, { recursive: true, force: true });
process.exit(failed ? 1 : 0);
