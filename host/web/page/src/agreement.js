// How far people agree with the simulated rater, and with one another.
import { get, part, rows } from "./api.js";
import { h } from "./dom.js";
import { plural } from "./format.js";
import { CRITERIA, CRITERION_NAMES, empty, scroller } from "./parts.js";
import { agreement, cohenKappa, krippendorffAlpha, rangesOf } from "./statistics.js";

const RANGE = 4000, PAGE = 8000; // steps of a range, rows of a page: the most that the server gives

export const key = (r) => `${r.step}:${r.who}:${r.slot}`;

/** Of two ratings by one rater for one suggestion the later. */
export const newest = (ratings) => [...new Map(ratings.map((r) => [`${r.rater} ${key(r)}`, r])).values()];

async function simulatedOf(id, ratings) {
  const wanted = new Set(ratings.map(key)), simulated = new Map();
  for (const [from, to] of rangesOf(ratings.map((x) => x.step), RANGE))
    for (const x of await rows(id, "ratings-simulated", { from, to, limit: PAGE })) if (x.value !== null && wanted.has(key(x))) simulated.set(`${key(x)}:${x.criterion}`, x.value);
  return simulated;
}

const share = (v) => (v === null ? "–" : `${(100 * v).toFixed(1)} %`), two = (v) => (v === null ? "–" : v.toFixed(2));
const line = (name, pairs, alpha) => h("tr", h("td", name), h("td.n", pairs.length), h("td.n", share(agreement(pairs))), h("td.n", two(cohenKappa(pairs))), h("td.n", alpha === undefined ? "" : two(alpha)));

/** The table of all that was rated in a run, as elements. */
export async function agreementOf(id) {
  const { ratings: all, unreadable } = await get(`runs/${part(id)}/ratings`), ratings = newest(all), simulated = await simulatedOf(id, ratings);
  const pairsOf = (list, c) => list.filter((x) => simulated.has(`${key(x)}:${c}`)).map((x) => [x[c], simulated.get(`${key(x)}:${c}`)]);
  const people = [...new Set(ratings.map((x) => x.rater))];
  const unitsOf = (c) => [...Map.groupBy(ratings, key)].map(([k, list]) => [...list.map((x) => x[c]), ...(simulated.has(`${k}:${c}`) ? [simulated.get(`${k}:${c}`)] : [])]);
  const table = () => h("section.card", scroller("Agreement", h("table",
    h("thead", h("tr", h("th", "Criterion"), h("th.n", "Answers"), h("th.n", "Equal"), h("th.n", "Cohen's κ"), h("th.n", "Krippendorff's α"))),
    h("tbody", CRITERIA.map((c) => line(CRITERION_NAMES[c], pairsOf(ratings, c), krippendorffAlpha(unitsOf(c)))), line("All", CRITERIA.flatMap((c) => pairsOf(ratings, c)))),
    people.length > 1 ? h("tbody", people.map((p) => line(p, CRITERIA.flatMap((c) => pairsOf(ratings.filter((x) => x.rater === p), c))))) : null)));
  return [ratings.length ? table() : empty("Nobody has rated this run yet."),
    unreadable ? h("p.small", { "data-unreadable": unreadable }, `${plural(unreadable, "line")} of the file of ratings cannot be read and ${unreadable === 1 ? "counts" : "count"} for nothing: torn by a crash, or edited.`) : null,
    h("p.small.muted", "κ and α take out what chance alone would give: 0 is chance, 1 is full agreement. α counts all people together with the simulated rater. A dash: all answers are the same, so that there is nothing to agree on beyond chance.")];
}
