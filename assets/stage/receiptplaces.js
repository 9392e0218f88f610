/** From a receipt's factor to the number of the stage that it is: what came in as x is the output of the layer before. */
import { unravel } from "./sheets.js";

/** @typedef {import("./types.js").Hello} Hello */
/** @typedef {import("./receiptview.js").Receipt} Receipt */

/** The stage's name of a factor, "" where it has no place: tanh'(dense_1/z[3,0]) of a batch is dense_1/z[0].
 * @param {Hello} hello @param {string} factor @param {"sample" | "batch"} over */
export function placeOfFactor(hello, factor, over) {
  const [, name, numbers] = /([\w.]+\/\w+)\[([\d,]+)\]/.exec(factor) ?? [];
  if (!name) return "";
  // Over a batch the first index says which sample.
  const index = numbers.split(",").map(Number).slice(over === "batch" ? 1 : 0);
  const [layer, part] = name.split("/");
  const l = hello.layers.findIndex((one) => one.name === layer);
  if (l < 0 || !index.length || part === "share") return "";
  if (part === "columns") return columns(hello, l, index);
  return part === "x" ? read(hello, l, index) : `${name}[${index}]`;
}

/** A number that came into a layer. @param {Hello} hello @param {number} l @param {number[]} index */
function read({ layers }, l, index) {
  return l ? `${layers[l - 1].name}/${layers[l - 1].output}[${index}]` : `input[${index}]`;
}

/** A cell that a window saw: index is that of its stop, then the place inside it, then the channel. @param {Hello} hello @param {number} l @param {number[]} index */
function columns(hello, l, index) {
  const { window, input_shape } = hello.layers[l];
  if (!window) return "";
  const axes = window.size.length;
  const cell = window.size.map((_, axis) => index[axis] * window.strides[axis] - window.before[axis] + index[axes + axis]);
  return cell.every((i, axis) => i >= 0 && i < input_shape[axis]) ? read(hello, l, [...cell, index[2 * axes]]) : "";
}

/** The stage's name of one number of a link in the chain; the last link's is the weight's own. @param {Receipt} receipt @param {number} i @param {number} n */
export function placeOfLink({ chain, weight }, i, n) {
  const { output, shape } = chain[i];
  return i === chain.length - 1 ? weight : `${output}[${unravel(shape, n).slice(1)}]`;
}
