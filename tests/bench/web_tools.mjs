// What the benchmarks of the pages share: a server, a browser, and numbers about processes.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

/** Starts a program and waits until it says where it listens: {child, base}. */
export async function start(program, args, says = "stdout") {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  const base = await new Promise((resolve, reject) => {
    child[says].on("data", (d) => {
      text += d;
      const found = /http:\/\/[^\s/]+/.exec(text);
      if (found) resolve(found[0]);
    });
    child.once("exit", (code) => reject(new Error(`${args[0]} ended with ${code}: ${text}`)));
  });
  return { child, base, said: () => text };
}

export async function stop(child, signal = "SIGTERM") {
  if (child.exitCode !== null) return;
  const end = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  await end;
}

export const browse = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
export const sorted = (list) => [...list].sort((a, b) => a - b);
export const median = (list) => { const s = sorted(list), n = s.length; return n % 2 ? s[(n - 1) / 2] : (s[n / 2 - 1] + s[n / 2]) / 2; };
export const mean = (list) => list.reduce((sum, v) => sum + v, 0) / list.length;

const TICKS = 100; // of /proc's clock in a second, on every Linux

/** {user, sys} seconds of a process itself. */
export function cpu(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1).split(" ");
  return { user: fields[11] / TICKS, sys: fields[12] / TICKS };
}

/** MiB of a process, by a line of /proc/PID/status (VmRSS, VmHWM) */
export function memory(pid, line = "VmRSS") {
  return Number(new RegExp(`${line}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024;
}

/** Seconds of processor time that a browser has used, all its processes together. */
export async function browserCpu(browser) {
  const session = await browser.newBrowserCDPSession(), { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return processInfo.reduce((sum, p) => sum + p.cpuTime, 0);
}

/** MiB of all renderer processes of a browser; what they share with others is counted in parts. */
export async function renderers(browser) {
  const session = await browser.newBrowserCDPSession(), { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return processInfo.filter((p) => p.type === "renderer")
    .reduce((sum, p) => sum + Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${p.id}/smaps_rollup`, "utf8"))[1]) / 1024, 0);
}

/** The processes that a process has started. */
export const children = (pid) => readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
