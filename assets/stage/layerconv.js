/** Formulas of layers with windows, on one axis or two: convolutions and pools. */
import { activated, biasOf } from "./layerdense.js";
import { added, equation, range, sum } from "./sums.js";

/** @typedef {import("./types.js").Layer} Layer */
/** @typedef {import("./layers.js").Read} Read */
/** @typedef {import("./layers.js").Formula} Formula */
/** @typedef {import("./strip.js").Line} Line */
/** @typedef {{cell: number[], offset: number[], stop: number[]}} Seen  a cell of the input, its place in the window, and where the window stops */

/** Every index of an array of that shape. @param {number[]} shape @returns {number[][]} */
function places(shape) {
  return shape.reduce((/** @type {number[][]} */ found, n) => found.flatMap((index) => range(n).map((i) => [...index, i])), [[]]);
}

/** The cells that a window sees; those that padding adds are left out. @param {Layer} layer @param {number[]} stop @returns {Seen[]} */
export function seenFrom(layer, stop) {
  const { window, input_shape } = layer;
  if (!window) return [];
  return places(window.size).map((offset) => ({ stop, offset, cell: offset.map((k, axis) => stop[axis] * window.strides[axis] - window.before[axis] + k) }))
    .filter(({ cell }) => cell.every((i, axis) => i >= 0 && i < input_shape[axis]));
}

/** The windows that see a cell. @param {Layer} layer @param {number[]} cell @returns {Seen[]} */
export function seeing(layer, cell) {
  const { window, shape } = layer;
  if (!window) return [];
  return places(window.size).map((offset) => ({ cell, offset, stop: offset.map((k, axis) => (cell[axis] + window.before[axis] - k) / window.strides[axis]) }))
    .filter(({ stop }) => stop.every((i, axis) => Number.isInteger(i) && i >= 0 && i < shape[axis]));
}

/** The channels of an input. @param {Layer} layer */
const channels = ({ input_shape }) => input_shape[input_shape.length - 1];

/** @type {Formula} */
export const conv = {
  value(read, _, index) {
    const [stop, f] = [index.slice(0, -1), index[index.length - 1]];
    const products = seenFrom(read.layer, stop).flatMap(({ cell, offset }) => range(channels(read.layer)).map((c) => [read.x([...cell, c]), read.w("kernel", [...offset, c, f])]));
    return [equation(`z = Σ window·kernel${read.layer.weights.bias ? " + b" : ""}`, added(sum(products), biasOf(read, f)), read.at("z", index)), ...activated(read, index)];
  },
  handed(read, index) {
    const [cell, c] = [index.slice(0, -1), index[index.length - 1]];
    const filters = read.layer.weights.kernel.shape;
    return { formula: "Σ over its windows of kernel·dz", numbers: sum(seeing(read.layer, cell).flatMap(({ stop, offset }) =>
      range(filters[filters.length - 1]).map((f) => [read.w("kernel", [...offset, c, f]), read.at("dz", [...stop, f])]))) };
  },
  weight(read, part, index) {
    const stops = places(read.layer.shape.slice(0, -1));
    const f = index[index.length - 1];
    if (part === "bias") return { formula: "Σ dz", numbers: sum(stops.map((stop) => [read.at("dz", [...stop, f])])) };
    const [offset, c] = [index.slice(0, -2), index[index.length - 2]];
    const seen = stops.flatMap((stop) => seenFrom(read.layer, stop)).filter((one) => one.offset.join() === offset.join());
    return { formula: "Σ x·dz", numbers: sum(seen.map(({ cell, stop }) => [read.x([...cell, c]), read.at("dz", [...stop, f])])) };
  },
};

/** What a window of a pool sees of the channel. @param {Read} read @param {number[]} index @returns {import("./strip.js").Term[]} */
function seenBy(read, index) {
  return seenFrom(read.layer, index.slice(0, -1)).map(({ cell }) => read.x([...cell, index[index.length - 1]]));
}

/** @type {Formula} */
export const maxPooling = {
  value(read, _, index) {
    const all = seenBy(read, index).flatMap((term, k) => (k ? [", ", term] : [term]));
    return [equation("y = max of the window", ["max(", ...all, ")"], read.at("y", index)), ["cell ", read.at("argmax", index), " of the window won"], read.arrival(index)];
  },
  handed(read, index) {
    const [cell, c] = [index.slice(0, -1), index[index.length - 1]];
    const { size = [] } = read.layer.window ?? {};
    const won = seeing(read.layer, cell).filter(({ offset, stop }) => read.at("argmax", [...stop, c]).value === offset.reduce((k, i, axis) => k * size[axis] + i, 0));
    return { formula: "Σ dy of the windows that it won", numbers: sum(won.map(({ stop }) => [read.at("dy", [...stop, c])])) };
  },
};

/** @type {Formula} */
export const averagePooling = {
  value(read, _, index) {
    const seen = seenBy(read, index);
    return [equation("y = mean of the window", ["(", ...sum(seen.map((term) => [term])), `) / ${seen.length}`], read.at("y", index)), read.arrival(index)];
  },
  handed(read, index) {
    const [cell, c] = [index.slice(0, -1), index[index.length - 1]];
    const shares = seeing(read.layer, cell).map(({ stop }) => /** @type {Line} */ ([read.at("dy", [...stop, c]), ` / ${seenFrom(read.layer, stop).length}`]));
    return { formula: "Σ over its windows of dy / their cells", numbers: added(...shares) };
  },
};

/** @type {Formula} */
export const globalAverage = {
  value(read, _, index) {
    const [high, wide] = read.layer.input_shape;
    return [equation("y = mean of the map", ["(", ...sum(places([high, wide]).map((cell) => [read.x([...cell, ...index])])), `) / ${high * wide}`], read.at("y", index)), read.arrival(index)];
  },
  handed(read, index) {
    const [high, wide] = read.layer.input_shape;
    return { formula: "dy / cells", numbers: [read.at("dy", [index[2]]), ` / ${high * wide}`] };
  },
};
