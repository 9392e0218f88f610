/** Where the columns of a stack stand, and what lies under the pointer: plain numbers from shapes and space. */
import { boxesOf, cellAt, cellOf, placeOf, sheetsOf } from "./sheets.js";

/** @typedef {import("./types.js").Hello} Hello */
/** @typedef {import("./types.js").Target} Target */
/** @typedef {import("./maps.js").Box} Box */
/** @typedef {import("./sheets.js").Sheet} Sheet */
/** @typedef {{part: string, sheets: Sheet[], boxes: Box[], caption: [number, number] | null}} Weights  a weight array, and where its name stands */

/**
 * @typedef {Object} Column
 * @property {number} layer  -1 for the input
 * @property {Box} box  the whole of it, its header at the top
 * @property {Box} room  for what it shows
 * @property {string} part
 * @property {Sheet[]} sheets  of that part; none in the column of the outputs, which has bars
 * @property {Box[]} boxes
 * @property {Weights[]} weights
 */

export const OUTPUTS = 150;
// The outputs have a lower header, and a bar each.
const [LAST, BAR] = [52, 22];
const [GAP, NARROWEST, CAPTION] = [10, 56, 13];

/** How high the headers are, and how many columns stand in a row. @param {Hello} hello @param {number} width */
export function frameOf({ layers }, width) {
  const perRow = (width - OUTPUTS) / layers.length - GAP >= NARROWEST ? layers.length : Math.ceil(layers.length / 2);
  return perRow === layers.length ? { perRow, rows: 1, header: 82 } : { perRow, rows: 2, header: 58 };
}

/** Where the bars of the outputs stand. @param {Hello} hello @param {number} width @param {number} height @returns {Box} */
export function outputsBox({ layers }, width, height) {
  const { units } = layers[layers.length - 1];
  return { x: width - OUTPUTS, y: LAST, width: OUTPUTS, height: Math.min((height - LAST) * 0.8, units * BAR + (units > 1 ? 0 : 28)) };
}

/** The columns: the input and the hidden layers in one row or two, the outputs at the right. @param {Hello} hello @param {string[]} parts  one a layer
 * @param {number} width @param {number} height @returns {Column[]} */
export function place(hello, parts, width, height) {
  const { perRow, rows, header } = frameOf(hello, width);
  const last = hello.layers.length - 1;
  const high = height / rows;
  const shapes = [hello.input_shape, ...hello.layers.map(({ name }, l) => hello.shapes[`${name}/${parts[l]}`] ?? [1])];
  return shapes.map((shape, c) => {
    const layer = c - 1;
    if (layer === last) return column(hello, layer, parts[layer], [], { x: width - OUTPUTS, y: 0, width: OUTPUTS, height }, LAST, outputsBox(hello, width, height).height + 8);
    const [row, at] = [Math.floor(c / perRow), c % perRow];
    const wides = shapes.slice(row * perRow, Math.min(last + 1, (row + 1) * perRow)).map((own) => [0.6, 0.6, 1, 1.3][Math.min(3, own.length)]);
    const unit = (width - OUTPUTS - GAP * wides.length) / wides.reduce((a, b) => a + b, 0);
    // A narrow column has room for its name all the same.
    const spare = wides.map((w) => Math.max(NARROWEST, w * unit));
    const shrink = (width - OUTPUTS - GAP * wides.length) / spare.reduce((a, b) => a + b, 0);
    const x = spare.slice(0, at).reduce((a, w) => a + w * shrink + GAP, 0);
    return column(hello, layer, parts[layer] ?? "", shape, { x, y: row * high, width: spare[at] * shrink, height: high }, header);
  });
}

/** @param {Hello} hello @param {number} layer @param {string} part @param {number[]} shape @param {Box} box @param {number} header
 * @param {number} [own]  how high the upper part is @returns {Column} */
function column(hello, layer, part, shape, box, header, own) {
  const { x, y, width, height } = box;
  const weights = layer < 0 ? [] : Object.entries(hello.layers[layer].weights);
  const trained = hello.layers.some((own) => Object.keys(own.weights).length);
  const upper = own ?? (height - header) * (trained ? 0.56 : 1);
  const room = { x, y: y + header, width, height: upper - 8 };
  const sheets = shape.length || layer < 0 ? sheetsOf(shape, layer < 0 || pictured(hello, layer)) : [];
  const below = { x, y: y + header + upper, width, height: height - header - upper - (box.y ? 0 : 4) };
  return { layer, box, room, part, sheets, boxes: sheets.length ? boxesOf(sheets, room, 5) : [], weights: stacked(weights.map(([name, { shape: own }]) => [name, own]), below) };
}

/** Whether a layer's arrays of three axes are pictures, and not gates. @param {Hello} hello @param {number} l */
export function pictured({ layers }, l) {
  return layers[l].input_shape.length === 3 || layers[l].shape.length === 3;
}

/** Weight arrays one below the other, each as high as it wants where all fit. @param {[string, number[]][]} arrays @param {Box} box @returns {Weights[]} */
function stacked(arrays, { x, y, width, height }) {
  const all = arrays.map(([part, shape]) => ({ part, sheets: sheetsOf(shape, true, true) }));
  const wanted = all.map(({ sheets: [{ rows, columns }], sheets }) => (sheets.length > 1 ? width * 1.2 : Math.max(9, Math.min(rows * 12, (rows * width) / columns))));
  // Where many arrays share little room, their names are left to the pointer.
  const name = height / all.length < 22 ? 0 : CAPTION;
  const squeeze = Math.min(1, (height - all.length * (name + 4)) / wanted.reduce((a, b) => a + b, 0));
  let top = y;
  return all.map(({ part, sheets }, k) => {
    const high = Math.max(4, wanted[k] * squeeze);
    const room = { x, y: top + name, width, height: high };
    const boxes = sheets.length > 1 ? boxesOf(sheets, room, 2) : [{ ...room, width: Math.min(width, sheets[0].columns * 14) }];
    /** @type {[number, number]} */
    const caption = [x, top + name - 3];
    top += name + high + 4;
    return { part, sheets, boxes, caption: name ? caption : null };
  });
}

/** What lies under the pointer. @param {Column[]} columns @param {number} x @param {number} y @returns {Target | null} */
export function hit(columns, x, y) {
  for (const { layer, part, sheets, boxes, weights } of columns) {
    const value = under(sheets, boxes, x, y);
    if (value) return layer < 0 ? { kind: "input", index: value } : { kind: "value", layer, part, index: value };
    for (const own of weights) {
      const index = under(own.sheets, own.boxes, x, y);
      if (index) return { kind: "weight", layer, part: own.part, index };
    }
  }
  return null;
}

/** @param {Sheet[]} sheets @param {Box[]} boxes @param {number} x @param {number} y */
function under(sheets, boxes, x, y) {
  for (const [k, sheet] of sheets.entries()) {
    const cell = cellAt(boxes[k], sheet, x, y);
    if (cell) return sheet.index(cell.r, cell.c);
  }
  return null;
}

/** Where a number stands, or null where its array is not shown. @param {Column[]} columns @param {Target} target @returns {Box | null} */
export function spotOf(columns, target) {
  if (target.kind !== "input" && target.kind !== "value" && target.kind !== "weight") return null;
  const column = columns[target.kind === "input" ? 0 : target.layer + 1];
  const own = target.kind === "weight" ? column.weights.find(({ part }) => part === target.part) : target.kind === "value" && target.part !== column.part ? null : column;
  const found = own ? placeOf(own.sheets, target.index) : null;
  return own && found ? cellOf(own.boxes[found.k], own.sheets[found.k], found.r, found.c) : null;
}

/** The target after an arrow key: a cell further; Page Up and Page Down go to another layer. @param {Hello} hello @param {string[]} parts @param {Target | null} target @param {string} key @returns {Target} */
export function moved(hello, parts, target, key) {
  const last = hello.layers.length - 1;
  const layer = target?.kind === "value" ? target.layer : -1;
  const shapeOf = (/** @type {number} */ l) => (l < 0 ? hello.input_shape : hello.shapes[`${hello.layers[l].name}/${target?.kind === "value" && l === layer ? target.part : parts[l]}`] ?? [1]);
  const here = (/** @type {number} */ l, /** @type {number[]} */ index) => /** @type {Target} */ (l < 0 ? { kind: "input", index } : { kind: "value", layer: l, part: target?.kind === "value" && l === layer ? target.part : parts[l], index });
  const at = target?.kind === "value" || target?.kind === "input" ? target.index : null;
  if (/^Page/.test(key) || !at) {
    const to = Math.min(last, Math.max(-1, layer + (key === "PageUp" ? -1 : key === "PageDown" ? 1 : 0)));
    return here(to, shapeOf(to).map(() => 0));
  }
  const [axis, by] = /** @type {Record<string, [number, number]>} */ ({ ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [1, -1], ArrowRight: [1, 1] })[key];
  const shape = shapeOf(layer);
  return here(layer, at.map((i, a) => (a === axis % shape.length ? Math.min(shape[a] - 1, Math.max(0, i + by)) : i)));
}
