// The few numbers that pages compute themselves.

const sum = (list) => list.reduce((a, b) => a + b, 0);
export const mean = (list) => (list.length ? sum(list) / list.length : null);

// 97.5 % points of Student's t for 1..30 degrees of freedom; beyond, a series good to three digits
const T = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101, 2.093, 2.086,
  2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042];
export const t975 = (df) => (df <= 30 ? T[df - 1] : 1.95996 + 2.37 / df + 2.82 / df ** 2);

/** Mean and 95 % interval; the interval is null for fewer than two values. */
export function meanInterval(list) {
  const m = mean(list);
  if (list.length < 2) return { mean: m, ci: null, n: list.length };
  const half = t975(list.length - 1) * Math.sqrt(sum(list.map((x) => (x - m) ** 2)) / (list.length - 1) / list.length);
  return { mean: m, ci: [m - half, m + half], n: list.length };
}

/** Exact two-sided sign test: how surprising so many of one sign would be; ties are left out. */
export function signTest(differences) {
  const up = differences.filter((d) => d > 0).length, down = differences.filter((d) => d < 0).length, n = up + down;
  let term = 0.5 ** n, tail = 0;
  for (let k = 0; k <= Math.min(up, down); k++) { tail += term; term *= (n - k) / (k + 1); }
  return { up, down, p: n ? Math.min(1, 2 * tail) : 1 };
}

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
