// node web_live_bench.mjs PROPERSIM STUDY.lua STUDIES: what it costs a run that somebody looks at it. The run is repeated in
// turn alone, with a page that follows it, and with the same page following nothing of it: a finished run from another
// server, which touches neither the run nor its files. The processor time of the process that simulates is the main
// figure; it also grows with what else the machine does (caches, clock), which is what the third way shows. The wall time
// also has what the browser takes away on a machine with few cores.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { browse, browserCpu, children, cpu, median, sleep, start, stop } from "./web_tools.mjs";

const [program, study, studies] = process.argv.slice(2), REPEATS = Number(process.env.REPEATS ?? 5);
const STEPS = 32 * 2 * 576; // of the study that web.sh makes
const folder = mkdtempSync(join(tmpdir(), "propersim-live-"));
const browser = await browse(), other = await start(program, ["serve", studies, "--port", "0"]);

/** The page that follows, and what it showed meanwhile. */
async function follow(base) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } }), page = await context.newPage(), seen = [];
  while (!page.url().includes("/live/")) { // until there is a first step
    await page.goto(`${base}/simulator_home`);
    if (!page.url().includes("/live/")) await sleep(100);
  }
  await page.waitForSelector("body[data-ready=yes]");
  return { seen, look: async () => seen.push(await page.evaluate(() => { const s = globalThis.propersim.state(); return { step: s.step, total: s.total, newest: s.newest }; })), close: () => context.close() };
}

/** The same page, of a run that is over. */
async function elsewhere() {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } }), page = await context.newPage();
  await page.goto(`${other.base}/simulator_home`);
  await page.waitForSelector("body[data-ready=yes]");
  return { seen: [], look: () => page.evaluate(() => globalThis.propersim.state().step), close: () => context.close() };
}

const WAYS = { alone: () => null, watched: follow, elsewhere };

async function once(way, i) {
  const begin = performance.now(), { child, base, said } = await start(program, ["run", study, "-o", join(folder, `${way}${i}`), "--jobs", "1", "--serve", "--port", "0"], "stderr");
  try {
    const used = await browserCpu(browser), page = await WAYS[way](base);
    while (!said().includes("is shown at")) {
      if (child.exitCode !== null) throw new Error(`the run ended with ${child.exitCode}: ${said()}`);
      await page?.look();
      await sleep(250);
    }
    const seconds = (performance.now() - begin) / 1000, { user, sys } = cpu(child.pid);
    const served = children(child.pid).map(cpu).reduce((sum, t) => sum + t.user + t.sys, 0), browsed = (await browserCpu(browser)) - used;
    await page?.close();
    return { seconds, cpu: user + sys, served, browsed, seen: page?.seen ?? [] };
  } finally { await stop(child, "SIGINT"); }
}

try {
  const all = { alone: [], watched: [], elsewhere: [] }, names = Object.keys(all);
  for (let i = 0; i < REPEATS; i++) for (let k = 0; k < names.length; k++) {
    const way = names[(i + k) % names.length];
    all[way].push(await once(way, i));
  }
  for (const { seen } of all.watched)
    if (seen.length < 4 || seen.at(-1).step <= seen[0].step || seen.some((s) => !s.newest)) throw new Error(`the page did not follow: ${JSON.stringify(seen)}`);
  const of = (way, key) => median(all[way].map((r) => r[key])), least = (way, key) => Math.min(...all[way].map((r) => r[key]));
  const more = (fn, way, from, key) => `${(100 * (fn(way, key) / fn(from, key) - 1)).toFixed(1)} %`;
  for (const way of names)
    console.log(`${way}: processor time of the run, user and system: median ${of(way, "cpu").toFixed(2)} s of ${REPEATS} (${all[way].map((r) => r.cpu.toFixed(2)).join(", ")}), ${(STEPS / of(way, "cpu")).toFixed(0)} steps a second of it; wall ${of(way, "seconds").toFixed(1)} s; its server ${of(way, "served").toFixed(2)} s; the browser ${of(way, "browsed").toFixed(1)} s`);
  for (const [way, from] of [["watched", "alone"], ["elsewhere", "alone"], ["watched", "elsewhere"]])
    console.log(`${way} beside ${from}: ${more(of, way, from, "cpu")} more processor time by medians, ${more(least, way, from, "cpu")} by the least`);
  for (const { seen } of all.watched) console.log(`  the page went from step ${seen[0].step} to ${seen.at(-1).step} of ${seen.at(-1).total}`);
} finally {
  await browser.close();
  await stop(other.child);
  rmSync(folder, { recursive: true, force: true });
}
