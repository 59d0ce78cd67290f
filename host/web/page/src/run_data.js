// The steps of a run, fetched in pieces as they are needed. Only the last few pieces are kept, so that a page can play
// for hours in the same memory.
import { get, part, rows } from "./api.js";

const KEPT = 10, ROWS = 1600; // of `steps` in a piece, about
const REST_MS = 5000; // after what comes next could not be fetched

/** Whether a run keeps what was retrieved for each step. */
export const recorded = (run) => Boolean(run.config?.retrieval?.record);

/** Whether somebody has an assistant. */
export const assisted = (run, persona) => { const all = run.config?.assistants ?? "all"; return Array.isArray(all) ? all.includes(persona) : all !== "none"; };

export class RunData {
  constructor(run) {
    this.run = run;
    this.piece = Math.max(24, Math.min(192, Math.round(ROWS / run.residents.length))); // steps
    this.total = run.steps;
    this.restUntil = 0;
    this.pieces = new Map(); // number -> {promise, value, until}
  }

  static async open(id) { return new RunData(await get(`runs/${part(id)}`)); }

  get last() { return Math.max(0, this.total - 1); }

  /** A run that is being written has grown: what was fetched to its old end is fetched again. */
  grow(total) {
    if (total < this.total) this.pieces.clear(); // it was resumed, and its unfinished day taken away
    this.total = total;
    for (const [n, piece] of this.pieces) if (piece.until < Math.min(total, (n + 1) * this.piece)) this.pieces.delete(n);
  }

  fetch(n) {
    const known = this.pieces.get(n);
    if (known) { // the piece used last stays longest
      this.pieces.delete(n);
      this.pieces.set(n, known);
      return known.promise;
    }
    const from = n * this.piece, to = from + this.piece - 1, id = this.run.id, piece = { value: null, until: this.total };
    piece.promise = Promise.all([
      rows(id, "steps", { from, to }), rows(id, "activities", { from, to }), rows(id, "suggestions", { from, to }),
    ]).then(([steps, activities, suggestions]) => {
      const doing = new Map(activities.map((a) => [`${a.who}:${a.seq}`, a]));
      const value = { steps: new Map(), suggestions: new Map() };
      for (const row of steps) {
        const a = doing.get(`${row.who}:${row.activity}`);
        Object.assign(row, { doing: a ?? null, emoji: a?.emoji ?? "", address: a?.address ?? null });
        (value.steps.get(row.step) ?? value.steps.set(row.step, []).get(row.step)).push(row);
      }
      for (const g of suggestions) (value.suggestions.get(g.step) ?? value.suggestions.set(g.step, []).get(g.step)).push(g);
      piece.value = value;
      return value;
    }).catch((error) => { this.pieces.delete(n); throw error; });
    this.pieces.set(n, piece);
    for (const old of this.pieces.keys()) {
      if (this.pieces.size <= KEPT) break;
      this.pieces.delete(old);
    }
    return piece.promise;
  }

  /** {rows, said: the delivered suggestions} of a step, or null if they are not here yet. */
  at(step) {
    const value = this.pieces.get(Math.floor(step / this.piece))?.value;
    return value ? { rows: value.steps.get(step) ?? [], said: (value.suggestions.get(step) ?? []).filter((g) => g.delivered) } : null;
  }

  async load(step) {
    await this.fetch(Math.floor(step / this.piece));
    return this.at(step);
  }

  /** Fetches what comes next, without waiting for it. */
  expect(step) {
    const n = Math.floor(step / this.piece);
    if (step % this.piece <= this.piece / 2 || (n + 1) * this.piece >= this.total || performance.now() < this.restUntil) return;
    this.fetch(n + 1).catch(() => { this.restUntil = performance.now() + REST_MS; }); // said when it is needed
  }

  /** The last thing said aloud to somebody at or before a step, among the pieces at hand. */
  lastSaid(step, who) {
    for (let s = step; s >= 0 && s > step - 2 * this.piece; s--) {
      const value = this.pieces.get(Math.floor(s / this.piece))?.value;
      if (!value) return null;
      const g = value.suggestions.get(s)?.find((x) => x.delivered && !x.silent && x.who === who);
      if (g) return g;
    }
    return null;
  }
}
