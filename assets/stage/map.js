/** The picture of a loss landscape: shades, contour lines, the run's path, and the present point, with axes and a legend. */
import { css, shade } from "./colours.js";
import { contour, rounds, scaleOf } from "./contours.js";
import { context } from "./dom.js";
import { count } from "./format.js";
import { digits } from "./rule.js";

/** @typedef {import("./types.js").Theme} Theme */
/** @typedef {import("./types.js").Numbers} Numbers */
/** @typedef {{side: number, alphas: Numbers, betas: Numbers, losses: Numbers, path: Numbers, steps: Numbers}} Land */

const [LEFT, TOP, BOTTOM, RIGHT] = [56, 8, 40, 84];
const FONT = "'Source Sans', 'Source Sans Pro', sans-serif";

/** @param {HTMLCanvasElement} canvas @param {number} width @param {number} height @param {Land} land @param {Theme} theme @param {CSSStyleDeclaration} style
 * @param {[string, string]} axes what they measure */
export function drawLand(canvas, width, height, land, theme, style, axes) {
  const paper = context(canvas);
  const [ink, soft, line, back] = ["--gn-text", "--gn-soft", "--gn-border", "--gn-bg"].map((name) => style.getPropertyValue(name));
  const { side, alphas, betas, losses } = land;
  const box = { x: LEFT, y: TOP, width: width - LEFT - RIGHT, height: height - TOP - BOTTOM };
  const x = (/** @type {number} */ alpha) => box.x + ((alpha - alphas[0]) / (alphas[side - 1] - alphas[0])) * box.width;
  const y = (/** @type {number} */ beta) => box.y + box.height - ((beta - betas[0]) / (betas[side - 1] - betas[0])) * box.height;
  const scale = scaleOf(losses);
  paper.clearRect(0, 0, width, height);
  paper.save();
  paper.beginPath();
  paper.rect(box.x, box.y, box.width, box.height);
  paper.clip();
  fill(paper, land, box, theme, scale.shade);
  paper.strokeStyle = ink;
  paper.globalAlpha = 0.55;
  paper.lineWidth = 1;
  const [cellX, cellY] = [box.width / (side - 1), box.height / (side - 1)];
  for (const level of scale.levels) {
    paper.beginPath();
    for (const [x1, y1, x2, y2] of contour(losses, side, level)) {
      paper.moveTo(box.x + x1 * cellX, box.y + box.height - y1 * cellY);
      paper.lineTo(box.x + x2 * cellX, box.y + box.height - y2 * cellY);
    }
    paper.stroke();
  }
  paper.globalAlpha = 1;
  paper.restore();
  paper.strokeStyle = line;
  paper.strokeRect(box.x, box.y, box.width, box.height);
  axis(paper, box, alphas, betas, x, y, soft, axes);
  legend(paper, box, theme, scale, ink);
  walk(paper, land, x, y, ink, back, style.getPropertyValue("--gn-accent"));
}

/** @typedef {{x: number, y: number, width: number, height: number}} Box */

/** A pixel a height, its middle where the height is. @param {CanvasRenderingContext2D} paper @param {Land} land @param {Box} box @param {Theme} theme @param {(height: number) => number} part */
function fill(paper, { side, losses }, box, theme, part) {
  const small = document.createElement("canvas");
  [small.width, small.height] = [side, side];
  const dots = context(small);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const loss = losses[(side - 1 - row) * side + column];
      dots.fillStyle = css(shade(theme, Number.isFinite(loss) ? part(loss) : 1));
      dots.fillRect(column, row, 1, 1);
    }
  }
  const [half, tall] = [box.width / (side - 1) / 2, box.height / (side - 1) / 2];
  paper.imageSmoothingEnabled = true;
  paper.drawImage(small, box.x - half, box.y - tall, box.width + 2 * half, box.height + 2 * tall);
}

/** @param {CanvasRenderingContext2D} paper @param {Box} box @param {Numbers} alphas @param {Numbers} betas @param {(a: number) => number} x @param {(b: number) => number} y
 * @param {string} soft @param {[string, string]} names */
function axis(paper, box, alphas, betas, x, y, soft, names) {
  const last = alphas.length - 1;
  paper.fillStyle = soft;
  paper.font = `12.5px ${FONT}`;
  paper.textAlign = "center";
  paper.textBaseline = "top";
  for (const tick of rounds(alphas[0], alphas[last], 6)) paper.fillText(digits(tick), x(tick), box.y + box.height + 5);
  paper.fillText(names[0], box.x + box.width / 2, box.y + box.height + 22);
  paper.textAlign = "right";
  paper.textBaseline = "middle";
  for (const tick of rounds(betas[0], betas[last], 5)) paper.fillText(digits(tick), box.x - 6, y(tick));
  paper.save();
  paper.translate(9, box.y + box.height / 2);
  paper.rotate(-Math.PI / 2);
  paper.textAlign = "center";
  paper.fillText(names[1], 0, 0);
  paper.restore();
}

/** @param {CanvasRenderingContext2D} paper @param {Box} box @param {Theme} theme @param {ReturnType<typeof scaleOf>} scale @param {string} ink */
function legend(paper, box, theme, { levels, shade: part }, ink) {
  const [left, top, bottom] = [box.x + box.width + 14, box.y + 20, box.y + box.height];
  for (let row = top; row < bottom; row++) {
    paper.fillStyle = css(shade(theme, (bottom - row) / (bottom - top)));
    paper.fillRect(left, row, 14, 1);
  }
  paper.fillStyle = paper.strokeStyle = ink;
  paper.lineWidth = 1;
  paper.textAlign = "left";
  paper.textBaseline = "middle";
  paper.fillText("loss", left, box.y + 8);
  let free = Infinity;
  for (const level of levels) {
    const at = bottom - part(level) * (bottom - top);
    paper.strokeRect(left, at, 14, 0);
    if (at > free) continue;
    paper.fillText(digits(level), left + 19, at);
    free = at - 14;
  }
}

/** @param {CanvasRenderingContext2D} paper @param {Land} land @param {(a: number) => number} x @param {(b: number) => number} y @param {string} ink @param {string} back @param {string} accent */
function walk(paper, { path, steps }, x, y, ink, back, accent) {
  const at = Array.from(steps, (_, i) => /** @type {[number, number]} */ ([x(path[2 * i]), y(path[2 * i + 1])]));
  paper.lineJoin = "round";
  for (const [width, colour] of /** @type {[number, string][]} */ ([[5, back], [2.2, ink]])) {
    paper.beginPath();
    for (const [px, py] of at) paper.lineTo(px, py);
    [paper.lineWidth, paper.strokeStyle] = [width, colour];
    paper.stroke();
  }
  paper.font = `600 13px ${FONT}`;
  paper.textBaseline = "bottom";
  /** @type {[number, number][]} */
  const named = [];
  at.forEach(([px, py], i) => {
    const last = i === at.length - 1;
    dot(paper, px, py, last ? 7 : 2.6, last ? accent : ink, back);
  });
  // Steps are named where there is room, the present and the start first.
  for (const i of [at.length - 1, 0, ...at.keys()]) {
    const [px, py] = at[i];
    if (named.some(([ox, oy]) => Math.abs(ox - px) < 84 && Math.abs(oy - py) < 34)) continue;
    named.push([px, py]);
    const text = i === at.length - 1 ? `now, step ${count(steps[i])}` : count(steps[i]);
    paper.textAlign = px > paper.canvas.clientWidth / 2 ? "right" : "left";
    paper.lineWidth = 4;
    paper.strokeStyle = back;
    paper.strokeText(text, px, py - 9);
    paper.fillStyle = ink;
    paper.fillText(text, px, py - 9);
  }
}

/** @param {CanvasRenderingContext2D} paper @param {number} x @param {number} y @param {number} radius @param {string} colour @param {string} edge */
function dot(paper, x, y, radius, colour, edge) {
  paper.beginPath();
  paper.arc(x, y, radius, 0, 2 * Math.PI);
  [paper.fillStyle, paper.strokeStyle, paper.lineWidth] = [colour, edge, 1.5];
  paper.fill();
  paper.stroke();
}
