/** Equations as they are written by hand: formula = numbers = value. The numbers are the server's; nothing here computes one. */
import { MADE_OF, SLOPES } from "./slopes.js";

/** @typedef {import("./strip.js").Term} Term */
/** @typedef {import("./strip.js").Line} Line */
/** @typedef {Term | string} Factor */

// More products than this are counted and not written out; where there are more terms than LONG, the value stands in front.
const [MOST, LONG] = [100, 16];

/** Products as a sum: x·w + x·w. @param {Factor[][]} products @returns {Line} */
export function sum(products) {
  if (!products.length) return ["0"];
  if (products.length > MOST) return [`(${products.length} products)`];
  return products.flatMap((factors, i) => [...(i ? [" + "] : []), ...factors.flatMap((factor, f) => (f ? ["·", factor] : [factor]))]);
}

/** What there is of several lines, with a plus between them. @param {...Line} lines @returns {Line} */
export function added(...lines) {
  const some = lines.filter((line) => line.length);
  return some.length ? some.flatMap((line, i) => (i ? [" + ", ...line] : line)) : ["0"];
}

/** formula = numbers = value; of a long sum the value comes first. @param {string} formula @param {Line} numbers @param {Term} result @param {string} [after] @returns {Line} */
export function equation(formula, numbers, result, after = "") {
  const [name, ...rest] = formula.split(" = ");
  const more = after ? [after] : [];
  if (numbers.length > LONG * 2) return [`${name} = `, strong(result), ` = ${[...rest, ""].join(" = ")}`, ...numbers, ...more];
  return [`${formula} = `, ...numbers, " = ", strong(result), ...more];
}

/** a = f(z). @param {string} f @param {Term} z @param {Term} a @param {string} [named]  of z @param {string} [symbol]  of a @returns {Line} */
export function through(f, z, a, named = "z", symbol = "a") {
  const of = f in MADE_OF ? `${MADE_OF[f].replace(/(?<![a-z])z\b/g, named)} = ` : "";
  return [`${symbol} = ${f}(${named}) = ${of}${f}(`, bare(z), ") = ", strong(a)];
}

/** da · f′(z), for what goes through f number by number. @param {string} f @param {{z: Term, a: Term, da: Line}} terms
 * @param {{z?: string, a?: string, da?: string}} [symbols] @returns {{formula: string, numbers: Line}} */
export function sloped(f, { z, a, da }, symbols = {}) {
  const called = /** @type {Record<string, string>} */ ({ z: "z", a: "a", da: "da", ...symbols });
  const [formula, numbers] = SLOPES[f] ?? ["da", () => []];
  return { formula: formula.replace(/(?<![a-zφσ])(da|a|z)(?![a-z])/g, (name) => called[name]), numbers: [...da, ...numbers(z, a)] };
}

/** dz = da · f′(z). @param {string} f @param {{z: Term, a: Term, dz: Term, da: Line}} terms @param {{z?: string, a?: string, dz?: string, da?: string}} [symbols] @returns {Line} */
export function back(f, { dz, ...terms }, symbols = {}) {
  const { formula, numbers } = sloped(f, terms, symbols);
  return equation(`${symbols.dz ?? "dz"} = ${formula}`, numbers, dz);
}

/** From 0 to n - 1. @param {number} n */
export function range(n) {
  return Array.from({ length: n }, (_, i) => i);
}

/** @param {Term} term @returns {Term} */
export function strong(term) {
  return { ...term, strong: true };
}

/** Without brackets round a negative number. @param {Term} term @returns {Term} */
export function bare(term) {
  return { ...term, bare: true };
}
