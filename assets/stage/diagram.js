/** The network: neurons over edges, pulses between them, and what the pointer or the keyboard points at. */
import { context, el, fit } from "./dom.js";
import { drawEdges, drawPointed, widest } from "./edges.js";
import { columns, edgeAt, edges, spotOf } from "./layout.js";
import { nodes } from "./nodes.js";
import { targetOfNode, touches, walk } from "./pointing.js";
import { DURATION, drawFlow, flowOf } from "./pulses.js";
import { wireWords, wires, wiresOf } from "./wires.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Hello} Hello */
/** @typedef {import("./types.js").Target} Target */

const HEADER = 46;

/** @param {Hello} hello
 * @param {{point: (target: Target | null) => void, pin: (target: Target | null) => void,
 *   activation: (layer: number, name: string) => void}} on */
export function diagram(hello, on) {
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const lines = el("canvas", { class: "gn-lines", "aria-hidden": "true" });
  const flowing = el("canvas", { class: "gn-flow", "aria-hidden": "true" });
  const neurons = nodes(hello, on.activation);
  /** @type {View | null} */
  let seen = null;
  const ways = { of: (/** @type {number} */ layer, /** @type {number} */ unit) => wiresOf(hello, layer, unit), words: (/** @type {import("./wires.js").Wire} */ wire) => wireWords(seen, hello, wire) };
  const weights = wires(ways, neurons.groups.map((group) => group.map(({ element: node }) => node)), { pin: on.pin, spot: (target) => spotOf(placed, list, target, HEADER) });
  const element = el("div", { class: "gn-network", "data-testid": "network" }, lines, flowing, neurons.element, weights.element);
  let placed = columns(hello, 600, 330);
  let list = edges(hello.layers, placed);
  let size = { width: 0, height: 0 };
  /** @type {{key: string, flow: NonNullable<ReturnType<typeof flowOf>>, start: number} | null} */
  let running = null;
  let lastKey = "";

  /** @param {PointerEvent | MouseEvent} event @returns {Target | null} */
  function targetOf(event) {
    const over = /** @type {Element} */ (event.target).closest(".gn-node");
    if (over) return targetOfNode(/** @type {HTMLElement} */ (over), Boolean(/** @type {Element} */ (event.target).closest(".gn-bias")));
    const box = lines.getBoundingClientRect();
    const e = edgeAt(list, event.clientX - box.left, event.clientY - box.top);
    return e < 0 ? null : { kind: "edge", layer: list.layer[e], input: list.input[e], unit: list.unit[e] };
  }
  element.addEventListener("pointermove", (event) => on.point(targetOf(event)));
  element.addEventListener("pointerleave", () => on.point(null));
  element.addEventListener("click", (event) => {
    if (!(/** @type {Element} */ (event.target).closest("select"))) on.pin(targetOf(event));
  });
  element.addEventListener("focusin", ({ target }) => {
    const node = /** @type {HTMLElement} */ (target);
    if (node.matches(".gn-node:focus-visible")) on.pin(targetOfNode(node, false));
  });
  element.addEventListener("keydown", (event) => {
    weights.enter(event);
    walk(event, neurons.groups);
  });

  return {
    element,

    /** @param {number} width @param {number} height */
    resize(width, height) {
      if (width === size.width && height === size.height) return;
      size = { width, height };
      placed = columns(hello, width, height - HEADER);
      list = edges(hello.layers, placed);
      neurons.place(placed, HEADER);
      for (const canvas of [lines, flowing]) {
        fit(canvas, width, height - HEADER);
        canvas.style.top = `${HEADER}px`;
      }
    },

    /** @param {View} view */
    values(view) {
      neurons.values(view);
      seen = view;
      if (view.still) weights.label();
    },
    maps: neurons.maps,

    /** The value with the widest edge, for the legend. @param {View} view */
    top: (view) => widest(list, view.frame.values[view.edges], view.edges),

    /** Edges, at every picture. @param {View} view */
    draw(view) {
      const { frame, theme, edges: kind, target } = view;
      const paper = context(lines);
      paper.clearRect(0, 0, size.width, size.height);
      const values = frame.values[kind];
      const top = widest(list, values, kind);
      const active = frame.operation && hello.layers.findIndex(({ name }) => name === frame.operation?.layer);
      const pointing = target !== null;
      const strength = (/** @type {number} */ l) =>
        (active === null || active < 0 || active === l ? 1 : 0.16) * (pointing ? 0.45 : 1);
      drawEdges(paper, list, { values, kind, theme, top, strength });
      if (target) {
        const rim = theme === "dark" ? "#f2f4f8" : "#20242b";
        drawPointed(paper, list, (e) => touches(target, list.layer[e], list.input[e], list.unit[e]), values, kind, theme, top, rim);
      }
    },

    /** Starts an operation's flow when it is a new one. @param {View} view @param {number} now */
    operate(view, now) {
      const { operation, step, epoch } = view.frame;
      const key = operation ? `${epoch}/${step}/${operation.index}/${view.frame.sample.index}` : "";
      if (key === lastKey) return;
      lastKey = key;
      neurons.light(operation);
      const flow = still.matches ? null : flowOf(view, list);
      running = flow && { key, flow, start: now };
      context(flowing).clearRect(0, 0, size.width, size.height);
    },

    /** One moment of the flow; true while it runs. @param {View} view @param {number} now */
    animate(view, now) {
      if (!running) return false;
      const t = (now - running.start) / DURATION;
      context(flowing).clearRect(0, 0, size.width, size.height);
      if (t >= 1) running = null;
      else drawFlow(context(flowing), list, running.flow, Math.max(0, t), view.theme);
      return running !== null;
    },

    /** @param {Target} target */
    spot: (target) => spotOf(placed, list, target, HEADER),

    /** @param {Target | null} target */
    mark(target) {
      neurons.groups.forEach((group, c) => group.forEach(({ element: node }, u) => {
        const same = target !== null && (target.kind === "feature" ? c === 0 && u === target.input
          : "unit" in target && (c === target.layer + 1 && u === target.unit || (target.kind === "edge" && c === target.layer && u === target.input)));
        node.classList.toggle("gn-pointed", same);
      }));
    },
  };
}
