/** An optimizer's rule with one weight's numbers in it: each line an equation, the numbers, and the result. */
import { el, numberElement, setNumber } from "./dom.js";
import { equation, format } from "./format.js";

/** @typedef {{symbol: string, at: number}} Slot  what a number is called, and its place among the answer's numbers */
/** @typedef {{symbol: string, equation: string, parts: (string | Slot)[], at: number}} Line */

// Enough digits to recompute a line to those of float32 that the eye compares.
const DIGITS = 6;

/** @param {string} text of an equation */
export function pretty(text) {
  return equation({ equation: text, name: "" }).replaceAll("sqrt(", "√(").replaceAll("beta_1", "β₁").replaceAll("beta_2", "β₂")
    .replaceAll("epsilon", "ε").replaceAll("rho", "ρ").replaceAll("(t+1)", "t+1")
    .replaceAll("mu_t+1", "μₜ₊₁").replaceAll("mu_t", "μₜ").replaceAll("p_t+1", "pₜ₊₁").replaceAll("p_t", "pₜ").replaceAll("m_hat", "m̂");
}

/** The text before, between and behind numbers, with a dot for every product that is only a space.
 * @param {(string | Slot)[]} parts @returns {(string | Slot)[]} */
export function dotted(parts) {
  const isNumber = (/** @type {string | Slot | undefined} */ part) => part !== undefined && typeof part !== "string";
  return parts.map((part, i) => {
    if (typeof part !== "string") return part;
    let text = part.replaceAll(") (", ") · (").replace(/\) (?=[a-z])/g, ") · ");
    if (isNumber(parts[i - 1])) text = text.replace(/^ (?=[a-z(]|$)/, " · ");
    if (isNumber(parts[i + 1])) text = text.replace(/\) $/, ") · ");
    return pretty(text);
  });
}

/** @param {Line[]} lines @param {ArrayLike<number>} numbers */
export function ruleLines(lines, numbers) {
  return el("ol", { class: "gn-rule" }, ...lines.map((line, i) => {
    const name = `optimizer/${i}/${line.symbol}`;
    const parts = dotted(line.parts).flatMap((part, p, all) => (typeof part === "string" ? [part.replace(/\^$/, "")] : term(part, `${name}/${part.symbol}`, numbers[part.at], all[p - 1])));
    const result = numberElement(name, "gn-strong");
    setNumber(result, numbers[line.at], digits);
    return el("li", {}, el("div", { class: "gn-equation", text: `${line.symbol} = ${pretty(line.equation)}` }), el("div", { class: "gn-filled" }, "= ", ...parts, " = ", result));
  }));
}

/** A number where the equation has its symbol; a negative one in brackets, an exponent raised.
 * @param {Slot} part @param {string} name @param {number} value @param {string | Slot | undefined} before @returns {(string | HTMLElement)[]} */
function term({ symbol }, name, value, before) {
  const number = numberElement(name);
  number.title = symbol;
  setNumber(number, value, digits);
  if (typeof before === "string" && before.endsWith("^")) return [el("sup", {}, number)];
  return value < 0 && before !== undefined ? ["(", number, ")"] : [number];
}

/** Six digits, and no zeros behind the last of them: 0.9, not 0.900000. @param {number} value */
export function digits(value) {
  const text = format(value, DIGITS);
  return text.includes(".") ? text.replace(/\.?0+(?=e|$)/, "") : text;
}
