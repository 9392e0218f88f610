/** Formulas of a recurrent layer at one step and unit: gates, memory, output, and how the gradient comes back through time. */
import { added, back, equation, range, sloped, sum, through } from "./sums.js";

/** @typedef {import("./layers.js").Read} Read */
/** @typedef {import("./layers.js").Formula} Formula */
/** @typedef {import("./strip.js").Line} Line */
/** @typedef {import("./strip.js").Term} Term */
/** @typedef {{type: string, units: number, steps: number, inputs: number, f: string, sigma: string, biased: boolean, after: boolean, returns: boolean,
 *   at: (part: string, t: number, u: number, gate?: number) => Term, y: (part: string, t: number, u: number) => Term,
 *   w: (part: string, index: number[]) => Term, x: (t: number, d: number) => Term}} Cell  one recurrent layer, its steps in the order of its reading */

/** The gates of an array that holds them all, in its order. @type {Record<string, string>} */
export const GATES = { SimpleRNN: "h", LSTM: "ifgo", GRU: "zrg" };

/** A recurrent layer, or one of the two inside a Bidirectional. @param {Read} read @param {string} [side]  "forward_" or "backward_" @returns {Cell} */
export function cellOf(read, side = "") {
  const { layer } = read;
  const { type, config } = layer.inner ?? layer;
  const [steps, inputs] = layer.input_shape;
  const turned = side === "backward_" || config.go_backwards === true;
  const gated = type !== "SimpleRNN";
  return {
    type, steps, inputs,
    units: Number(config.units),
    f: layer.inner ? String(config.activation) : read.f,
    sigma: String(config.recurrent_activation),
    biased: `${side}bias` in layer.weights,
    after: config.reset_after === true,
    returns: config.return_sequences === true,
    at: (part, t, u, gate) => read.at(`${side}${part}`, gated && gate !== undefined ? [t, gate, u] : [t, u]),
    y: (part, t, u) => read.at(`${side}${part}`, config.return_sequences === true ? [t, u] : [u]),
    w: (part, index) => read.w(`${side}${part}`, index),
    x: (t, d) => read.x([turned ? steps - 1 - t : t, d]),
  };
}

/** x_t W, of one gate's column. @param {Cell} cell @param {number} t @param {number} column @returns {Line} */
function ofInput({ inputs, x, w }, t, column) {
  return sum(range(inputs).map((d) => [x(t, d), w("kernel", [d, column])]));
}

/** h_(t−1) R; nothing at the first step, which begins at 0. @param {Cell} cell @param {number} t @param {number} column @param {boolean} [reset] @returns {Line} */
function ofState({ units, at, w }, t, column, reset = false) {
  return t ? sum(range(units).map((k) => [...(reset ? [at("r", t, k)] : []), at("h", t - 1, k), w("recurrent_kernel", [k, column])])) : [];
}

/** Σ of a gradient at a step over all gates and units, times the row of a kernel. @param {Cell} cell @param {string} part @param {number} t @param {string} kernel @param {number} row */
function down({ type, units, at, w }, part, t, kernel, row) {
  return sum(range(GATES[type].length).flatMap((gate) => range(units).map((k) => [at(part, t, k, gate), w(kernel, [row, gate * units + k])])));
}

/** What h passes on: to the layer above, and to the next step. @param {Cell} cell @param {number} t @param {number} u @returns {Line} */
function arrival(cell, t, u) {
  const { type, steps, units, returns, after, at, y, w } = cell;
  const [above, later] = [returns || t === steps - 1, t < steps - 1];
  const part = type === "GRU" ? "dq" : "dz";
  const reset = later && type === "GRU" && !after;
  const terms = [...(above ? ["dy_t"] : []), ...(later ? [`${part}_(t+1) Rᵀ`, ...(type === "GRU" ? ["dh_(t+1)·z_(t+1)"] : [])] : []), ...(reset ? ["r_(t+1)·(dm_g Rᵀ)"] : [])];
  /** @type {Line} */
  const more = reset ? [at("r", t + 1, u), "·(", ...sum(range(units).map((k) => [at("dm", t + 1, k, 2), w("recurrent_kernel", [u, 2 * units + k])])), ")"] : [];
  return equation(`dh_t = ${terms.join(" + ")}`, added(above ? [y("dy", t, u)] : [], later ? down(cell, part, t + 1, "recurrent_kernel", u) : [],
    later && type === "GRU" ? [at("dh", t + 1, u), "·", at("z", t + 1, u)] : [], more), at("dh", t, u));
}

/** @param {Cell} cell @param {string} name @param {number} t @param {number} u @param {number} gate @returns {Line} */
function affine(cell, name, t, u, gate) {
  const column = gate * cell.units + u;
  return equation(`${name} = x_t W + h_(t−1) R${cell.biased ? " + b" : ""}`, added(ofInput(cell, t, column), ofState(cell, t, column), cell.biased ? [cell.w("bias", [column])] : []), cell.at("z", t, u, gate));
}

/** @param {Cell} cell @param {string} _ @param {number} t @param {number} u @returns {Line[]} */
function simple(cell, _, t, u) {
  const [z, h, dz, dh] = ["z", "h", "dz", "dh"].map((part) => cell.at(part, t, u));
  return [affine(cell, "z_t", t, u, 0), through(cell.f, z, h, "z_t", "h_t"), arrival(cell, t, u), back(cell.f, { z, a: h, dz, da: [dh] }, { z: "z_t", a: "h_t", dz: "dz_t", da: "dh_t" })];
}

/** @param {Cell} cell @param {string} part @param {number} t @param {number} u @returns {Line[]} */
function lstm(cell, part, t, u) {
  const { at, f } = cell;
  const own = (/** @type {string} */ name) => at(name, t, u);
  const gate = GATES.LSTM.indexOf(part);
  if (gate >= 0) {
    const function_ = part === "g" ? f : cell.sigma;
    const [from, symbol, by] = /** @type {Record<string, [string, string, Term | string]>} */ ({ i: ["dc", "g_t", own("g")], f: ["dc", "c_(t−1)", t ? at("c", t - 1, u) : "0"], g: ["dc", "i_t", own("i")], o: ["dh", "s_t", own("s")] })[part];
    return [affine(cell, `z_${part}`, t, u, gate), through(function_, at("z", t, u, gate), own(part), `z_${part}`, `${part}_t`),
      back(function_, { z: at("z", t, u, gate), a: own(part), dz: at("dz", t, u, gate), da: [own(from), "·", by] }, { z: `z_${part}`, a: `${part}_t`, dz: `dz_${part}`, da: `${from}_t · ${symbol}` })];
  }
  const shows = through(f, own("c"), own("s"), "c_t", "s_t");
  if (part === "c" || part === "s") {
    const later = t < cell.steps - 1;
    const { formula, numbers } = sloped(f, { z: own("c"), a: own("s"), da: [own("dh"), "·", own("o")] }, { z: "c_t", a: "s_t", da: "dh_t · o_t" });
    return [equation("c_t = f_t · c_(t−1) + i_t · g_t", added(t ? [own("f"), "·", at("c", t - 1, u)] : [], [own("i"), "·", own("g")]), own("c")), shows,
      equation(`dc_t = ${formula}${later ? " + dc_(t+1) · f_(t+1)" : ""}`, added(numbers, later ? [at("dc", t + 1, u), "·", at("f", t + 1, u)] : []), own("dc"))];
  }
  return [shows, equation("h_t = o_t · s_t", [own("o"), "·", own("s")], own("h")), arrival(cell, t, u)];
}

/** What input and state say to a GRU's gate. @param {Cell} cell @param {string} part @param {number} t @param {number} u @param {number} gate @returns {Line[]} */
function said(cell, part, t, u, gate) {
  const { at, w, biased, after, units } = cell;
  const column = gate * units + u;
  const q = at("q", t, u, gate);
  const bias = (/** @type {number} */ row) => (biased ? [w("bias", after ? [row, column] : [column])] : []);
  const reset = part === "g" && !after;
  return [equation(`q_${part} = ${reset ? "(r_t · h_(t−1)) R" : "h_(t−1) R"}${after && biased ? " + b_r" : ""}`, added(ofState(cell, t, column, reset), after ? bias(1) : []), q),
    equation(`m_${part} = x_t W${biased ? " + b" : ""} + ${part === "g" && after ? "r_t · q_g" : `q_${part}`}`, added(ofInput(cell, t, column), bias(0), part === "g" && after ? [at("r", t, u), "·", q] : [q]), at("m", t, u, gate))];
}

/** @param {Cell} cell @param {string} part @param {number} t @param {number} u @returns {Line[]} */
function gru(cell, part, t, u) {
  const { at, f, sigma, units, after, w } = cell;
  const own = (/** @type {string} */ name) => at(name, t, u);
  const gate = GATES.GRU.indexOf(part);
  /** @type {Line} */
  const before = [t ? at("h", t - 1, u) : "0"];
  if (gate < 0) {
    return [equation("h_t = z_t · h_(t−1) + (1 − z_t) · g_t", added(t ? [own("z"), "·", ...before] : [], ["(1 − ", own("z"), ")·", own("g")]), own("h")), arrival(cell, t, u)];
  }
  /** @type {Record<string, [string, Line]>} */
  const from = { z: ["dh_t · (h_(t−1) − g_t)", [own("dh"), "·(", ...before, " − ", own("g"), ")"]], g: ["dh_t · (1 − z_t)", [own("dh"), "·(1 − ", own("z"), ")"]],
    r: after ? ["dm_g · q_g", [at("dm", t, u, 2), "·", at("q", t, u, 2)]]
      : ["(dm_g Rᵀ) · h_(t−1)", ["(", ...sum(range(units).map((k) => [at("dm", t, k, 2), w("recurrent_kernel", [u, 2 * units + k])])), ")·", ...before]] };
  const [da, numbers] = from[part];
  const function_ = part === "g" ? f : sigma;
  const m = at("m", t, u, gate);
  // What goes on through h R: where r_t comes before the product, its part goes another way.
  const onward = part !== "g" ? equation(`dq_${part} = dm_${part}`, [at("dm", t, u, gate)], at("dq", t, u, gate))
    : equation(after ? "dq_g = dm_g · r_t" : "dq_g = 0 for the reset comes first", after ? [at("dm", t, u, 2), "·", own("r")] : ["0"], at("dq", t, u, 2));
  return [...said(cell, part, t, u, gate), through(function_, m, own(part), `m_${part}`, `${part}_t`),
    back(function_, { z: m, a: own(part), dz: at("dm", t, u, gate), da: numbers }, { z: `m_${part}`, a: `${part}_t`, dz: `dm_${part}`, da }), onward];
}

const CELLS = { SimpleRNN: simple, LSTM: lstm, GRU: gru };

/** Of one of a layer's numbers; arrays that hold all gates have an axis for them. @param {Cell} cell @param {string} part @param {number[]} index @returns {Line[]} */
export function linesOf(cell, part, index) {
  const [t, u, gate] = index.length === 3 ? [index[0], index[2], index[1]] : [index[0], index[1], -1];
  return CELLS[/** @type {keyof typeof CELLS} */ (cell.type)](cell, gate >= 0 ? GATES[cell.type][gate] : part, t, u);
}

/** y is h, at every step or at the last. @param {Cell} cell @param {number[]} index @returns {Line} */
export function outputOf({ returns, steps, at, y }, index) {
  const [t, u] = returns ? index : [steps - 1, index[0]];
  return equation(returns ? "y_t = h_t" : "y = h_T", [at("h", t, u)], y("y", t, u));
}

/** The gradient of an input. @param {Cell} cell @param {number} t  in the order of reading @param {number} d */
export function handedDown(cell, t, d) {
  const part = cell.type === "GRU" ? "dm" : "dz";
  return { formula: `${part}_t Wᵀ`, numbers: down(cell, part, t, "kernel", d) };
}

/** The gradient of a weight, summed over time. @param {Cell} cell @param {string} part @param {number[]} index */
export function ofWeight(cell, part, index) {
  const { type, units, steps, at, x, after } = cell;
  const column = index[index.length - 1];
  const [gate, u] = [Math.floor(column / units), column % units];
  const own = type !== "GRU" ? "dz" : after && (part === "recurrent_kernel" || (part === "bias" && index[0] === 1)) ? "dq" : "dm";
  const dz = (/** @type {number} */ t) => at(own, t, u, gate);
  if (part === "bias") return { formula: `Σ over time of ${own}_t`, numbers: sum(range(steps).map((t) => [dz(t)])) };
  if (part === "kernel") return { formula: `Σ over time of x_t·${own}_t`, numbers: sum(range(steps).map((t) => [x(t, index[0]), dz(t)])) };
  const reset = type === "GRU" && !after && gate === 2;
  return { formula: `Σ over time of ${reset ? "r_t·" : ""}h_(t−1)·${own}_t`, numbers: sum(range(steps - 1).map((t) => [...(reset ? [at("r", t + 1, index[0])] : []), at("h", t, index[0]), dz(t + 1)])) };
}
