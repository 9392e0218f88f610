/** A layer as its formulas read it: its numbers, its weights and what comes into it, by part and index. */
import { incoming, value, weight } from "./terms.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./strip.js").Term} Term */
/** @typedef {import("./strip.js").Line} Line */

/**
 * @typedef {Object} Read  one layer of a view
 * @property {import("./types.js").Layer} layer
 * @property {string} f  its activation as it is set now
 * @property {number | undefined} rows  of the batch, where samples are shown within one
 * @property {boolean} fused  whether its gradient comes from a cross-entropy, with its activation
 * @property {boolean} drawn  whether slow motion shows the batch of this very update
 * @property {(part: string, index: number[]) => Term} at
 * @property {(part: string, index: number[]) => Term} w
 * @property {(index: number[]) => Term} x
 * @property {(index: number[]) => Line} arrival  the gradient of its output: where it comes from
 *
 * @typedef {Object} Formula  what a type of layer says of its numbers
 * @property {(read: Read, part: string, index: number[]) => Line[]} value  of a number and of its gradient
 * @property {(read: Read, index: number[]) => {formula: string, numbers: Line}} handed  of the gradient that goes down to its input
 * @property {(read: Read, part: string, index: number[]) => {formula: string, numbers: Line}} [weight]  of a weight's gradient, for one sample
 */

/** @param {View} view @param {number} l @param {(index: number[]) => Line} arrival @returns {Read} */
export function reading(view, l, arrival) {
  const { hello, settings, frame } = view;
  const layer = hello.layers[l];
  return {
    layer,
    f: layer.setting === null ? layer.activation : settings.activations[layer.setting],
    rows: frame.sample.company?.rows,
    fused: l === hello.layers.length - 1 && hello.loss.endsWith("crossentropy"),
    drawn: frame.operation !== null,
    at: (part, index) => value(view, `${layer.name}/${part}`, index),
    w: (part, index) => weight(view, l, part, index),
    x: (index) => incoming(view, l, index),
    arrival,
  };
}
