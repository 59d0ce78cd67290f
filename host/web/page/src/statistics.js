// What pages compute themselves: how far raters agree.

const sum = (list) => list.reduce((a, b) => a + b, 0);

/** Share of equal answers of two raters. pairs: [[a, b], ...] of 0 and 1. */
export const agreement = (pairs) => (pairs.length ? pairs.filter(([a, b]) => a === b).length / pairs.length : null);

/** Cohen's kappa (1960) of two raters; null where both always say the same, so that chance explains everything. */
export function cohenKappa(pairs) {
  if (!pairs.length) return null;
  const n = pairs.length, a1 = sum(pairs.map(([a]) => a)) / n, b1 = sum(pairs.map(([, b]) => b)) / n;
  const chance = a1 * b1 + (1 - a1) * (1 - b1);
  return chance === 1 ? null : (agreement(pairs) - chance) / (1 - chance);
}

/** Krippendorff's alpha (2011) for nominal data. units: for each thing the answers of those who rated it. */
export function krippendorffAlpha(units) {
  const rated = units.filter((u) => u.length > 1), totals = new Map();
  let n = 0, disagreed = 0;
  for (const u of rated) {
    n += u.length;
    for (const v of u) totals.set(v, (totals.get(v) ?? 0) + 1);
    let pairs = 0;
    for (let i = 0; i < u.length; i++) for (let j = 0; j < u.length; j++) if (i !== j && u[i] !== u[j]) pairs++;
    disagreed += pairs / (u.length - 1);
  }
  let expected = 0;
  for (const [a, x] of totals) for (const [b, y] of totals) if (a !== b) expected += x * y;
  return n > 1 && expected > 0 ? 1 - ((n - 1) * disagreed) / expected : null;
}

/** Ranges [from, to] of at most `most` steps that hold all of these. */
export function rangesOf(steps, most) {
  const out = [];
  for (const step of [...new Set(steps)].sort((a, b) => a - b)) {
    const last = out.at(-1);
    if (last && step - last[0] < most) last[1] = step; else out.push([step, step]);
  }
  return out;
}
