/** What is pointed at among neurons and edges, with the pointer or by keyboard. */

/** @typedef {import("./types.js").Target} Target */

/** Whether an edge belongs to what is pointed at: itself, or those that come into a neuron or leave a feature.
 * @param {Target} target @param {number} layer @param {number} input @param {number} unit */
export function touches(target, layer, input, unit) {
  if (target.kind === "feature") return layer === 0 && input === target.input;
  if (!("unit" in target) || target.kind === "bias" || layer !== target.layer || unit !== target.unit) return false;
  return target.kind !== "edge" || input === target.input;
}

/** @param {HTMLElement} node @param {boolean} bias @returns {Target} */
export function targetOfNode(node, bias) {
  const [layer, unit] = [Number(node.dataset.layer), Number(node.dataset.unit)];
  return layer < 0 ? { kind: "feature", input: unit } : { kind: bias ? "bias" : "neuron", layer, unit };
}

/** Arrows go from neuron to neuron; only one of them is in the tab order.
 * @param {KeyboardEvent} event @param {{element: HTMLElement}[][]} groups */
export function walk(event, groups) {
  const node = /** @type {HTMLElement} */ (event.target);
  const move = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
  if (!move || !node.matches(".gn-node")) return;
  const c = Math.min(groups.length - 1, Math.max(0, Number(node.dataset.layer) + 1 + move[0]));
  const u = Math.min(groups[c].length - 1, Math.max(0, Number(node.dataset.unit) + move[1]));
  node.tabIndex = -1;
  groups[c][u].element.tabIndex = 0;
  groups[c][u].element.focus();
  event.preventDefault();
  event.stopPropagation();
}
