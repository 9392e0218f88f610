/** How numbers read: three digits on a picture, more in a formula, all of them in data-value. */

const MINUS = "\u2212";

/** What one sample of a kind of data is called. */
export const NOUNS = { points: "point", pictures: "picture", sequences: "sequence", stack: "sample" };

/**
 * `digits` significant digits without an exponent where that stays readable; whole numbers beyond that keep all their digits.
 * @param {number | null | undefined} value
 * @param {number} [digits]
 */
export function format(value, digits = 3) {
  if (value === null || value === undefined) return "?";
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${MINUS}∞`;
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (Number(size.toPrecision(digits)) >= 1e6 || size < 1e-3) return minus(value.toExponential(digits - 1).replace("e+", "e"));
  return minus(size >= 10 ** (digits - 1) ? value.toFixed(0) : value.toPrecision(digits));
}

/** As few characters as tell a size where columns are narrow. @param {number} value */
export function narrow(value) {
  return Math.abs(value) < 0.095 && value !== 0 ? minus(value.toExponential(0)) : format(value, 2);
}

/** @param {string} text */
function minus(text) {
  return text.replaceAll("-", MINUS);
}

/** Up to five labels for an axis from 0 to `top`, in steps of 1, 2 or 5. @param {number} top */
export function ticks(top) {
  const rough = top / 4.2;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough) ?? power;
  const found = [];
  for (let i = 0; i * step <= top * 1.0001; i++) found.push(Number((i * step).toPrecision(6)));
  return found;
}

/** A whole number with thin spaces between thousands, so that a step count can be read from the last row. @param {number} n */
export function count(n) {
  return String(n).replace(/\B(?=(\d{3})+$)/g, "\u2009");
}

/** An operation's equation, as it is written by hand. @param {{equation: string, name: string}} operation */
export function equation({ equation: text, name }) {
  return (text || name).replaceAll("^T", "ᵀ").replaceAll("^2", "²").replaceAll(" * ", " · ").replaceAll("sum_n", "Σₙ").replaceAll(" - ", ` ${MINUS} `).replaceAll("(-", `(${MINUS}`);
}

/** A feature's name as it is written by hand: x1^2 -> x₁². @param {string} feature */
export function pretty(feature) {
  return feature.replace(/x1/g, "x₁").replace(/x2/g, "x₂").replace(/\^2/g, "²").replace("*", "·").replace(/sin\((.*)\)/, "sin $1");
}
