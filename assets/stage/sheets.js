/** Any array as sheets of cells: pictures one a channel, gates one each, sequences and matrices as they are, a row of numbers as a strip. */
import { paintCells, tiles } from "./maps.js";

/** @typedef {import("./maps.js").Box} Box */
/** @typedef {import("./types.js").Numbers} Numbers */

/**
 * @typedef {Object} Sheet  rows x columns cells of an array
 * @property {number} rows
 * @property {number} columns
 * @property {number} start  where its first cell lies in the array
 * @property {number} down  from one row to the next
 * @property {number} across  from one column to the next
 * @property {(row: number, column: number) => number[]} index  of a cell in the array
 */

/** The sheets of an array of one sample, or of weights. @param {number[]} shape
 * @param {boolean} [channels]  whether the last of three axes is one of channels or filters; else the middle one is one of gates
 * @param {boolean} [level]  a row of numbers lies, and does not stand @returns {Sheet[]} */
export function sheetsOf(shape, channels = true, level = false) {
  if (shape.length < 2) {
    const [n = 1] = shape;
    return level ? [{ rows: 1, columns: n, start: 0, down: 0, across: 1, index: (_, c) => [c] }] : [{ rows: n, columns: 1, start: 0, down: 1, across: 0, index: (r) => [r] }];
  }
  const [rows, columns] = shape;
  if (shape.length === 2) return [{ rows, columns, start: 0, down: columns, across: 1, index: (r, c) => [r, c] }];
  const rest = shape.slice(2);
  const many = rest.reduce((a, b) => a * b, 1);
  if (shape.length === 3 && !channels) {
    return Array.from({ length: columns }, (_, g) => ({ rows, columns: many, start: g * many, down: columns * many, across: 1, index: (/** @type {number} */ r, /** @type {number} */ c) => [r, g, c] }));
  }
  return Array.from({ length: many }, (_, k) => ({ rows, columns, start: k, down: columns * many, across: many,
    index: (/** @type {number} */ r, /** @type {number} */ c) => [r, c, ...unravel(rest, k)] }));
}

/** The index at a place of a row-major array. @param {number[]} shape @param {number} place */
export function unravel(shape, place) {
  /** @type {number[]} */
  const index = [];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index.unshift(place % shape[axis]);
    place = Math.floor(place / shape[axis]);
  }
  return index;
}

/** The sheet, and its row and column, in which a number of the array stands. @param {Sheet[]} sheets @param {number[]} index */
export function placeOf(sheets, index) {
  const wanted = index.join();
  for (const [k, sheet] of sheets.entries()) {
    for (const [r, c] of [[index[0], index[1] ?? 0], [index[0], index[index.length - 1]], [0, index[0]]]) {
      if (r < sheet.rows && c < sheet.columns && sheet.index(r, c).join() === wanted) return { k, r, c };
    }
  }
  return null;
}

/** Where sheets stand in a box: equal tiles, a strip no wider than a reader needs. @param {Sheet[]} sheets @param {Box} box @param {number} gap @returns {Box[]} */
export function boxesOf(sheets, box, gap) {
  const [{ rows, columns }] = sheets;
  if (columns === 1 && rows > 1) {
    const height = Math.min(box.height, rows * 18);
    return [{ x: Math.round(box.x + box.width / 2 - 8), y: Math.round(box.y + (box.height - height) / 2), width: 16, height }];
  }
  // Cells are square where they can be; a single long array is squeezed into the box.
  const own = columns / rows;
  const most = box.width / box.height;
  return tiles(sheets.length, box, sheets.length > 1 ? own : own > most ? Math.min(own, most * 2.4) : Math.max(own, most / 2.4), gap);
}

let scratch = new Float32Array(4096);

/** Paints one sheet of an array. @param {CanvasRenderingContext2D} paper @param {Numbers} numbers @param {number} offset  of the array in them
 * @param {Sheet} sheet @param {Box} box @param {{theme: import("./types.js").Theme, scale: import("./colours.js").ScaleName, top: number}} look */
export function paintSheet(paper, numbers, offset, { rows, columns, start, down, across }, box, look) {
  if (scratch.length < rows * columns) scratch = new Float32Array(rows * columns);
  for (let r = 0, p = 0; r < rows; r++) for (let c = 0; c < columns; c++) scratch[p++] = numbers[offset + start + r * down + c * across];
  paintCells(paper, { numbers: scratch }, rows, columns, box, look);
}

/** The cell of a sheet: its box. @param {Box} box @param {Sheet} sheet @param {number} r @param {number} c @returns {Box} */
export function cellOf(box, { rows, columns }, r, c) {
  return { x: box.x + (c * box.width) / columns, y: box.y + (r * box.height) / rows, width: box.width / columns, height: box.height / rows };
}

/** The row and column of a sheet's cell under a point, or null. @param {Box} box @param {Sheet} sheet @param {number} x @param {number} y */
export function cellAt(box, { rows, columns }, x, y) {
  const [r, c] = [Math.floor(((y - box.y) / box.height) * rows), Math.floor(((x - box.x) / box.width) * columns)];
  return r >= 0 && r < rows && c >= 0 && c < columns ? { r, c } : null;
}
