/** A trained network's neurons as the stage lays them out: columns with room for names at both ends, and one vector of their weights. */

/**
 * @typedef {Object} Layer  the input or a layer, with the cells of it that are shown
 * @property {string} layer
 * @property {string} kind  its Keras class
 * @property {string} activation
 * @property {number} units  how many there are of it
 * @property {number[]} cells  which are shown
 * @property {string[]} names
 * @property {string} told  what its numbers are
 * @property {Record<string, number[]>} values  of the cells, by part
 * @property {Record<string, number>} facts  of the whole layer
 * @property {number[][]} weights  from the cells of the column before; none where it is no product with a kernel
 * @property {number[][]} gradients
 *
 * @typedef {import("./layout.js").Column} Column
 * @typedef {"weights" | "gradient"} Kind
 */

const [PILL, BODY, PITCH] = [56, 25, 38];
const GAP = 12;

/** @param {Layer[]} layers @param {number} width @param {number} height @returns {{columns: Column[], room: number}} room: for a name */
export function place(layers, width, height) {
  const room = Math.min(200, Math.max(76, width * 0.17));
  const first = room + GAP + PILL / 2;
  const apart = (width - 2 * first) / Math.max(1, layers.length - 1);
  const columns = layers.map(({ cells }, index) => {
    const pitch = Math.min(height / cells.length, PITCH);
    const top = (height - pitch * cells.length) / 2;
    return { x: first + apart * index, ys: cells.map((_, i) => top + pitch * (i + 0.5)), width: PILL, height: Math.min(BODY, pitch - 4), maps: false };
  });
  return { columns, room };
}

/** The layers as `edges` of layout.js reads them, and what lies under the edges: a weight each, and its gradient.
 * @param {Layer[]} layers */
export function wired(layers) {
  let offset = 0;
  const shapes = layers.slice(1).map(({ weights, cells }) => {
    const shape = { inputs: weights.length, units: cells.length, kernel: /** @type {[number, number, number]} */ ([offset, weights.length, cells.length]) };
    offset += shape.inputs * shape.units;
    return shape;
  });
  return { shapes: /** @type {import("./types.js").Layer[]} */ (/** @type {unknown} */ (shapes)),
    values: { weights: Float64Array.from(layers.flatMap(({ weights }) => weights.flat())), gradient: Float64Array.from(layers.flatMap(({ gradients }) => gradients.flat())) } };
}

/** The part of a layer that its neurons show: what comes out, or the gradient of the loss there; none where a product is only looked up.
 * @param {Layer} layer @param {Kind} kind */
export function partOf({ values }, kind) {
  const parts = kind === "weights" ? ["x", "a", "y"] : ["dx", "dz", "dy"];
  return parts.find((part) => part in values && !(part === "y" && "a" in values)) ?? null;
}
