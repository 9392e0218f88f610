/** Every number of the network as tables: weights, their gradients and updates, and the shown sample's z, a, da, dz. */
import { el, numberElement, setNumber } from "./dom.js";
import { pretty } from "./format.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Hello} Hello */
/** @typedef {import("./types.js").Layer} Layer */
/** @typedef {{element: HTMLElement, vector: string, index: number}} Cell  where a cell's number lies in the frame */

/** Heading, the suffix of the data-name, and the flat vector it reads. */
export const VECTORS = /** @type {const} */ ([["weights", "", "weights"], ["gradient, mean of the last batch", ".gradient", "gradient"],
  ["update, what the last step added", ".update", "update"]]);
const PARTS = ["z", "a", "da", "dz"];

/** Builds the tables; nothing exists, and nothing is spent, while the panel is closed. @param {Hello} hello */
export function numbersPanel(hello) {
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
      element.replaceChildren(...(open ? [inputs(hello, cells), ...hello.layers.map((layer, l) => section(hello, layer, l, cells))] : []));
    },

    /** @param {View} view */
    values({ frame }) {
      for (const { element: cell, vector, index } of cells) setNumber(cell, frame.values[vector]?.[index]);
    },
  };
}

/** @param {Hello} hello @param {Cell[]} cells */
function inputs(hello, cells) {
  const row = hello.features.map((_, i) => cell(cells, `input[${i}]`, "input", i));
  return el("div", { class: "gn-layer" }, el("h4", { text: "Input of the shown sample" }),
    table("input", "", hello.features.map(pretty), [["x", row]]));
}

/** @param {Hello} hello @param {Layer} layer @param {number} l @param {Cell[]} cells */
function section(hello, layer, l, cells) {
  const senders = l ? Array.from({ length: layer.inputs }, (_, i) => `${hello.layers[l - 1].name}[${i}]`) : hello.features.map(pretty);
  const units = Array.from({ length: layer.units }, (_, u) => String(u));
  const weights = VECTORS.map(([heading, suffix, vector]) => table(layer.name, heading, units, [
    ...senders.map((sender, i) => /** @type {[string, HTMLElement[]]} */ ([sender, units.map((_, u) =>
      cell(cells, `${layer.name}/kernel${suffix}[${i},${u}]`, vector, layer.kernel[0] + i * layer.units + u))])),
    ["bias", units.map((_, u) => cell(cells, `${layer.name}/bias${suffix}[${u}]`, vector, layer.bias[0] + u))],
  ]));
  const sample = table(layer.name, "the shown sample", units, PARTS.map((part) =>
    [part, units.map((_, u) => cell(cells, `${layer.name}/${part}[${u}]`, `${layer.name}/${part}`, u))]));
  return el("div", { class: "gn-layer" }, el("h4", { text: `${layer.name}: kernel (${layer.inputs}, ${layer.units}), bias (${layer.units})` }),
    el("div", { class: "gn-tables" }, sample, ...weights));
}

/** @param {Cell[]} cells @param {string} name @param {string} vector @param {number} index */
export function cell(cells, name, vector, index) {
  const element = numberElement(name);
  cells.push({ element, vector, index });
  return element;
}

/** @param {string} of whose numbers they are @param {string} caption @param {string[]} columns @param {[string, HTMLElement[]][]} rows */
export function table(of, caption, columns, rows) {
  return el("div", { class: "gn-scroll", tabindex: 0, role: "region", "aria-label": `${of} ${caption}` }, el("table", {}, el("caption", { text: caption }),
    el("thead", {}, el("tr", {}, el("td"), ...columns.map((text) => el("th", { scope: "col", text })))),
    el("tbody", {}, ...rows.map(([text, numbers]) => el("tr", {}, el("th", { scope: "row", text }), ...numbers.map((n) => el("td", {}, n)))))));
}
