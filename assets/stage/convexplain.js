/** Formulas of a chain of layers: window, kernel and sum of a convolution, the winner of a pool, and the way back through both. */
import { windowAt } from "./chainlayout.js";
import { activated } from "./layerdense.js";
import { arrival, changes, explainOutput, formulasOf, readOf } from "./stackformulas.js";
import { strong } from "./sums.js";
import { incoming, input, value, weight } from "./terms.js";

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
  if (target.kind === "weight") return explainWeight(view, target.layer, target.part, target.index);
  if (target.kind !== "value") return { title: "", lines: [] };
  const { type } = layers[target.layer];
  if (type === "Conv2D") return explainCell(view, target.layer, target.index);
  if (type === "MaxPooling2D" || type === "AveragePooling2D") return explainPool(view, target.layer, target.index);
  if (target.layer === layers.length - 1) return explainOutput(view, target.layer, target.index);
  return explainAny(view, target.layer, target.index);
}

/** @param {View} view @param {number[]} index @returns {Explanation} */
function explainInput(view, index) {
  return { title: `input[${index}]`, lines: [["x = ", strong(input(view, index)), "  how dark this pixel is, from 0 to 1"], arrival(view, -1, index)] };
}

/** @param {View} view @param {number} l @param {number[]} index @returns {Explanation} */
function explainCell(view, l, [i, j, f]) {
  const { name, weights: { kernel, bias } } = view.hello.layers[l];
  const [rows, columns, channels] = kernel.shape;
  /** @type {Grid[]} */
  const grids = [];
  for (let c = 0; c < channels; c++) {
    grids.push({ caption: channels > 1 ? `window, map ${c}` : "window of x", rows: windowOf(view, l, i, j, c), before: c ? "+" : "Σ" },
      { caption: channels > 1 ? `kernel ${f}, map ${c}` : `kernel ${f}`, rows: grid(rows, columns, (y, x) => weight(view, l, "kernel", [y, x, c, f])), before: "·" });
  }
  return { title: `${name}, map ${f}, row ${i}, column ${j}`, grids, lines: [
    [`z = Σ window · kernel${bias ? " + b" : ""} = `, strong(value(view, `${name}/z`, [i, j, f])), ...(bias ? ["\u2003b = ", weight(view, l, "bias", [f])] : [])],
    ...activated(readOf(view, l), [i, j, f]),
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
  const seen = windowAt(view.hello.layers[l], i, j);
  const won = type === "MaxPooling2D" ? value(view, `${name}/argmax`, [i, j, f]).value : null;
  const mark = seen && typeof won === "number" ? [Math.floor(won / seen.columns), won % seen.columns] : undefined;
  return { title: `${name}, map ${f}, row ${i}, column ${j}`, grids: [{ caption: "window", rows: windowOf(view, l, i, j, f), mark }], lines: formulasOf(view, l, "y", [i, j, f]) ?? [] };
}

/** @param {View} view @param {number} l @param {string} part @param {number[]} index @returns {Explanation} */
function explainWeight(view, l, part, index) {
  const layer = view.hello.layers[l];
  const grids = layer.window && part === "kernel" ? used(view, l, index) : [];
  const [h, w] = layer.shape;
  return { title: `${layer.name}/${part}[${index}]`, grids, lines: changes(view, l, part, index, grids.length ? `Σ over ${h * w} windows of x · dz` : undefined) };
}

/** A kernel's cell: every place where it was used adds x · dz to its gradient. @param {View} view @param {number} l @param {number[]} index @returns {Grid[]} */
function used(view, l, [y, x, c, f]) {
  const layer = view.hello.layers[l];
  const [h, w] = layer.shape;
  const [high, wide] = layer.input_shape;
  if (h > MOST || w > MOST) return [];
  const seen = grid(h, w, (i, j) => {
    const spot = windowAt(layer, i, j);
    const [row, column] = [(spot?.row ?? 0) + y, (spot?.column ?? 0) + x];
    return row < 0 || column < 0 || row >= high || column >= wide ? "0" : incoming(view, l, [row, column, c]);
  });
  const arrived = grid(h, w, (i, j) => value(view, `${layer.name}/dz`, [i, j, f]));
  return [{ caption: "x under this cell", rows: seen, before: "Σ" }, { caption: `dz of map ${f}`, rows: arrived, before: "·" }];
}

/** A layer without a window: its numbers as a stack shows them. @param {View} view @param {number} l @param {number[]} index @returns {Explanation} */
function explainAny(view, l, index) {
  const { name, output } = view.hello.layers[l];
  return { title: `${name}/${output}[${index}]`, lines: formulasOf(view, l, output, index) ?? [] };
}

/** @param {number} rows @param {number} columns @param {(y: number, x: number) => string | Term} cell @returns {Line[]} */
export function grid(rows, columns, cell) {
  return Array.from({ length: rows }, (_, y) => Array.from({ length: columns }, (_, x) => cell(y, x)));
}
