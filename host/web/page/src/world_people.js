// How people look: layers of people.png laid over one another, each multiplied by a colour that the person has.
import palette from "../../../../maps/art/palette.json";

const { people, colours } = palette;
export const FRAME = { w: 64, h: 96, columns: 5, rows: 4 };
const LAYER_HEIGHT = FRAME.h * FRAME.rows;

function hash(text) {
  let a = 2166136261;
  for (const c of text) a = Math.imul(a ^ c.codePointAt(0), 16777619) >>> 0;
  return a;
}

/** The same person looks the same everywhere; people next to one another in a list look different. */
export function lookOf({ persona, name, pronoun }) {
  const number = Number(/\d+$/.exec(persona)?.[0] ?? hash(name) % 97), h = hash(`${persona} ${name}`);
  const pick = (list, n) => colours[list[n % list.length]];
  const { swaps } = people;
  const she = pronoun === "she", he = pronoun === "he";
  const hair = he ? ["hair short", "hair curly", "hair short", "hair bun"] : ["hair bob", "hair long", "hair bun", "hair tail", "hair curly", "hair short"];
  return {
    skin: pick(swaps.skin, number * 5 + (h % 3)), hairColour: pick(swaps.hair, number * 3 + (h % 2)),
    shirt: pick(swaps.shirt, number), trousersColour: pick(swaps.trousers, number * 3),
    hair: hair[(number + (h >>> 4)) % hair.length], trousers: she && (number + (h >>> 6)) % 3 === 0 ? "skirt" : "trousers",
    glasses: (h >>> 8) % 4 === 0, beard: he && (h >>> 11) % 3 === 0,
  };
}

/** A canvas of 5 x 4 frames for one person. */
export function drawPerson(picture, look) {
  const width = FRAME.w * FRAME.columns;
  const canvas = Object.assign(document.createElement("canvas"), { width, height: LAYER_HEIGHT });
  const out = canvas.getContext("2d");
  const tint = {
    skin: look.skin, trousers: look.trousersColour, skirt: look.trousersColour, shirt: look.shirt, beard: look.hairColour,
  };
  for (const [i, layer] of people.layers.entries()) {
    const hair = layer.startsWith("hair ");
    if ((hair && layer !== look.hair) || (["trousers", "skirt"].includes(layer) && layer !== look.trousers) ||
        (layer === "glasses" && !look.glasses) || (layer === "beard" && !look.beard)) continue;
    const colour = hair ? look.hairColour : tint[layer];
    const piece = Object.assign(document.createElement("canvas"), { width, height: LAYER_HEIGHT });
    const p = piece.getContext("2d");
    p.drawImage(picture, 0, i * LAYER_HEIGHT, width, LAYER_HEIGHT, 0, 0, width, LAYER_HEIGHT);
    if (colour) {
      p.globalCompositeOperation = "multiply";
      p.fillStyle = colour;
      p.fillRect(0, 0, width, LAYER_HEIGHT);
      p.globalCompositeOperation = "destination-in";
      p.drawImage(picture, 0, i * LAYER_HEIGHT, width, LAYER_HEIGHT, 0, 0, width, LAYER_HEIGHT);
    }
    out.drawImage(piece, 0, 0);
  }
  return canvas;
}

/** Frame number of a pose. facing: down, left, right, up. */
export function frameOf(facing, pose, phase) {
  if (pose === "lie") return (phase % 2) * FRAME.columns + 4;
  const row = { down: 0, left: 1, right: 2, up: 3 }[facing];
  const column = pose === "walk" ? [0, 1, 2, 1][phase % 4] : pose === "sit" ? 3 : 1;
  return row * FRAME.columns + column;
}

const MOVES = { U: [0, -1, "up"], D: [0, 1, "down"], L: [-1, 0, "left"], R: [1, 0, "right"] };

/** "R3D2" and where it ends -> the tiles walked, the first one included. */
export function track(path, x, y) {
  const moves = [];
  for (const [, letter, count] of (path ?? "").matchAll(/([UDLR])(\d+)/g)) for (let i = 0; i < Number(count); i++) moves.push(MOVES[letter]);
  const out = [[x, y]];
  for (const [dx, dy] of moves.toReversed()) out.unshift([out[0][0] - dx, out[0][1] - dy]);
  return out;
}

export function direction([ax, ay], [bx, by]) {
  return by < ay ? "up" : by > ay ? "down" : bx < ax ? "left" : "right";
}
