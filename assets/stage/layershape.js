/** Formulas of layers that move numbers, look them up, leave some out, normalise or draw them. */
import { unravel } from "./sheets.js";
import { added, equation, range, sum } from "./sums.js";
import { at } from "./terms.js";

/** @typedef {import("./layers.js").Read} Read */
/** @typedef {import("./layers.js").Formula} Formula */
/** @typedef {import("./strip.js").Line} Line */

/** The same numbers on other axes: Flatten and Reshape. @type {Formula} */
export const moved = {
  value: (read, _, index) => [equation("y = x", [read.x(unravel(read.layer.input_shape, at(read.layer.shape, index)))], read.at("y", index)), read.arrival(index)],
  handed: (read, index) => ({ formula: "dy", numbers: [read.at("dy", unravel(read.layer.shape, at(read.layer.input_shape, index)))] }),
};

/** @type {Formula} */
export const dropout = {
  value(read, _, index) {
    const mask = read.at("mask", index);
    const when = read.drawn ? "the mask of this batch's update" : "the mask that the next update draws";
    const { rate } = read.layer.config;
    return [equation("y = x · mask", [read.x(index), " · ", mask], read.at("y", index)),
      [`mask: ${when}; `, mask.value === 0 ? `left out, with a chance of ${rate}` : `kept, and made larger by 1 / (1 − ${rate})`], read.arrival(index)];
  },
  handed: (read, index) => ({ formula: "dy · mask", numbers: [read.at("dy", index), " · ", read.at("mask", index)] }),
};

/** @type {Formula} */
export const embedding = {
  value: (read, part, index) => (part === "row" ? [["row = x, a whole number = ", { ...read.at("row", index), strong: true }]]
    : [["row ", read.at("row", index.slice(0, -1)), " of the table was looked up"], equation("y = E[row]", [looked(read, index)], read.at("y", index)), read.arrival(index)]),
  handed: () => ({ formula: "0, since a look-up has no slope", numbers: ["0"] }),
  weight(read, _, [row, u]) {
    const [steps] = read.layer.input_shape;
    const used = range(steps).filter((t) => read.at("row", [t]).value === row);
    return { formula: "Σ dy of where its row was looked up", numbers: sum(used.map((t) => [read.at("dy", [t, u])])) };
  },
};

/** @param {Read} read @param {number[]} index */
function looked(read, index) {
  const row = Number(read.at("row", index.slice(0, -1)).value);
  return Number.isNaN(row) ? "?" : read.w("embeddings", [row, index[index.length - 1]]);
}

/** @param {Read} read @param {number[]} index  of normal @param {number[]} own  of mean and variance @param {string} [after] @returns {Line[]} */
function scaled(read, index, own, after = "") {
  const { weights, config } = read.layer;
  const c = [index[index.length - 1]];
  /** @type {Line} */
  const product = weights.gamma ? [read.w("gamma", c), "·", read.at("normal", index)] : [read.at("normal", index)];
  const formula = `y = ${weights.gamma ? "γ · " : ""}normal${weights.beta ? " + β" : ""}`;
  return [equation("normal = (x − mean) / √(variance + ε)", ["(", read.x(index), " − ", read.at("mean", own), ") / √(", read.at("variance", own), ` + ${config.epsilon})`], read.at("normal", index), after),
    equation(formula, added(product, weights.beta ? [read.w("beta", c)] : []), read.at("y", index))];
}

/** @type {Formula} */
export const batchNormalization = {
  value(read, part, index) {
    const after = read.rows ? `  over a batch of ${read.rows}` : "";
    if (part === "mean" || part === "variance") return [[`${part} of x${after} = `, { ...read.at(part, index), strong: true }]];
    return [...scaled(read, index, [index[index.length - 1]], after), read.arrival(index)];
  },
  handed(read, index) {
    const c = [index[index.length - 1]];
    const gamma = read.layer.weights.gamma ? [read.w("gamma", c)] : ["1"];
    return { formula: "γ / √(variance + ε) · (dy − mean(dy) − normal · mean(dy·normal))", numbers: [...gamma, " / √(", read.at("variance", c), ` + ${read.layer.config.epsilon}) · (`,
      read.at("dy", index), " − ", read.at("dy_mean", c), " − ", read.at("normal", index), "·", read.at("dy_normal_mean", c), ")"] };
  },
};

/** @type {Formula} */
export const layerNormalization = {
  value(read, part, index) {
    const [own, features] = [[...index.slice(0, -1), 0], read.layer.shape[index.length - 1]];
    const all = range(features).map((c) => read.x([...index.slice(0, -1), c]));
    if (part === "mean") return [equation("mean = Σ x / features", ["(", ...sum(all.map((x) => [x])), `) / ${features}`], read.at("mean", own))];
    if (part === "variance") {
      const squares = all.map((x) => /** @type {Line} */ (["(", x, " − ", read.at("mean", own), ")²"]));
      return [equation("variance = Σ (x − mean)² / features", ["(", ...added(...squares), `) / ${features}`], read.at("variance", own))];
    }
    const gamma = read.layer.weights.gamma ? [" · ", read.w("gamma", index.slice(-1))] : [];
    return [...scaled(read, index, own), read.arrival(index), equation(`dnormal = dy${gamma.length ? " · γ" : ""}`, [read.at("dy", index), ...gamma], read.at("dnormal", index))];
  },
  handed(read, index) {
    const [own, features] = [[...index.slice(0, -1), 0], read.layer.shape[index.length - 1]];
    const all = range(features).map((c) => [...index.slice(0, -1), c]);
    return { formula: "(dn − mean(dn) − normal · mean(dn·normal)) / √(variance + ε), dn = dnormal", numbers: ["(", read.at("dnormal", index),
      " − (", ...sum(all.map((one) => [read.at("dnormal", one)])), `) / ${features} − `, read.at("normal", index),
      " · (", ...sum(all.map((one) => [read.at("dnormal", one), read.at("normal", one)])), `) / ${features}) / √(`, read.at("variance", own), ` + ${read.layer.config.epsilon})`] };
  },
  weight(read, part, index) {
    const rows = read.layer.shape.slice(0, -1).reduce((a, b) => a * b, 1);
    const all = range(rows).map((r) => [...unravel(read.layer.shape.slice(0, -1), r), ...index]);
    return { formula: part === "gamma" ? "Σ dy·normal" : "Σ dy", numbers: sum(all.map((one) => (part === "gamma" ? [read.at("dy", one), read.at("normal", one)] : [read.at("dy", one)]))) };
  },
};

/** @type {Formula} */
export const gaussianSampling = {
  value(read, part, index) {
    const [u] = index;
    const [price, rows, half] = [Number(read.layer.config.kl_weight), read.rows ?? 1, read.layer.shape[0]];
    const [mean, log, noise] = ["mean", "log_variance", "noise"].map((name) => read.at(name, index));
    if (part === "kl") return [["kl = kl_weight / 2N · Σ (mean² + exp(log_variance) − log_variance − 1), over the batch and all units = ", { ...read.at("kl", index), strong: true }]];
    if (part === "mean") return [equation("mean = x", [read.x([u])], mean), equation("dmean = dy + kl_weight / N · mean", [read.at("dy", index), ` + ${price} / ${rows} · `, mean], read.at("dmean", index))];
    if (part === "log_variance") {
      return [equation("log_variance = x", [read.x([half + u])], log), equation("dlog_variance = dy · noise · exp(log_variance / 2) / 2 + kl_weight / 2N · (exp(log_variance) − 1)",
        [read.at("dy", index), " · ", noise, " · exp(", log, ` / 2) / 2 + ${price} / ${2 * rows} · (exp(`, log, ") − 1)"], read.at("dlog_variance", index))];
    }
    return [equation("y = mean + exp(log_variance / 2) · noise", [mean, " + exp(", log, " / 2) · ", noise], read.at("y", index)), read.arrival(index)];
  },
  handed(read, [i]) {
    const half = read.layer.shape[0];
    const part = i < half ? "dmean" : "dlog_variance";
    return { formula: part, numbers: [read.at(part, [i % half])] };
  },
};
