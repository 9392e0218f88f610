/** The curves of a race as one SVG: what is on the screen, in the file, and behind the PNG are the same text. */
import { count, format, ticks } from "./format.js";

/** @typedef {import("./racelane.js").Row} Row */
/** @typedef {import("./types.js").Theme} Theme */
/** @typedef {{name: string, rows: Row[]}} Curve */
/** @typedef {{width: number, height: number, theme: Theme, title: string, raced: string, by: "updates" | "epochs", loss: string, metric: string, curves: Curve[], points?: number, back?: boolean}} Figure  back: with a ground of its own, for a file */
/** @typedef {{left: number, top: number, width: number, height: number}} Area */
/** @typedef {(value: number) => number} Scale */

/** A colour for each run, 4.5 to 1 against the page and apart for every kind of colour vision; its shape tells it as well. @type {Record<Theme, string[]>} */
export const INKS = { light: ["#1f5fbf", "#b34700", "#00735a", "#8a3d99"], dark: ["#86bcff", "#ffb070", "#58d6aa", "#e2a3f2"] };
const PAPER = { light: { back: "#ffffff", text: "#1f2329", soft: "#565d69", line: "#dfe2e7" }, dark: { back: "#0e1117", text: "#fafafa", soft: "#aab2c0", line: "#343a45" } };
const FONT = "'Source Sans','Source Sans Pro','Segoe UI',Helvetica,Arial,sans-serif";
/** Marks on a curve, and how many points of it are drawn at most. */
const [MARKS, POINTS] = [6, 500];
/** A loss so many times the largest of the start leaves the picture: else one run that flies off flattens all others. */
const FLIGHT = 3;

/** @param {string} text */
export function escaped(text) {
  return text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c] ?? c);
}

/** The shape of a run: disc, square, triangle, diamond. @param {number} run @param {number} x @param {number} y @param {number} r */
export function mark(run, x, y, r) {
  const at = (/** @type {number} */ dx, /** @type {number} */ dy) => `${(x + dx * r).toFixed(1)} ${(y + dy * r).toFixed(1)}`;
  const corners = [[], [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]], [[0, -1.2], [1.15, 0.9], [-1.15, 0.9]], [[0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0]]][run % 4];
  if (!corners.length) return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${r}"/>`;
  return `<path d="M${corners.map(([dx, dy]) => at(dx, dy)).join("L")}Z"/>`;
}

/** Where the losses end: at the largest one, unless a run has flown off. @param {Curve[]} curves @returns {{top: number, cut: boolean}} */
export function topOf(curves) {
  let [start, most] = [0, 0];
  for (const { rows } of curves) {
    rows.forEach(({ loss, testLoss }, i) => {
      for (const v of [loss, testLoss]) {
        if (!Number.isFinite(v)) continue;
        if (!i) start = Math.max(start, v);
        most = Math.max(most, v);
      }
    });
  }
  const cut = start > 0 && most > FLIGHT * start;
  return { top: (cut ? FLIGHT * start : most || 1) * 1.04, cut };
}

/** Where a metric begins: at half, or at a lower half. @param {Curve[]} curves @param {string} metric */
export function lowOf(curves, metric) {
  let low = 0.5;
  for (const { rows } of curves) for (const row of rows) for (const v of [row.metric, row.testMetric]) if (v < low) low = v;
  return Math.max(metric === "accuracy" ? 0 : -1, Math.floor(low * 2) / 2);
}

/** Rows that are drawn: at most so many, the last one among them. @param {Row[]} rows @param {number} most */
function thinned(rows, most) {
  const stride = Math.ceil(rows.length / most);
  return stride > 1 ? rows.filter((_, i) => i % stride === 0 || i === rows.length - 1) : rows;
}

/** @param {Figure} figure @returns {string} */
export function figureSvg({ width, height, theme, title, raced, by, loss, metric, curves, points = POINTS, back = false }) {
  const paper = PAPER[theme];
  const half = width / 2;
  const area = (/** @type {number} */ left) => ({ left: left + 44, top: 52, width: half - 60, height: height - 80 });
  const across = (/** @type {Row} */ row) => (by === "epochs" ? row.epoch : row.step);
  const end = Math.max(1, ...curves.map(({ rows }) => (rows.length ? across(rows[rows.length - 1]) : 0)));
  const { top, cut } = topOf(curves);
  const low = lowOf(curves, metric);
  const sunk = curves.some(({ rows }) => rows.some((row) => row.metric < low || row.testMetric < low));
  const drawn = curves.map(({ name, rows }) => ({ name, rows: thinned(rows, points) }));
  const said = `${title}. Curves over ${by}: ${curves.map(({ name }) => name).join(", ")}; full lines are train, dashed ones test.`;
  const named = raced.length * 8.4 + 22;
  let at = named;
  const legend = curves.map(({ name }, r) => {
    const entry = `<g fill="${INKS[theme][r % 4]}" stroke="${INKS[theme][r % 4]}"><path d="M${at} 15H${at + 30}" stroke-width="2.4"/>${mark(r, at + 15, 15, 5)}</g>`
      + `<text x="${at + 37}" y="20" font-size="16" font-weight="600" fill="${paper.text}">${escaped(name)}</text>`;
    at += 58 + name.length * 9;
    return entry;
  }).join("");
  // Four long names are written smaller, rather than over each other.
  const fitting = Math.min(1, (width - 170) / at);
  const entries = `<g transform="translate(0 ${(15 * (1 - fitting)).toFixed(2)}) scale(${fitting.toFixed(3)})">`
    + `<text x="8" y="20" font-size="16" fill="${paper.soft}">${escaped(raced)}:</text>${legend}</g>`;
  const kinds = `<g stroke="${paper.text}" stroke-width="2.2"><path d="M${width - 158} 15h26"/><path d="M${width - 76} 15h26" stroke-dasharray="5 4"/></g>`
    + `<g font-size="14" fill="${paper.text}"><text x="${width - 127}" y="20">train</text><text x="${width - 45}" y="20">test</text></g>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="${FONT}" role="img" aria-label="${escaped(said)}">`
    + `<title>${escaped(title)}</title>${back ? `<rect width="${width}" height="${height}" fill="${paper.back}"/>` : ""}${entries}${kinds}`
    + plot(area(0), { label: cut ? `${loss} (higher ones are cut off)` : loss, lines: ticks(top), low: 0, top, end, by, theme }, drawn, across, ["loss", "testLoss"])
    + plot(area(half), { label: sunk ? `${metric} (lower ones are cut off)` : metric, lines: [low, (low + 1) / 2, 1], low, top: 1, end, by, theme }, drawn, across, ["metric", "testMetric"])
    + "</svg>";
}

/** @param {Area} area @param {{label: string, lines: number[], low: number, top: number, end: number, by: string, theme: Theme}} axes
 * @param {Curve[]} curves @param {(row: Row) => number} across @param {[keyof Row, keyof Row]} columns train, test */
function plot({ left, top, width, height }, axes, curves, across, [train, test]) {
  const paper = PAPER[axes.theme];
  /** @type {Scale} */
  const x = (v) => left + (v / axes.end) * width;
  /** @type {Scale} */
  const y = (v) => top + height - ((Math.min(axes.top, Math.max(axes.low, v)) - axes.low) / (axes.top - axes.low)) * height;
  const grid = axes.lines.map((v) => `<path d="M${left} ${y(v).toFixed(1)}H${left + width}" stroke="${paper.line}"/>`
    + `<text x="${left - 7}" y="${(y(v) + 4.5).toFixed(1)}" text-anchor="end">${format(v, 2)}</text>`).join("");
  const feet = `<text x="${left}" y="${top + height + 17}">0</text><text x="${left + width}" y="${top + height + 17}" text-anchor="end">`
    + `${Number.isInteger(axes.end) ? count(axes.end) : format(axes.end)} ${axes.by}</text>`;
  const lines = curves.map(({ rows }, r) => curve(rows, r, INKS[axes.theme][r % 4], (row) => x(across(row)), y, [train, test])).join("");
  return `<g font-size="13" fill="${paper.soft}">${grid}${feet}<text x="${left - 36}" y="${top - 9}" font-size="15" font-weight="600" fill="${paper.text}">${escaped(axes.label)}</text></g>${lines}`;
}

/** @param {Row[]} rows @param {number} run @param {string} ink @param {(row: Row) => number} x @param {Scale} y @param {[keyof Row, keyof Row]} columns */
function curve(rows, run, ink, x, y, [train, test]) {
  const path = (/** @type {keyof Row} */ column) => rows.filter((row) => Number.isFinite(row[column]))
    .map((row, i) => `${i ? "L" : "M"}${x(row).toFixed(1)} ${y(row[column]).toFixed(1)}`).join("");
  const apart = Math.max(1, Math.round(rows.length / MARKS));
  // Runs are marked at different places, so that curves upon each other can still be told.
  const marks = rows.filter((row, i) => (i === rows.length - 1 || i % apart === Math.floor((apart * run) / 4)) && Number.isFinite(row[train]))
    .map((row) => mark(run, x(row), y(row[train]), 4)).join("");
  return `<g fill="none" stroke="${ink}" stroke-width="2.2" stroke-linejoin="round" data-run="${run}"><path d="${path(test)}" stroke-dasharray="5 4" data-set="test"/>`
    + `<path d="${path(train)}" data-set="train"/></g><g fill="${ink}">${marks}</g>`;
}
