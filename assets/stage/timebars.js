/** One row of a recurrent layer through time: bars of one unit, and all units as a strip. */
import { css, pick } from "./colours.js";
import { largest, paintCells, turned } from "./maps.js";
import { LEFT, steepness, stepBox } from "./timeline.js";

/** @typedef {import("./types.js").Theme} Theme */
/** @typedef {import("./timeline.js").Row} Row */
/** @typedef {{numbers: import("./types.js").Numbers | undefined, offset: number, wide: number, gradient: boolean}} Shown  what a row shows: (T, wide), its own from offset */

/** One unit's values, a bar a step. @param {CanvasRenderingContext2D} paper @param {Theme} theme @param {Row} row @param {Shown} found
 * @param {{steps: number, width: number, unit: number}} place */
export function bars(paper, theme, row, { numbers, offset, wide, gradient }, { steps, width, unit: u }) {
  if (!row.bars || !numbers) return;
  const room = row.height - row.strip - 14;
  const signed = gradient ? row.part !== "dh_norm" : row.low < 0;
  const top = gradient ? 1 : Math.max(1, largest(numbers));
  const zero = row.top + 14 + (signed ? room / 2 : room);
  for (let t = 0; t < steps; t++) {
    const v = numbers[t * wide + offset + u];
    const part = gradient ? steepness(v) : Math.max(-1, Math.min(1, v / top));
    const box = stepBox(row, t, steps, width);
    const size = part * (signed ? room / 2 : room);
    paper.fillStyle = css(pick(theme, gradient ? "gradient" : "signed", Math.sign(part) * (0.3 + 0.7 * Math.abs(part))));
    paper.fillRect(box.x + box.width * 0.16, Math.min(zero, zero - size), box.width * 0.68, Math.max(Number.isNaN(v) ? 0 : 0.8, Math.abs(size)));
  }
  paper.fillStyle = theme === "dark" ? "#565e6c" : "#b9bfc9";
  paper.fillRect(LEFT, zero, width, 1);
}

/** All units at once, one a line. @param {CanvasRenderingContext2D} paper @param {Theme} theme @param {Row} row @param {Shown} found
 * @param {{steps: number, width: number, symbols: string[]}} place */
export function strip(paper, theme, row, { numbers, offset, wide, gradient }, { steps, width, symbols: names }) {
  if (!row.strip || !numbers) return;
  const all = turned(numbers, steps, wide).subarray(offset * steps, (offset + row.units) * steps);
  const box = { x: LEFT, y: row.top + row.height - row.strip, width, height: row.strip };
  const look = /** @type {const} */ ({ theme, scale: gradient ? "gradient" : "signed", top: gradient ? 1 : Math.max(1, largest(all)) });
  paintCells(paper, { numbers: gradient ? all.map(steepness) : all }, row.units, steps, box, look);
  if (!row.bars && !gradient) symbols(paper, theme, row, all, names, width);
}

/** The symbol of each step, where the input is one of a few. @param {CanvasRenderingContext2D} paper @param {Theme} theme @param {Row} row @param {ArrayLike<number>} all
 * @param {string[]} names @param {number} width */
function symbols(paper, theme, row, all, names, width) {
  const steps = all.length / names.length;
  paper.fillStyle = theme === "dark" ? "#e6ebf2" : "#1b2430";
  paper.font = "600 12.5px 'Source Sans', 'Source Sans Pro', sans-serif";
  paper.textAlign = "center";
  names.forEach((symbol, d) => {
    for (let t = 0; t < steps; t++) if (all[d * steps + t] === 1) paper.fillText(symbol, LEFT + ((t + 0.5) * width) / steps, row.top + 11);
  });
}

/** What a row stands on. @param {CanvasRenderingContext2D} paper @param {Theme} theme @param {Row} row @param {number} width */
export function ground(paper, theme, row, width) {
  paper.fillStyle = theme === "dark" ? "rgba(255,255,255,0.035)" : "rgba(20,30,50,0.028)";
  paper.fillRect(LEFT, row.top, width, row.height);
  if (row.part !== "dh_norm") return;
  paper.fillStyle = theme === "dark" ? "#aab2c0" : "#565d69";
  paper.font = "11px 'Source Sans', 'Source Sans Pro', sans-serif";
  paper.textAlign = "right";
  paper.fillText("10⁻⁶ to 1", LEFT - 8, row.top + 33);
}
