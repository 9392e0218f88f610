/** The names over the columns: layer, what it does, and the choice of its activation. */
import { choose, el, select } from "./dom.js";

/** @typedef {import("./types.js").Hello} Hello */
/** @typedef {import("./types.js").Layer} Layer */

/** One over the input, then one a layer. @param {Hello} hello @param {(setting: number, name: string) => void} changed */
export function headers(hello, changed) {
  const input = header("input", hello.input_shape.join("×"), hello.dataset);
  const all = [{ element: input, select: null, setting: -1 }, ...hello.layers.map((layer) => ofLayer(hello, layer, changed))];
  return {
    elements: all.map(({ element }) => element),

    /** @param {{x: number, width: number}[]} columns */
    place(columns) {
      columns.forEach(({ x, width }, c) => {
        all[c].element.style.cssText = `left:${x + width / 2}px;max-width:${width + 14}px`;
        all[c].element.classList.toggle("gn-narrow", width < 92 && c > 0);
      });
    },

    /** @param {import("./types.js").View} view */
    values({ settings }) {
      for (const { select: control, setting } of all) if (control) choose(control, settings.activations[setting]);
    },

    /** @param {import("./types.js").Operation | null} operation */
    light(operation) {
      all.forEach(({ element }, c) => {
        const lit = c > 0 && hello.layers[c - 1].name === operation?.layer;
        element.classList.toggle("gn-lit", lit);
        element.classList.toggle("gn-dim", Boolean(operation?.layer) && !lit);
      });
    },
  };
}

/** @param {string} name @param {string} more @param {string} below */
function header(name, more, below) {
  return el("div", { class: "gn-header" }, el("b", {}, name, el("span", { text: more ? ` ${more}` : "" })), el("small", { text: below }));
}

/** @param {Hello} hello @param {Layer} layer @param {(setting: number, name: string) => void} changed */
function ofLayer(hello, layer, changed) {
  const { name, type, shape, setting, activation, window } = layer;
  const tip = `${name}: ${type}, puts out ${shape.join("×")}${window ? `, window ${window.size.join("×")}, strides ${window.strides.join(", ")}, padding ${layer.config.padding}` : ""}`;
  const narrow = shape.length === 1 && type === "Flatten";
  const title = narrow ? "flat" : SHORT[type] ?? name;
  if (setting === null) {
    const element = header(title, narrow ? "" : shape.join("×"), narrow ? String(shape[0]) : window ? `${window.size.join("×")}${layer.config.padding === "same" ? ", same" : ""}` : activation === "linear" ? type : activation);
    element.title = tip;
    return { element, select: null, setting: -1 };
  }
  const control = select(hello.options.activations.map((value) => ({ value, label: value })), (value) => changed(setting, value), { "data-control": "activation", "aria-label": `Activation of ${name}` });
  const element = el("div", { class: "gn-header", title: tip }, el("b", {}, title, el("span", { text: ` ${shape.join("×")}` })), control);
  return { element, select: control, setting };
}

const SHORT = /** @type {Record<string, string>} */ ({ MaxPooling2D: "max pool", AveragePooling2D: "mean pool" });
