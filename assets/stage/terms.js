/** The server's numbers by name and index, as terms of a formula: nothing here computes one. */

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Hello} Hello */
/** @typedef {import("./strip.js").Term} Term */

/** The place of an index in a row-major array. @param {number[]} shape @param {number[]} index */
export function at(shape, index) {
  return index.reduce((place, i, axis) => place * shape[axis] + i, 0);
}

/** How many numbers an array has. @param {number[]} shape */
export function size(shape) {
  return shape.reduce((a, b) => a * b, 1);
}

/** One of the shown sample's numbers, conv2d_1/z[0,2,1]. @param {View} view @param {string} name @param {number[]} index @returns {Term} */
export function value({ hello, frame }, name, index) {
  return { value: frame.values[name]?.[at(hello.shapes[name] ?? [], index)], name: `${name}[${index}]` };
}

/** One of the input's. @param {View} view @param {number[]} index @returns {Term} */
export function input({ hello, frame }, index) {
  return { value: frame.values.input?.[at(hello.input_shape, index)], name: `input[${index}]` };
}

/** What comes into a layer: the input, or the output of the layer before. @param {View} view @param {number} l @param {number[]} index */
export function incoming(view, l, index) {
  if (!l) return input(view, index);
  const { name, output } = view.hello.layers[l - 1];
  return value(view, `${name}/${output}`, index);
}

/** One weight, or what another vector has in its place ("gradient", "update", "sample_gradient").
 * @param {View} view @param {number} l @param {string} part @param {number[]} index @param {string} [vector] @returns {Term} */
export function weight({ hello, frame }, l, part, index, vector = "weights") {
  const { name, weights } = hello.layers[l];
  const found = frame.values[vector]?.[weights[part].offset + at(weights[part].shape, index)];
  // In slow motion the part of a gradient that is not computed yet is NaN.
  const unknown = frame.operation && vector.endsWith("gradient") && Number.isNaN(found);
  return { value: unknown ? null : found, name: `${name}/${part}${vector === "weights" ? "" : `.${vector}`}[${index}]` };
}

/** What the shown sample should have given at an output: its height or class, or where there is an output for each class, 1 for its own.
 * @param {View} view @param {number} k @returns {Term} */
export function wanted({ hello, frame: { sample } }, k) {
  const single = hello.layers[hello.layers.length - 1].units === 1;
  return hello.task === "regression" || single ? { value: sample.y, name: "y" } : { value: Number(sample.y === k), name: `y[${k}]` };
}
