/** The weights of every layer as maps, a row an input and a column an output: values, gradients or updates. */
import { weightsShown } from "./chain.js";
import { context, el, fit } from "./dom.js";
import { largest, paintCells } from "./maps.js";
import { size } from "./terms.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Hello} Hello */

/** @param {Hello} hello @param {import("./scenes.js").On} on */
export function weightMaps(hello, on) {
  const all = hello.layers.flatMap(({ name, weights }, layer) => Object.entries(weights).map(([part, { offset, shape }]) => ({
    layer, part, offset, shape, rows: shape.length > 1 ? shape[0] : 1, columns: shape[shape.length - 1],
    canvas: el("canvas", { role: "img", "aria-label": `${name}/${part}, ${shape.join(" by ")} weights` }),
    title: `${part === "recurrent_kernel" ? "recurrent" : part} ${shape.join("×")}`,
  })));
  const element = el("div", { class: "gn-weights" }, ...all.map(({ canvas, title }) => el("figure", {}, el("figcaption", { text: title }), canvas)));
  let wide = 0;
  for (const { canvas, layer, part, rows, columns, shape } of all) {
    const targetOf = (/** @type {MouseEvent} */ { offsetX, offsetY }) => {
      const index = [Math.floor((offsetY / canvas.clientHeight) * rows), Math.floor((offsetX / canvas.clientWidth) * columns)]
        .map((i, axis) => Math.min((axis ? columns : rows) - 1, Math.max(0, i)));
      return /** @type {const} */ ({ kind: "weight", layer, part, index: shape.length > 1 ? index : [index[1]] });
    };
    canvas.addEventListener("pointermove", (event) => on.point(targetOf(event)));
    canvas.addEventListener("click", (event) => on.pin(targetOf(event)));
  }

  return {
    element,

    /** @param {number} left @param {number} top @param {number} width @param {number} height */
    place(left, top, width, height) {
      wide = width;
      element.style.cssText = `left:${left}px;top:${top}px;width:${width}px;height:${height}px`;
      // Cells are as high as they are wide, and lower where all maps together would not fit.
      const wanted = all.map(({ rows, columns }) => Math.max(7, Math.min(rows * 9, (rows * width) / columns)));
      const room = height - all.length * 19;
      const squeeze = Math.min(1, room / wanted.reduce((a, b) => a + b, 0));
      all.forEach(({ canvas }, k) => fit(canvas, width, Math.max(5, Math.floor(wanted[k] * squeeze))));
    },

    /** Where a weight stands. @param {import("./types.js").Target} target @returns {import("./maps.js").Box | null} */
    spot(target) {
      const one = target.kind === "weight" ? all.find(({ layer, part }) => layer === target.layer && part === target.part) : undefined;
      if (!one || target.kind !== "weight") return null;
      const [i, j] = one.shape.length > 1 ? target.index : [0, target.index[0]];
      const { canvas, rows, columns } = one;
      const [width, height] = [canvas.clientWidth / columns, canvas.clientHeight / rows];
      return { x: element.offsetLeft + canvas.offsetLeft + j * width, y: element.offsetTop + canvas.offsetTop + i * height, width, height };
    },

    /** @param {View} view */
    draw(view) {
      for (const { canvas, offset, shape, rows, columns } of all) {
        const { numbers, gradient } = weightsShown(view, offset);
        const paper = context(canvas);
        const box = { x: 0, y: 0, width: wide, height: parseFloat(canvas.style.height) };
        paper.clearRect(0, 0, box.width, box.height);
        if (!numbers) continue;
        const top = largest(numbers, gradient ? 1e-12 : 1, offset, offset + size(shape));
        paintCells(paper, { numbers, offset }, rows, columns, box, { theme: view.theme, scale: gradient ? "gradient" : "signed", top });
      }
    },

    /** @param {View} view */
    top: (view) => Math.max(view.edges === "weights" ? 1 : 0, largest(view.frame.values[view.edges], 0)),
  };
}
