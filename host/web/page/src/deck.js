// Under the map: the line of all days, and what moves in time. Built once, so that the focus stays where it is.
import { h } from "./dom.js";
import { icon, iconButton } from "./parts.js";
import { stepsPerSecond } from "./player.js";

const SPEEDS = [1, 2, 3, 4, 5, 6];

const label = (button, text) => { button.title = text; button.setAttribute("aria-label", text); };

export class Deck {
  /** newest(): follows the newest step. */
  constructor({ data, player, scrub, live, newest }) {
    const perDay = data.run.steps_per_day;
    Object.assign(this, { data, player, live });
    this.play = iconButton("Play (Space)", null, () => player.toggle(), { class: "button main", "data-do": "play" });
    this.speeds = SPEEDS.map((n) => iconButton(`Speed ${n}: ${stepsPerSecond(n)} steps a second (${n})`, String(n), () => player.setSpeed(n), { "data-do": `speed-${n}` }));
    this.count = h("span.small.muted.nums.long");
    this.newest = iconButton("Follow the newest step (n)", "newest", newest, { "data-do": "newest" });
    this.element = h("div.deck", scrub.element, h("div.row", this.play,
      iconButton("Day back ([)", icon("first"), () => player.by(-perDay), { class: "button long", "data-do": "day-back" }), iconButton("Step back (,)", icon("back"), () => player.by(-1), { "data-do": "back" }),
      iconButton("Step forward (.)", icon("forward"), () => player.by(1), { "data-do": "forward" }), iconButton("Day forward (])", icon("last"), () => player.by(perDay), { class: "button long", "data-do": "day-forward" }),
      h("span.speeds", { role: "group", "aria-label": "Speed" }, this.speeds), h("span.wide"), this.count, this.newest));
    this.update();
  }

  update() {
    const { player, data, live } = this;
    label(this.play, player.playing ? "Pause (Space)" : "Play (Space)");
    this.play.replaceChildren(icon(player.playing ? "pause" : "play"));
    this.speeds.forEach((button, i) => button.setAttribute("aria-pressed", String(player.speed === SPEEDS[i] && !player.newest)));
    this.newest.hidden = data.run.state !== "running" && !live;
    this.newest.textContent = player.newest ? "● live" : "newest";
    this.newest.setAttribute("aria-pressed", String(player.newest));
    this.tell();
  }

  /** Which step it is: changes often. */
  tell() {
    const now = `step ${this.player.step} of ${this.data.total}`;
    if (this.count.textContent !== now) this.count.textContent = now;
  }
}
