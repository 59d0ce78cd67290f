// How numbers and times are written: scores with two decimals, rates with one, simulated times on their own calendar.

export const score = (x) => (x === null || x === undefined || Number.isNaN(x) ? "–" : x.toFixed(2).replace("-", "−"));
export const rate = (x) => (x === null || x === undefined ? "–" : x.toFixed(1).replace("-", "−"));
export const interval = (mean, ci) => (ci ? `${score(mean)} [${score(ci[0])}, ${score(ci[1])}]` : score(mean));

const two = (n) => String(n).padStart(2, "0");
const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

export const clock = (time) => {
  const d = new Date(time * 1000);
  return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`;
};
export const clockExact = (time) => {
  const second = new Date(time * 1000).getUTCSeconds();
  return clock(time) + (second ? `:${two(second)}` : "");
};
export const weekday = (time) => DAYS[new Date(time * 1000).getUTCDay()];
export const date = (time) => new Date(time * 1000).toISOString().slice(0, 10);
export const dayOf = (run, step) => Math.floor(step / run.steps_per_day) + 1;
export const timeOf = (run, step) => run.start + step * run.sec_per_step;
export const when = (run, step) => `Day ${dayOf(run, step)}, ${clock(timeOf(run, step))}`;
export const minutesOfDay = (time) => (((time % 86400) + 86400) % 86400) / 60;
export const plural = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
