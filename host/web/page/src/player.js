// Plays a run: where it is, how fast it goes. Speed 1 to 6 is 1, 2, 4, 8, 16, 32 steps a second.

export const stepsPerSecond = (speed) => 2 ** (speed - 1);

export class Player {
  /** onStep(step, ms): ms is the time that the step may take on the screen; 0 for a jump. */
  constructor(data, { step = 0, speed = 1, onStep, onChange }) {
    Object.assign(this, { data, speed, onStep, onChange });
    this.step = this.limit(step);
    this.playing = false;
    this.newest = false; // follow the end of a run that is being written
    this.due = 0;
    this.busy = false;
    const loop = (now) => { this.tick(now); requestAnimationFrame(loop); };
    requestAnimationFrame(loop);
  }

  limit(step) { return Math.min(Math.max(0, Math.round(step) || 0), this.data.last); }

  rate() {
    if (!this.newest) return stepsPerSecond(this.speed);
    return Math.max(1, this.data.last - this.step); // catch up within a second
  }

  tick(now) {
    if (!this.playing || this.busy || document.hidden) { this.due = now; return; }
    if (this.step >= this.data.last) {
      if (!this.newest) this.pause();
      this.due = now;
      return;
    }
    if (this.newest && this.data.last - this.step > 40) { this.go(this.data.last, 600); return; }
    const ms = 1000 / this.rate();
    if (now - this.due < ms) return;
    this.due = Math.max(this.due + ms, now - ms);
    this.go(this.step + 1, ms);
  }

  /** Shows a step, fetching it first if need be; of several asked for meanwhile the last counts. */
  async go(step, ms = 0) {
    step = this.limit(step);
    this.wanted = step;
    if (!this.data.at(step)) {
      if (this.busy) return;
      this.busy = true;
      try {
        while (!this.data.at(this.wanted)) await this.data.load(this.wanted);
      } finally { this.busy = false; }
      ms = this.wanted === this.step + 1 ? ms : 0;
    }
    this.step = this.wanted;
    this.data.expect(this.step);
    this.onStep(this.step, ms);
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
