/** Where neurons and edges stand: plain numbers from the network's shape and the space there is. */

/** @typedef {import("./types.js").Hello} Hello */
/** @typedef {import("./types.js").Layer} Layer */

/**
 * @typedef {Object} Column
 * @property {number} x  centre
 * @property {number[]} ys  centres of the neurons' bodies
 * @property {number} width  of a neuron's body
 * @property {number} height
 * @property {boolean} maps  whether there is room for a map, with the value below it; otherwise the value stands inside
 *
 * @typedef {Object} Edges  one entry an edge, in parallel arrays
 * @property {Float32Array} x0
 * @property {Float32Array} y0
 * @property {Float32Array} x1
 * @property {Float32Array} y1
 * @property {Int32Array} weight  where its weight lies in the flat vector
 * @property {Int32Array} layer
 * @property {Int32Array} input
 * @property {Int32Array} unit
 */

const VALUE = 15;
// The inputs' names, and so much a letter of the longest one; more than the most is cut with an ellipsis.
const NAMES = { least: 48, most: 92, letter: 7.4, gap: 8 };
const PILL = 50;

/** The features' column, then one a layer.
 * @param {{features: string[], layers: Layer[]}} network @param {number} width @param {number} height @returns {Column[]} */
export function columns(network, width, height) {
  const counts = [network.features.length, ...network.layers.map((layer) => layer.units)];
  const longest = Math.max(...network.features.map((name) => name.length));
  const first = Math.min(NAMES.most, Math.max(NAMES.least, longest * NAMES.letter + NAMES.gap)) + 26;
  const apart = (width - first - 40) / Math.max(1, counts.length - 1);
  return counts.map((n, index) => {
    const pitch = Math.min(height / n, 78);
    const size = Math.min(46, pitch - VALUE - 2, apart * 0.62);
    const maps = size >= 20;
    const body = maps ? size : Math.min(22, pitch - 2);
    const top = (height - pitch * n) / 2;
    const centre = maps ? (pitch - VALUE) / 2 : pitch / 2;
    return {
      x: first + apart * index,
      ys: Array.from({ length: n }, (_, i) => top + pitch * i + centre),
      width: maps ? size : PILL,
      height: body,
      maps,
    };
  });
}

/** @param {Layer[]} layers @param {Column[]} placed @returns {Edges} */
export function edges(layers, placed) {
  const total = layers.reduce((sum, layer) => sum + layer.inputs * layer.units, 0);
  const list = {
    x0: new Float32Array(total), y0: new Float32Array(total), x1: new Float32Array(total), y1: new Float32Array(total),
    weight: new Int32Array(total), layer: new Int32Array(total), input: new Int32Array(total), unit: new Int32Array(total),
  };
  let e = 0;
  layers.forEach((layer, l) => {
    const [from, to] = [placed[l], placed[l + 1]];
    for (let i = 0; i < layer.inputs; i++) {
      for (let u = 0; u < layer.units; u++, e++) {
        list.x0[e] = from.x + from.width / 2;
        list.y0[e] = from.ys[i];
        list.x1[e] = to.x - to.width / 2;
        list.y1[e] = to.ys[u];
        list.weight[e] = layer.kernel[0] + i * layer.units + u;
        list.layer[e] = l;
        list.input[e] = i;
        list.unit[e] = u;
      }
    }
  });
  return list;
}

/** Where a neuron, its bias, a feature or an edge stands, `top` below the picture's edge.
 * @param {Column[]} placed @param {Edges} list @param {import("./types.js").Target} target @param {number} top @returns {import("./echo.js").Spot | null} */
export function spotOf(placed, list, target, top) {
  if (target.kind === "edge") {
    const e = list.weight.findIndex((_, k) => list.layer[k] === target.layer && list.input[k] === target.input && list.unit[k] === target.unit);
    return e < 0 ? null : { from: [list.x0[e], list.y0[e] + top], to: [list.x1[e], list.y1[e] + top] };
  }
  if (target.kind !== "feature" && !("unit" in target)) return null;
  const [{ x, ys, width, height }, i] = target.kind === "feature" ? [placed[0], target.input] : [placed[target.layer + 1], target.unit];
  const box = { x: x - width / 2, y: top + ys[i] - height / 2, width, height };
  return target.kind === "bias" ? { x: box.x - 5, y: box.y - 4, width: 9, height: 9 } : box;
}

/** The point a share t of the way along an edge, which is a curve that leaves and arrives level.
 * @param {Edges} list @param {number} e @param {number} t @returns {[number, number]} */
export function along(list, e, t) {
  const s = 1 - t;
  const bend = 3 * s * t * t + t * t * t;
  const middle = (list.x0[e] + list.x1[e]) / 2;
  return [s * s * s * list.x0[e] + 3 * s * t * middle + t * t * t * list.x1[e], list.y0[e] + (list.y1[e] - list.y0[e]) * bend];
}

/** The edge nearest to a point, or -1 when none is within `reach`.
 * @param {Edges} list @param {number} x @param {number} y @param {number} [reach] */
export function edgeAt(list, x, y, reach = 7) {
  let best = -1;
  let nearest = reach * reach;
  for (let e = 0; e < list.weight.length; e++) {
    if (x < list.x0[e] || x > list.x1[e]) continue;
    if (y < Math.min(list.y0[e], list.y1[e]) - reach || y > Math.max(list.y0[e], list.y1[e]) + reach) continue;
    for (let k = 0; k <= 24; k++) {
      const [px, py] = along(list, e, k / 24);
      const distance = (px - x) ** 2 * 0.4 + (py - y) ** 2;
      if (distance < nearest) [nearest, best] = [distance, e];
    }
  }
  return best;
}
