/** What flows, made visible: dots that carry the real numbers along the edges, right going forward, left going back. */
import { css, inkOn, pick } from "./colours.js";
import { format } from "./format.js";
import { along } from "./layout.js";

/** @typedef {import("./layout.js").Edges} Edges */
/** @typedef {import("./types.js").Theme} Theme */
/** @typedef {import("./types.js").View} View */
/** @typedef {{edge: number, value: number, labelled: boolean}} Pulse */
/** @typedef {{pulses: Pulse[], back: boolean, flash: Set<number> | null}} Flow */

export const DURATION = 380;
const MOST_LABELS = 18;
const ROOM = 70;

/** Which of an operation's numbers travel, and along which edges: z takes the inputs right;
 * dx of a layer, or da of the one before it, takes dz left; a kernel's gradient and an update are not a flow,
 * so their edges flash.
 * @param {View} view @param {Edges} list @returns {Flow | null} */
export function flowOf({ hello, frame }, list) {
  const operation = frame.operation;
  if (!operation || operation.phase === "loss") return null;
  const made = operation.outputs.map(({ name }) => name.split("/").pop() ?? "");
  const owner = operation.outputs.map(({ name }) => name.split("/")).find((parts) => parts.length > 1 && parts[1] === "da")?.[0];
  const layer = hello.layers.findIndex(({ name }) => name === (owner ?? operation.layer));
  const into = edgesInto(list, layer);
  if (operation.phase === "update") return { pulses: [], back: false, flash: new Set(layer < 0 ? [...list.weight.keys()] : into) };
  if (layer < 0) return operation.phase === "backward" ? { pulses: [], back: true, flash: new Set(list.weight.keys()) } : null;
  if (operation.phase === "forward") {
    if (!made.includes("z") && !made.includes("y")) return null;
    const x = layer ? frame.values[`${hello.layers[layer - 1].name}/a`] : frame.values.input;
    return x ? { pulses: carry(list, into, (e) => x[list.input[e]], (e) => list.input[e]), back: false, flash: null } : null;
  }
  const sender = made.includes("dx") ? layer : made.includes("da") ? layer + 1 : -1;
  if (sender >= 0 && sender < hello.layers.length) {
    const dz = frame.values[`${hello.layers[sender].name}/dz`];
    return dz ? { pulses: carry(list, edgesInto(list, sender), (e) => dz[list.unit[e]], (e) => list.unit[e]), back: true, flash: null } : null;
  }
  return made.some((word) => /kernel|bias/.test(word)) ? { pulses: [], back: true, flash: new Set(into) } : null;
}

/** @param {Edges} list @param {number} layer */
export function edgesInto(list, layer) {
  return [...list.layer.keys()].filter((e) => list.layer[e] === layer);
}

/** One pulse an edge; each sender's number is written once; the labels fan out, and are left out where there is no room between two layers.
 * @param {Edges} list @param {number[]} edges @param {(e: number) => number} value @param {(e: number) => number} sender @returns {Pulse[]} */
export function carry(list, edges, value, sender) {
  /** @type {Map<number, number[]>} */
  const senders = new Map();
  for (const e of edges) senders.set(sender(e), [...(senders.get(sender(e)) ?? []), e]);
  const narrow = edges.length > 0 && list.x1[edges[0]] - list.x0[edges[0]] < ROOM;
  const labelled = new Set(senders.size > MOST_LABELS || narrow ? [] : [...senders.values()].map((group, s) =>
    group[Math.floor(((s + 0.5) / senders.size) * group.length)]));
  return edges.map((edge) => ({ edge, value: value(edge), labelled: labelled.has(edge) }));
}

/** One moment of a flow, t from 0 to 1.
 * @param {CanvasRenderingContext2D} context @param {Edges} list @param {Flow} flow @param {number} t @param {Theme} theme */
export function drawFlow(context, list, { pulses, back, flash }, t, theme) {
  if (flash) return drawFlash(context, list, flash, t, theme);
  const eased = t * t * (3 - 2 * t);
  const top = Math.max(1e-12, ...pulses.map(({ value }) => Math.abs(value)).filter(Number.isFinite));
  const scale = back ? "gradient" : "signed";
  for (const labels of [false, true]) {
    for (const { edge, value, labelled } of pulses) {
      if (labelled !== labels) continue;
      const part = Math.min(1, Math.abs(value) / top);
      const [x, y] = along(list, edge, back ? 1 - eased : eased);
      const fill = pick(theme, scale, Math.sign(value) * (0.35 + 0.65 * part));
      context.fillStyle = css(fill);
      if (labelled) label(context, format(value), x, y, inkOn(fill));
      else dot(context, x, y, 1.6 + 3.4 * part);
    }
  }
}

/** @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} radius */
function dot(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

/** @param {CanvasRenderingContext2D} context @param {string} text @param {number} x @param {number} y @param {string} ink */
function label(context, text, x, y, ink) {
  context.font = "600 11px 'Source Sans', 'Source Sans Pro', sans-serif";
  const width = context.measureText(text).width + 10;
  context.beginPath();
  context.roundRect(x - width / 2, y - 9, width, 18, 9);
  context.fill();
  context.fillStyle = ink;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(text, x, y + 0.5);
}

/** @param {CanvasRenderingContext2D} context @param {Edges} list @param {Set<number>} edges @param {number} t @param {Theme} theme */
function drawFlash(context, list, edges, t, theme) {
  context.strokeStyle = css(theme === "dark" ? [255, 255, 255] : [60, 64, 72], 0.55 * Math.sin(Math.PI * t));
  context.lineWidth = edges.size > 500 ? 0.8 : 2.5;
  context.beginPath();
  for (const e of edges) {
    const middle = (list.x0[e] + list.x1[e]) / 2;
    context.moveTo(list.x0[e], list.y0[e]);
    context.bezierCurveTo(middle, list.y0[e], middle, list.y1[e], list.x1[e], list.y1[e]);
  }
  context.stroke();
}
