/** Formulas of a recurrent layer at one step and unit: gates, memory, output, and how the gradient comes back through time. */
import { gateIndex } from "./timeline.js";
import { changes, input, value, wanted, weight } from "./terms.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Target} Target */
/** @typedef {import("./strip.js").Line} Line */
/** @typedef {import("./strip.js").Term} Term */
/** @typedef {import("./strip.js").Explanation} Explanation */

/** @param {View} view @param {Target} target @returns {Explanation} */
export function explainRecurrent(view, target) {
  const { layers, features } = view.hello;
  if (target.kind === "input") {
    const { name } = layers[0];
    return { title: `input, step ${target.index[0]}`, lines: [[`${features[target.index[1]]} = `, strong(input(view, target.index))],
      ["dx = ", strong(value(view, `${name}/dx`, target.index)), "  how the loss would change with it"]] };
  }
  if (target.kind === "weight") {
    const formula = target.layer ? (target.part === "bias" ? "db = dz" : "dW = x · dz") : { recurrent_kernel: "dR = Σ over time of h_(t−1) · dz_t", bias: "db = Σ over time of dz_t" }[target.part] ?? "dW = Σ over time of x_t · dz_t";
    return { title: `${layers[target.layer].name}/${target.part}[${target.index}]`, lines: changes(view, target.layer, target.part, target.index, formula) };
  }
  if (target.kind !== "value") return { title: "", lines: [] };
  if (target.layer) return explainOutput(view, target.index);
  const cell = { LSTM: explainLSTM, GRU: explainGRU }[layers[0].type] ?? explainSimple;
  return cell(view, target.part, target.index);
}

/** What the cells have in common: the layer's numbers at a step. @param {View} view @param {number[]} index */
function reader(view, [t, u]) {
  const { name, config } = view.hello.layers[0];
  const units = Number(config.units);
  const [steps, inputs] = view.hello.input_shape;
  /** @param {string} part @param {number} [step] @param {number} [gate] @returns {Term | string} */
  const at = (part, step = t, gate = 0) => (step < 0 || step >= steps ? "0" : value(view, `${name}/${part}`, gateIndex(view.hello, `${name}/${part}`, step, gate, u)));
  return { at, t, title: (/** @type {string} */ part) => `${name}/${part}, step ${t}, unit ${u}`, products: `${inputs} + ${units} products`, last: t === steps - 1 };
}

/** Where dL/dh_t comes from. @param {ReturnType<typeof reader>} read @param {string} more @returns {Line} */
function arrival({ at, last }, more) {
  return [last ? "dh = from the output layer = " : `dh_t = ${more} = `, strong(at("dh"))];
}

/** @param {View} view @param {string} part @param {number[]} index @returns {Explanation} */
function explainSimple(view, part, index) {
  const read = reader(view, index);
  const { at } = read;
  return { title: read.title(part), lines: [
    [`z_t = x_t W + h_(t−1) R + b = `, strong(at("z")), `  (${read.products})`],
    ["h_t = tanh(z_t) = tanh(", bare(at("z")), ") = ", strong(at("h"))],
    arrival(read, "dz_(t+1) Rᵀ"),
    ["dz_t = dh_t · (1 − h_t²) = ", at("dh"), " · (1 − ", at("h"), "²) = ", strong(at("dz"))],
  ] };
}

/** @param {View} view @param {string} part @param {number[]} index @returns {Explanation} */
function explainLSTM(view, part, index) {
  const read = reader(view, index);
  const { at, t } = read;
  const gate = "ifgo".indexOf(part);
  const title = read.title(part);
  if (gate >= 0) {
    const function_ = part === "g" ? "tanh" : "sigmoid";
    const [from, by] = /** @type {Record<string, [string, Term | string]>} */ ({ i: ["dc", at("g")], f: ["dc", at("c", t - 1)], g: ["dc", at("i")], o: ["dh", at("s")] })[part];
    /** @type {Line} */
    const slope = part === "g" ? [" · (1 − ", at("g"), "²)"] : [" · ", at(part), " · (1 − ", at(part), ")"];
    const symbol = { i: "g", f: "c_(t−1)", g: "i", o: "s" }[part];
    return { title, lines: [
      [`z_${part} = x_t W + h_(t−1) R + b = `, strong(at("z", t, gate)), `  (${read.products})`],
      [`${part}_t = ${function_}(z_${part}) = ${function_}(`, bare(at("z", t, gate)), ") = ", strong(at(part))],
      [`dz_${part} = ${from} · ${symbol} · ${part === "g" ? "(1 − g²)" : `${part} (1 − ${part})`} = `, at(from), " · ", by, ...slope, " = ", strong(at("dz", t, gate))],
    ] };
  }
  if (part === "c") {
    return { title, lines: [
      ["c_t = f_t · c_(t−1) + i_t · g_t = ", at("f"), "·", at("c", t - 1), " + ", at("i"), "·", at("g"), " = ", strong(at("c"))],
      ["dc_t = dh_t · o_t · (1 − s_t²) + dc_(t+1) · f_(t+1) = ", at("dh"), "·", at("o"), "·(1 − ", at("s"), "²) + ", at("dc", t + 1), "·", at("f", t + 1), " = ", strong(at("dc"))],
    ] };
  }
  return { title, lines: [
    ["h_t = o_t · s_t, s_t = tanh(c_t):  tanh(", bare(at("c")), ") = ", at("s"), ",  h_t = ", at("o"), " · ", at("s"), " = ", strong(at("h"))],
    arrival(read, "dz_(t+1) Rᵀ"),
  ] };
}

/** @param {View} view @param {string} part @param {number[]} index @returns {Explanation} */
function explainGRU(view, part, index) {
  const read = reader(view, index);
  const { at, t } = read;
  const gate = "zrg".indexOf(part);
  const title = read.title(part);
  if (part === "g") {
    return { title, lines: [
      ["m_g = x_t W + b + r_t · q_g,  q = h_(t−1) R + b_r:  r_t = ", at("r"), ", q_g = ", at("q", t, 2), ", m_g = ", strong(at("m", t, 2))],
      ["g_t = tanh(m_g) = tanh(", bare(at("m", t, 2)), ") = ", strong(at("g"))],
      ["dm_g = dh_t · (1 − z_t) · (1 − g²) = ", at("dh"), " · (1 − ", at("z"), ") · (1 − ", at("g"), "²) = ", strong(at("dm", t, 2))],
    ] };
  }
  if (gate >= 0) {
    /** @type {Line} */
    const back = part === "z" ? ["dm_z = dh_t · (h_(t−1) − g_t) · z (1 − z) = ", at("dh"), " · (", at("h", t - 1), " − ", at("g"), ") · ", at("z"), " · (1 − ", at("z"), ") = ", strong(at("dm", t, 0))]
      : ["dm_r = dm_g · q_g · r (1 − r) = ", at("dm", t, 2), " · ", at("q", t, 2), " · ", at("r"), " · (1 − ", at("r"), ") = ", strong(at("dm", t, 1))];
    return { title, lines: [
      [`m_${part} = x_t W + b + h_(t−1) R + b_r = `, strong(at("m", t, gate)), `  (${read.products})`],
      [`${part}_t = sigmoid(m_${part}) = sigmoid(`, bare(at("m", t, gate)), ") = ", strong(at(part))], back,
    ] };
  }
  return { title, lines: [
    ["h_t = z_t · h_(t−1) + (1 − z_t) · g_t = ", at("z"), "·", at("h", t - 1), " + (1 − ", at("z"), ")·", at("g"), " = ", strong(at("h"))],
    arrival(read, "dq_(t+1) Rᵀ + dh_(t+1) · z_(t+1)"),
  ] };
}

/** @param {View} view @param {number[]} index @returns {Explanation} */
function explainOutput(view, [k]) {
  const { hello } = view;
  const { name, inputs, activation } = hello.layers[1];
  const [z, a, da, dz] = ["z", "a", "da", "dz"].map((part) => value(view, `${name}/${part}`, [k]));
  return { title: `${name}, output ${hello.classes?.[k] ?? k}`, lines: [
    [`z = h_T W + b over ${inputs} units = `, strong(z), "\u2003b = ", weight(view, 1, "bias", [k])],
    [activation === "softmax" ? "a = softmax(z) = eᶻ / Σ eᶻ = " : "a = z = ", strong(a)],
    hello.loss.endsWith("crossentropy") ? ["dz = a − y = ", a, " − ", wanted(view, k), " = ", strong(dz)]
      : hello.task === "regression" ? ["dz = da = 2·(a − y) = 2·(", a, " − ", wanted(view, k), ") = ", strong(dz)] : ["da = ", strong(da), "\u2003dz = ", strong(dz)],
  ] };
}

/** @param {Term | string} term @returns {Term | string} */
function bare(term) {
  return typeof term === "string" ? term : { ...term, bare: true };
}

/** @param {Term | string} term @returns {Term | string} */
function strong(term) {
  return typeof term === "string" ? term : { ...term, strong: true };
}
