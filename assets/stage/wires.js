/** The weights of a network by keyboard: from a neuron Page Down and Page Up go through what comes into it, its edges and its bias. */
import { el } from "./dom.js";
import { format, pretty } from "./format.js";
import { weightOf } from "./edit.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Hello} Hello */
/** @typedef {import("./types.js").Target} Target */
/** @typedef {{kind: "edge", layer: number, input: number, unit: number} | {kind: "bias", layer: number, unit: number}} Wire */

const SIZE = 16;

/** What comes into a neuron. @param {Hello} hello @param {number} layer @param {number} unit @returns {Wire[]} */
export function wiresOf({ layers }, layer, unit) {
  const edges = Array.from({ length: layers[layer].inputs }, (_, input) => /** @type {Wire} */ ({ kind: "edge", layer, input, unit }));
  return [...edges, { kind: "bias", layer, unit }];
}

/** One of them in words, with its weight as it is now. @param {View | null} view @param {Hello} hello @param {Wire} wire */
export function wireWords(view, hello, wire) {
  const { layers, features } = hello;
  const found = weightOf(/** @type {View} */ ({ hello }), wire);
  const value = view && found ? format(view.frame.values.weights?.[found.index]) : "?";
  const all = layers[wire.layer].inputs + 1;
  const from = wire.kind === "bias" ? "the bias" : `from ${wire.layer ? `${layers[wire.layer - 1].name}, neuron ${wire.input}` : pretty(features[wire.input])}`;
  return `Weight ${found?.name} = ${value}, ${from} to neuron ${wire.unit}; ${wire.kind === "bias" ? all : wire.input + 1} of ${all}. Enter opens its receipt.`;
}

/** One button that stands on the chosen edge; it is there only while it has the focus.
 * @param {{of: (layer: number, unit: number) => Wire[], words: (wire: Wire) => string}} ways  what comes into a neuron, and what it is called
 * @param {HTMLElement[][]} groups  the neurons' elements, a column a layer
 * @param {{pin: (target: Target | null) => void, spot: (target: Target) => import("./echo.js").Spot | null}} on */
export function wires(ways, groups, on) {
  const element = el("button", { type: "button", class: "gn-wire", tabindex: -1, hidden: true });
  /** @type {Wire | null} */
  let wire = null;

  /** @param {Wire} next */
  function go(next) {
    wire = next;
    on.pin(next);
    const spot = on.spot(next);
    const [x, y] = !spot ? [0, 0] : "x" in spot ? [spot.x + spot.width / 2, spot.y + spot.height / 2] : [(spot.from[0] + spot.to[0]) / 2, (spot.from[1] + spot.to[1]) / 2];
    element.style.cssText = `left:${x - SIZE / 2}px;top:${y - SIZE / 2}px`;
    element.hidden = false;
    label();
    element.focus();
  }

  function label() {
    if (wire && !element.hidden) element.setAttribute("aria-label", ways.words(wire));
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    if (!wire) return;
    const all = ways.of(wire.layer, wire.unit);
    const step = { PageDown: 1, ArrowDown: 1, PageUp: -1, ArrowUp: -1 }[event.key];
    if (step) go(all[Math.min(all.length - 1, Math.max(0, all.findIndex((each) => JSON.stringify(each) === JSON.stringify(wire)) + step))]);
    else if (event.key === "ArrowLeft" && wire.kind === "edge") groups[wire.layer][wire.input].focus();
    else if (/^(Escape|Arrow)/.test(event.key)) groups[wire.layer + 1][wire.unit].focus();
    else if (event.key === "Enter") element.dispatchEvent(new CustomEvent("gn-open", { bubbles: true, detail: "Receipt" }));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  element.addEventListener("keydown", pressed);
  element.addEventListener("click", (event) => event.stopPropagation());
  element.addEventListener("blur", () => (element.hidden = true));

  return {
    element,

    /** From a neuron into what comes into it. @param {KeyboardEvent} event */
    enter(event) {
      const { layer, unit } = /** @type {HTMLElement} */ (event.target).dataset;
      if (!/^Page(Up|Down)$/.test(event.key) || layer === undefined || Number(layer) < 0) return;
      const all = ways.of(Number(layer), Number(unit));
      if (!all.length) return;
      go(all[event.key === "PageDown" ? 0 : all.length - 1]);
      event.preventDefault();
      event.stopPropagation();
    },

    /** Its words anew. */
    label,
  };
}
