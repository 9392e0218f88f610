/** Formulas of any stack: of a cell its number and its gradient, and for layers that are simple enough the formula with its numbers. */
import { explainConv } from "./convexplain.js";
import { pretty } from "./format.js";
import { backOf } from "./stackparts.js";
import { incoming, input, size, value, wanted, weight } from "./terms.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Target} Target */
/** @typedef {import("./strip.js").Line} Line */
/** @typedef {import("./strip.js").Term} Term */
/** @typedef {import("./strip.js").Explanation} Explanation */

/** Of each type of layer that has a formula here, the lines for a cell of it. @type {Record<string, (view: View, l: number, index: number[]) => Line[]>} */
const FORMULAS = { Dropout: dropped, BatchNormalization: normalized, Activation: passed };

/** @param {View} view @param {Target} target @returns {Explanation} */
export function explainStack(view, target) {
  const { layers } = view.hello;
  if (target.kind === "input") return explainInput(view, target.index);
  if (target.kind === "weight") return explainWeight(view, target.layer, target.part, target.index);
  if (target.kind !== "value") return { title: "", lines: [] };
  const { layer: l, part, index } = target;
  const { type, output } = layers[l];
  if (l === layers.length - 1) return explainOutput(view, l, index);
  if ((type === "Conv2D" || type.endsWith("Pooling2D")) && layers[l].window && (part === output || part === "z")) return explainConv(view, { ...target, part: output });
  const lines = part === output ? FORMULAS[type]?.(view, l, index) : undefined;
  return { title: `${layers[l].name}/${part}[${index}]`, lines: [...(lines ?? [known(view, l, part, index)]), gradient(view, l, part, index)] };
}

/** @param {View} view @param {number[]} index @returns {Explanation} */
function explainInput(view, index) {
  const { features, layers } = view.hello;
  const named = features.length ? ` (${pretty(features[index[index.length - 1]] ?? "")})` : "";
  return { title: `input[${index}]`, lines: [[`x${view.hello.input_shape.length > 1 || !features.length ? "" : named} = `, strong(input(view, index)), "  of the shown sample"],
    ["dx = ", strong(value(view, `${layers[0].name}/dx`, index)), "  how the loss would change with it"]] };
}

/** @param {View} view @param {number} l @param {string} part @param {number[]} index @returns {Explanation} */
function explainWeight(view, l, part, index) {
  const { name, type } = view.hello.layers[l];
  const vector = view.hello.depend ? "gradient" : "sample_gradient";
  const { operation, values } = view.frame;
  const now = weight(view, l, part, index, vector);
  // In slow motion the part of the gradient that is not computed yet is NaN.
  const so_far = operation && Number.isNaN(now.value) ? { ...now, value: null } : now;
  /** @type {Line} */
  const own = view.hello.depend ? [`d${part} = `, strong(so_far), `  of the mean loss of ${operation && operation.phase !== "update" ? "this" : "the last"} batch`]
    : [`d${part} = `, strong(so_far), "  for this sample"];
  /** @type {Line} */
  const last = view.hello.depend ? [] : ["last batch: mean gradient ", strong(weight(view, l, part, index, "gradient")), ", "];
  return { title: `${name}/${part}[${index}]`, lines: [["w = ", strong(weight(view, l, part, index)), `  one of ${size(view.hello.layers[l].weights[part].shape)} of ${type}`], own,
    [...last, "last update ", strong({ ...weight(view, l, part, index, "update"), value: values.update ? weight(view, l, part, index, "update").value : null })]] };
}

/** What a cell holds, without more. @param {View} view @param {number} l @param {string} part @param {number[]} index @returns {Line} */
function known(view, l, part, index) {
  const { name, type } = view.hello.layers[l];
  return [`${part} = `, strong(value(view, `${name}/${part}`, index)), `  one of ${size(view.hello.shapes[`${name}/${part}`] ?? [1])} numbers of ${type}`];
}

/** @param {View} view @param {number} l @param {string} part @param {number[]} index @returns {Line} */
function gradient(view, l, part, index) {
  const name = `${view.hello.layers[l].name}/${backOf(part)}`;
  if (!(name in view.hello.shapes)) return [];
  return [`${backOf(part)} = `, strong(value(view, name, index)), company(view, "  of the batch's mean loss")];
}

/** What is said only where samples are shown within their batch. @param {View} view @param {string} words */
function company({ frame: { sample } }, words) {
  return sample.company ? words : "";
}

/** @param {View} view @param {number} l @param {number[]} index @returns {Line[]} */
function dropped(view, l, index) {
  const { name, config } = view.hello.layers[l];
  const mask = value(view, `${name}/mask`, index);
  const when = view.frame.operation ? "the mask of this batch's update" : "the mask that the next update draws";
  return [["y = x · mask = ", incoming(view, l, index), " · ", mask, " = ", strong(value(view, `${name}/y`, index))],
    [`mask: ${when}; `, mask.value === 0 ? `left out, with a chance of ${config.rate}` : `kept, and made larger by 1 / (1 − ${config.rate})`]];
}

/** @param {View} view @param {number} l @param {number[]} index @returns {Line[]} */
function normalized(view, l, index) {
  const { name, config, weights } = view.hello.layers[l];
  const c = [index[index.length - 1]];
  const [mean, variance] = ["mean", "variance"].map((part) => value(view, `${name}/${part}`, c));
  const normal = value(view, `${name}/normal`, index);
  /** @type {Line} */
  const scaled = ["y = ", ...(weights.gamma ? ["γ · normal", ...(weights.beta ? [" + β"] : [])] : ["normal", ...(weights.beta ? [" + β"] : [])]), " = ",
    ...(weights.gamma ? [weight(view, l, "gamma", c), " · "] : []), normal, ...(weights.beta ? [" + ", weight(view, l, "beta", c)] : []), " = ", strong(value(view, `${name}/y`, index))];
  return [["normal = (x − mean) / √(variance + ε) = (", incoming(view, l, index), " − ", mean, ") / √(", variance, ` + ${config.epsilon}) = `, strong(normal),
    company(view, `  over a batch of ${view.frame.sample.company?.rows}`)], scaled];
}

/** @param {View} view @param {number} l @param {number[]} index @returns {Line[]} */
function passed(view, l, index) {
  const { name, activation, setting } = view.hello.layers[l];
  const f = setting === null ? activation : view.settings.activations[setting];
  return [[`a = ${f}(x) = ${f}(`, { ...incoming(view, l, index), bare: true }, ") = ", strong(value(view, `${name}/a`, index))]];
}

/** @param {View} view @param {number} l @param {number[]} index @returns {Explanation} */
function explainOutput(view, l, [k]) {
  const { hello, frame: { sample } } = view;
  const { name, inputs, activation, weights } = hello.layers[l];
  const [z, a, da, dz] = ["z", "a", "da", "dz"].map((part) => value(view, `${name}/${part}`, [k]));
  const single = hello.layers[l].units === 1;
  const truth = single ? { value: sample.y, name: "y" } : wanted(view, k);
  const over = sample.company ? ` / ${sample.company.rows}` : "";
  const fused = hello.loss.endsWith("crossentropy");
  return { title: `${name}, output ${single ? "ŷ" : hello.classes?.[k] ?? k}`, lines: [
    [`z = Σ x·W + b over ${inputs} inputs = `, strong(z), ...(weights.bias ? ["\u2003b = ", weight(view, l, "bias", [k])] : [])],
    [activation === "softmax" ? "a = softmax(z) = eᶻ / Σ eᶻ = " : `a = ${activation}(z) = `, strong(a)],
    fused ? [`dz = (a − y)${over} = (`, a, " − ", truth, `)${over} = `, strong(dz), company(view, "  the loss is the mean over the batch")] : ["da = ", strong(da), "\u2003dz = ", strong(dz)],
  ] };
}

/** @param {Term} term @returns {Term} */
function strong(term) {
  return { ...term, strong: true };
}
