// The arithmetic of the pages against published or hand-computed values.
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { join } from "node:path";

const load = (name) => import(pathToFileURL(join(process.env.PAGE_SOURCES, name)));
const { agreement, cohenKappa, krippendorffAlpha, rangesOf } = await load("statistics.js");
const near = (a, b, e = 1e-3) => assert.ok(Math.abs(a - b) < e, `${a} is not ${b}`);

// Cohen 1960's form with 50 cases: both yes 20, both no 15, 5 and 10 in between: 0.70 observed, 0.50 by chance
const cases = [...Array(20).fill([1, 1]), ...Array(5).fill([1, 0]), ...Array(10).fill([0, 1]), ...Array(15).fill([0, 0])];
near(agreement(cases), 0.7);
near(cohenKappa(cases), 0.4);
assert.equal(cohenKappa([[1, 1], [1, 1]]), null);
assert.equal(cohenKappa([]), null);
near(cohenKappa([[1, 0], [0, 1]]), -1);

// Krippendorff 2011, section A: two observers, ten units, binary: alpha 0.095
const one = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], two = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0];
near(krippendorffAlpha(one.map((v, i) => [v, two[i]])), 0.095);
// Section C: four observers, twelve units, missing data, nominal: alpha 0.743
const _ = null, four = [[1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _], [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3], [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _], [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _]];
near(krippendorffAlpha(four[0].map((v, i) => four.map((o) => o[i]).filter((x) => x !== _))), 0.743);
assert.equal(krippendorffAlpha([[1, 1], [1, 1]]), null);
near(krippendorffAlpha([[1, 1], [0, 0]]), 1);

assert.deepEqual(rangesOf([7000, 5, 5, 4004, 4005, 9], 4000), [[5, 4004], [4005, 7000]]); // few requests, each within the server's limit
assert.deepEqual(rangesOf([], 4000), []);

const { settleSchedule } = await load("schedule.js");
const lines = [{ seq: 1, start: 0, minutes: 60, activity: "work" }, { seq: 2, start: 1200, minutes: 10, activity: "call" }];
assert.deepEqual(settleSchedule(lines).map((l) => [l.start, l.minutes, l.activity]), [[0, 20, "work"], [1200, 10, "call"], [1800, 30, "work"]]);

const { readPersona } = await load("persona.js");
assert.deepEqual(readPersona('return { age = 34, background = "a " .. "b\\"c", pronoun = "she" }'), { background: 'a b"c', pronoun: "she", age: "34" });

console.log("ok   statistics, schedules and personas");
