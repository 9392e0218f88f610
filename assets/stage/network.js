/**
 * The forward pass over a plane, in the browser, for maps only: every number on screen comes from the server.
 * A layer's outputs are kept one array a unit, so that the inner loop runs over points.
 */

/** @typedef {import("./types.js").Hello} Hello */
/** @typedef {import("./types.js").Layer} Layer */
/** @typedef {import("./types.js").Numbers} Numbers */
/** @typedef {{features: string[], layers: Layer[], plane?: [number, number], told?: number}} Network  plane: which two columns of an own file
 *   the map spreads, the others at their means; told: the class that it shows */

/** @type {Record<string, (x1: number, x2: number) => number>} */
export const FEATURES = {
  "x1": (x1) => x1,
  "x2": (_, x2) => x2,
  "x1^2": (x1) => x1 * x1,
  "x2^2": (_, x2) => x2 * x2,
  "x1*x2": (x1, x2) => x1 * x2,
  "sin(x1)": (x1) => Math.sin(x1),
  "sin(x2)": (_, x2) => Math.sin(x2),
};

/** z: units arrays of N -> a, in place. Softmax is the one that looks across units.
 * @type {Record<string, (units: Float32Array[]) => void>} */
export const ACTIVATIONS = {
  linear: () => {},
  sigmoid: each((z) => 1 / (1 + Math.exp(-z))),
  tanh: each((z) => 1 - 2 / (Math.exp(2 * z) + 1)),
  relu: each((z) => Math.max(0, z)),
  leaky_relu: each((z) => (z > 0 ? z : 0.2 * z)),
  elu: each((z) => (z > 0 ? z : Math.expm1(z))),
  selu: each((z) => (z > 0 ? 1.0507009873554805 * z : 1.7580993408473766 * Math.expm1(z))),
  gelu: each((z) => z * normal(z)),
  silu: each((z) => z / (1 + Math.exp(-z))),
  softplus: each(softplus),
  softsign: each((z) => z / (1 + Math.abs(z))),
  hard_sigmoid: each((z) => Math.min(Math.max(z + 3, 0), 6) / 6),
  mish: each((z) => z * Math.tanh(softplus(z))),
  exponential: each(Math.exp),
  softmax(units) {
    for (let p = 0; p < units[0].length; p++) {
      let top = -Infinity;
      for (const unit of units) top = Math.max(top, unit[p]);
      let sum = 0;
      for (const unit of units) sum += unit[p] = Math.exp(unit[p] - top);
      for (const unit of units) unit[p] /= sum;
    }
  },
};

/** log(1 + e^z) without overflow. @param {number} z */
function softplus(z) {
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
}

/** P(Z <= z) of the normal distribution, within 1e-7 (Abramowitz and Stegun 26.2.17). @param {number} z */
function normal(z) {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const tail = Math.exp((-z * z) / 2) * 0.3989422804014327 * t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return z > 0 ? 1 - tail : tail;
}

/** @param {(z: number) => number} f @returns {(units: Float32Array[]) => void} */
function each(f) {
  return (units) => {
    for (const unit of units) for (let p = 0; p < unit.length; p++) unit[p] = f(unit[p]);
  };
}

/** xs: (N, 2) -> one array of N a feature.
 * @param {Network} network @param {Float32Array} xs */
export function featureGrids(network, xs) {
  return network.features.map((name, i) => {
    const f = network.plane ? column(network.plane, i) : FEATURES[name];
    if (!f) throw new Error(`Feature ${name} has no map; expected one of ${Object.keys(FEATURES).join(", ")}.`);
    const out = new Float32Array(xs.length / 2);
    for (let p = 0; p < out.length; p++) out[p] = f(xs[2 * p], xs[2 * p + 1]);
    return out;
  });
}

/** A scaled column over the plane: along one of its axes, or at its mean. @param {[number, number]} plane @param {number} i
 * @returns {(x1: number, x2: number) => number} */
function column([across, up], i) {
  return (x1, x2) => (i === across ? x1 : i === up ? x2 : 0);
}

/** x: inputs arrays of N -> z = x @ W + b: units arrays of N.
 * @param {Layer} layer @param {Numbers} weights @param {Float32Array[]} x */
function dense(layer, weights, x) {
  const [at, inputs, units] = layer.kernel;
  const out = [];
  for (let u = 0; u < units; u++) {
    const z = new Float32Array(x[0].length).fill(weights[layer.bias[0] + u]);
    for (let i = 0; i < inputs; i++) {
      const w = weights[at + i * units + u];
      const xi = x[i];
      for (let p = 0; p < z.length; p++) z[p] += w * xi[p];
    }
    out.push(z);
  }
  return out;
}

/** xs: (N, 2) -> for each layer, for each unit, its output at every point.
 * @param {Network} network @param {Numbers} weights the flat vector
 * @param {string[]} activations one a hidden layer; the output keeps its own @param {Float32Array} xs
 * @returns {Float32Array[][]} */
export function unitGrids(network, weights, activations, xs) {
  let x = featureGrids(network, xs);
  return network.layers.map((layer, l) => {
    x = dense(layer, weights, x);
    const hidden = l < network.layers.length - 1;
    ACTIVATIONS[(hidden && activations[l]) || layer.activation](x);
    return x;
  });
}

/** xs: (N, 2) -> (N): what the network says at each point: the output, or with two or more classes P(class 1).
 * @param {Network} network @param {Numbers} weights @param {string[]} activations @param {Float32Array} xs
 * @returns {Float32Array} */
export function predictGrid(network, weights, activations, xs) {
  const output = unitGrids(network, weights, activations, xs)[network.layers.length - 1];
  return output[output.length > 1 ? network.told ?? 1 : 0];
}

/** The centres of side * side cells over the domain, x1 fastest, from the bottom left: (side * side, 2).
 * @param {[number, number]} domain @param {number} side */
export function gridPoints([low, high], side) {
  const xs = new Float32Array(side * side * 2);
  const at = (/** @type {number} */ i) => low + ((high - low) * (i + 0.5)) / side;
  for (let p = 0; p < side * side; p++) {
    xs[2 * p] = at(p % side);
    xs[2 * p + 1] = at(Math.floor(p / side));
  }
  return xs;
}
