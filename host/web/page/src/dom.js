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

export function replace(element, ...children) {
  element.replaceChildren();
  return add(element, children);
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
