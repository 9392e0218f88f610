/** A kernel's gradient, built up in slow motion: a window slides over the input, and its patch times dz is added to the sum. */
import { windowAt } from "./chainlayout.js";
import { grid, windowOf } from "./convexplain.js";
import { el } from "./dom.js";
import { value, weight } from "./terms.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Target} Target */
/** @typedef {import("./strip.js").Explanation} Explanation */
/** @typedef {{layer: number, channel: number, filter: number}} About  one kernel's part for one channel */

// The whole way takes so long, in milliseconds: while slow motion plays on by itself, and while it stands.
const [PASSING, STANDING, TICK] = [1000, 4000, 50];

/** Which kernel is built up: that of the operation in slow motion, the part that is pointed at or the first. @param {View} view @returns {About | null} */
export function aboutOf({ hello, frame: { operation }, target }) {
  // Where samples depend on each other a kernel's gradient is the whole batch's, and no sample's own.
  if (hello.depend || operation?.phase !== "backward" || operation.name !== "dkernel") return null;
  const layer = hello.layers.findIndex(({ name, type }) => name === operation.layer && type === "Conv2D");
  if (layer < 0) return null;
  if (!target) return { layer, channel: 0, filter: 0 };
  if (target.kind !== "weight" || target.layer !== layer || target.part !== "kernel") return null;
  return { layer, channel: target.index[2], filter: target.index[3] };
}

/** How many windows there are. @param {View} view @param {About} about */
function count({ hello }, { layer }) {
  const [high, wide] = hello.layers[layer].shape;
  return high * wide;
}

/** The window number `at`, its patch and its dz, and the sum behind it, which is the server's.
 * @param {View} view @param {About} about @param {number} at @param {import("./types.js").Numbers | null | undefined} running @returns {Explanation} */
export function explainWindow(view, about, at, running) {
  const { layer: l, channel: c, filter: f } = about;
  const layer = view.hello.layers[l];
  const { name, shape: [, wide], weights: { kernel: { shape: [rows, columns, channels] } }, input_shape: [h, w] } = layer;
  const [i, j] = [Math.floor(at / wide), at % wide];
  const seen = windowAt(layer, i, j) ?? { row: 0, column: 0, rows: 0, columns: 0 };
  const cell = (/** @type {number} */ row, /** @type {number} */ column) => /** @type {Target} */ (l ? { kind: "value", layer: l - 1, part: view.hello.layers[l - 1].output, index: [row, column, c] } : { kind: "input", index: [row, column, c] });
  const inside = (/** @type {number} */ place, /** @type {number} */ most) => Math.min(most - 1, Math.max(0, place));
  const grids = [
    { caption: channels > 1 ? `window, map ${c}` : "window of x", rows: windowOf(view, l, i, j, c) },
    { caption: `sum so far, kernel ${f}`, before: "· dz →", rows: grid(rows, columns, (y, x) => ({ value: running?.[(at * rows + y) * columns + x], name: `${name}/kernel.so_far[${y},${x},${c},${f}]` })) },
    { caption: "dW at the end", before: "→", rows: grid(rows, columns, (y, x) => weight(view, l, "kernel", [y, x, c, f], "sample_gradient")) },
  ];
  return {
    title: `window ${at + 1}/${count(view, about)}`,
    lines: [[`row ${i}, column ${j}`], ["dz = ", { ...value(view, `${name}/dz`, [i, j, f]), strong: true }]],
    grids: columns > 3 ? grids.slice(0, 2) : grids,
    marks: [[cell(inside(seen.row, h), inside(seen.column, w)), cell(inside(seen.row + seen.rows - 1, h), inside(seen.column + seen.columns - 1, w))],
      [{ kind: "value", layer: l, part: layer.output, index: [i, j, f] }]],
  };
}

/** The way over all windows: it goes by itself where motion is welcome, and by its slider anywhere.
 * @param {import("./asks.js").Ask} ask @param {() => void} changed */
export function buildUp(ask, changed) {
  const quiet = matchMedia("(prefers-reduced-motion: reduce)");
  const slider = el("input", { type: "range", min: 0, value: 0, "aria-label": "Window", input: () => go(Number(slider.value)) });
  const element = el("div", { class: "gn-slide", hidden: true }, slider);
  /** @type {import("./types.js").Numbers | null | undefined} */
  let running = null;
  let [asked, at, timer] = ["", 0, 0];

  /** @param {number} to */
  function go(to) {
    clearInterval(timer);
    at = to;
    changed();
  }

  /** @param {number} windows @param {number} time */
  function slide(windows, time) {
    const began = performance.now();
    timer = window.setInterval(() => {
      const next = Math.min(windows - 1, Math.floor(((performance.now() - began) / time) * windows));
      if (next === windows - 1 || !element.isConnected) clearInterval(timer);
      if (next === at) return;
      at = next;
      changed();
    }, TICK);
  }

  return {
    element,

    /** @param {View} view @returns {Explanation | null} null where no kernel's gradient is computed */
    explain(view) {
      const about = aboutOf(view);
      element.hidden = !about;
      if (!about) {
        clearInterval(timer);
        asked = "";
        return null;
      }
      const { epoch, step, sample, state } = view.frame;
      const key = JSON.stringify([epoch, step, sample.set, sample.index, about]);
      if (key !== asked) {
        clearInterval(timer);
        [asked, running, at] = [key, null, 0];
        const windows = count(view, about);
        slider.max = String(windows - 1);
        ask("kernel_gradient", { ...about, layer: view.hello.layers[about.layer].name }).then(({ values }) => {
          if (asked !== key) return;
          running = values.running;
          if (!quiet.matches && at === 0) slide(windows, state === "playing" ? PASSING : STANDING);
          changed();
        }, () => {});
      }
      if (slider.value !== String(at)) slider.value = String(at);
      slider.setAttribute("aria-valuetext", `window ${at + 1} of ${count(view, about)}`);
      return explainWindow(view, about, at, running);
    },
  };
}
