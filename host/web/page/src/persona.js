/** The texts of a persona file: `key = "..." .. "..."`. Only literals, so nothing is run. */
export function readPersona(lua) {
  const out = {};
  for (const [, key, literal] of lua.matchAll(/(\w+)\s*=\s*((?:"(?:[^"\\]|\\.)*"\s*(?:\.\.\s*)?)+)/g))
    out[key] ??= [...literal.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text.replace(/\\(.)/g, "$1")).join("");
  const age = /\bage\s*=\s*(\d+)/.exec(lua);
  if (age) out.age = age[1];
  return out;
}
