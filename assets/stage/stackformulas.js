/** Which formulas a layer has, by its type; and where the gradient of its output comes from: the layer after it, or the loss. */
import { cellOf, handedDown, linesOf, ofWeight, outputOf } from "./layerrecurrent.js";
import { averagePooling, conv, globalAverage, maxPooling } from "./layerconv.js";
import { activation, dense, output } from "./layerdense.js";
import { batchNormalization, dropout, embedding, gaussianSampling, layerNormalization, moved } from "./layershape.js";
import { bothWays } from "./layerboth.js";
import { reading } from "./layers.js";
import { equation, strong } from "./sums.js";
import { value, wanted, weight } from "./terms.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./layers.js").Formula} Formula */
/** @typedef {import("./layers.js").Read} Read */
/** @typedef {import("./strip.js").Line} Line */

/** @type {Formula} */
const recurrent = {
  value: (read, part, index) => (part === "y" ? [outputOf(cellOf(read), index), read.arrival(index)] : linesOf(cellOf(read), part, index)),
  handed(read, [t, d]) {
    const { config, input_shape: [steps] } = read.layer;
    return handedDown(cellOf(read), config.go_backwards ? steps - 1 - t : t, d);
  },
  weight: (read, part, index) => ofWeight(cellOf(read), part, index),
};

/** @type {Record<string, Formula>} */
const FORMULAS = {
  Dense: dense, Activation: activation, Conv1D: conv, Conv2D: conv, MaxPooling2D: maxPooling, AveragePooling2D: averagePooling, GlobalAveragePooling2D: globalAverage,
  Flatten: moved, Reshape: moved, Dropout: dropout, Embedding: embedding, BatchNormalization: batchNormalization, LayerNormalization: layerNormalization,
  GaussianSampling: gaussianSampling, SimpleRNN: recurrent, LSTM: recurrent, GRU: recurrent, Bidirectional: bothWays,
};

/** @param {View} view @param {number} l @returns {Read} */
export function readOf(view, l) {
  return reading(view, l, (index) => arrival(view, l, index));
}

/** The gradient of a layer's output; of the input at -1. @param {View} view @param {number} l @param {number[]} index @returns {Line} */
export function arrival(view, l, index) {
  const { layers, shapes } = view.hello;
  const name = l < 0 ? "dx" : `d${layers[l].output}`;
  const whole = `${layers[Math.max(0, l)].name}/${name}`;
  const next = layers[l + 1];
  if (!(whole in shapes)) return [];
  const result = value(view, whole, index);
  const from = next ? FORMULAS[next.type]?.handed(readOf(view, l + 1), index) : ofLoss(view, index);
  return from ? equation(`${name} = ${from.formula}`, from.numbers, result, next && l >= 0 ? `  from ${next.name}` : "") : [`${name} = `, strong(result)];
}

/** What the loss says of an output. @param {View} view @param {number[]} index @returns {{formula: string, numbers: Line} | null} */
function ofLoss(view, index) {
  const { hello: { layers, loss }, frame: { sample } } = view;
  const { name, units } = layers[layers.length - 1];
  if (loss !== "mse") return null;
  const over = units * (sample.company?.rows ?? 1);
  return { formula: `2·(a − y)${over > 1 ? ` / ${over}` : ""}`, numbers: ["2·(", value(view, `${name}/a`, index), " − ", wanted(view, index[0]), `)${over > 1 ? ` / ${over}` : ""}`] };
}

/** What is said of an output. @param {View} view @param {number} l @param {number[]} index @returns {import("./strip.js").Explanation} */
export function explainOutput(view, l, [k]) {
  const { name, units } = view.hello.layers[l];
  return { title: `${name}, output ${view.hello.classes?.[k] ?? (units === 1 ? "ŷ" : k)}`, lines: output(readOf(view, l), k, wanted(view, k)).filter((line) => line.length) };
}

/** How a weight changes: the formula of its gradient for the shown sample, and the last batch's. @param {View} view @param {number} l @param {string} part @param {number[]} index
 * @param {string} [formula]  where the numbers stand elsewhere @returns {Line[]} */
export function changes(view, l, part, index, formula) {
  const { hello, frame: { operation } } = view;
  const own = (/** @type {string} */ vector) => weight(view, l, part, index, vector);
  const known = !hello.depend && FORMULAS[hello.layers[l].type]?.weight?.(readOf(view, l), part, index);
  /** @type {Line} */
  const alone = formula ? [`d${part} = ${formula} = `, strong(own("sample_gradient")), "  for this sample"]
    : known ? equation(`d${part} = ${known.formula}`, known.numbers, own("sample_gradient"), "  for this sample")
    : hello.depend ? [`d${part} = `, strong(own("gradient")), `  of the mean loss of ${operation && operation.phase !== "update" ? "this" : "the last"} batch`]
    : [`d${part} = `, strong(own("sample_gradient")), "  for this sample"];
  /** @type {Line} */
  const last = hello.depend ? [] : ["last batch: mean gradient ", strong(own("gradient")), ", "];
  return [["w = ", strong(own("weights"))], alone, [...last, "last update ", strong(own("update"))]];
}

/** The lines of one of a layer's numbers, or null where there are none. @param {View} view @param {number} l @param {string} part @param {number[]} index @returns {Line[] | null} */
export function formulasOf(view, l, part, index) {
  const found = FORMULAS[view.hello.layers[l].type]?.value(readOf(view, l), part, index);
  return found?.filter((line) => line.length) ?? null;
}
