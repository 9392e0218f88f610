/** Where the maps of a chain of layers stand, and what lies under the pointer: plain numbers from shapes and space. */
import { tiles } from "./maps.js";

/** @typedef {import("./types.js").Hello} Hello */
/** @typedef {import("./types.js").Layer} Layer */
/** @typedef {import("./types.js").Target} Target */
/** @typedef {import("./maps.js").Box} Box */

/**
 * @typedef {Object} Column
 * @property {number} layer  -1 for the input
 * @property {"maps" | "strip" | "outputs"} kind
 * @property {number} x
 * @property {number} width
 * @property {number[]} shape  (H, W, C), or of a strip (D, 1, 1)
 * @property {Box[]} maps  one a channel
 * @property {Box[]} kernels  one a filter, for convolutions
 */

const OUTPUTS = 150;
const STRIP = 34;
const GAP = 16;

/** @param {Hello} hello @param {number} width @param {number} height @returns {Column[]} */
export function place({ input_shape, layers }, width, height) {
  const shapes = [input_shape, ...layers.map(({ shape }) => shape)];
  const kinds = shapes.map((shape, c) => (shape.length === 3 ? "maps" : c === shapes.length - 1 ? "outputs" : "strip"));
  const parts = kinds.map((kind, c) => /** @type {number} */ (kind !== "maps" ? 0 : c && layers[c - 1].weights.kernel ? 1.5 : c ? 0.85 : 1.3));
  const fixed = kinds.reduce((sum, kind) => sum + (kind === "outputs" ? OUTPUTS : kind === "strip" ? STRIP : 0), 0);
  const room = (width - fixed - GAP * (kinds.length - 1)) / parts.reduce((a, b) => a + b, 0);
  let x = 0;
  return kinds.map((kind, c) => {
    const wide = kind === "outputs" ? OUTPUTS : kind === "strip" ? STRIP : parts[c] * room;
    const column = /** @type {Column} */ ({ layer: c - 1, kind, x, width: wide, shape: shapes[c], maps: [], kernels: [] });
    if (kind === "maps") Object.assign(column, mapsOf(column, c > 0 && Boolean(layers[c - 1].weights.kernel), height));
    if (kind === "strip") Object.assign(column, { shape: [shapes[c][0], 1, 1], maps: [{ x: x + wide / 2 - 7, y: 6, width: 14, height: height - 12 }] });
    x += wide + GAP;
    return column;
  });
}

/** @param {Column} column @param {boolean} kernels @param {number} height */
function mapsOf({ x, width, shape: [h, w, channels] }, kernels, height) {
  const ratio = w / h;
  const side = kernels ? 0.5 : 0;
  const found = tiles(channels, { x, y: 4, width, height: height - 8 }, ratio + (kernels ? side + 0.08 : 0), 8);
  if (!kernels) return { maps: found, kernels: [] };
  return {
    maps: found.map((box) => ({ x: box.x + box.width - Math.floor(box.height * ratio), y: box.y, width: Math.floor(box.height * ratio), height: box.height })),
    kernels: found.map((box) => ({ x: box.x, y: box.y + Math.round((box.height * (1 - side)) / 2), width: Math.floor(box.height * side), height: Math.floor(box.height * side) })),
  };
}

/** The box of one channel's part of a kernel: channels stand in a square within the filter's box.
 * @param {Box} box @param {number} channels @param {number} c @returns {Box} */
export function kernelPart(box, channels, c) {
  const side = Math.ceil(Math.sqrt(channels));
  const gap = side > 1 ? 1 : 0;
  const size = (box.width - gap * (side - 1)) / side;
  return { x: box.x + (c % side) * (size + gap), y: box.y + Math.floor(c / side) * (size + gap), width: size, height: size };
}

/** The cell of a map: its box. @param {Box} box @param {number[]} shape @param {number} i @param {number} j @param {number} [high] @param {number} [wide] @returns {Box} */
export function cellBox(box, [h, w], i, j, high = 1, wide = 1) {
  return { x: box.x + (j * box.width) / w, y: box.y + (i * box.height) / h, width: (wide * box.width) / w, height: (high * box.height) / h };
}

/** Where a cell of the input, of a map or of a kernel stands, and for a bias the kernel it belongs to.
 * @param {Hello} hello @param {Column[]} columns @param {Target} target @returns {Box | null} */
export function spotOf({ layers }, columns, target) {
  if (target.kind === "input") return cellBox(columns[0].maps[target.index[2]], columns[0].shape, target.index[0], target.index[1]);
  if (target.kind === "weight") {
    const { kernels } = columns[target.layer + 1];
    const [i, j, c, f] = target.index;
    if (!kernels.length) return null;
    if (target.part === "bias") return kernels[i];
    const { shape } = layers[target.layer].weights.kernel;
    return cellBox(kernelPart(kernels[f], shape[2], c), shape, i, j);
  }
  if (target.kind !== "value" || columns[target.layer + 1].kind === "outputs") return null;
  const [i, j = 0, f = 0] = target.index;
  return cellBox(columns[target.layer + 1].maps[f], columns[target.layer + 1].shape, i, j);
}

/** Which row and column of cells a point lies on, or null. @param {Box} box @param {number} rows @param {number} columns @param {number} x @param {number} y */
function inside(box, rows, columns, x, y) {
  const [i, j] = [Math.floor(((y - box.y) / box.height) * rows), Math.floor(((x - box.x) / box.width) * columns)];
  return i >= 0 && i < rows && j >= 0 && j < columns ? [i, j] : null;
}

/** What lies under the pointer. @param {Hello} hello @param {Column[]} columns @param {number} x @param {number} y @returns {Target | null} */
export function hit({ layers }, columns, x, y) {
  for (const { layer, kind, shape, maps, kernels } of columns) {
    for (const [k, box] of maps.entries()) {
      const cell = inside(box, shape[0], shape[1], x, y);
      if (!cell) continue;
      if (layer < 0) return { kind: "input", index: [...cell, k] };
      return { kind: "value", layer, part: layers[layer].output, index: kind === "strip" ? [cell[0]] : [...cell, k] };
    }
    for (const [f, box] of kernels.entries()) {
      const [rows, wide, channels] = layers[layer].weights.kernel.shape;
      for (let c = 0; c < channels; c++) {
        const cell = inside(kernelPart(box, channels, c), rows, wide, x, y);
        if (cell) return { kind: "weight", layer, part: "kernel", index: [...cell, c, f] };
      }
    }
  }
  return null;
}

/** The window of a convolution or a pool that one output cell reads: its first row and column, its height and width.
 * The first ones may be negative, in the cells that padding adds.
 * @param {Layer} layer @param {number} i @param {number} j */
export function windowAt({ window }, i, j) {
  if (!window) return null;
  return { row: i * window.strides[0] - window.before[0], column: j * window.strides[1] - window.before[1], rows: window.size[0], columns: window.size[1] };
}

/** The target after an arrow key: a cell further, or with Page Up and Page Down another map. @param {Hello} hello @param {Target | null} target @param {string} key @returns {Target | null} */
export function moved({ layers, input_shape }, target, key) {
  const first = layers.findIndex(({ window }) => window);
  if (target?.kind !== "value" && target?.kind !== "input") return { kind: "value", layer: first, part: layers[first].output, index: [0, 0, 0] };
  const shape = target.kind === "input" ? input_shape : layers[target.layer].shape;
  const steps = /** @type {Record<string, number[]>} */ ({ ArrowUp: [-1, 0, 0], ArrowDown: [1, 0, 0], ArrowLeft: [0, -1, 0], ArrowRight: [0, 1, 0], PageUp: [0, 0, -1], PageDown: [0, 0, 1] });
  const index = target.index.map((i, axis) => Math.min(shape[axis] - 1, Math.max(0, i + steps[key][axis])));
  return { ...target, index };
}
