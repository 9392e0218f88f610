/** What the pictures show at rest, in words and with the engine's numbers, for those who do not see them. */
import { NOUNS, count, format } from "./format.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Layer} Layer */
/** @typedef {import("./types.js").Numbers} Numbers */
/** @typedef {number[][]} Rows  of the history, see curves.js */
/** @typedef {(view: View, rows: Rows) => string} Words */

/** Each picture, and what it says now. Its first label says what it is and stays in front. @type {[string, Words][]} */
const PICTURES = [
  [".gn-nodes", networkWords],
  [".gn-chain", networkWords],
  [".gn-dots", fitWords],
  [".gn-answers", fitWords],
  [".gn-confusion", fitWords],
  ['.gn-curve [data-name^="loss/"]', ({ frame }, rows) => curveWords("loss", rows, 2, frame.step)],
  ['.gn-curve [data-name^="metric/"]', ({ frame }, rows) => curveWords(frame.metric.name, rows, 4, frame.step)],
];

/** @type {WeakMap<Element, string>} */
const names = new WeakMap();

/** Renews the labels of all pictures of a stage. @param {HTMLElement} root @param {View} view @param {Rows} rows */
export function tell(root, view, rows) {
  for (const [selector, words] of PICTURES) {
    const found = root.querySelector(selector);
    const picture = found?.closest(".gn-curve")?.querySelector("canvas") ?? found;
    if (!picture) continue;
    const name = names.get(picture) ?? picture.getAttribute("aria-label") ?? "";
    names.set(picture, name);
    const label = `${name.replace(/\.?$/, ".")} ${words(view, rows)}`;
    if (picture.getAttribute("aria-label") !== label) picture.setAttribute("aria-label", label);
  }
}

/** The shown sample, what the network makes of it, its largest weight, and how far a gradient reaches back in time. @param {View} view */
export function networkWords({ hello, frame: { sample, step, values } }) {
  const last = hello.layers[hello.layers.length - 1];
  const out = values[`${last.name}/a`];
  const right = hello.classes?.[sample.y] ?? format(sample.y);
  const said = out && !Number.isNaN(out[0]) ? `For ${sample.set} ${NOUNS[hello.scene]} ${sample.index} it puts out ${answer(out, hello.classes)}; right is ${right}.` : "";
  return [`At step ${count(step)}.`, said, values.weights ? largestWeight(hello.layers, values.weights) : "", backInTime(hello.layers, values)].filter(Boolean).join(" ");
}

/** One number, or the two largest of many with their classes. @param {Numbers} out @param {string[] | undefined} classes */
function answer(out, classes) {
  if (out.length === 1) return format(out[0]);
  const order = [...out.keys()].sort((a, b) => out[b] - out[a]).slice(0, 2);
  return order.map((k) => `${format(out[k])} for ${classes?.[k] ?? k}`).join(", then ");
}

/** @param {Layer[]} layers @param {Numbers} weights */
function largestWeight(layers, weights) {
  let [best, at] = [-1, -1];
  weights.forEach((w, i) => {
    if (Math.abs(w) > best) [best, at] = [Math.abs(w), i];
  });
  for (const { name, weights: parts } of layers) {
    for (const [part, { offset, shape }] of Object.entries(parts)) {
      const size = shape.reduce((a, b) => a * b, 1);
      if (at >= offset && at < offset + size) return `Its largest weight is ${name}/${part}[${indexOf(at - offset, shape)}], ${format(weights[at])}.`;
    }
  }
  return "";
}

/** @param {number} at @param {number[]} shape */
function indexOf(at, shape) {
  return shape.map((n, axis) => {
    const below = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
    return Math.floor(at / below) % n;
  });
}

/** @param {Layer[]} layers @param {import("./types.js").Values} values */
function backInTime(layers, values) {
  const norms = layers.map(({ name }) => values[`${name}/dh_norm`]).find(Boolean);
  return norms?.length ? `|dL/dh| is ${format(norms[norms.length - 1])} at the last time step and ${format(norms[0])} at the first.` : "";
}

/** How well the network does on both sets. @param {View} view */
export function fitWords({ frame: { metric, loss, step } }) {
  const name = metric.name.replace("R2", "R²");
  return `At step ${count(step)} the ${name} is ${format(metric.train)} on train and ${format(metric.test)} on test samples, the loss ${format(loss.train)} and ${format(loss.test)}.`;
}

/** Where a curve came from and stands. @param {string} name @param {Rows} rows @param {number} column of its train value; test follows @param {number} now the present step */
export function curveWords(name, rows, column, now) {
  const till = rows.filter(([step]) => step <= now);
  if (!till.length) return "";
  const [first, last] = [till[0], till[till.length - 1]];
  const at = `${format(last[column])} on train and ${format(last[column + 1])} on test`;
  if (till.length === 1) return `At step ${count(last[0])} the ${name} is ${at}.`;
  const low = name === "loss";
  const best = till.reduce((known, row) => ((low ? row[column + 1] < known[column + 1] : row[column + 1] > known[column + 1]) ? row : known));
  return `The ${name} went from ${format(first[column])} on train at step ${count(first[0])} to ${at} at step ${count(last[0])}; `
    + `the ${low ? "lowest" : "highest"} on test was ${format(best[column + 1])}, at step ${count(best[0])}.`;
}
