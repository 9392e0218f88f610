/** Formulas of a trained network on one customer. Of a long sum stand the terms that are shown, and the others added up by the engine. */
import { partOf } from "./insidelayout.js";
import { added, back, bare, equation, strong, sum, through } from "./sums.js";

/** @typedef {import("./insidelayout.js").Layer} Layer */
/** @typedef {import("./strip.js").Line} Line */
/** @typedef {import("./strip.js").Term} Term */
/** @typedef {import("./types.js").Target} Target */

/** @param {Layer} layer @param {string} part @param {number} u @returns {Term} */
function of(layer, part, u) {
  return { value: layer.values[part]?.[u], name: `${layer.layer}/${part.replace(" ", ".")}[${layer.cells[u]}]` };
}

/** @param {Layer} layer @param {string} fact @returns {Term} */
function fact(layer, fact) {
  return { value: layer.facts[fact], name: `${layer.layer}/${fact.replaceAll(" ", ".")}` };
}

/** What a column gives to the next one. @param {Layer} layer @param {number} u */
function out(layer, u) {
  return of(layer, partOf(layer, "weights") ?? "", u);
}

/** @param {Layer} below @param {Layer} layer @param {number} i @param {number} u @param {"" | ".gradient"} [suffix] @returns {Term} */
function weight(below, layer, i, u, suffix = "") {
  return { value: (suffix ? layer.gradients : layer.weights)[i][u], name: `${layer.layer}/kernel${suffix}[${below.cells[i]},${layer.cells[u]}]` };
}

/** The terms that are not shown, as one number. @param {Term} rest @param {number | undefined} count @returns {Line} */
function others(rest, count) {
  return count ? [rest, ` (the other ${count.toLocaleString("en")})`] : [];
}

/** @param {Layer[]} layers @param {Target} target @returns {import("./strip.js").Explanation} */
export function explain(layers, target) {
  if (target.kind === "feature") return feature(layers, target.input);
  if (!("unit" in target)) return { title: "", lines: [] };
  const at = target.layer + 1;
  if (target.kind === "edge") return edge(layers[at - 1], layers[at], target.input, target.unit);
  const [layer, u] = [layers[at], target.unit];
  if (target.kind === "bias") {
    return { title: `Bias of ${nameOf(layer, u)}`, lines: [["b = ", strong(of(layer, "bias", u)), "  (added to z)"], ["db = dz = ", strong(of(layer, "dz", u))]] };
  }
  return { title: nameOf(layer, u), lines: KINDS[layer.kind](layers, at, u) };
}

/** The place in the picture of a number in a formula; none where it stands for cells that are not shown. @param {Layer[]} layers @param {string | undefined} name @returns {Target | null} */
export function placeOf(layers, name) {
  const [, of, part, ...index] = name?.match(/^(\w+)\/([^[]+)\[(\d+)(?:,(\d+))?\]$/) ?? [];
  const at = layers.findIndex(({ layer }) => layer === of);
  if (at < 0 || part.startsWith("rest")) return null;
  const [one, other] = index.map(Number);
  if (part.startsWith("kernel")) return { kind: "edge", layer: at - 1, input: layers[at - 1].cells.indexOf(one), unit: layers[at].cells.indexOf(other) };
  const unit = layers[at].cells.indexOf(one);
  return at ? { kind: part === "bias" ? "bias" : "neuron", layer: at - 1, unit } : { kind: "feature", input: unit };
}

/** @param {Layer} layer @param {number} u */
export function nameOf(layer, u) {
  return `${layer.layer}, ${layer.names[u]}`;
}

/** @param {Layer[]} layers @param {number} i */
function feature(layers, i) {
  const [first] = layers;
  return { title: first.names[i], lines: [["x = ", strong(of(first, "x", i)), `  (${first.told})`], ...arrival(layers, 0, "dx", i)] };
}

/** @param {Layer} below @param {Layer} layer @param {number} i @param {number} u */
function edge(below, layer, i, u) {
  const [x, w, dz] = [out(below, i), weight(below, layer, i, u), of(layer, "dz", u)];
  return { title: `From ${below.kind === "Input" ? below.names[i] : nameOf(below, i)} to ${nameOf(layer, u)}`, lines: [
    ["w = ", strong(w), "  (to z it adds x·w: ", x, "·", w, ")"],
    equation("dw = x·dz", [x, "·", dz], weight(below, layer, i, u, ".gradient"), "  (gradient descent moves w the other way)"),
  ] };
}

/** What comes back to a neuron from those that read it. @param {Layer[]} layers @param {number} at @param {string} part @param {number} u @returns {Line[]} */
function arrival(layers, at, part, u) {
  const [layer, reader] = [layers[at], layers[at + 1]];
  if (!(part in layer.values)) return [];
  if (!reader?.weights.length) return [[`${part} = `, strong(of(layer, part, u)), `  (handed back by ${reader?.layer ?? "the loss"})`]];
  const terms = sum(reader.cells.map((_, k) => [weight(layer, reader, u, k), of(reader, "dz", k)]));
  return [equation(`${part} = Σ w·dz`, added(terms, others(of(layer, "rest back", u), layer.facts["others back"])), of(layer, part, u))];
}

/** @param {Layer[]} layers @param {number} at @param {number} u @returns {Line[]} */
function dense(layers, at, u) {
  const [below, layer] = [layers[at - 1], layers[at]];
  const bias = "bias" in layer.values ? [of(layer, "bias", u)] : [];
  const terms = sum(below.cells.map((_, i) => [out(below, i), weight(below, layer, i, u)]));
  const z = equation(`z = Σ x·w${bias.length ? " + b" : ""}`, added(terms, others(of(layer, "rest", u), layer.facts.others), bias), of(layer, "z", u));
  return [z, ...(layer.activation === "softmax" ? softmax(layer, u) : hidden(layers, at, u))];
}

/** @param {Layer[]} layers @param {number} at @param {number} u @returns {Line[]} */
function hidden(layers, at, u) {
  const [layer, reader] = [layers[at], layers[at + 1]];
  const [z, a, da, dz] = ["z", "a", "da", "dz"].map((part) => of(layer, part, u));
  const above = reader.kind === "GaussianSampling" ? [halved(layer, u, u < layer.cells.length / 2)] : arrival(layers, at, "da", u);
  const forward = layer.activation === "linear" ? equation("a = z", [bare(z)], a) : through(layer.activation, z, a);
  return [forward, ...above, back(layer.activation, { z, a, dz, da: [da] })];
}

/** What a draw hands back to its means and log-variances. @param {Layer} layer @param {number} u @param {boolean} mean @returns {Line} */
function halved(layer, u, mean) {
  const [a, da, dy, noise] = ["a", "da", "dy", "noise"].map((part) => of(layer, part, u));
  const price = fact(layer, "price");
  return mean ? equation("da = dy + β·a", [dy, " + ", price, "·", a], da, "  (β: the price of straying from 0)")
    : equation("da = dy·noise·exp(a/2)/2 + β/2·(exp(a) − 1)", [dy, "·", noise, "·exp(", bare(a), "/2)/2 + ", price, "/2·(exp(", bare(a), ") − 1)"], da);
}

/** @param {Layer} layer @param {number} u @returns {Line[]} */
function softmax(layer, u) {
  const [z, a, y, da, dz] = ["z", "a", "y", "da", "dz"].map((part) => of(layer, part, u));
  const share = equation("a = exp(z) / Σ exp(z)", ["exp(", bare(z), ") / ", fact(layer, "sum of exp")], a, `  (Σ over all ${layer.units.toLocaleString("en")} units)`);
  if (!("da" in layer.values)) {
    const part = y.value ? [equation("loss = −y·ln(a)", ["−", y, "·ln(", bare(a), ")"], of(layer, "loss", u), "  (its part of the loss)")] : [];
    return [share, ...part, equation("dz = a − y", [a, " − ", y], dz, y.value ? `  (it was one of the ${layer.facts.wanted} products of the last basket)` : "  (it was not in the last basket)")];
  }
  return [share, ["da = ", strong(da), "  (the slope of the loss by a)"], equation("dz = a·(da − Σ da·a)", [a, "·(", da, " − ", fact(layer, "sum of da·a"), ")"], dz)];
}

/** @param {Layer[]} layers @param {number} at @param {number} u @returns {Line[]} */
function lookedUp(layers, at, u) {
  const layer = layers[at];
  return [["y = ", strong(of(layer, "y", u)), "  (from row ", fact(layer, "row"), " of the table, that of the product bought last)"], ...arrival(layers, at, "dy", u)];
}

/** @param {Layer[]} layers @param {number} at @param {number} u @returns {Line[]} */
function drawn(layers, at, u) {
  const [mean, log, noise, y] = ["mean", "log_variance", "noise", "y"].map((part) => of(layers[at], part, u));
  return [equation("y = mean + exp(log_variance/2)·noise", [mean, " + exp(", bare(log), "/2)·", noise], y), ...arrival(layers, at, "dy", u)];
}

/** @param {Layer[]} layers @param {number} at @param {number} u @returns {Line[]} */
function gru(layers, at, u) {
  const [z, before, g, y] = ["z", "before", "g", "y"].map((part) => of(layers[at], part, u));
  return [equation("h = z·h₋₁ + (1 − z)·g", [z, "·", before, " + (1 − ", z, ")·", g], y, "  (h₋₁: before the last purchase; g: what is new)"), ...arrival(layers, at, "dy", u)];
}

/** @param {Layer[]} layers @param {number} at @param {number} u @returns {Line[]} */
function lstm(layers, at, u) {
  const [i, f, g, o, before, c, y] = ["i", "f", "g", "o", "before", "c", "y"].map((part) => of(layers[at], part, u));
  return [equation("c = f·c₋₁ + i·g", [f, "·", before, " + ", i, "·", g], c, "  (c₋₁: before the last purchase; g: what is new)"),
    equation("h = o·tanh(c)", [o, "·tanh(", bare(c), ")"], y), ...arrival(layers, at, "dy", u)];
}

/** @type {Record<string, (layers: Layer[], at: number, u: number) => Line[]>} */
const KINDS = { Dense: dense, Embedding: lookedUp, GaussianSampling: drawn, GRU: gru, LSTM: lstm };
