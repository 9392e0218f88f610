/** The edges: width and depth of colour are the size of a value, colour is its sign. */
import { css, pick } from "./colours.js";

/** @typedef {import("./layout.js").Edges} Edges */
/** @typedef {import("./types.js").Theme} Theme */
/** @typedef {import("./types.js").Numbers} Numbers */
/** @typedef {import("./types.js").EdgeKind} EdgeKind */

const LEVELS = 10;
const MANY = 500;

/** The value that gets the widest edge: the largest of all; weights below 1 are not blown up.
 * @param {Edges} list @param {Numbers | undefined} values @param {EdgeKind} kind */
export function widest(list, values, kind) {
  let top = kind === "weights" ? 1 : 0;
  if (values) {
    for (let e = 0; e < list.weight.length; e++) {
      const size = Math.abs(values[list.weight[e]]);
      if (size > top && size < Infinity) top = size;
    }
  }
  return top;
}

/**
 * Edges of equal colour and width are gathered into one path each, so that 1,400 of them cost 20 strokes.
 * @param {CanvasRenderingContext2D} context @param {Edges} list
 * @param {Object} look
 * @param {Numbers | undefined} look.values the flat vector to show; without one all edges are faint
 * @param {EdgeKind} look.kind @param {Theme} look.theme @param {number} look.top see `widest`
 * @param {(layer: number) => number} look.strength 0 to 1, less than 1 dims a layer
 */
export function drawEdges(context, list, { values, kind, theme, top, strength }) {
  const scale = kind === "weights" ? "signed" : "gradient";
  const total = list.weight.length;
  const straight = total > MANY;
  const layers = total ? list.layer[total - 1] + 1 : 0;
  for (let l = 0; l < layers; l++) {
    context.globalAlpha = strength(l);
    const buckets = gather(list, l, values, top);
    for (let level = 0; level <= LEVELS; level++) {
      for (const sign of [-1, 1]) {
        const found = buckets.get(sign * (level + 1));
        if (!found) continue;
        const part = level / LEVELS;
        context.strokeStyle = css(pick(theme, scale, sign * (0.12 + 0.88 * part)));
        context.lineWidth = (straight ? 0.35 : 0.7) + part * (straight ? 3.2 : 4.8);
        context.beginPath();
        for (const e of found) trace(context, list, e, straight);
        context.stroke();
      }
    }
  }
  context.globalAlpha = 1;
}

/** @param {Edges} list @param {number} layer @param {Numbers | undefined} values @param {number} top */
function gather(list, layer, values, top) {
  /** @type {Map<number, number[]>} */
  const buckets = new Map();
  for (let e = 0; e < list.weight.length; e++) {
    if (list.layer[e] !== layer) continue;
    const part = values && top > 0 ? values[list.weight[e]] / top : 0;
    const level = Number.isFinite(part) ? Math.round(Math.min(1, Math.abs(part)) * LEVELS) : LEVELS;
    const key = (part < 0 ? -1 : 1) * (level + 1);
    const bucket = buckets.get(key);
    if (bucket) bucket.push(e);
    else buckets.set(key, [e]);
  }
  return buckets;
}

/** @param {CanvasRenderingContext2D} context @param {Edges} list @param {number} e @param {boolean} straight */
function trace(context, list, e, straight) {
  const [x0, y0, x1, y1] = [list.x0[e], list.y0[e], list.x1[e], list.y1[e]];
  context.moveTo(x0, y0);
  if (straight) context.lineTo(x1, y1);
  else context.bezierCurveTo((x0 + x1) / 2, y0, (x0 + x1) / 2, y1, x1, y1);
}

/** The edges pointed at, over the others, in their own colour with a rim that separates them.
 * @param {CanvasRenderingContext2D} context @param {Edges} list @param {(e: number) => boolean} wanted
 * @param {Numbers | undefined} values @param {EdgeKind} kind @param {Theme} theme @param {number} top @param {string} rim */
export function drawPointed(context, list, wanted, values, kind, theme, top, rim) {
  const scale = kind === "weights" ? "signed" : "gradient";
  const straight = list.weight.length > MANY;
  for (let e = 0; e < list.weight.length; e++) {
    if (!wanted(e)) continue;
    const part = values && top > 0 ? values[list.weight[e]] / top : 0;
    for (const [colour, extra] of [[rim, 3], [css(pick(theme, scale, Math.sign(part) * (0.4 + 0.6 * Math.abs(part)))), 0]]) {
      context.strokeStyle = /** @type {string} */ (colour);
      context.lineWidth = 1.6 + Math.min(1, Math.abs(part)) * 4 + /** @type {number} */ (extra);
      context.beginPath();
      trace(context, list, e, straight);
      context.stroke();
    }
  }
}
