/** Any stack of layers: a column each with what it computed for the shown sample, its gradient, and its weights, as maps. */
import { frame, outline } from "./chain.js";
import { context, el, fit } from "./dom.js";
import { largest } from "./maps.js";
import { outputs } from "./outputs.js";
import { paintSheet } from "./sheets.js";
import { heads } from "./stackheads.js";
import { frameOf, hit, moved, outputsBox, place, spotOf } from "./stacklayout.js";
import { arrayOf, computed, usual, vectorOf } from "./stackparts.js";
import { size as count } from "./terms.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Hello} Hello */
/** @typedef {import("./types.js").Target} Target */
/** @typedef {import("./stacklayout.js").Column} Column */
/** @typedef {import("./maps.js").Box} Box */

const DURATION = 400;

/** @param {Hello} hello @param {import("./scenes.js").On} on @returns {import("./scenes.js").Main} */
export function stack(hello, on) {
  const quiet = matchMedia("(prefers-reduced-motion: reduce)");
  const end = hello.layers.length - 1;
  const canvas = el("canvas", { class: "gn-lines", "aria-hidden": "true" });
  const maps = el("div", { class: "gn-chain gn-stack", tabindex: 0, role: "group", "aria-label": describe(hello) }, canvas);
  /** What each layer's column shows at rest. @type {string[]} */
  const chosen = hello.layers.map((_, l) => usual(hello, l));
  const named = heads(hello, on.activation, choose);
  const last = outputs(hello, on);
  const element = el("div", { class: "gn-network", "data-testid": "network" }, maps, ...named.elements, last.element);
  /** @type {Column[]} */
  let columns = [];
  let placed = "";
  let [width, height, lastKey] = [0, 0, ""];
  /** @type {{layer: number, back: boolean, start: number, share: number} | null} */
  let running = null;
  /** @type {Target | null} */
  let target = null;
  /** @type {View | null} */
  let seen = null;

  /** @param {MouseEvent} event */
  function targetOf(event) {
    const box = canvas.getBoundingClientRect();
    return hit(columns, event.clientX - box.left, event.clientY - box.top);
  }
  maps.addEventListener("pointermove", (event) => on.point(targetOf(event)));
  element.addEventListener("pointerleave", () => on.point(null));
  maps.addEventListener("click", (event) => on.pin(targetOf(event)));
  maps.addEventListener("keydown", (event) => {
    if (!/^(Arrow|Page)/.test(event.key)) return;
    on.pin(moved(hello, chosen, target, event.key));
    event.preventDefault();
    event.stopPropagation();
  });

  /** @param {number} layer @param {string} part */
  function choose(layer, part) {
    chosen[layer] = part;
    if (seen) draw(seen);
  }

  /** Columns stand anew when a layer shows another of its arrays. @param {View | null} view */
  function arrange(view) {
    const parts = chosen.map((part, l) => (view && computed(view, l)) ?? part);
    const key = `${parts}/${width}/${height}`;
    if (key === placed || !width) return;
    placed = key;
    columns = place(hello, parts, width, height);
    named.place(columns, frameOf(hello, width), parts);
  }

  /** @param {View} view */
  function draw(view) {
    seen = view;
    arrange(view);
    const paper = context(canvas);
    paper.clearRect(0, 0, width, height);
    for (const column of columns) {
      paper.globalAlpha = dimmed(view, column.layer) ? 0.28 : 1;
      if (column.layer < end) drawValues(paper, view, column);
      drawWeights(paper, view, column);
    }
    paper.globalAlpha = 1;
    if (!view.target) return;
    const box = spotOf(columns, view.target);
    if (box) frame(paper, box, view);
  }

  /** @param {CanvasRenderingContext2D} paper @param {View} view @param {Column} column */
  function drawValues(paper, view, { layer, part, sheets, boxes, room }) {
    const found = arrayOf(view, layer, part);
    const numbers = found ? view.frame.values[found.name] : undefined;
    const top = largest(numbers, found?.gradient ? 1e-12 : layer < 0 ? 1 : 1e-6);
    paper.save();
    if (running && running.layer === layer) {
      paper.beginPath();
      const wide = running.share * room.width;
      paper.rect(running.back ? room.x + room.width - wide : room.x, room.y - 2, wide, room.height + 4);
      paper.clip();
    }
    sheets.forEach((sheet, k) => {
      if (numbers && found) paintSheet(paper, numbers, 0, sheet, boxes[k], { theme: view.theme, scale: found.gradient ? "gradient" : "signed", top });
      outline(paper, boxes[k], view, Boolean(numbers));
    });
    paper.restore();
  }

  /** @param {CanvasRenderingContext2D} paper @param {View} view @param {Column} column */
  function drawWeights(paper, view, { layer, weights, box }) {
    for (const { part, sheets, boxes, caption } of weights) {
      const { offset, shape } = hello.layers[layer].weights[part];
      const { numbers, gradient } = vectorOf(view, offset);
      paper.font = "11.5px 'Source Sans', 'Source Sans Pro', sans-serif";
      paper.fillStyle = view.theme === "dark" ? "#aab2c0" : "#565d69";
      if (caption) paper.fillText(shortened(part), caption[0], caption[1], box.width);
      const top = largest(numbers, 1e-12, offset, offset + count(shape));
      sheets.forEach((sheet, k) => {
        if (numbers) paintSheet(paper, numbers, offset, sheet, boxes[k], { theme: view.theme, scale: gradient ? "gradient" : "signed", top });
        outline(paper, boxes[k], view, Boolean(numbers));
      });
    }
  }

  return {
    element,

    resize(wide, high) {
      if (wide === width && high === height) return;
      [width, height] = [wide, high];
      fit(canvas, width, height);
      maps.style.cssText = `top:0;height:${height}px`;
      const bars = outputsBox(hello, width, height);
      last.element.style.cssText = `left:${bars.x}px;top:${bars.y}px;width:${bars.width}px;height:${bars.height}px`;
      arrange(seen);
    },

    values(view) {
      last.values(view);
      named.values(view);
    },
    maps: () => {},
    draw,

    top(view) {
      return largest(view.frame.values[view.edges], 0);
    },

    operate(view, now) {
      const { operation, step, epoch, sample } = view.frame;
      const key = operation ? `${epoch}/${step}/${operation.index}/${sample.index}` : "";
      if (key === lastKey) return;
      lastKey = key;
      named.light(operation);
      last.element.classList.toggle("gn-dim", dimmed(view, end));
      const [layer, part = ""] = operation?.outputs[0]?.name.split("/") ?? [];
      const active = hello.layers.findIndex(({ name }) => name === layer) - (part === "dx" ? 1 : 0);
      const moves = operation?.layer && !quiet.matches && !(part.startsWith("d") && part.slice(1) in (hello.layers[active]?.weights ?? {}));
      running = moves ? { layer: active, back: operation?.phase === "backward", start: now, share: 0 } : null;
    },

    animate(view, now) {
      if (!running) return false;
      running.share = Math.min(1, Math.max(0, (now - running.start) / DURATION));
      if (running.share >= 1) running = null;
      draw(view);
      return running !== null;
    },

    mark(wanted) {
      target = wanted;
      last.mark(wanted);
    },

    spot: (wanted) => spotOf(columns, wanted) ?? last.spot(wanted),
  };

  /** @param {View} view @param {number} layer */
  function dimmed({ frame: { operation } }, layer) {
    if (!operation || operation.phase === "update") return false;
    const active = hello.layers.findIndex(({ name }) => name === operation.layer);
    return active >= 0 && layer !== active && layer !== active - 1;
  }
}

/** A weight array's name where there is little room. @param {string} part */
function shortened(part) {
  return part.replace("recurrent_kernel", "recurrent").replace("forward_", "→ ").replace("backward_", "← ");
}


/** @param {Hello} hello */
function describe({ input_shape, layers }) {
  return `Input of ${input_shape.join(" by ")}, ${layers.map(({ name, shape }) => `${name} ${shape.join(" by ")}`).join(", ")}. Arrow keys move over the cells of a layer, Page Up and Page Down between layers.`;
}
