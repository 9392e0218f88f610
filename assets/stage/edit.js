/** A weight set by hand: a field beside the formula of the weight that is pinned. */
import { el } from "./dom.js";
import { at } from "./terms.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Target} Target */
/** @typedef {{name: string, index: number}} Weight  by its name, and where it lies in the flat vector */

/** The weight that is pointed at, if it is one; a neuron's own is its bias. @param {View} view @param {Target | null} target @returns {Weight | null} */
export function weightOf({ hello }, target) {
  if (!target || !("layer" in target) || target.kind === "value") return null;
  const { name, weights } = hello.layers[target.layer];
  const [part, place] = target.kind === "weight" ? [target.part, target.index]
    : target.kind === "edge" ? ["kernel", [target.input, target.unit]] : ["bias", [target.unit]];
  const found = weights[part];
  return found ? { name: `${name}/${part}[${place}]`, index: found.offset + at(found.shape, place) } : null;
}

/** @param {(message: object) => void} send */
export function editor(send) {
  const box = el("input", { type: "number", step: "any", "aria-label": "Set this weight" });
  const label = el("span");
  const button = el("button", { type: "button", text: "Set" });
  const element = el("form", { class: "gn-edit", "data-control": "edit", hidden: true }, label, nudge(-0.1), box, nudge(0.1), button);
  button.setAttribute("type", "submit");
  let name = "";

  element.addEventListener("submit", (event) => {
    event.preventDefault();
    put(box.valueAsNumber);
  });

  /** @param {number} value */
  function put(value) {
    if (name && Number.isFinite(value)) send({ type: "edit", weight: name, value });
  }

  /** @param {number} by */
  function nudge(by) {
    const sign = by < 0 ? "−" : "+";
    return el("button", { type: "button", "aria-label": `${by < 0 ? "Lower" : "Raise"} by ${Math.abs(by)}`, text: `${sign}${Math.abs(by)}`, click: () => {
      box.value = String(Number((box.valueAsNumber + by).toPrecision(6)));
      put(box.valueAsNumber);
    } });
  }

  return {
    element,

    /** @param {View} view @param {boolean} pinned */
    show(view, pinned) {
      const weight = pinned ? weightOf(view, view.target) : null;
      element.hidden = !weight;
      if (!weight) {
        name = "";
        return;
      }
      const value = view.frame.values.weights?.[weight.index];
      // While somebody types, training does not write over it; another weight does.
      const typing = weight.name === name && element.getRootNode() instanceof Document && document.activeElement === box;
      name = weight.name;
      if (label.textContent !== name) label.textContent = name;
      if (value !== undefined && !typing) box.value = String(Number(value.toPrecision(5)));
    },
  };
}
