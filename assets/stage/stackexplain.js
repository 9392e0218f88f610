/** Formulas of any stack: what a cell holds, forward and backward, with the numbers that it is made of. */
import { explainConv } from "./convexplain.js";
import { pretty } from "./format.js";
import { arrival, changes, explainOutput, formulasOf } from "./stackformulas.js";
import { backOf } from "./stackparts.js";
import { strong } from "./sums.js";
import { input, size, value } from "./terms.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Target} Target */
/** @typedef {import("./strip.js").Line} Line */
/** @typedef {import("./strip.js").Explanation} Explanation */

/** @param {View} view @param {Target} target @returns {Explanation} */
export function explainStack(view, target) {
  const { layers } = view.hello;
  if (target.kind === "input") return explainInput(view, target.index);
  if (target.kind === "weight") return explainWeight(view, target.layer, target.part, target.index);
  if (target.kind !== "value") return { title: "", lines: [] };
  const { layer: l, part, index } = target;
  const { name, type, output, window } = layers[l];
  if (l === layers.length - 1) return explainOutput(view, l, index);
  if (type.endsWith("2D") && window && (part === output || part === "z" || part === "argmax")) return explainConv(view, { ...target, part: output });
  return { title: `${name}/${part}[${index}]`, lines: formulasOf(view, l, part, index) ?? [known(view, l, part, index), gradient(view, l, part, index)] };
}

/** @param {View} view @param {number[]} index @returns {Explanation} */
function explainInput(view, index) {
  const { features, input_shape } = view.hello;
  const named = features.length ? ` (${pretty(features[index[index.length - 1]] ?? "")})` : "";
  return { title: `input[${index}]`, lines: [[`x${input_shape.length > 1 || !features.length ? "" : named} = `, strong(input(view, index)), "  of the shown sample"], arrival(view, -1, index)] };
}

/** @param {View} view @param {number} l @param {string} part @param {number[]} index @returns {Explanation} */
function explainWeight(view, l, part, index) {
  const { name, type, weights } = view.hello.layers[l];
  const [first, ...rest] = changes(view, l, part, index);
  return { title: `${name}/${part}[${index}]`, lines: [[...first, `  one of ${size(weights[part].shape)} of ${type}`], ...rest] };
}

/** What a cell of a layer without formulas holds. @param {View} view @param {number} l @param {string} part @param {number[]} index @returns {Line} */
function known(view, l, part, index) {
  const { name, type } = view.hello.layers[l];
  return [`${part} = `, strong(value(view, `${name}/${part}`, index)), `  one of ${size(view.hello.shapes[`${name}/${part}`] ?? [1])} numbers of ${type}`];
}

/** @param {View} view @param {number} l @param {string} part @param {number[]} index @returns {Line} */
function gradient(view, l, part, index) {
  const name = `${view.hello.layers[l].name}/${backOf(part)}`;
  return name in view.hello.shapes ? [`${backOf(part)} = `, strong(value(view, name, index))] : [];
}
