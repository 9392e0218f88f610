/** Formulas of layers that are an affine map, an activation, or both. */
import { added, back, equation, range, sum, through } from "./sums.js";

/** @typedef {import("./layers.js").Read} Read */
/** @typedef {import("./layers.js").Formula} Formula */
/** @typedef {import("./strip.js").Line} Line */

/** @type {Formula} */
export const dense = {
  value(read, _, [u]) {
    const { layer: { inputs, weights } } = read;
    const products = sum(range(inputs).map((i) => [read.x([i]), read.w("kernel", [i, u])]));
    return [equation(`z = Σ x·w${weights.bias ? " + b" : ""}`, added(products, biasOf(read, u)), read.at("z", [u])), ...activated(read, [u])];
  },
  handed: (read, [i]) => ({ formula: "Σ w·dz", numbers: sum(range(read.layer.units).map((k) => [read.w("kernel", [i, k]), read.at("dz", [k])])) }),
  weight: (read, part, index) => (part === "bias" ? { formula: "dz", numbers: [read.at("dz", index)] }
    : { formula: "x·dz", numbers: [read.x([index[0]]), "·", read.at("dz", [index[1]])] }),
};

/** @type {Formula} */
export const activation = {
  value: (read, _, index) => [equation("z = x", [read.x(index)], read.at("z", index)), ...activated(read, index)],
  handed: (read, index) => ({ formula: "dz", numbers: [read.at("dz", index)] }),
};

/** The bias of a unit, where there is one. @param {Read} read @param {number} u @returns {Line} */
export function biasOf(read, u) {
  return read.layer.weights.bias ? [read.w("bias", [u])] : [];
}

/** a from z, da from above, dz from da. @param {Read} read @param {number[]} index @returns {Line[]} */
export function activated(read, index) {
  const own = (/** @type {string} */ part) => read.at(part, index);
  if (read.f === "softmax") return softmax(read, index);
  return [through(read.f, own("z"), own("a")), read.arrival(index), back(read.f, { z: own("z"), a: own("a"), dz: own("dz"), da: [own("da")] })];
}

/** An output: where its loss is a cross-entropy, loss and activation are differentiated as one. @param {Read} read @param {number} k @param {import("./strip.js").Term} wanted
 * @returns {Line[]} */
export function output(read, k, wanted) {
  const [z, ...lines] = dense.value(read, "a", [k]);
  if (!read.fused) return [z, ...lines];
  const over = read.rows ? ` / ${read.rows}` : "";
  return [z, lines[0], equation(`dz = ${over ? `(a − y)${over}` : "a − y"}`, [over ? "(" : "", read.at("a", [k]), " − ", wanted, over ? `)${over}` : ""], read.at("dz", [k]), over ? "  the loss is the mean over the batch" : "  cross-entropy and " + read.f + ", differentiated as one")];
}

/** Softmax takes all units of the last axis together. @param {Read} read @param {number[]} index @returns {Line[]} */
function softmax(read, index) {
  const beside = range(read.layer.shape[index.length - 1]).map((k) => [...index.slice(0, -1), k]);
  const all = beside.flatMap((at, k) => [...(k ? [" + "] : []), "exp(", read.at("z", at), ")"]);
  const share = sum(beside.map((at) => [read.at("da", at), read.at("a", at)]));
  return [equation("a = exp(z) / Σ exp(z)", ["exp(", read.at("z", index), ") / (", ...all, ")"], read.at("a", index)), read.arrival(index),
    equation("dz = a · (da − Σ da·a)", [read.at("a", index), " · (", read.at("da", index), " − (", ...share, "))"], read.at("dz", index))];
}
