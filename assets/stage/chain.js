/** A chain of layers as maps: the picture, kernels and feature maps, pools, and the outputs; on the way back their gradients. */
import { hit, kernelPart, cellBox, moved, place, spotOf, windowAt } from "./chainlayout.js";
import { context, el, fit } from "./dom.js";
import { headers } from "./headers.js";
import { largest, paintCells } from "./maps.js";
import { outputs } from "./outputs.js";
import { at } from "./terms.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Hello} Hello */
/** @typedef {import("./types.js").Target} Target */
/** @typedef {import("./chainlayout.js").Column} Column */
/** @typedef {import("./maps.js").Box} Box */

const HEADER = 46;
const DURATION = 400;

/** @param {Hello} hello @param {import("./scenes.js").On} on @returns {import("./scenes.js").Main} */
export function chain(hello, on) {
  const quiet = matchMedia("(prefers-reduced-motion: reduce)");
  const canvas = el("canvas", { class: "gn-lines", "aria-hidden": "true" });
  const maps = el("div", { class: "gn-chain", tabindex: 0, role: "group", "aria-label": describe(hello) }, canvas);
  const named = headers(hello, on.activation);
  const last = outputs(hello, on);
  const element = el("div", { class: "gn-network", "data-testid": "network" }, maps, ...named.elements, last.element);
  /** @type {Column[]} */
  let columns = [];
  let size = { width: 0, height: 0 };
  let lastKey = "";
  /** @type {{layer: number, back: boolean, start: number, part: number} | null} */
  let running = null;
  /** @type {Target | null} */
  let target = null;

  /** @param {MouseEvent} event */
  function targetOf(event) {
    const box = canvas.getBoundingClientRect();
    return hit(hello, columns, event.clientX - box.left, event.clientY - box.top);
  }
  maps.addEventListener("pointermove", (event) => on.point(targetOf(event)));
  element.addEventListener("pointerleave", () => on.point(null));
  maps.addEventListener("click", (event) => on.pin(targetOf(event)));
  maps.addEventListener("keydown", (event) => {
    if (!/^(Arrow|Page)/.test(event.key)) return;
    on.pin(moved(hello, target, event.key));
    event.preventDefault();
    event.stopPropagation();
  });

  /** @param {View} view */
  function draw(view) {
    const paper = context(canvas);
    paper.clearRect(0, 0, size.width, size.height);
    for (const column of columns) {
      paper.globalAlpha = dimmed(view, column.layer) ? 0.28 : 1;
      drawMaps(paper, view, column);
      drawKernels(paper, view, column);
    }
    paper.globalAlpha = 1;
    if (running) drawSweep(paper, view);
    if (view.target) drawTarget(paper, view, view.target);
  }

  /** A layer's maps: what it puts out, or the gradient that has reached it. @param {CanvasRenderingContext2D} paper @param {View} view @param {Column} column */
  function drawMaps(paper, view, { layer, shape: [h, w, channels], maps: boxes }) {
    const found = partShown(view, layer);
    const reach = running?.layer === layer ? (running.back ? -1 : 1) * Math.ceil(running.part * h * w) : undefined;
    const numbers = found ? view.frame.values[found.name] : undefined;
    const top = largest(numbers, found?.gradient ? 1e-12 : layer < 0 ? 1 : 1e-6);
    boxes.forEach((box, c) => {
      if (numbers && found) paintCells(paper, { numbers, offset: c, stride: channels }, h, w, box, { theme: view.theme, scale: found.gradient ? "gradient" : "signed", top, reach });
      outline(paper, box, view, Boolean(numbers));
    });
  }

  /** @param {CanvasRenderingContext2D} paper @param {View} view @param {Column} column */
  function drawKernels(paper, view, { layer, kernels }) {
    if (!kernels.length) return;
    const { offset, shape: [h, w, channels, filters] } = hello.layers[layer].weights.kernel;
    const { numbers, gradient } = weightsShown(view, offset);
    if (!numbers) return kernels.forEach((box) => outline(paper, box, view, false));
    const top = largest(numbers, 1e-12, offset, offset + h * w * channels * filters);
    kernels.forEach((box, f) => {
      for (let c = 0; c < channels; c++) {
        const part = kernelPart(box, channels, c);
        paintCells(paper, { numbers, offset: offset + c * filters + f, stride: channels * filters }, h, w, part, { theme: view.theme, scale: gradient ? "gradient" : "signed", top });
      }
      outline(paper, box, view, true);
    });
  }

  /** The window that slides over the layer below while its output is computed. @param {CanvasRenderingContext2D} paper @param {View} view */
  function drawSweep(paper, view) {
    if (!running || running.layer < 0) return;
    const [, below, column] = [0, columns[running.layer], columns[running.layer + 1]];
    if (column.kind !== "maps") return;
    const [h, w] = column.shape;
    const cell = Math.min(h * w - 1, Math.floor((running.back ? 1 - running.part : running.part) * h * w));
    const [i, j] = [Math.floor(cell / w), cell % w];
    const seen = windowAt(hello.layers[running.layer], i, j);
    if (seen) below.maps.forEach((box) => frame(paper, cellBox(box, below.shape, seen.row, seen.column, seen.rows, seen.columns), view));
  }

  /** @param {CanvasRenderingContext2D} paper @param {View} view @param {Target} wanted */
  function drawTarget(paper, view, wanted) {
    const box = spotOf(hello, columns, wanted);
    if (!box) return;
    if (wanted.kind !== "value") return frame(paper, box, view);
    const [column, below] = [columns[wanted.layer + 1], columns[wanted.layer]];
    const [i, j = 0, f = 0] = wanted.index;
    const seen = windowAt(hello.layers[wanted.layer], i, j);
    if (seen) {
      const pool = !hello.layers[wanted.layer].weights.kernel;
      below.maps.forEach((map, c) => {
        if (pool && c !== f) return;
        const spot = cellBox(map, below.shape, seen.row, seen.column, seen.rows, seen.columns);
        beam(paper, spot, box, view);
        frame(paper, spot, view);
        const won = pool && view.frame.values[`${hello.layers[wanted.layer].name}/argmax`]?.[at(column.shape, [i, j, f])];
        if (typeof won === "number") frame(paper, cellBox(map, below.shape, seen.row + Math.floor(won / seen.columns), seen.column + (won % seen.columns)), view);
      });
      if (column.kernels.length) frame(paper, column.kernels[f], view);
    }
    frame(paper, box, view);
  }

  return {
    element,

    resize(width, height) {
      if (width === size.width && height - HEADER === size.height) return;
      size = { width, height: height - HEADER };
      columns = place(hello, width, size.height);
      named.place(columns);
      fit(canvas, width, size.height);
      maps.style.cssText = `top:${HEADER}px;height:${size.height}px`;
      const end = columns[columns.length - 1];
      last.element.style.cssText = `left:${end.x}px;top:${HEADER}px;width:${end.width}px;height:${size.height}px`;
    },

    values(view) {
      last.values(view);
      named.values(view);
    },
    maps: () => {},
    draw,

    top(view) {
      const kernels = hello.layers.filter(({ weights }) => weights.kernel?.shape.length === 4).map(({ weights: { kernel } }) =>
        largest(view.frame.values[view.edges], 0, kernel.offset, kernel.offset + kernel.shape.reduce((a, b) => a * b, 1)));
      return Math.max(0, ...kernels);
    },

    operate(view, now) {
      const { operation, step, epoch, sample } = view.frame;
      const key = operation ? `${epoch}/${step}/${operation.index}/${sample.index}` : "";
      if (key === lastKey) return;
      lastKey = key;
      named.light(operation);
      last.element.classList.toggle("gn-dim", dimmed(view, hello.layers.length - 1));
      const made = operation?.outputs[0]?.name.split("/") ?? [];
      const back = operation?.phase === "backward";
      const layer = hello.layers.findIndex(({ name }) => name === made[0]) - (made[1] === "dx" ? 1 : 0);
      const moves = operation && !quiet.matches && /^(z|a|y|dz|dx)$/.test(made[1] ?? "") && columns[layer + 1]?.kind === "maps";
      running = moves ? { layer, back, start: now, part: 0 } : null;
    },

    animate(view, now) {
      if (!running) return false;
      running.part = Math.min(1, Math.max(0, (now - running.start) / DURATION));
      if (running.part >= 1) running = null;
      draw(view);
      return running !== null;
    },

    mark(wanted) {
      target = wanted;
      last.mark(wanted);
    },

    spot(wanted) {
      const box = spotOf(hello, columns, wanted);
      return box ? { ...box, y: box.y + HEADER } : last.spot(wanted);
    },
  };

  /** @param {View} view @param {number} layer */
  function dimmed({ frame: { operation } }, layer) {
    if (!operation || operation.phase === "update") return false;
    const active = hello.layers.findIndex(({ name }) => name === operation.layer);
    return active >= 0 && layer !== active && layer !== active - 1;
  }

  /** Which array a layer's maps show. @param {View} view @param {number} layer @returns {{name: string, gradient: boolean} | null} */
  function partShown({ frame: { values, operation }, edges }, layer) {
    const { name, output } = hello.layers[Math.max(0, layer)];
    const backward = operation ? operation.phase === "backward" : edges === "gradient";
    const [forward, back] = layer < 0 ? [["input"], [`${name}/dx`]] : [[`${name}/${output}`, `${name}/z`], [`${name}/dz`, `${name}/d${output}`]];
    const gradient = backward ? back.find((part) => values[part]) : undefined;
    const found = gradient ?? forward.find((part) => values[part]);
    return found ? { name: found, gradient: Boolean(gradient) } : null;
  }
}

/** Which vector the kernels show: what the switch says, and in a slow backward pass the sample's own gradient as soon as it is known.
 * @param {View} view @param {number} offset */
export function weightsShown({ frame: { values, operation }, edges }, offset) {
  const own = operation?.phase === "backward" && values.sample_gradient && !Number.isNaN(values.sample_gradient[offset]);
  if (own) return { numbers: values.sample_gradient, gradient: true };
  return { numbers: values[operation ? "weights" : edges], gradient: !operation && edges !== "weights" };
}

/** @param {CanvasRenderingContext2D} paper @param {Box} box @param {View} view @param {boolean} known */
export function outline(paper, { x, y, width, height }, { theme }, known) {
  paper.setLineDash(known ? [] : [3, 3]);
  paper.lineWidth = 1;
  paper.strokeStyle = theme === "dark" ? "#565e6c" : "#b9bfc9";
  paper.strokeRect(x - 0.5, y - 0.5, width + 1, height + 1);
  paper.setLineDash([]);
}

/** @param {CanvasRenderingContext2D} paper @param {Box} box @param {View} view */
export function frame(paper, { x, y, width, height }, { theme }) {
  for (const [wide, colour] of /** @type {[number, string][]} */ ([[4, theme === "dark" ? "#0c0e12" : "#ffffff"], [2, theme === "dark" ? "#ffffff" : "#14171c"]])) {
    paper.lineWidth = wide;
    paper.strokeStyle = colour;
    paper.strokeRect(x, y, width, height);
  }
}

/** From a window to the cell that it makes. @param {CanvasRenderingContext2D} paper @param {Box} from @param {Box} to @param {View} view */
function beam(paper, from, to, { theme }) {
  paper.strokeStyle = theme === "dark" ? "rgba(255,255,255,0.45)" : "rgba(20,23,28,0.4)";
  paper.lineWidth = 1;
  paper.beginPath();
  for (const part of [0, 1]) {
    paper.moveTo(from.x + from.width, from.y + part * from.height);
    paper.lineTo(to.x, to.y + part * to.height);
  }
  paper.stroke();
}

/** @param {Hello} hello */
function describe({ input_shape, layers }) {
  return `Picture of ${input_shape[0]} by ${input_shape[1]}, ${layers.map(({ name, shape }) => `${name} ${shape.join(" by ")}`).join(", ")}. Arrow keys move over the cells of a map, Page Up and Page Down between maps.`;
}
