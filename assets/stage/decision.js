/** What the network says at every point of the plane, with the data on it. A click makes a point the sample that is shown. */
import { css, paintGrid, pick, table, themeOf } from "./colours.js";
import { context, el, fit } from "./dom.js";
import { drawing } from "./draw.js";
import { gridPoints, predictGrid } from "./network.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Hello} Hello */
/** @typedef {import("./types.js").Numbers} Numbers */
/** @typedef {import("./types.js").Theme} Theme */
/** @typedef {import("./types.js").SetName} SetName */

const SIDE = 50;
const REACH = 14;

/** @param {Hello} hello @param {(index: number, set: SetName) => void} chosen @param {(points: import("./draw.js").Point[]) => void} drew */
export function decision(hello, chosen, drew) {
  const small = el("canvas", { width: SIDE, height: SIDE });
  const map = el("canvas", { class: "gn-plane", "aria-hidden": "true" });
  const dots = el("canvas", { class: "gn-dots", role: "group", tabindex: 0, "aria-label": describe(hello) });
  const tests = el("input", { type: "checkbox", checked: true, change: () => on.redraw() });
  const box = el("div", { class: "gn-planebox" }, map, dots);
  const element = el("section", { class: "gn-decision" },
    el("div", { class: "gn-title" }, el("b", { text: hello.task === "regression" ? "Output over the plane" : "Decision over the plane" }),
      el("label", { class: "gn-check" }, tests, el("span", { text: "test points" }))),
    box);
  const pen = hello.dataset === "own points" ? drawing(hello, dots, place, preview, drew) : null;
  element.append(pen ? pen.element : key(hello));
  const on = { redraw: () => {} };
  const xs = gridPoints(hello.domain, SIDE);
  let side = 0;
  let drawn = "";
  /** @type {{index: number, set: SetName}} */
  let followed = { index: 0, set: "train" };

  /** @param {MouseEvent} event */
  function nearest(event) {
    const area = dots.getBoundingClientRect();
    return nearestPoint(hello, side, event.clientX - area.left, event.clientY - area.top, tests.checked);
  }
  /** @param {PointerEvent} event @returns {[number, number]} */
  function place(event) {
    const [low, high] = hello.domain;
    const area = dots.getBoundingClientRect();
    const at = (/** @type {number} */ part) => Math.min(high, Math.max(low, low + part * (high - low)));
    return [at((event.clientX - area.left) / side), at(1 - (event.clientY - area.top) / side)];
  }

  /** Points that are being drawn, before the server has them. @param {import("./draw.js").Point[]} points */
  function preview(points) {
    const paper = context(dots);
    paper.clearRect(0, 0, side, side);
    const values = { train_x: Float32Array.from(points.flatMap(([a, b]) => [a, b])), train_y: Float32Array.from(points, ([, , label]) => label) };
    scatter(paper, { ...hello, values }, "train", side, themeOf(dots));
  }

  dots.addEventListener("click", (event) => {
    if (pen && !pen.follows()) return;
    const found = nearest(event);
    if (found) chosen(found.index, found.set);
  });
  dots.addEventListener("keydown", (event) => {
    const next = beside(hello, followed, event.key);
    if (!next) return;
    chosen(next.index, next.set);
    event.preventDefault();
    event.stopPropagation();
  });
  dots.addEventListener("pointermove", (event) => (dots.style.cursor = pen && !pen.follows() ? "crosshair" : nearest(event) ? "pointer" : "default"));

  return {
    element,

    /** @param {number} width */
    resize(width) {
      if (width === side) return;
      side = width;
      Object.assign(box.style, { width: `${side}px`, height: `${side}px` });
      fit(map, side, side);
      fit(dots, side, side);
      drawn = "";
    },

    /** Other points have come, under the same structure. */
    renew() {
      drawn = "";
    },

    /** @param {View} view */
    map({ frame, theme, settings }) {
      if (!frame.values.weights || !side) return;
      const values = predictGrid(hello, frame.values.weights, settings.activations, xs);
      const low = hello.task === "regression" ? -1 : 0;
      paintGrid(context(small), values, SIDE, table(theme, "signed"), low, 1);
      const paper = context(map);
      paper.imageSmoothingQuality = "medium";
      paper.drawImage(small, 0, 0, side, side);
    },

    /** Points change only with data, theme, size and sample. @param {View} view */
    values(view) {
      const { index, set } = (followed = view.frame.sample);
      const wanted = [view.theme, side, index, set, tests.checked].join();
      on.redraw = () => this.values(view);
      if (wanted === drawn || !side) return;
      drawn = wanted;
      const paper = context(dots);
      paper.clearRect(0, 0, side, side);
      if (tests.checked) scatter(paper, hello, "test", side, view.theme);
      scatter(paper, hello, "train", side, view.theme);
      const point = position(hello, set, index, side);
      if (point) ring(paper, point, view.theme);
    },
  };
}

/** @param {Hello} hello @param {SetName} set @param {number} index @param {number} side @returns {[number, number] | null} */
function position({ values, domain: [low, high] }, set, index, side) {
  const x = values[`${set}_x`];
  if (!x || 2 * index + 1 >= x.length) return null;
  const scale = side / (high - low);
  return [(x[2 * index] - low) * scale, side - (x[2 * index + 1] - low) * scale];
}

/** Train points are filled, test points outlined; class 0 is a circle, class 1 a square.
 * @param {CanvasRenderingContext2D} paper @param {Hello} hello @param {SetName} set @param {number} side @param {Theme} theme */
export function scatter(paper, hello, set, side, theme) {
  const y = hello.values[`${set}_y`] ?? [];
  const radius = y.length > 220 ? 2.7 : 3.2;
  const rim = theme === "dark" ? "rgba(10,12,16,0.85)" : "rgba(255,255,255,0.95)";
  const classes = hello.task === "classification";
  // A height has the colour of the map behind it when the network is right, so its rim must be seen.
  const edge = classes ? rim : theme === "dark" ? "rgba(240,242,246,0.7)" : "rgba(20,23,28,0.42)";
  for (let i = 0; i < y.length; i++) {
    const point = position(hello, set, i, side);
    if (!point) continue;
    const colour = css(pick(theme, "signed", classes ? y[i] * 2 - 1 : y[i]));
    paper.beginPath();
    if (classes && y[i] > 0.5) paper.rect(point[0] - radius * 0.9, point[1] - radius * 0.9, radius * 1.8, radius * 1.8);
    else paper.arc(point[0], point[1], radius, 0, 2 * Math.PI);
    if (set === "train") {
      paper.fillStyle = colour;
      paper.fill();
      paper.strokeStyle = edge;
      paper.lineWidth = 1;
    } else {
      paper.strokeStyle = edge;
      paper.lineWidth = 3;
      paper.stroke();
      paper.strokeStyle = colour;
      paper.lineWidth = 1.5;
    }
    paper.stroke();
  }
}

/** @param {CanvasRenderingContext2D} paper @param {[number, number]} point @param {Theme} theme */
function ring(paper, [x, y], theme) {
  for (const [width, colour] of /** @type {[number, string][]} */ ([[5, theme === "dark" ? "#0c0e12" : "#ffffff"], [2.5, theme === "dark" ? "#ffffff" : "#14171c"]])) {
    paper.beginPath();
    paper.arc(x, y, 8, 0, 2 * Math.PI);
    paper.lineWidth = width;
    paper.strokeStyle = colour;
    paper.stroke();
  }
}

/** The point that an arrow key leads to. @param {Pick<Hello, "samples">} hello @param {{index: number, set: SetName}} from @param {string} key
 * @returns {{index: number, set: SetName} | null} */
export function beside({ samples }, { index, set }, key) {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[key];
  const other = set === "train" ? "test" : "train";
  const [n, m] = [samples[set] ?? 0, samples[other] ?? 0];
  if (by && n) return { index: (index + by + n) % n, set };
  return /^Arrow(Up|Down)$/.test(key) && m ? { index: Math.min(index, m - 1), set: other } : null;
}

/** The data point nearest to a place on the map, within reach. @param {Hello} hello @param {number} side @param {number} x @param {number} y @param {boolean} tests
 * @returns {{index: number, set: SetName} | null} */
export function nearestPoint(hello, side, x, y, tests) {
  let best = REACH * REACH;
  let found = null;
  for (const set of /** @type {SetName[]} */ (tests ? ["train", "test"] : ["train"])) {
    const n = (hello.values[`${set}_x`]?.length ?? 0) / 2;
    for (let index = 0; index < n; index++) {
      const point = position(hello, set, index, side);
      const distance = point ? (point[0] - x) ** 2 + (point[1] - y) ** 2 : Infinity;
      if (distance < best) [best, found] = [distance, { index, set }];
    }
  }
  return found;
}

/** What the ends of the scale stand for. @param {Hello} hello @returns {[string, string]} */
function endsOf({ task, classes, told = 1 }) {
  if (task === "regression") return ["−1", "1"];
  if (!classes) return ["● class 0", "■ class 1"];
  return [classes.length > 2 ? "● others" : `● ${classes[1 - told]}`, `■ ${classes[told]}`];
}

/** @param {Hello} hello */
function key(hello) {
  const ends = endsOf(hello);
  return el("div", { class: "gn-key" }, el("span", { text: ends[0] }), el("i", { class: "gn-ramp gn-ramp-signed" }), el("span", { text: ends[1] }),
    el("span", { class: "gn-note", text: hello.task === "regression" ? "● train  ○ test" : "●■ train  ○□ test" }));
}

/** @param {Hello} hello */
function describe(hello) {
  const [across, up] = (hello.plane ?? []).map((i) => hello.features[i]);
  return `The ${hello.dataset} data over ${across ?? "x1"} and ${up ?? "x2"} from ${hello.domain[0]} to ${hello.domain[1]}, over a map of the network's output. Click a point to follow it; left and right follow the one before or after, up and down change between train and test.`;
}
