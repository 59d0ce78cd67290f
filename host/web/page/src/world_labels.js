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

// What is said stays on the screen; of bubbles that would cover one another, that of the followed person is shown, or
// the lowest, and the others become a mark beside the name.
function placeBubbles(list, box, { following, view: { size }, clear }) {
  const placed = [];
  for (const p of list.toSorted((a, b) => (b.who === following) - (a.who === following))) {
    if (!p.bubble) continue;
    p.bubbleSize ??= { w: p.bubble.offsetWidth, h: p.bubble.offsetHeight };
    const { w, h } = p.bubbleSize, half = w / 2 + 8, shift = Math.min(Math.max(p.at.x, half), box.width - half) - p.at.x, x = p.at.x + shift;
    // Where it would leave the map or cover the clock it stands below the feet
    const over = p.at.y - PILL - TAIL - h, under = over < 4 || (over < clear.bottom && x - w / 2 < clear.right), feet = 1.4 * size + 6;
    const top = under ? p.at.y + feet : over, hit = placed.some((q) => Math.abs(q.x - x) < (q.w + w) / 2 && q.top < top + h && top < q.top + q.h);
    p.label.classList.toggle("crowded", hit);
    if (hit) continue;
    placed.push({ x, top, w, h });
    p.label.classList.toggle("under", under);
    p.bubble.style.left = `${Math.round(shift)}px`;
    p.bubble.style.top = under ? `${Math.round(feet)}px` : "";
  }
}
