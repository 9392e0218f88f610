/** Maps: numbers as coloured cells, for a feature map, a kernel, or any layer that has no picture of its own. */
import { table } from "./colours.js";

/** @typedef {import("./types.js").Theme} Theme */
/** @typedef {import("./types.js").Numbers} Numbers */
/** @typedef {import("./colours.js").ScaleName} ScaleName */
/** @typedef {{x: number, y: number, width: number, height: number}} Box */
/** @typedef {{numbers: Numbers, offset?: number, stride?: number}} Source  cells lie `stride` apart, row after row */

/** @type {Map<string, CanvasRenderingContext2D>} */
const papers = new Map();
/** @type {Map<string, Uint32Array>} */
const words = new Map();

/** A canvas of a cell a pixel, kept by its size. @param {number} rows @param {number} columns */
function paperOf(rows, columns) {
  const key = `${rows},${columns}`;
  let paper = papers.get(key);
  if (!paper) {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [columns, rows];
    paper = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    papers.set(key, paper);
  }
  return paper;
}

/** @param {Theme} theme @param {ScaleName} scale */
function wordsOf(theme, scale) {
  const key = theme + scale;
  const found = words.get(key) ?? table(theme, scale);
  words.set(key, found);
  return found;
}

/** Paints rows x columns cells into a box; `top` is what the strongest colour stands for. With `reach`, only so many cells from the start
 * (or when negative, from the end) are known yet.
 * @param {CanvasRenderingContext2D} paper @param {Source} source @param {number} rows @param {number} columns @param {Box} box
 * @param {{theme: Theme, scale: ScaleName, top: number, reach?: number}} look */
export function paintCells(paper, { numbers, offset = 0, stride = 1 }, rows, columns, box, { theme, scale, top, reach }) {
  const small = paperOf(rows, columns);
  const image = small.createImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  const colours = wordsOf(theme, scale);
  const total = rows * columns;
  const [first, last] = reach === undefined ? [0, total] : reach >= 0 ? [0, reach] : [total + reach, total];
  for (let p = Math.max(0, first); p < Math.min(total, last); p++) {
    const part = numbers[offset + p * stride] / top;
    pixels[p] = colours[part >= -1 ? (part < 1 ? Math.floor((part + 1) * 128) : 255) : part < -1 ? 0 : 128];
  }
  small.putImageData(image, 0, 0);
  paper.imageSmoothingEnabled = false;
  paper.drawImage(small.canvas, box.x, box.y, box.width, box.height);
}

/** The largest size among numbers, or `least`. @param {Numbers | undefined} numbers @param {number} [least] @param {number} [from] @param {number} [to] */
export function largest(numbers, least = 1e-12, from = 0, to = numbers?.length ?? 0) {
  let top = least;
  for (let i = from; numbers && i < to; i++) {
    const size = Math.abs(numbers[i]);
    if (size > top && size < Infinity) top = size;
  }
  return top;
}

/** n equal tiles of a given width to height ratio, as large as they fit: columns first filled from the top.
 * @param {number} n @param {Box} box @param {number} ratio @param {number} gap @returns {Box[]} */
export function tiles(n, box, ratio, gap) {
  let best = { columns: 1, height: 0 };
  for (let columns = 1; columns <= n; columns++) {
    const rows = Math.ceil(n / columns);
    const height = Math.min((box.height - gap * (rows - 1)) / rows, (box.width - gap * (columns - 1)) / columns / ratio);
    if (height > best.height) best = { columns, height };
  }
  const height = Math.max(1, Math.floor(best.height));
  const width = Math.max(1, Math.floor(height * ratio));
  const rows = Math.ceil(n / best.columns);
  const left = box.x + (box.width - best.columns * width - (best.columns - 1) * gap) / 2;
  const top = box.y + (box.height - rows * height - (rows - 1) * gap) / 2;
  return Array.from({ length: n }, (_, i) => ({
    x: Math.round(left + Math.floor(i / rows) * (width + gap)),
    y: Math.round(top + (i % rows) * (height + gap)),
    width,
    height,
  }));
}

/** rows x columns numbers, the other way round. @param {Numbers} numbers @param {number} rows @param {number} columns */
export function turned(numbers, rows, columns) {
  const found = new Float32Array(rows * columns);
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) found[c * rows + r] = numbers[r * columns + c];
  return found;
}
