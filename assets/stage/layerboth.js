/** Formulas of a Bidirectional: the two layers inside it, and how what they say is put together. */
import { cellOf, handedDown, linesOf, ofWeight, outputOf } from "./layerrecurrent.js";
import { added, equation } from "./sums.js";

/** @typedef {import("./layers.js").Read} Read */
/** @typedef {import("./layers.js").Formula} Formula */
/** @typedef {import("./strip.js").Line} Line */

/** @type {Record<string, [string, string, string]>} formula, what stands between the two, and behind them */
const MERGES = { sum: ["y_f + y_b", " + ", ""], mul: ["y_f · y_b", "·", ""], ave: ["(y_f + y_b) / 2", " + ", ") / 2"] };

/** @param {string} part @returns {["forward_" | "backward_" | "", string]} */
function parted(part) {
  const [, side = "", rest = part] = /^(forward_|backward_)(.*)$/.exec(part) ?? [];
  return [/** @type {"forward_" | "backward_" | ""} */ (side), rest];
}

/** Where step t of x stands in the reading of the backward layer. @param {Read} read @param {number[]} index @returns {number[]} */
function turned(read, index) {
  const [t, ...rest] = index;
  return index.length > 1 ? [read.layer.input_shape[0] - 1 - t, ...rest] : index;
}

/** @type {Formula} */
export const bothWays = {
  value(read, part, index) {
    const [side, own] = parted(part);
    if (own === "y_f" || own === "y_b") return [brought(read, own, index)];
    if (!side) return [merged(read, index), read.arrival(index)];
    const cell = cellOf(read, side);
    return own === "y" || own === "dy" ? [outputOf(cell, index), arrived(read, side, index)] : linesOf(cell, own, index);
  },
  handed(read, index) {
    const [t, d] = index;
    const parts = /** @type {const} */ (["forward_", "backward_"]).map((side) => handedDown(cellOf(read, side), side === "forward_" ? t : turned(read, index)[0], d));
    return { formula: `→ ${parts[0].formula} + ← ${parts[1].formula}`, numbers: added(...parts.map(({ numbers }) => numbers)) };
  },
  weight(read, part, index) {
    const [side, own] = parted(part);
    return ofWeight(cellOf(read, side), own, index);
  },
};

/** y_f, y_b: what the two layers say, in the order of x. @param {Read} read @param {string} part @param {number[]} index @returns {Line} */
function brought(read, part, index) {
  return part === "y_f" ? equation("y_f = y of the layer that reads forward", [read.at("forward_y", index)], read.at(part, index))
    : equation("y_b = y of the layer that reads backward, in the order of x", [read.at("backward_y", turned(read, index))], read.at(part, index));
}

/** Side by side, or added, multiplied, averaged. @param {Read} read @param {number[]} index @returns {Line} */
function merged(read, index) {
  const { units } = cellOf(read);
  const [lead, k] = [index.slice(0, -1), index[index.length - 1]];
  const { merge_mode } = read.layer.config;
  if (merge_mode === "concat") return equation(k < units ? "y = y_f" : "y = y_b", [read.at(k < units ? "y_f" : "y_b", [...lead, k % units])], read.at("y", index));
  const [formula, between, after] = MERGES[String(merge_mode)];
  return equation(`y = ${formula}`, [after ? "(" : "", read.at("y_f", index), between, read.at("y_b", index), after], read.at("y", index));
}

/** What comes back to one of the two layers, in the order of its reading. @param {Read} read @param {"forward_" | "backward_"} side @param {number[]} index @returns {Line} */
function arrived(read, side, index) {
  const { units } = cellOf(read);
  const [first, at] = [side === "forward_", side === "forward_" ? index : turned(read, index)];
  const { merge_mode } = read.layer.config;
  const result = read.at(`${side}dy`, index);
  if (merge_mode === "concat") return equation("dy of this side = dy", [read.at("dy", [...at.slice(0, -1), at[at.length - 1] + (first ? 0 : units)])], result);
  if (merge_mode === "mul") return equation(`dy of this side = dy · ${first ? "y_b" : "y_f"}`, [read.at("dy", at), "·", read.at(first ? "y_b" : "y_f", at)], result);
  return equation(`dy of this side = dy${merge_mode === "ave" ? " / 2" : ""}`, [read.at("dy", at), merge_mode === "ave" ? " / 2" : ""], result);
}
