/** Every number of any stack as tables: weights with their gradients and updates, and all that the layers computed for the shown sample. */
import { el, setNumber } from "./dom.js";
import { VECTORS, cell, table } from "./numbers.js";
import { at, size } from "./terms.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Hello} Hello */
/** @typedef {import("./types.js").Layer} Layer */
/** @typedef {import("./numbers.js").Cell} Cell */

// An array with more numbers than this would cost the browser more than it tells a reader.
const MOST = 2200;
const OWN = /** @type {const} */ (["gradient of the shown sample", ".sample_gradient", "sample_gradient"]);

/** Builds the tables; nothing exists, and nothing is spent, while the panel is closed. @param {Hello} hello */
export function tables(hello) {
  const element = el("section", { class: "gn-numbers", "aria-label": "Numbers", hidden: true });
  /** @type {Cell[]} */
  let cells = [];

  return {
    element,
    isOpen: () => !element.hidden,

    /** @param {boolean} open */
    toggle(open) {
      element.hidden = !open;
      cells = [];
      if (!open) return element.replaceChildren();
      const input = array(cells, "input", hello.input_shape, "input", "input", 0);
      element.replaceChildren(el("div", { class: "gn-layer" }, el("h4", { text: "Input of the shown sample" }), el("div", { class: "gn-tables" }, input)),
        ...hello.layers.map((layer) => section(hello, layer, cells)));
    },

    /** @param {View} view */
    values({ frame }) {
      for (const { element: one, vector, index } of cells) {
        const value = frame.values[vector]?.[index];
        // In slow motion the part of a gradient that is not computed yet is NaN.
        setNumber(one, frame.operation && vector.endsWith("gradient") && Number.isNaN(value) ? null : value);
      }
    },
  };
}

/** @param {Hello} hello @param {Layer} layer @param {Cell[]} cells */
function section(hello, { name, weights, type }, cells) {
  const own = Object.entries(hello.shapes).filter(([key]) => key.startsWith(`${name}/`));
  const values = own.map(([key, shape]) => array(cells, key, shape, key.slice(name.length + 1), key, 0));
  const trained = Object.entries(weights).flatMap(([part, { offset, shape }]) => [...VECTORS, ...(hello.depend ? [] : [OWN])].map(([heading, suffix, vector]) =>
    array(cells, `${name}/${part}${suffix}`, shape, `${part}: ${heading}`, vector, offset)));
  const shapes = Object.entries(weights).map(([part, { shape }]) => `${part} (${shape.join(", ")})`);
  return el("div", { class: "gn-layer" }, el("h4", { text: `${name}: ${type}${shapes.length ? `, ${shapes.join(", ")}` : ""}` }), el("div", { class: "gn-tables" }, ...values, ...trained));
}

/** An array as a table: the last axis runs to the right, all others down; where the last has one entry, it is left out.
 * @param {Cell[]} cells @param {string} name @param {number[]} shape @param {string} caption @param {string} vector @param {number} offset */
function array(cells, name, shape, caption, vector, offset) {
  if (size(shape) > MOST) return el("p", { class: "gn-note", text: `${caption}: ${size(shape)} numbers, in the maps above` });
  const flat = shape.length > 1 && shape[shape.length - 1] === 1;
  const axes = flat ? shape.slice(0, -1) : shape;
  const [leading, wide] = [axes.slice(0, -1), axes[axes.length - 1] ?? 1];
  const rows = Array.from({ length: size(leading) }, (_, r) => {
    const index = unravel(leading, r);
    const numbers = Array.from({ length: wide }, (_, c) => {
      const full = [...index, c, ...(flat ? [0] : [])];
      return cell(cells, `${name}[${full}]`, vector, offset + at(shape, full));
    });
    return /** @type {[string, HTMLElement[]]} */ ([index.join(",") || caption.split(":")[0], numbers]);
  });
  return table(name, caption, Array.from({ length: wide }, (_, c) => String(c)), rows);
}

/** The index at a place of a row-major array. @param {number[]} shape @param {number} place */
function unravel(shape, place) {
  const index = [];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index.unshift(place % shape[axis]);
    place = Math.floor(place / shape[axis]);
  }
  return index;
}
