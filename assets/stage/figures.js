/** A run's history as a table and as a drawing: pure functions from rows to text. */
import { count, format, ticks } from "./format.js";

/** @typedef {import("./curves.js").Row} Row  step, epoch, train loss, test loss, train metric, test metric */

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [640, 300, 58, 16, 40, 44];

/** @typedef {{every: number, losses: ArrayLike<number>, epochs: ArrayLike<number>}} Updates  of every `every`-th one the loss of its batch, and the epochs that had ended */

/** RFC 4180, with a header; a number that is not finite is an empty field. A row an update, with what the curves are drawn from where it was judged;
 * the last column says how many updates a row stands for. @param {Row[]} rows @param {Updates} updates */
export function csv(rows, { every, losses, epochs }) {
  const judged = new Map(rows.map((row) => [row[0], row]));
  const steps = new Set([...judged.keys(), ...Array.from(losses, (_, i) => (i + 1) * every)]);
  const lines = [...steps].sort((a, b) => a - b).map((step) => {
    const [at, row] = [step / every - 1, judged.get(step)];
    const known = at >= 0 && Number.isInteger(at) && at < losses.length;
    return [step, known ? epochs[at] : Math.floor(row?.[1] ?? 0), known ? losses[at] : NaN, ...(row?.slice(2) ?? [NaN, NaN, NaN, NaN]), every];
  });
  return ["step,epochs ended,batch loss,train loss,test loss,train metric,test metric,updates a row",
    ...lines.map((line) => line.map((value) => (Number.isFinite(value) ? String(value) : "")).join(",")), ""].join("\r\n");
}

/** Loss above metric over steps, train full and test dashed, on white: for a report. @param {Row[]} rows @param {string} loss @param {string} metric their names */
export function curvesSvg(rows, loss, metric) {
  return [`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${2 * HEIGHT}" viewBox="0 0 ${WIDTH} ${2 * HEIGHT}" font-family="sans-serif" font-size="13" role="img">`,
    `<title>${escaped(`${loss} and ${metric} over steps`)}</title>`, `<rect width="100%" height="100%" fill="#fff"/>`,
    panel(rows, 2, loss, 0), panel(rows, 4, metric, HEIGHT), "</svg>", ""].join("\n");
}

/** @param {Row[]} rows @param {number} column @param {string} name @param {number} down */
function panel(rows, column, name, down) {
  const values = rows.flatMap((row) => [row[column], row[column + 1]]).filter(Number.isFinite);
  // A metric, accuracy or R², is at best 1.
  const high = column === 2 ? Math.max(...values, 0) * 1.05 || 1 : 1;
  const low = Math.min(...values, 0);
  const [first, last] = rows.length ? [rows[0][0], Math.max(rows[0][0] + 1, rows[rows.length - 1][0])] : [0, 1];
  const x = (/** @type {number} */ step) => round(LEFT + ((step - first) / (last - first)) * (WIDTH - LEFT - RIGHT));
  const y = (/** @type {number} */ v) => round(down + HEIGHT - BOTTOM - ((v - low) / (high - low)) * (HEIGHT - TOP - BOTTOM));
  const marks = low < 0 ? [low, (low + high) / 2, high] : ticks(high);
  const text = (/** @type {string} */ words, /** @type {number} */ at, /** @type {number} */ height, more = "") => `<text x="${at}" y="${height}" ${more}>${escaped(words)}</text>`;
  const foot = down + HEIGHT - BOTTOM;
  const key = WIDTH - RIGHT;
  return ["<g>", text(name, LEFT, down + 22, 'font-weight="bold" font-size="15"'),
    ...marks.map((mark) => `<line x1="${LEFT}" x2="${key}" y1="${y(mark)}" y2="${y(mark)}" stroke="#dfe2e7"/>${text(format(mark, 2), LEFT - 8, y(mark) + 4, 'text-anchor="end" fill="#565d69"')}`),
    text(count(first), LEFT, foot + 18, 'fill="#565d69"'), text(count(last), key, foot + 18, 'text-anchor="end" fill="#565d69"'),
    text("step", (LEFT + key) / 2, foot + 34, 'text-anchor="middle" fill="#565d69"'),
    `<line x1="${key - 150}" x2="${key - 126}" y1="${down + 18}" y2="${down + 18}" stroke="#1f2329" stroke-width="2"/>`, text("train", key - 120, down + 22),
    `<line x1="${key - 72}" x2="${key - 48}" y1="${down + 18}" y2="${down + 18}" stroke="#565d69" stroke-width="2" stroke-dasharray="5 4"/>`, text("test", key - 42, down + 22),
    path(rows, column + 1, x, y, 'stroke="#565d69" stroke-dasharray="5 4"'), path(rows, column, x, y, 'stroke="#1f2329"'), "</g>"].join("\n");
}

/** A line that is broken where a value is not finite. @param {Row[]} rows @param {number} column @param {(step: number) => number} x @param {(v: number) => number} y @param {string} look */
function path(rows, column, x, y, look) {
  let pen = "M";
  const d = rows.map((row) => {
    const finite = Number.isFinite(row[column]);
    const part = finite ? `${pen}${x(row[0])} ${y(row[column])}` : "";
    pen = finite ? "L" : "M";
    return part;
  }).join("");
  return `<path d="${d}" fill="none" stroke-width="2" stroke-linejoin="round" ${look}/>`;
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 100) / 100;
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
