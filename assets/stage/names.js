/** From a number's name to its place in the picture: dense_1/kernel[0,2] is an edge, lstm_1/f[5,2] the bar of a gate. */

/** @typedef {import("./types.js").Hello} Hello */
/** @typedef {import("./types.js").Target} Target */

import { frontOf } from "./stackparts.js";

/** The gates of an array that holds them all, in its order. @type {Record<string, string>} */
const GATES = { LSTM: "ifgo", GRU: "zrg" };
/** Numbers that stand in another one's row: a gradient in that of its value, tanh(c) in that of c. @type {Record<string, string>} */
const ROW = { dh: "h", dc: "c", s: "c" };

/** The place of a number; null for one that has none, as the loss has. @param {Hello} hello @param {string} name @returns {Target | null} */
export function resolve(hello, name) {
  const [, path, , numbers = ""] = /^([^[]+)(\[([\d,]+)\])?$/.exec(name) ?? [];
  if (!path) return null;
  const index = numbers ? numbers.split(",").map(Number) : [];
  const last = hello.layers.length - 1;
  if (path === "y") return valueOf(hello, last, "a", index.length ? index : [0]);
  if (path === "input") return inputOf(hello, index);
  const [layerName, whole = ""] = path.split("/");
  const l = hello.layers.findIndex((layer) => layer.name === layerName);
  const [part] = whole.split(".");
  if (l < 0 || !part) return null;
  if (part in hello.layers[l].weights) return weightOf(hello, l, part, index);
  if (part === "dx") return l ? null : inputOf(hello, index);
  return valueOf(hello, l, part, index);
}

/** @param {Hello} hello @param {number[]} index @returns {Target} */
function inputOf({ scene }, index) {
  return scene === "points" ? { kind: "feature", input: index[0] } : { kind: "input", index };
}

/** @param {Hello} hello @param {number} layer @param {string} part @param {number[]} index @returns {Target} */
function weightOf({ scene }, layer, part, index) {
  if (scene !== "points") return { kind: "weight", layer, part, index };
  return part === "kernel" ? { kind: "edge", layer, input: index[0], unit: index[1] } : { kind: "bias", layer, unit: index[0] };
}

/** @param {Hello} hello @param {number} layer @param {string} part @param {number[]} index @returns {Target} */
function valueOf(hello, layer, part, index) {
  const { scene, layers, input_shape: [steps] } = hello;
  if (scene === "stack") return { kind: "value", layer, part: layer === layers.length - 1 ? "a" : frontOf(hello, layers[layer].name, part), index };
  if (scene === "points") return { kind: "neuron", layer, unit: index[0] };
  const { type, output } = layers[layer];
  if (scene === "pictures" || layer) return { kind: "value", layer, part: output, index };
  // What goes on is h of the last step.
  if (part === "y" || part === "dy") return { kind: "value", layer, part: "h", index: [steps - 1, ...index] };
  // z, dz, q, m of all gates have an axis for them.
  if (index.length === 3) return { kind: "value", layer, part: GATES[type][index[1]], index: [index[0], index[2]] };
  return { kind: "value", layer, part: type === "SimpleRNN" && part === "dz" ? "z" : ROW[part] ?? part, index };
}

/** Whether what is pointed at is the place of a number. @param {Target | null} one @param {Target | null} other */
export function same(one, other) {
  return one !== null && other !== null && JSON.stringify(settled(one)) === JSON.stringify(settled(other));
}

/** A target with its parts in one order, and by the row it stands in. @param {Target} target */
function settled(target) {
  const { kind, layer, part, index, input, unit } = /** @type {any} */ (target);
  return [kind, layer, kind === "value" ? ROW[part] ?? part : part, index, input, unit];
}
