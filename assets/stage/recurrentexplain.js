/** Formulas of sequences: a recurrent layer at one step and unit, and the output behind it. */
import { cellOf, linesOf } from "./layerrecurrent.js";
import { arrival, changes, explainOutput, readOf } from "./stackformulas.js";
import { strong } from "./sums.js";
import { input } from "./terms.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Target} Target */
/** @typedef {import("./strip.js").Explanation} Explanation */

/** @param {View} view @param {Target} target @returns {Explanation} */
export function explainRecurrent(view, target) {
  const { layers, features } = view.hello;
  if (target.kind === "input") {
    return { title: `input, step ${target.index[0]}`, lines: [[`${features[target.index[1]]} = `, strong(input(view, target.index))], arrival(view, -1, target.index)] };
  }
  if (target.kind === "weight") {
    return { title: `${layers[target.layer].name}/${target.part}[${target.index}]`, lines: changes(view, target.layer, target.part, target.index) };
  }
  if (target.kind !== "value") return { title: "", lines: [] };
  if (target.layer) return explainOutput(view, target.layer, target.index);
  const [t, u] = target.index;
  // The row |dL/dh| belongs to h.
  const part = target.part.replace(/^dh.*/, "h");
  return { title: `${layers[0].name}/${target.part}, step ${t}, unit ${u}`, lines: linesOf(cellOf(readOf(view, 0)), part, target.index) };
}
