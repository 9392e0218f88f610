/** A picture drawn by hand: the network reads it at once, as the shown sample. It is never trained on. */
import { el } from "./dom.js";

/** @typedef {import("./types.js").Hello} Hello */

const SIDE = 224;

/** A soft brush on the cells: what lies under it darkens with nearness. @param {Float32Array} cells @param {number} wide @param {number} row @param {number} column
 * @param {number} radius in cells @param {number} [ink] 0 takes away */
export function brush(cells, wide, row, column, radius, ink = 1) {
  for (let r = 0; r < cells.length / wide; r++) {
    for (let c = 0; c < wide; c++) {
      const near = 1 - Math.hypot(r + 0.5 - row, c + 0.5 - column) / radius;
      if (near <= 0) continue;
      const at = r * wide + c;
      const deep = Math.min(1, 1.6 * near);
      cells[at] = ink ? Math.max(cells[at], deep) : Math.min(cells[at], 1 - deep);
    }
  }
}

/** @param {Hello} hello @param {() => import("./types.js").View | null} _ @param {import("./asks.js").Ask} __ @param {(message: object) => void} send */
export function digitPanel(hello, _, __, send) {
  if (hello.scene !== "pictures") return null;
  const [high, wide] = hello.input_shape;
  const cells = new Float32Array(high * wide);
  const canvas = el("canvas", { width: SIDE, height: SIDE, class: "gn-digit", "data-testid": "digit", role: "img", "aria-label": `A field of ${high} by ${wide} cells to draw a digit on` });
  const label = el("select", { "aria-label": "The digit you draw", change: tell }, ...(hello.classes ?? []).map((text, value) => el("option", { value, text })));
  const rub = el("input", { type: "checkbox" });
  const element = el("section", { class: "gn-panel gn-drawing", "aria-label": "Draw", hidden: true }, canvas, el("div", {},
    el("p", { text: "Draw a digit: the stage shows what the network makes of it, forward and backward. It is not trained on." }),
    el("p", {}, el("label", {}, "It is a ", label), " ", el("span", { class: "gn-note", text: "(for its loss and its gradients)" })),
    el("p", {}, el("label", { class: "gn-check" }, rub, "rub out"), " ", el("button", { type: "button", text: "Clear", click: () => {
      cells.fill(0);
      paint();
      tell();
    } }))));
  let down = false;

  /** @param {PointerEvent} event */
  function stroke(event) {
    brush(cells, wide, (event.offsetY / canvas.clientHeight) * high, (event.offsetX / canvas.clientWidth) * wide, wide > 12 ? 2 : 0.9, rub.checked ? 0 : 1);
    paint();
  }
  canvas.addEventListener("pointerdown", (event) => {
    down = true;
    canvas.setPointerCapture(event.pointerId);
    stroke(event);
  });
  canvas.addEventListener("pointermove", (event) => down && stroke(event));
  canvas.addEventListener("pointerup", () => {
    down = false;
    tell();
  });

  function tell() {
    send({ type: "draw", pixels: Array.from(cells), label: Number(label.value) });
  }

  function paint() {
    const paper = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    const size = SIDE / wide;
    paper.clearRect(0, 0, SIDE, SIDE);
    const ink = getComputedStyle(canvas).color;
    for (let at = 0; at < cells.length; at++) {
      paper.globalAlpha = cells[at];
      paper.fillStyle = ink;
      paper.fillRect((at % wide) * size, Math.floor(at / wide) * size, size, size);
      paper.globalAlpha = 0.12;
      paper.strokeStyle = ink;
      paper.strokeRect((at % wide) * size, Math.floor(at / wide) * size, size, size);
    }
    paper.globalAlpha = 1;
  }

  return {
    element,
    isOpen: () => !element.hidden,
    /** @param {boolean} open */
    toggle(open) {
      element.hidden = !open;
      if (open) paint();
    },
    values: () => {},
  };
}
