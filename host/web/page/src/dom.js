// Making elements. Texts are set as text, never parsed as HTML: much of what is shown was written by models.

/** h("a.button", {href: "/"}, "Home"): a tag with classes, attributes or on* handlers, and children. */
export function h(what, attributes, ...children) {
  const [tag, ...classes] = what.split(".");
  const element = document.createElement(tag || "div");
  if (classes.length) element.className = classes.join(" ");
  return fill(element, attributes, children);
}

const SVG = "http://www.w3.org/2000/svg";
export function s(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  if (attributes !== undefined && (attributes === null || typeof attributes !== "object" || attributes instanceof Node ||
      Array.isArray(attributes))) {
    children.unshift(attributes);
    attributes = null;
  }
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [key, v] of Object.entries(value)) element.style.setProperty(key, v);
    else element.setAttribute(name, value === true ? "" : value);
  }
  add(element, children);
  return element;
}

export function add(element, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
  return element;
}

// A control or a <details>, as it can be told from the others of its element: by what it is for, or by what it says
const nameOf = (e) => e.id || e.dataset.do || `${e.tagName} ${e.getAttribute("aria-label") ?? e.textContent}`;
const summaryOf = (details) => details.querySelector("summary")?.textContent;

/** The control in `element` that has the focus, as {name, i}: the i-th of this name; null if there is none. */
function focused(element, controls) {
  const active = document.activeElement;
  if (active === element || !element.contains(active)) return null;
  const name = nameOf(active);
  return { name, i: controls(element).filter((e) => nameOf(e) === name).indexOf(active) };
}

/**
 * Fills `element` anew. The control that had the focus has it again if there still is one of its name (data-do, or what
 * it says), and what the reader had opened or closed stays so.
 */
export function replace(element, ...children) {
  const controls = (within) => [...within.querySelectorAll("a, button, input, select, summary, [tabindex]")];
  const had = focused(element, controls), open = new Map([...element.querySelectorAll("details")].map((d) => [summaryOf(d), d.open]));
  element.replaceChildren();
  add(element, children);
  if (open.size) for (const d of element.querySelectorAll("details")) d.open = open.get(summaryOf(d)) ?? d.open;
  if (had) controls(element).filter((e) => nameOf(e) === had.name)[Math.max(0, had.i)]?.focus({ preventScroll: true });
  return element;
}

/** Runs fn once it has not been asked for during `ms`. */
export function settle(fn, ms) {
  let timer = 0;
  return (...args) => { clearTimeout(timer); timer = setTimeout(() => fn(...args), ms); };
}

/** Runs fn at most once per `ms`, and after the last time that it was asked for. */
export function pace(fn, ms) {
  let timer = 0, last = -Infinity;
  return () => {
    if (timer) return;
    timer = setTimeout(() => { timer = 0; last = performance.now(); fn(); }, Math.max(0, last + ms - performance.now()));
  };
}

/** What the page is for can be seen now: marked, once the frame with it is made, for those who measure. */
export function useful() {
  if (useful.told) return;
  useful.told = true;
  requestAnimationFrame(() => setTimeout(() => performance.mark("useful"), 0));
}
