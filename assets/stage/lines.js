/** Lines of a formula as paragraphs: words as they are, and the numbers in them by name, with digits enough to recompute by hand. */
import { el, numberElement, setNumber } from "./dom.js";
import { format } from "./format.js";

/** @typedef {import("./strip.js").Line} Line */

const DIGITS = 5;

/** @param {HTMLElement} body @param {Line[]} lines */
export function write(body, lines) {
  body.replaceChildren(...lines.map((line) => el("p", {}, ...line.map((part) => (typeof part === "string" ? part
    : numberElement(part.name, part.strong ? "gn-strong" : ""))))));
}

/** The numbers of lines that are written. @param {HTMLElement} body @param {Line[]} lines */
export function fill(body, lines) {
  const spans = /** @type {HTMLElement[]} */ ([...body.querySelectorAll(".gn-number")]);
  lines.flat().filter((part) => typeof part !== "string").forEach((term, i) => setNumber(spans[i], term.value, (value) =>
    bracket(Number.isInteger(value) && Math.abs(value) < 1e6 ? format(value, 7).replace(/\.0+$/, "") : format(value, DIGITS), term.strong || term.bare)));
}

/** A negative number inside a formula stands in brackets. @param {string} text @param {boolean | undefined} alone */
function bracket(text, alone) {
  return !alone && text.startsWith("\u2212") ? `(${text})` : text;
}
