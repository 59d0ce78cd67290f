// node web_pages_bench.mjs PROPERSIM STUDIES: first useful paint, scrubbing, replay at speed 6, and memory.
import { cpSync, linkSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { browse, mean, median, memory, renderers, sleep, sorted, start, stop } from "./web_tools.mjs";

const [program, studies] = process.argv.slice(2);
const LOADS = Number(process.env.LOADS ?? 9), SOAK = Number(process.env.SOAK ?? 60), SPEED = 6, PLACES = 20;
const RUN = "long:learning:p01-s1", SIZE = { width: 1280, height: 800 };
const { child: server, base } = await start(program, ["serve", studies, "--port", "0"]);
const browser = await browse();

// ---- First useful paint: the page marks when the frame with it is made.

/** Pages to compare with: one that shows a word, and one that only loads the bundle with Phaser. */
async function peers() {
  const bundle = Buffer.from(await (await fetch(`${base}/assets/world.js`)).arrayBuffer());
  const tell = 'requestAnimationFrame(() => setTimeout(() => performance.mark("useful"), 0));';
  const page = (script) => `<!doctype html><title>peer</title><p>peer</p><script type="module">${script}${tell}</script>`;
  const answers = { "/blank": [page(""), "text/html"], "/phaser": [page('import "/world.js";'), "text/html"], "/world.js": [bundle, "text/javascript"] };
  const http = createServer((request, response) => {
    const [body, type] = answers[request.url] ?? ["", "text/plain"];
    response.writeHead(answers[request.url] ? 200 : 404, { "content-type": type }).end(body);
  });
  await new Promise((resolve) => http.listen(0, "127.0.0.1", resolve));
  return { http, at: `http://127.0.0.1:${http.address().port}` };
}

/** Milliseconds from the start of the navigation; nothing is in any cache. */
async function load(url) {
  const context = await browser.newContext({ viewport: SIZE }), page = await context.newPage();
  await page.goto(url);
  await page.waitForFunction(() => performance.getEntriesByName("useful").length);
  const ms = await page.evaluate(() => performance.getEntriesByName("useful")[0].startTime);
  await context.close();
  return ms;
}

async function paints() {
  const { http, at } = await peers();
  const pages = { "a blank page": `${at}/blank`, "the bundle with Phaser alone": `${at}/phaser`, live: `${base}/live/${RUN}`, replay: `${base}/replay/${RUN}/4000`,
    state: `${base}/state/${RUN}/4000/1`, results: `${base}/study/long` };
  const first = await load(pages.results);
  const times = Object.fromEntries(Object.keys(pages).map((name) => [name, []]));
  for (let i = 0; i < LOADS; i++) for (const name of Object.keys(pages)) times[name].push(await load(pages[name])); // in turn, so that all see the same load
  const blank = median(times["a blank page"]);
  for (const [name, list] of Object.entries(times))
    console.log(`first useful paint, ${name}: median ${median(list).toFixed(0)} ms of ${LOADS} cold loads (${sorted(list)[0].toFixed(0)} to ${sorted(list).at(-1).toFixed(0)}), ${(median(list) / blank).toFixed(1)} times the blank page`);
  console.log(`first useful paint, results when its report is made for it: ${first.toFixed(0)} ms, once`);
  http.close();
}

// ---- Scrubbing and replay.

async function scrub(page) {
  const times = [];
  let seed = 1;
  for (let i = 0; i < PLACES; i++) {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    times.push(await page.evaluate(async (share) => {
      const { player } = globalThis.propersim, begin = performance.now();
      await player.jump(Math.floor(share * player.data.total));
      await new Promise((shown) => requestAnimationFrame(() => setTimeout(shown, 0)));
      return performance.now() - begin;
    }, seed / 2147483648));
  }
  const all = sorted(times);
  console.log(`scrubbing to ${PLACES} random steps, until the frame is made: median ${median(all).toFixed(0)} ms, most ${all.at(-1).toFixed(0)} ms`);
}

async function replay(context, page) {
  const devtools = await context.newCDPSession(page), heaps = [], processes = [], rates = [], every = Math.max(2, SOAK / 24);
  await devtools.send("Performance.enable");
  await page.evaluate(async (speed) => { const { player } = globalThis.propersim; await player.jump(0); player.setSpeed(speed); player.play(); }, SPEED);
  for (let at = 0; at < SOAK; at += every) {
    const before = await page.evaluate(async () => { // from the start again before the end comes
      const { player } = globalThis.propersim;
      if (player.step > player.data.total - 2000) await player.jump(0);
      return { step: player.step, at: performance.now() };
    });
    await sleep(every * 1000);
    const after = await page.evaluate(() => ({ step: globalThis.propersim.player.step, at: performance.now() }));
    rates.push(((after.step - before.step) * 1000) / (after.at - before.at));
    await devtools.send("HeapProfiler.collectGarbage");
    const { metrics } = await devtools.send("Performance.getMetrics");
    heaps.push(metrics.find((m) => m.name === "JSHeapUsedSize").value / 2 ** 20);
    processes.push(await renderers(browser));
  }
  const quarter = Math.max(1, Math.floor(heaps.length / 4)), halves = (list) => `${mean(list.slice(0, quarter)).toFixed(1)} MiB in the first quarter, ${mean(list.slice(-quarter)).toFixed(1)} in the last`;
  console.log(`replay at speed ${SPEED}: ${median(rates).toFixed(1)} steps a second of 32 (least ${Math.min(...rates).toFixed(1)} over ${every.toFixed(0)} s), ${SOAK} s`);
  console.log(`  JavaScript heap after a collection: ${halves(heaps)}; process: ${halves(processes)}`);
}

// ---- The server with 100 runs of 14 days: the study many times over, without its bytes.

async function hundred() {
  const folder = mkdtempSync(join(studies, "..", "hundred-")), copies = 13;
  const link = (from, to) => cpSync(from, to, { recursive: true, filter: (path) => !path.endsWith(".sqlite") });
  try {
    for (let i = 0; i < copies; i++) {
      const to = join(folder, `long${i}`);
      link(join(studies, "long"), to);
      for (const path of readdirSync(join(studies, "long/runs"), { recursive: true }))
        if (path.endsWith(".sqlite")) linkSync(join(studies, "long/runs", path), join(to, "runs", path));
    }
    const { child, base: at } = await start(program, ["serve", folder, "--port", "0"]), before = memory(child.pid);
    const get = async (path) => { const r = await fetch(`${at}/api/v1/${path}`); if (!r.ok) throw new Error(`${path}: ${r.status}`); return r.json(); };
    const list = [];
    for (let total = 1; list.length < total;) { const page = await get(`studies?offset=${list.length}`); list.push(...page.studies); total = page.total; }
    const runs = list.flatMap((s) => s.runs);
    for (const { id } of runs) for (const part of ["", "/days", "/marks?from=0&to=99999", "/steps?from=4000&to=4191", "/suggestions?from=4000&to=4191", "/memory?who=1&stream=assistant&step=4000"]) await get(`runs/${id}${part}`);
    console.log(`serve with ${runs.length} runs of 14 days: ${before.toFixed(1)} MiB at first, ${memory(child.pid).toFixed(1)} MiB after each was looked at, most ${memory(child.pid, "VmHWM").toFixed(1)} MiB`);
    await stop(child);
  } finally { rmSync(folder, { recursive: true, force: true }); }
}

try {
  await paints();
  const context = await browser.newContext({ viewport: SIZE }), page = await context.newPage();
  await page.goto(`${base}/replay/${RUN}/0`);
  await page.waitForSelector("body[data-ready=yes]");
  await scrub(page);
  await replay(context, page);
  await context.close();
  await hundred();
} finally {
  await browser.close();
  await stop(server);
}
