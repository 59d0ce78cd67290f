// Keys: every action of a page has one, and `?` lists them.
import { h, replace } from "./dom.js";

let bindings = [];
let dialog = null;

const NAMES = { ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", " ": "Space", Escape: "Esc" };

/** [{keys: ["a"], does: "what the help says", run: fn}] */
export function setKeys(list) { bindings = list; }

export function showHelp() {
  if (!dialog) {
    dialog = h("dialog", { "aria-labelledby": "help-title" });
    document.body.append(dialog);
  }
  const rows = [...bindings, { keys: ["?"], does: "this list" }, { keys: ["h"], does: "the home page" }];
  replace(dialog,
    h("div.stack",
      h("h2", { id: "help-title" }, "Keys"),
      h("dl", rows.map((b) => [
        h("dt", (b.shown ?? b.keys).map((k, i) => [i ? " " : "", h("kbd", NAMES[k] ?? k)])), h("dd", b.does),
      ])),
      h("div", h("button.button", { onclick: () => dialog.close() }, "Close"))));
  dialog.showModal();
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || dialog?.open) return;
  const typing = event.target.closest?.("input, select, textarea");
  if (typing) return;
  const onControl = event.target.closest?.("button, a, summary");
  if (onControl && (event.key === " " || event.key === "Enter")) return;
  if (event.key === "?") { showHelp(); event.preventDefault(); return; }
  if (event.key === "h") { location.href = "/"; return; }
  const binding = bindings.find((b) => b.keys.includes(event.key));
  if (binding) { binding.run(event); event.preventDefault(); }
});
