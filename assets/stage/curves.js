/** Loss and metric over steps: train a full line, test a dashed one. */
import { context, el, fit, numberElement, setNumber } from "./dom.js";
import { count, format, ticks } from "./format.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Numbers} Numbers */
/** @typedef {number[]} Row  step, epoch, train loss, test loss, train metric, test metric */

const WIDTH = 6;
const MOST = 1600;
const LEFT = 38;
const NAMES = /** @type {Record<string, string>} */ ({ mse: "squared error", binary_crossentropy: "cross-entropy", categorical_crossentropy: "cross-entropy" });

/** How many futures that did not come to be stay on the picture. */
const GHOSTS = 3;

/** The rows so far; when there are too many, every second one is let go, and the newest always stays. */
export function history() {
  /** @type {Row[]} */
  let rows = [];
  /** @type {Row[][]} */
  let ghosts = [];
  let every = 1;
  let seen = 0;
  return {
    rows: () => rows,
    ghosts: () => ghosts,
    clear() {
      rows = [];
      ghosts = [];
      [every, seen] = [1, 0];
    },
    /** Another way is taken from a step on: the rows behind it stay as a ghost. @param {number} step */
    fork(step) {
      const kept = rows.filter((row) => row[0] <= step);
      const gone = rows.slice(Math.max(0, kept.length - 1));
      if (gone.length > 1) ghosts = [...ghosts, gone].slice(-GHOSTS);
      rows = kept;
    },
    /** @param {Numbers | undefined} flat (k, 6) */
    append(flat) {
      for (let i = 0; flat && i + WIDTH <= flat.length; i += WIDTH) {
        const row = Array.from(flat.subarray(i, i + WIDTH));
        if (rows.length && row[0] <= rows[rows.length - 1][0]) continue;
        if (rows.length && seen++ % every) rows[rows.length - 1] = row;
        else rows.push(row);
        if (rows.length > MOST) {
          rows = rows.filter((_, index) => index % 2 === 0 || index === rows.length - 1);
          every *= 2;
        }
      }
    },
  };
}

/** How wide and high what stands above the curves may be, beside a picture of that height. @param {HTMLElement} picture @param {HTMLElement} side */
export const roomAbove = (picture, side) => Math.min(side.clientWidth, 340, Math.max(190, picture.clientHeight - 65));

/** @param {string} lossName */
export function curves(lossName) {
  const loss = panel("loss", NAMES[lossName] ?? lossName);
  const metric = panel("metric", "");
  const element = el("section", { class: "gn-curves" }, loss.element, metric.element);
  const panels = /** @type {const} */ ([[loss, 2], [metric, 4]]);
  return {
    element,

    /** @param {number} width @param {number} height of both together */
    resize(width, height) {
      const plot = Math.max(46, height / 2 - 20);
      for (const [{ canvas }] of panels) {
        fit(canvas, width, plot);
        canvas.dataset.size = `${width},${plot}`;
      }
    },

    /** @param {View} view */
    values({ frame }) {
      metric.title.textContent = frame.metric.name.replace("R2", "R²");
      for (const [part, { train, test }] of /** @type {const} */ ([[loss, frame.loss], [metric, frame.metric]])) {
        setNumber(part.train, train ?? NaN);
        setNumber(part.test, test ?? NaN);
      }
    },

    /** @param {ReturnType<typeof history>} past @param {CSSStyleDeclaration} style of the stage @param {View} view */
    draw(past, style, { frame }) {
      const [rows, ghosts] = [past.rows(), past.ghosts()];
      const all = ghosts.length ? [...rows, ...ghosts.flat()] : rows;
      const now = frame.step < frame.past.last ? frame.step : null;
      for (const [{ canvas }, column] of panels) {
        const [width, height] = (canvas.dataset.size ?? "0,0").split(",").map(Number);
        const bounds = column === 2 ? [0, topOf(all, column)] : [frame.metric.name === "accuracy" ? lowOf(all, column) : Math.max(-1, lowOf(all, column)), 1];
        plot(context(canvas), width, height, { rows, ghosts, now }, column, bounds, style);
      }
    },
  };
}

/** @param {string} name @param {string} label */
function panel(name, label) {
  const title = el("b", { text: label });
  const train = numberElement(`${name}/train`);
  const test = numberElement(`${name}/test`);
  const canvas = el("canvas", { role: "img", "aria-label": `${name} over steps; train is a full line, test a dashed one` });
  const element = el("div", { class: "gn-curve" }, el("div", { class: "gn-title" }, title,
    el("span", { class: "gn-legend" }, el("i", { class: "gn-train" }), "train ", train, el("i", { class: "gn-test" }), "test ", test)), canvas);
  return { element, title, train, test, canvas };
}

/** @param {Row[]} rows @param {number} column */
function topOf(rows, column) {
  let top = 0;
  for (const row of rows) for (const v of [row[column], row[column + 1]]) if (v > top && v < Infinity) top = v;
  return top ? top * 1.05 : 1;
}

/** @param {Row[]} rows @param {number} column */
function lowOf(rows, column) {
  let low = 0.5;
  for (const row of rows) for (const v of [row[column], row[column + 1]]) if (v < low) low = v;
  return Math.floor(low * 2) / 2;
}

/** @param {CanvasRenderingContext2D} paper @param {number} width @param {number} height
 * @param {{rows: Row[], ghosts: Row[][], now: number | null}} what `now` is the step gone back to @param {number} column
 * @param {number[]} bounds @param {CSSStyleDeclaration} style */
function plot(paper, width, height, { rows, ghosts, now }, column, [low, high], style) {
  const [top, bottom] = [5, height - 15];
  const first = rows.length ? rows[0][0] : 0;
  const last = [rows, ...ghosts].reduce((most, some) => Math.max(most, some.length ? some[some.length - 1][0] : 0), first + 1);
  const x = (/** @type {number} */ step) => LEFT + ((step - first) / (last - first)) * (width - LEFT - 4);
  const y = (/** @type {number} */ v) => bottom - ((Math.min(high, Math.max(low, v)) - low) / (high - low)) * (bottom - top);
  const soft = style.getPropertyValue("--gn-soft");
  paper.clearRect(0, 0, width, height);
  paper.font = "11.5px 'Source Sans', 'Source Sans Pro', sans-serif";
  paper.fillStyle = soft;
  paper.strokeStyle = style.getPropertyValue("--gn-line");
  paper.lineWidth = 1;
  paper.textBaseline = "middle";
  paper.textAlign = "right";
  paper.beginPath();
  for (const tick of column === 2 ? ticks(high) : [low, (low + high) / 2, high]) {
    paper.fillText(format(tick, 2), LEFT - 6, y(tick));
    paper.moveTo(LEFT, y(tick));
    paper.lineTo(width - 4, y(tick));
  }
  paper.stroke();
  paper.textBaseline = "alphabetic";
  paper.fillText(`step ${count(last)}`, width - 4, height - 2);
  paper.textAlign = "left";
  paper.fillText(count(first), LEFT, height - 2);
  for (const ghost of ghosts) line(paper, ghost, column, x, y, [1, 3], soft);
  if (now !== null) {
    paper.strokeStyle = style.getPropertyValue("--gn-accent");
    paper.beginPath();
    paper.moveTo(x(now), top);
    paper.lineTo(x(now), bottom);
    paper.stroke();
  }
  line(paper, rows, column + 1, x, y, [4, 3], soft);
  line(paper, rows, column, x, y, [], style.getPropertyValue("--gn-text"));
}

/** @param {CanvasRenderingContext2D} paper @param {Row[]} rows @param {number} column @param {(step: number) => number} x
 * @param {(value: number) => number} y @param {number[]} dash @param {string} colour */
function line(paper, rows, column, x, y, dash, colour) {
  paper.setLineDash(dash);
  paper.strokeStyle = colour;
  paper.lineWidth = 1.8;
  paper.lineJoin = "round";
  paper.beginPath();
  const stride = Math.max(1, Math.floor(rows.length / 400));
  rows.forEach((row, i) => {
    if ((i % stride && i !== rows.length - 1) || !Number.isFinite(row[column])) return;
    paper.lineTo(x(row[0]), y(row[column]));
  });
  paper.stroke();
  paper.setLineDash([]);
}
