// Names, emoji and speech: HTML above the picture of the map.

export const READABLE = 16; // pixels of a tile that show people well
const PILL = 25; // pixels of a name's height, with a gap
const TAIL = 9; // of a bubble

/** The label of a person, whom `choose` takes when their name is clicked. */
export function makeLabel(person, labels, choose) {
  person.label = document.createElement("div");
  person.label.className = "label";
  person.label.hidden = true;
  person.pill = document.createElement("button");
  person.pill.className = "pill";
  person.pill.addEventListener("click", choose);
  person.label.append(person.pill);
  labels.append(person.label);
}

/** What stands over somebody's head. */
export function nameLabel(person, emoji, action) {
  if (!person.shown || emoji !== person.emoji) {
    const sign = document.createElement("span"), name = document.createElement("span");
    person.emoji = emoji;
    person.width = 0; // is measured anew
    sign.className = "emoji";
    sign.textContent = emoji;
    name.className = "name";
    name.textContent = person.name.split(" ")[0];
    person.pill.replaceChildren(...(emoji ? [sign] : []), name);
  }
  if (person.title === action) return;
  person.title = action;
  person.pill.title = `${person.name}: ${action ?? ""}`;
  person.pill.setAttribute("aria-label", person.pill.title);
}

/** What was said to somebody: {text, score}, or null. */
export function setBubble(person, spoken) {
  if (person.bubbleText === (spoken?.text ?? null)) return;
  person.bubbleText = spoken?.text ?? null;
  person.bubble?.remove();
  person.bubble = person.bubbleSize = null;
  person.label.classList.remove("crowded");
  if (!spoken) return;
  const b = document.createElement("button"), text = document.createElement("span");
  b.className = "bubble";
  text.textContent = spoken.text;
  b.append(text);
  b.setAttribute("aria-expanded", "false");
  if (spoken.score !== null && spoken.score !== undefined) b.style.setProperty("--tone", `var(--s${spoken.score})`);
  b.addEventListener("click", () => { b.setAttribute("aria-expanded", String(b.classList.toggle("open"))); person.bubbleSize = null; });
  person.bubble = b;
  person.label.prepend(b);
}

/** Puts all labels where their people are. Names do not cover names: whoever stands further up moves up. */
export function placeLabels(world) {
  const { view: { x, y, size } } = world, box = world.box(), placed = [], far = size < READABLE;
  if (far !== world.far) { // from far above only the emoji have room
    world.far = far;
    world.labels.classList.toggle("far", far);
    for (const p of world.people.values()) p.width = 0;
  }
  const list = [...world.people.values()].filter((p) => p.shown);
  for (const p of list) {
    p.at = { x: Math.round((p.x + p.aside + 0.5 - x) * size + box.width / 2), y: Math.round((p.y - (p.pose === "lie" && !p.walk ? 0.75 : 0.35) - y) * size + box.height / 2) };
    p.width ||= p.pill.offsetWidth;
  }
  list.sort((a, b) => b.at.y - a.at.y || a.who - b.who);
  for (const p of list) {
    for (let tries = 0; tries < list.length; tries++) {
      const hit = placed.find((q) => Math.abs(q.at.x - p.at.x) * 2 < q.width + p.width && Math.abs(q.at.y - p.at.y) < PILL);
      if (!hit) break;
      p.at.y = hit.at.y - PILL;
    }
    placed.push(p);
    p.label.style.transform = `translate(${p.at.x}px, ${p.at.y}px)`;
    p.label.style.zIndex = p.bubble ? 2 : 1;
  }
  placeBubbles(list, box, world);
}

const covers = (a, b) => Math.abs(b.x - a.x) < (b.w + a.w) / 2 && b.top < a.top + a.h && a.top < b.top + b.h;

// Where a bubble may stand, best first: over the name, below the feet, and further up, above the names in its way
function places(p, { w, h }, x, pills, feet) {
  const at = (top, under) => ({ x, top, w, h, under });
  let up = p.at.y - PILL - TAIL - h;
  const out = [at(up, false), at(p.at.y + feet, true)];
  for (let hit; (hit = pills.find((q) => covers(q, at(up, false))));) up = hit.top - TAIL - h;
  return [...out, at(up, false)];
}

// What is said stays on the screen, and covers no name and not the clock. Where there is no such place that of the
// followed person is shown all the same; of others it becomes a mark beside the name.
function placeBubbles(list, box, { following, view: { size }, clear }) {
  const placed = [], pills = list.map((p) => ({ who: p.who, x: p.at.x, top: p.at.y - PILL, w: p.width, h: PILL }));
  for (const p of list.toSorted((a, b) => (b.who === following) - (a.who === following))) {
    if (!p.bubble) continue;
    p.bubbleSize ??= { w: p.bubble.offsetWidth, h: p.bubble.offsetHeight };
    const half = p.bubbleSize.w / 2 + 8, x = Math.min(Math.max(p.at.x, half), box.width - half), feet = 1.4 * size + 6, others = pills.filter((q) => q.who !== p.who);
    const all = places(p, p.bubbleSize, x, others, feet).filter((b) => b.under || (b.top >= 4 && !(b.top < clear.bottom && x - b.w / 2 < clear.right)));
    const free = all.filter((b) => !placed.some((q) => covers(q, b))), best = free.find((b) => !others.some((q) => covers(q, b))) ?? (p.who === following || list.length === 1 ? free[0] : undefined);
    p.label.classList.toggle("crowded", !best);
    if (!best) continue;
    placed.push(best);
    p.label.classList.toggle("under", best.under);
    p.bubble.style.left = `${Math.round(x - p.at.x)}px`;
    p.bubble.style.top = `${Math.round(best.top - p.at.y)}px`;
  }
}
