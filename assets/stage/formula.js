/** The formula of what is pointed at in a network of neurons, with its numbers in it: enough digits to recompute it by hand. */
import { pretty } from "./format.js";
import { MADE_OF, SLOPES } from "./slopes.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Target} Target */
/** @typedef {import("./strip.js").Term} Term */
/** @typedef {import("./strip.js").Line} Line */

/** @param {View} view @param {Target} target @returns {{title: string, lines: Line[]}} */
export function explain(view, target) {
  if (target.kind === "feature") {
    const name = view.hello.features[target.input];
    return { title: `feature ${pretty(name)}`, lines: [[`${pretty(name)} = `, { ...input(view, 0, target.input), strong: true },
      " for the shown sample; it goes to every neuron of the first layer"], ...scaled(view, target.input)] };
  }
  if (target.kind === "edge") return explainEdge(view, target.layer, target.input, target.unit);
  if (target.kind === "bias") return explainBias(view, target.layer, target.unit);
  return target.kind === "neuron" ? explainNeuron(view, target.layer, target.unit) : { title: "", lines: [] };
}

/** How a column of an own file was scaled. @param {View} view @param {number} i @returns {Line[]} */
function scaled({ hello: { scaling } }, i) {
  if (!scaling) return [];
  return [["scaled: (value in the file − mean) / deviation, as the train rows have them: mean ", { value: scaling.mean[i], name: `scaling/mean[${i}]` },
    ", deviation ", { value: scaling.deviation[i], name: `scaling/deviation[${i}]` }]];
}

/** @param {View} view @param {number} l @param {number} u @returns {{title: string, lines: Line[]}} */
function explainNeuron(view, l, u) {
  const layer = view.hello.layers[l];
  const activation = activationOf(view, l);
  const [z, a, da, dz] = ["z", "a", "da", "dz"].map((part) => unit(view, l, part, u));
  /** @type {Line} */
  const sum = ["z = Σ x·w + b = "];
  for (let i = 0; i < layer.inputs; i++) sum.push(input(view, l, i), "·", kernel(view, l, i, u), " + ");
  sum.push(bias(view, l, u), " = ", strong(z), moved(view));
  const after = activation === "softmax" ? ["a = softmax(z) = eᶻ / Σ eᶻ = "] : [`a = ${activation}(z) = ${activation in MADE_OF ? `${MADE_OF[activation]} = ` : ""}${activation}(`, { ...z, bare: true }, ") = "];
  return { title: `${layer.name}, neuron ${u}`, lines: [sum, [...after, strong(a)], ...downstream(view, l, u), backward(view, l, u, z, a, da, dz)] };
}

/** How da comes from the layer after, or from the loss. @param {View} view @param {number} l @param {number} u @returns {Line[]} */
function downstream(view, l, u) {
  const next = view.hello.layers[l + 1];
  if (!next) return view.hello.loss === "mse" ? [["da = 2·(a − y) = 2·(", unit(view, l, "a", u), " − ", target(view, u), ") = ", strong(unit(view, l, "da", u))]] : [];
  /** @type {Line} */
  const sum = ["da = Σ w·dz = "];
  for (let k = 0; k < next.units; k++) sum.push(kernel(view, l + 1, u, k), "·", unit(view, l + 1, "dz", k), k < next.units - 1 ? " + " : " = ");
  return [[...sum, strong(unit(view, l, "da", u))]];
}

/** @param {View} view @param {number} l @param {number} u @param {Term} z @param {Term} a @param {Term} da @param {Term} dz @returns {Line} */
function backward(view, l, u, z, a, da, dz) {
  const activation = activationOf(view, l);
  const last = l === view.hello.layers.length - 1;
  if (last && view.hello.loss.endsWith("crossentropy")) {
    return ["dz = a − y = ", a, " − ", target(view, u), " = ", strong(dz), `  (cross-entropy and ${activation}, differentiated as one)`];
  }
  if (activation === "linear") return ["dz = da = ", strong(dz)];
  const [formula, numbers] = SLOPES[activation] ?? ["da · da/dz", () => []];
  return [`dz = ${formula} = `, da, ...numbers(z, a), " = ", strong(dz)];
}

/** @param {View} view @param {number} l @param {number} i @param {number} u @returns {{title: string, lines: Line[]}} */
function explainEdge(view, l, i, u) {
  const { hello } = view;
  const layer = hello.layers[l];
  const from = l ? `${hello.layers[l - 1].name}, neuron ${i}` : `feature ${pretty(hello.features[i])}`;
  const w = kernel(view, l, i, u);
  const at = layer.kernel[0] + i * layer.units + u;
  const tag = `[${i},${u}]`;
  return { title: `${layer.name}/kernel${tag}, from ${from}`, lines: [
    ["w = ", strong(w), "  adds x·w = ", input(view, l, i), "·", w, " to z of neuron ", String(u)],
    [`dkernel = x·dz${hello.penalty ? " + penalty" : ""} = `, input(view, l, i), "·", unit(view, l, "dz", u), ...penalty(view, w), " = ", strong(flat(view, "sample_gradient", at, `${layer.name}/kernel.sample_gradient${tag}`)), "  for this sample"],
    ["last batch: mean gradient ", strong(flat(view, "gradient", at, `${layer.name}/kernel.gradient${tag}`)),
      ", update ", strong(flat(view, "update", at, `${layer.name}/kernel.update${tag}`))],
  ] };
}

/** @param {View} view @param {number} l @param {number} u @returns {{title: string, lines: Line[]}} */
function explainBias(view, l, u) {
  const { name, bias: [offset] } = view.hello.layers[l];
  const at = offset + u;
  return { title: `${name}/bias[${u}]`, lines: [
    ["b = ", strong(bias(view, l, u)), `  is added to z of neuron ${u}`],
    ["dbias = dz = ", strong(flat(view, "sample_gradient", at, `${name}/bias.sample_gradient[${u}]`)), "  for this sample"],
    ["last batch: mean gradient ", strong(flat(view, "gradient", at, `${name}/bias.gradient[${u}]`)),
      ", update ", strong(flat(view, "update", at, `${name}/bias.update[${u}]`))],
  ] };
}

/** The sample's target for an output: its height or class, or with an output for each class, 1 for its own.
 * @param {View} view @param {number} u @returns {Term} */
function target({ hello, frame: { sample } }, u) {
  const several = hello.layers[hello.layers.length - 1].units > 1;
  return { value: several ? Number(sample.y === u) : sample.y, name: several ? `y[${u}]` : "y" };
}

/** What the penalty on a kernel adds to its gradient. @param {View} view @param {Term} w @returns {Line} */
function penalty({ hello }, w) {
  if (!hello.penalty) return [];
  const rate = { value: hello.penalty.rate, name: "penalty/rate" };
  return hello.penalty.name === "l2" ? [" + 2·", rate, "·", w] : [" + ", rate, "·sign(", w, ")"];
}

/** After the last operation of a step the weights are new and the sample's numbers still the old ones. @param {View} view */
function moved({ frame: { operation } }) {
  return operation && operation.index === operation.count ? "  (z is from before the update, w and b are new)" : "";
}

/** @param {View} view @param {number} l */
function activationOf({ hello, settings }, l) {
  return l < hello.layers.length - 1 ? settings.activations[l] : hello.layers[l].activation;
}

/** @param {Term} term @returns {Term} */
function strong(term) {
  return { ...term, strong: true };
}

/** @param {View} view @param {string} vector @param {number} at @param {string} name @returns {Term} */
function flat({ frame }, vector, at, name) {
  const value = frame.values[vector]?.[at];
  // In slow motion the part of the sample's gradient that is not computed yet is NaN.
  return { value: frame.operation && vector === "sample_gradient" && Number.isNaN(value) ? null : value, name };
}

/** @param {View} view @param {number} l @param {number} i @param {number} u */
function kernel(view, l, i, u) {
  const { name, kernel: [offset], units } = view.hello.layers[l];
  return flat(view, "weights", offset + i * units + u, `${name}/kernel[${i},${u}]`);
}

/** @param {View} view @param {number} l @param {number} u */
function bias(view, l, u) {
  const { name, bias: [offset] } = view.hello.layers[l];
  return flat(view, "weights", offset + u, `${name}/bias[${u}]`);
}

/** @param {View} view @param {number} l @param {string} part @param {number} u @returns {Term} */
function unit({ hello, frame }, l, part, u) {
  const { name } = hello.layers[l];
  return { value: frame.values[`${name}/${part}`]?.[u], name: `${name}/${part}[${u}]` };
}

/** What comes into a layer: a feature, or the output of the neuron before. @param {View} view @param {number} l @param {number} i @returns {Term} */
function input(view, l, i) {
  return l ? unit(view, l - 1, "a", i) : { value: view.frame.values.input?.[i], name: `input[${i}]` };
}

export const HINT = "Point at a neuron, an edge or a bias for its formula; click to keep it. Click a data point to follow it through the network.";
