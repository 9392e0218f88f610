/** The picture of a trained network: its edges under its neurons, and what the pointer or the keyboard points at. */
import { context, el, fit } from "./dom.js";
import { drawEdges, drawPointed, widest } from "./edges.js";
import { format } from "./format.js";
import { nameOf } from "./insideformulas.js";
import { place, wired } from "./insidelayout.js";
import { neurons } from "./insidenodes.js";
import { sweep } from "./insidesweep.js";
import { edgeAt, edges, spotOf } from "./layout.js";
import { targetOfNode, touches, walk } from "./pointing.js";
import { wires } from "./wires.js";

/** @typedef {import("./insidelayout.js").Layer} Layer */
/** @typedef {import("./types.js").Target} Target */
/** @typedef {import("./wires.js").Wire} Wire */
/** @typedef {{kind: import("./insidelayout.js").Kind, theme: import("./types.js").Theme, target: Target | null, echo: Target | null}} Look  echo: what a term of the formula stands for */

// In less room for a column, its picture is scrolled.
const [HEADER, LEAST] = [46, 138];

/** @param {Layer[]} layers @param {{point: (target: Target | null) => void, pin: (target: Target | null) => void, look: () => Look, redraw: () => void}} on */
export function picture(layers, on) {
  const { shapes, values } = wired(layers);
  const [lines, flowing] = ["gn-lines", "gn-flow"].map((name) => el("canvas", { class: name, "aria-hidden": "true" }));
  const nodes = neurons(layers);
  const ways = { of: (/** @type {number} */ layer, /** @type {number} */ unit) => into(layers, layer, unit), words: (/** @type {Wire} */ wire) => wireWords(layers, wire) };
  const weights = wires(ways, nodes.groups.map((group) => group.map((each) => each.element)), { pin: on.pin, spot: (target) => spotOf(columns, list, target, HEADER) });
  const network = el("div", { class: "gn-network", "data-testid": "neurons" }, lines, flowing, nodes.element, weights.element);
  const element = el("div", { class: "gn-window" }, network);
  let { columns } = place(layers, 900, 380);
  let list = edges(shapes, columns);
  let width = 0;
  /** @type {(column: number) => boolean} */
  let reached = () => true;
  const motion = sweep(layers, flowing, { list: () => list, theme: () => on.look().theme, lit(lit) {
    reached = lit;
    nodes.light(lit);
    on.redraw();
  } });

  /** @param {MouseEvent} event @returns {Target | null} */
  function targetOf({ target, clientX, clientY }) {
    const over = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest(".gn-node"));
    if (over) return targetOfNode(over, Boolean(/** @type {Element} */ (target).closest(".gn-bias")));
    const box = lines.getBoundingClientRect();
    const e = edgeAt(list, clientX - box.left, clientY - box.top);
    return e < 0 ? null : { kind: "edge", layer: list.layer[e], input: list.input[e], unit: list.unit[e] };
  }
  element.addEventListener("pointermove", (event) => on.point(targetOf(event)));
  element.addEventListener("pointerleave", () => on.point(null));
  element.addEventListener("click", (event) => on.pin(targetOf(event)));
  element.addEventListener("focusin", ({ target }) => {
    const node = /** @type {HTMLElement} */ (target);
    if (node.matches(".gn-node:focus-visible")) on.pin(targetOfNode(node, false));
  });
  element.addEventListener("keydown", (event) => {
    weights.enter(event);
    walk(event, nodes.groups);
  });

  return {
    element,
    sweep: motion.start,
    stop: motion.stop,

    /** Stands anew where the room is another; true when it does. */
    resize() {
      const room = Math.max(element.clientWidth, layers.length * LEAST);
      if (!element.clientWidth || room === width) return false;
      width = room;
      network.style.width = `${width}px`;
      const height = element.clientHeight - HEADER;
      const placed = place(layers, width, height);
      columns = placed.columns;
      list = edges(shapes, columns);
      nodes.place(columns, placed.room, HEADER);
      for (const canvas of [lines, flowing]) {
        fit(canvas, width, height);
        canvas.style.top = `${HEADER}px`;
      }
      return true;
    },

    /** @returns {string} the size of the widest edge */
    draw() {
      const { kind, theme, target: kept, echo } = on.look();
      const target = echo ?? kept;
      const paper = context(lines);
      const top = widest(list, values[kind], "gradient");
      const rim = theme === "dark" ? "#f2f4f8" : "#20242b";
      paper.clearRect(0, 0, lines.width, lines.height);
      drawEdges(paper, list, { values: values[kind], kind, theme, top, strength: (l) => (reached(l) || reached(l + 1) ? 1 : 0.16) * (target ? 0.45 : 1) });
      if (target) drawPointed(paper, list, (e) => touches(target, list.layer[e], list.input[e], list.unit[e]), values[kind], kind, theme, top, rim);
      nodes.show(kind, theme);
      nodes.mark(target);
      return format(top);
    },
  };
}

/** What comes into a neuron, where it is a sum: its edges and its bias. @param {Layer[]} layers @param {number} layer @param {number} unit @returns {Wire[]} */
function into(layers, layer, unit) {
  const { weights, values } = layers[layer + 1];
  const coming = weights.map((_, input) => /** @type {Wire} */ ({ kind: "edge", layer, input, unit }));
  return values.bias ? [...coming, { kind: "bias", layer, unit }] : coming;
}

/** One of them in words. @param {Layer[]} layers @param {Wire} wire */
function wireWords(layers, wire) {
  const [below, layer] = [layers[wire.layer], layers[wire.layer + 1]];
  const all = into(layers, wire.layer, wire.unit).length;
  const [value, from, place] = wire.kind === "bias" ? [layer.values.bias[wire.unit], "the bias", all]
    : [layer.weights[wire.input][wire.unit], `from ${below.names[wire.input]}`, wire.input + 1];
  return `Weight ${format(value)}, ${from} to ${nameOf(layer, wire.unit)}; ${place} of ${all}.`;
}
