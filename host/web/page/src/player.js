// Plays a run: where it is, how fast it goes. Speed 1 to 6 is 1, 2, 4, 8, 16, 32 steps a second.

export const stepsPerSecond = (speed) => 2 ** (speed - 1);

const RETRY_MS = [1000, 2000, 4000, 8000]; // between attempts to fetch what the server did not give
const CAUGHT_UP_MS = 250; // where frames are slow, each shows several steps; after a longer halt it goes on where it was

export class Player {
  /** onStep(step, ms, from): ms is the time that the step may take on the screen, 0 for a jump; from: the first step that
   * is shown by it, where the screen is slower than the speed. onLost(error): the server does not answer and is asked
   * again after a while, or refuses and playing ends; onLost(null): it answers again. */
  constructor(data, { step = 0, speed = 1, onStep, onChange, onLost }) {
    Object.assign(this, { data, speed, onStep, onChange, onLost });
    this.step = this.limit(step);
    this.playing = false;
    this.newest = false; // follow the end of a run that is being written
    this.due = 0;
    this.busy = false;
  }

  limit(step) { return Math.min(Math.max(0, Math.round(step) || 0), this.data.last); }

  rate() {
    if (!this.newest) return stepsPerSecond(this.speed);
    return Math.max(1, this.data.last - this.step); // catch up within a second
  }

  /** To be called for each frame, before it is drawn. */
  tick(now) {
    if (!this.playing || this.busy || document.hidden) { this.due = now; return; }
    if (this.step >= this.data.last) {
      if (!this.newest) this.pause();
      this.due = now;
      return;
    }
    if (this.newest && this.data.last - this.step > 40) { this.go(this.data.last, 600); return; }
    const ms = 1000 / this.rate();
    const late = Math.min(now - this.due, Math.max(ms, CAUGHT_UP_MS)), steps = Math.floor(late / ms);
    if (steps < 1) return;
    this.due = now - (late - steps * ms);
    this.go(this.step + steps, ms);
  }

  /** Shows a step, fetching it first if need be; of several asked for meanwhile the last counts. */
  async go(step, ms = 0) {
    step = this.limit(step);
    this.wanted = step;
    if (!this.data.at(step)) {
      if (this.busy) return;
      this.busy = true;
      const there = await this.fetch();
      this.busy = false;
      if (!there) { this.pause(); return; }
      ms = this.wanted === this.step + 1 ? ms : 0;
    }
    const from = ms > 0 ? Math.min(this.step + 1, this.wanted) : this.wanted;
    this.step = this.wanted;
    this.data.expect(this.step);
    this.onStep(this.step, ms, from);
  }

  /** Fetches the step that is wanted, however long the server is away; false if it refuses. */
  async fetch() {
    let lost = 0;
    while (!this.data.at(this.wanted)) {
      try {
        await this.data.load(this.wanted);
      } catch (error) {
        this.onLost(error);
        if (error.status > 0 && error.status < 500) return false;
        await new Promise((resolve) => { setTimeout(resolve, RETRY_MS[Math.min(lost++, RETRY_MS.length - 1)]); });
      }
    }
    if (lost) this.onLost(null);
    return true;
  }

  play() {
    if (this.step >= this.data.last && !this.newest) this.go(0);
    this.playing = true;
    this.due = performance.now();
    this.onChange();
  }

  pause() { this.playing = false; this.onChange(); }
  toggle() { if (this.playing) this.pause(); else this.play(); }
  setSpeed(speed) { this.speed = speed; this.newest = false; this.onChange(); }
  jump(step) { this.newest = false; this.due = performance.now(); this.onChange(); return this.go(step); }
  by(steps) { if (this.playing) this.pause(); return this.jump(this.step + steps); }
}
