/** Which weight: any of the network, by its array and its index, for those who do not click it on the picture. */
import { el, field } from "./dom.js";

/** @typedef {import("./types.js").Hello} Hello */
/** @typedef {import("./types.js").Layer} Layer */

const AXES = /** @type {Record<string, string[]>} */ ({
  "kernel 2": ["input", "unit"], "kernel 3": ["place", "map in", "filter"], "kernel 4": ["row", "column", "map in", "filter"], "recurrent_kernel 2": ["from unit", "to unit"], "bias 1": ["unit"], "bias 2": ["part", "unit"],
});
const GATES = /** @type {Record<string, string[]>} */ ({ LSTM: ["i", "f", "c", "o"], GRU: ["z", "r", "h"] });

/** What the axes of a weight array count. @param {string} type of the layer @param {string} part @param {number[]} shape @returns {string[]} */
export function axes(type, part, shape) {
  const names = AXES[`${part} ${shape.length}`] ?? shape.map((_, axis) => `axis ${axis}`);
  return GATES[type] ? [...names.slice(0, -1), "column"] : names;
}

/** Gate and unit that a recurrent layer's column belongs to, in words; "" for any other layer.
 * @param {Pick<Layer, "type" | "config">} layer @param {number[]} index */
export function gateOf({ type, config }, index) {
  const gates = GATES[type];
  const units = Number(config.units);
  const column = index[index.length - 1];
  return gates ? `gate ${gates[Math.floor(column / units)]}, unit ${column % units}` : "";
}

/** "dense_1/kernel[0,2]" -> its array and index. @param {string} name @returns {{array: string, index: number[]}} */
export function parts(name) {
  const [array, index = ""] = name.replace("]", "").split("[");
  return { array, index: index.split(",").map(Number) };
}

/** @param {Hello} hello @param {(name: string) => void} chosen */
export function weightChooser(hello, chosen) {
  const arrays = new Map(hello.layers.flatMap((layer) => Object.entries(layer.weights).map(([part, { shape }]) =>
    /** @type {[string, {layer: Layer, part: string, shape: number[]}]} */ ([`${layer.name}/${part}`, { layer, part, shape }]))));
  const first = [...arrays.keys()][0] ?? "";
  const control = el("select", { change: () => take(control.value, arrays.get(control.value)?.shape.map(() => 0) ?? []) },
    ...[...arrays].map(([name, { shape }]) => el("option", { value: name, text: `${name} (${shape.join(", ")})` })));
  const box = el("span", { class: "gn-own" });
  const gate = el("span", { class: "gn-note" });
  const element = el("div", { class: "gn-group" }, field("Weight", control), box, gate);
  /** @type {HTMLInputElement[]} */
  let inputs = [];
  let name = "";

  /** @param {string} array @param {number[]} index */
  function take(array, index) {
    show(`${array}[${index}]`);
    chosen(name);
  }

  /** @param {string} next */
  function show(next) {
    const { array, index } = parts(next);
    const found = arrays.get(array);
    if (!found) return;
    if (parts(name).array !== array) {
      control.value = array;
      inputs = found.shape.map((size, axis) => {
        const input = el("input", { type: "number", min: 0, max: size - 1, step: 1, disabled: size === 1, change: () => {
          input.value = String(Math.min(size - 1, Math.max(0, Math.round(Number(input.value) || 0))));
          take(array, inputs.map((one) => Number(one.value)));
        } });
        return input;
      });
      const labels = axes(found.layer.type, found.part, found.shape);
      box.replaceChildren(...inputs.map((input, axis) => field(labels[axis], input)));
    }
    name = next;
    inputs.forEach((input, axis) => {
      if (document.activeElement !== input) input.value = String(index[axis]);
    });
    gate.textContent = gateOf(found.layer, index);
  }

  show(`${first}[${arrays.get(first)?.shape.map(() => 0) ?? 0}]`);
  return { element, show, name: () => name };
}
