/** What one takes home of a race: its numbers as CSV, its curves as SVG and PNG. */
import { el } from "./dom.js";

/** @typedef {import("./racelane.js").Row} Row */

export const COLUMNS = ["run", "step", "epoch", "train loss", "test loss", "train metric", "test metric"];

/** One cell: quoted where it must be, and never a formula. @param {string | number} value */
function cell(value) {
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Every row of every run, numbers in full; a number that is none is empty. @param {{name: string, rows: Row[]}[]} runs */
export function csvOf(runs) {
  const lines = runs.flatMap(({ name, rows }) =>
    rows.map(({ step, epoch, loss, testLoss, metric, testMetric }) => [name, step, epoch, loss, testLoss, metric, testMetric]));
  return [COLUMNS, ...lines].map((line) => `${line.map(cell).join(",")}\r\n`).join("");
}

/** @param {Blob} blob @param {string} name */
export function save(blob, name) {
  const link = el("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** An SVG as a PNG of twice its size, so that it stays sharp on a slide. @param {string} svg @param {number} width @param {number} height @returns {Promise<Blob>} */
export async function pngOf(svg, width, height) {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    await image.decode();
    const canvas = el("canvas", { width: 2 * width, height: 2 * height });
    /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")).drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("The picture could not be made."))), "image/png"));
  } finally {
    URL.revokeObjectURL(image.src);
  }
}
