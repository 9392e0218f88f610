/** What the network answers against what is right, for every test sample: the better, the nearer to the diagonal. */
import { chooser } from "./chooser.js";
import { css, pick } from "./colours.js";
import { context, el, fit } from "./dom.js";
import { format } from "./format.js";

/** @typedef {import("./types.js").Hello} Hello */

const EDGE = 30;
const HEIGHT = 168;

/** @param {Hello} hello @param {(index: number, set: import("./types.js").SetName) => void} chosen @returns {import("./scenes.js").Side} */
export function answers(hello, chosen) {
  const which = chooser(hello, chosen);
  const canvas = el("canvas", { class: "gn-answers", role: "img", "aria-label": "Predicted over true values of the test samples; a perfect network has all points on the diagonal. Click a point to show its sequence." });
  const element = el("section", { class: "gn-side" }, which.element,
    el("div", { class: "gn-title" }, el("b", { text: "Predicted ŷ over true y, test" })), canvas);
  let width = 0;
  /** @type {[number, number][]} */
  let spots = [];

  canvas.addEventListener("click", ({ offsetX, offsetY }) => {
    const distances = spots.map(([x, y]) => (x - offsetX) ** 2 + (y - offsetY) ** 2);
    const best = distances.indexOf(Math.min(...distances));
    if (distances[best] < 200) chosen(best, "test");
  });

  return {
    element,
    resize(wide) {
      width = wide;
      fit(canvas, width, HEIGHT);
    },
    renew: () => {},
    values: which.values,

    map({ frame, theme }) {
      const [truth, said] = [hello.values.test_y, frame.values.predicted];
      if (!truth || !said || !width) return;
      const paper = context(canvas);
      const style = getComputedStyle(canvas);
      const [low, high] = [Math.min(...truth), Math.max(...truth)];
      const x = (/** @type {number} */ v) => EDGE + ((v - low) / (high - low || 1)) * (width - EDGE - 8);
      const y = (/** @type {number} */ v) => HEIGHT - 18 - (Math.min(1.08, Math.max(-0.08, (v - low) / (high - low || 1))) * (HEIGHT - 36)) - 6;
      paper.clearRect(0, 0, width, HEIGHT);
      paper.strokeStyle = style.getPropertyValue("--gn-border");
      paper.setLineDash([4, 3]);
      paper.beginPath();
      paper.moveTo(x(low), y(low));
      paper.lineTo(x(high), y(high));
      paper.stroke();
      paper.setLineDash([]);
      paper.fillStyle = style.getPropertyValue("--gn-soft");
      paper.font = "11.5px 'Source Sans', 'Source Sans Pro', sans-serif";
      paper.textAlign = "right";
      for (const v of [low, high]) paper.fillText(format(v, 2), EDGE - 5, y(v) + 4);
      paper.textAlign = "left";
      paper.fillText(format(low, 2), x(low), HEIGHT - 3);
      paper.textAlign = "right";
      paper.fillText(format(high, 2), x(high), HEIGHT - 3);
      spots = Array.from(truth, (v, i) => [x(v), y(said[i])]);
      paper.fillStyle = css(pick(theme, "signed", 0.9), 0.65);
      spots.forEach(([px, py], i) => {
        const shown = frame.sample.set === "test" && frame.sample.index === i;
        paper.beginPath();
        paper.arc(px, py, shown ? 6 : 2.6, 0, 2 * Math.PI);
        paper.fill();
        if (!shown) return;
        paper.lineWidth = 2;
        paper.strokeStyle = style.getPropertyValue("--gn-text");
        paper.stroke();
      });
    },
  };
}
