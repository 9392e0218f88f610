/** Points drawn by hand: a tool for each class, an eraser, and the hand that follows a point as on any other data. */
import { el } from "./dom.js";

/** @typedef {import("./types.js").Hello} Hello */
/** @typedef {[number, number, number]} Point  x1, x2, class */

export const FEWEST = 4;
const TOOLS = /** @type {const} */ ([["0", "● class 0"], ["1", "■ class 1"], ["erase", "erase"], ["follow", "follow"]]);
// In units of the plane: how far apart a stroke sets its points, and how wide it erases.
const GAP = 0.45;
const WIDTH = 0.5;

/** All points of the data, train and test. @param {Hello} hello @returns {Point[]} */
export function pointsOf({ values }) {
  return ["train", "test"].flatMap((set) => {
    const [x, y] = [values[`${set}_x`] ?? [], values[`${set}_y`] ?? []];
    return Array.from(y, (label, i) => /** @type {Point} */ ([x[2 * i], x[2 * i + 1], label]));
  });
}

/** What a stroke makes of the points at one place. @param {Point[]} points @param {string} tool @param {number} x1 @param {number} x2 @returns {Point[]} */
export function touched(points, tool, x1, x2) {
  const far = (/** @type {Point} */ [a, b], /** @type {number} */ distance) => Math.hypot(a - x1, b - x2) > distance;
  if (tool === "erase") return points.filter((point) => far(point, WIDTH));
  const label = Number(tool);
  return points.every((point) => point[2] !== label || far(point, GAP)) ? [...points, [x1, x2, label]] : points;
}

/** @param {Hello} hello @param {HTMLCanvasElement} canvas @param {(event: PointerEvent) => [number, number]} place  of the pointer, on the plane
 * @param {(points: Point[]) => void} preview @param {(points: Point[]) => void} changed */
export function drawing(hello, canvas, place, preview, changed) {
  const group = `gn-draw-${Math.random().toString(36).slice(2)}`;
  let tool = "0";
  /** @type {Point[] | null} */
  let stroke = null;
  const said = el("span", { class: "gn-note", role: "status" });
  const element = el("div", { class: "gn-drawtools" }, el("fieldset", { class: "gn-switch" }, el("legend", { class: "gn-sr", text: "Draw" }),
    ...TOOLS.map(([value, text]) => el("label", {}, el("input", { type: "radio", name: group, value, checked: value === tool, change: () => (tool = value) }), el("span", { text })))), said);

  canvas.addEventListener("pointerdown", (event) => {
    if (tool === "follow") return;
    canvas.setPointerCapture(event.pointerId);
    stroke = pointsOf(hello);
    go(event);
  });
  canvas.addEventListener("pointermove", (event) => stroke && go(event));
  canvas.addEventListener("pointerup", () => {
    if (stroke && stroke.length >= FEWEST) changed(stroke);
    else if (stroke) preview(pointsOf(hello));
    said.textContent = stroke && stroke.length < FEWEST ? `Keep ${FEWEST} or more.` : "";
    stroke = null;
  });

  /** @param {PointerEvent} event */
  function go(event) {
    if (!stroke) return;
    const after = touched(stroke, tool, ...place(event));
    if (after !== stroke) preview((stroke = after));
  }

  return { element, follows: () => tool === "follow" };
}
