/** Formulas of a chain of layers: window, kernel and sum of a convolution, the winner of a pool, and the way back through both. */
import { windowAt } from "./chainlayout.js";
import { MADE_OF, SLOPES } from "./slopes.js";
import { changes, incoming, input, size, value, wanted, weight } from "./terms.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Target} Target */
/** @typedef {import("./strip.js").Line} Line */
/** @typedef {import("./strip.js").Grid} Grid */
/** @typedef {import("./strip.js").Term} Term */
/** @typedef {import("./strip.js").Explanation} Explanation */

// Larger arrays than this do not fit into the strip; the tables of numbers hold them.
const MOST = 8;

/** @param {View} view @param {Target} target @returns {Explanation} */
export function explainConv(view, target) {
  const { layers } = view.hello;
  if (target.kind === "input") return explainInput(view, target.index);
  if (target.kind === "weight") return explainKernel(view, target.layer, target.index);
  if (target.kind !== "value") return { title: "", lines: [] };
  const { type } = layers[target.layer];
  if (type === "Conv2D") return explainCell(view, target.layer, target.index);
  if (type === "MaxPooling2D" || type === "AveragePooling2D") return explainPool(view, target.layer, target.index);
  if (type === "Dense") return explainOutput(view, target.layer, target.index);
  return explainAny(view, target.layer, target.index);
}

/** @param {View} view @param {number[]} index @returns {Explanation} */
function explainInput(view, index) {
  const { name } = view.hello.layers[0];
  return { title: `input[${index}]`, lines: [
    ["x = ", strong(input(view, index)), "  how dark this pixel is, from 0 to 1"],
    ["dx = ", strong(value(view, `${name}/dx`, index)), "  how the loss would change with it: the sum over all windows that see it of dz · kernel"],
  ] };
}

/** @param {View} view @param {number} l @param {number[]} index @returns {Explanation} */
function explainCell(view, l, [i, j, f]) {
  const layer = view.hello.layers[l];
  const { name, weights: { kernel, bias } } = layer;
  const [z, a, da, dz] = ["z", "a", "da", "dz"].map((part) => value(view, `${name}/${part}`, [i, j, f]));
  const activation = layer.setting === null ? layer.activation : view.settings.activations[layer.setting];
  const [rows, columns, channels] = kernel.shape;
  /** @type {Grid[]} */
  const grids = [];
  for (let c = 0; c < channels; c++) {
    grids.push({ caption: channels > 1 ? `window, map ${c}` : "window of x", rows: windowOf(view, l, i, j, c), before: c ? "+" : "Σ" },
      { caption: channels > 1 ? `kernel ${f}, map ${c}` : `kernel ${f}`, rows: grid(rows, columns, (y, x) => weight(view, l, "kernel", [y, x, c, f])), before: "·" });
  }
  return { title: `${name}, map ${f}, row ${i}, column ${j}`, grids, lines: [
    ["z = Σ window · kernel", ...(bias ? [" + b,\u2003b = ", weight(view, l, "bias", [f])] : [])],
    ["z = ", strong(z), `\u2003a = ${activation}(z) = ${activation in MADE_OF ? `${MADE_OF[activation]} = ` : ""}`, strong(a)],
    ["da = ", strong(da), `\u2003dz = ${SLOPES[activation]?.[0] ?? "da · a′(z)"} = `, strong(dz)],
  ] };
}

/** What a window sees of a map: padding is a zero that no layer put out. @param {View} view @param {number} l @param {number} i @param {number} j @param {number} c */
export function windowOf(view, l, i, j, c) {
  const layer = view.hello.layers[l];
  const seen = windowAt(layer, i, j);
  if (!seen) return [];
  const [h, w] = layer.input_shape;
  return grid(seen.rows, seen.columns, (y, x) => {
    const [row, column] = [seen.row + y, seen.column + x];
    return row < 0 || column < 0 || row >= h || column >= w ? "0" : incoming(view, l, [row, column, c]);
  });
}

/** @param {View} view @param {number} l @param {number[]} index @returns {Explanation} */
function explainPool(view, l, [i, j, f]) {
  const { name, type } = view.hello.layers[l];
  const most = type === "MaxPooling2D";
  const seen = windowAt(view.hello.layers[l], i, j);
  const won = value(view, `${name}/argmax`, [i, j, f]);
  const [y, dy] = ["y", "dy"].map((part) => value(view, `${name}/${part}`, [i, j, f]));
  const mark = most && seen && typeof won.value === "number" ? [Math.floor(won.value / seen.columns), won.value % seen.columns] : undefined;
  return { title: `${name}, map ${f}, row ${i}, column ${j}`, grids: [{ caption: "window", rows: windowOf(view, l, i, j, f), mark }], lines: [
    most ? ["y = max of the window = ", strong(y), "\u2003cell ", won, " of the window won"] : ["y = mean of the window = ", strong(y)],
    ["dy = ", strong(dy), most ? "  goes back to the cell that won, and to no other" : "  goes back to all cells of the window in equal parts"],
  ] };
}

/** @param {View} view @param {number} l @param {number[]} index @returns {Explanation} */
function explainOutput(view, l, [k]) {
  const { name, inputs, activation } = view.hello.layers[l];
  const [z, a, da, dz] = ["z", "a", "da", "dz"].map((part) => value(view, `${name}/${part}`, [k]));
  const fused = view.hello.loss.endsWith("crossentropy");
  return { title: `${name}, output ${view.hello.classes?.[k] ?? k}`, lines: [
    [`z = Σ x·W + b over ${inputs} inputs = `, strong(z), "\u2003b = ", weight(view, l, "bias", [k])],
    [activation === "softmax" ? "a = softmax(z) = eᶻ / Σ eᶻ = " : `a = ${activation}(z) = `, strong(a)],
    fused ? ["dz = a − y = ", a, " − ", wanted(view, k), " = ", strong(dz)] : ["da = ", strong(da), "\u2003dz = ", strong(dz)],
  ] };
}

/** A kernel's cell: every place where it was used adds x · dz to its gradient. @param {View} view @param {number} l @param {number[]} index @returns {Explanation} */
function explainKernel(view, l, index) {
  const layer = view.hello.layers[l];
  const [y, x, c, f] = index;
  const [h, w] = layer.shape;
  const [high, wide] = layer.input_shape;
  const fits = h <= MOST && w <= MOST;
  const seen = grid(h, w, (i, j) => {
    const spot = windowAt(layer, i, j);
    const [row, column] = [(spot?.row ?? 0) + y, (spot?.column ?? 0) + x];
    return row < 0 || column < 0 || row >= high || column >= wide ? "0" : incoming(view, l, [row, column, c]);
  });
  const arrived = grid(h, w, (i, j) => value(view, `${layer.name}/dz`, [i, j, f]));
  return { title: `${layer.name}/kernel[${index}]`, lines: changes(view, l, "kernel", index, `dW = Σ over ${h * w} windows of x · dz`),
    grids: fits ? [{ caption: "x under this cell", rows: seen, before: "Σ" }, { caption: `dz of map ${f}`, rows: arrived, before: "·" }] : [] };
}

/** A layer without a formula of its own here. @param {View} view @param {number} l @param {number[]} index @returns {Explanation} */
export function explainAny(view, l, index) {
  const { name, output, type, shape } = view.hello.layers[l];
  return { title: `${name}/${output}[${index}]`, lines: [
    [`${output} = `, strong(value(view, `${name}/${output}`, index)), `  one of ${size(shape)} numbers of ${type}`],
    [`d${output} = `, strong(value(view, `${name}/d${output}`, index))],
  ] };
}

/** @param {number} rows @param {number} columns @param {(y: number, x: number) => string | Term} cell @returns {Line[]} */
export function grid(rows, columns, cell) {
  return Array.from({ length: rows }, (_, y) => Array.from({ length: columns }, (_, x) => cell(y, x)));
}

/** @param {Term} term @returns {Term} */
function strong(term) {
  return { ...term, strong: true };
}
