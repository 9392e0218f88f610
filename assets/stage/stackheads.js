/** The names over the columns of a stack: the layer, its shape, which of its arrays is shown, and its activation. */
import { choose, el, select } from "./dom.js";
import { partsOf, usual } from "./stackparts.js";

/** @typedef {import("./types.js").Hello} Hello */

const SHORT = /** @type {Record<string, string>} */ ({
  MaxPooling2D: "max pool", AveragePooling2D: "mean pool", GlobalAveragePooling2D: "global mean", BatchNormalization: "batch norm",
  LayerNormalization: "layer norm", Bidirectional: "both ways", GaussianSampling: "sampling",
});

/** One over the input, then one a layer. @param {Hello} hello @param {(setting: number, name: string) => void} changed
 * @param {(layer: number, part: string) => void} picked */
export function heads(hello, changed, picked) {
  const last = hello.layers.length - 1;
  const input = el("div", { class: "gn-header gn-head" }, el("b", { text: "input" }), el("span", { text: hello.input_shape.join("×") }));
  const all = hello.layers.map(({ name, type, shape, setting, activation, config }, l) => {
    const parts = partsOf(hello, l);
    const which = l < last && parts.length > 1
      ? select(parts.map((value) => ({ value, label: value.replace("forward_", "→ ").replace("backward_", "← ") })), (part) => picked(l, part), { "aria-label": `Array of ${name} that is shown` }) : null;
    if (which) choose(which, usual(hello, l));
    const control = setting === null ? null
      : select(hello.options.activations.map((value) => ({ value, label: value })), (value) => changed(setting, value), { "data-control": "activation", "aria-label": `Activation of ${name}` });
    const element = el("div", { class: "gn-header gn-head", title: `${name}: ${type} ${settings(config)}, puts out ${shape.join("×")}` },
      el("b", { text: SHORT[type] ?? type }), el("span", { text: shape.join("×") }), control ?? (l === last ? el("span", { text: activation }) : ""), which ?? "");
    return { element, which, control, setting: setting ?? -1 };
  });
  return {
    elements: [input, ...all.map(({ element }) => element)],

    /** @param {import("./stacklayout.js").Column[]} columns @param {{rows: number}} frame @param {string[]} parts  what each layer shows */
    place(columns, { rows }, parts) {
      columns.forEach(({ box: { x, y, width } }, c) => {
        const element = c ? all[c - 1].element : input;
        element.style.cssText = `left:${x + width / 2}px;top:${y}px;width:${width + 8}px`;
      });
      all.forEach(({ which }, l) => {
        if (which) [which.hidden, which.value] = [rows > 1, parts[l]];
      });
    },

    /** @param {import("./types.js").View} view */
    values({ settings: now }) {
      for (const { control, setting } of all) if (control) choose(control, now.activations[setting]);
    },

    /** @param {import("./types.js").Operation | null} operation */
    light(operation) {
      input.classList.toggle("gn-dim", Boolean(operation?.layer) && operation?.layer !== hello.layers[0].name);
      all.forEach(({ element }, l) => {
        const lit = hello.layers[l].name === operation?.layer;
        element.classList.toggle("gn-lit", lit);
        element.classList.toggle("gn-dim", Boolean(operation?.layer) && operation?.phase !== "update" && !lit);
      });
    },
  };
}

/** A layer's own numbers and words, as far as they say something. @param {Record<string, unknown>} config */
function settings(config) {
  return Object.entries(config).filter(([key, value]) => key !== "name" && !key.endsWith("initializer") && value !== false && value !== true)
    .map(([key, value]) => `${key} ${value}`).join(", ");
}
