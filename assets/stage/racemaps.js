/** What each run of a race says over the plane: small maps on one scale, with the train points. */
import { paintGrid, table } from "./colours.js";
import { scatter } from "./decision.js";
import { context, el, fit } from "./dom.js";
import { gridPoints, predictGrid } from "./network.js";
import { badge } from "./racetable.js";

/** @typedef {import("./racelane.js").Lane} Lane */
/** @typedef {import("./types.js").Theme} Theme */

const SIDE = 40;
const [LEAST, GAP] = [110, 18];
/** The most that a map of two, three or four runs is wide: all is to be seen at once on a projector. */
const MOST = [186, 150, 136];

/** @param {{value: string, name: string}[]} runs @param {Theme} theme */
export function raceMaps(runs, theme) {
  const small = el("canvas", { width: SIDE, height: SIDE });
  const tiles = runs.map(({ name }, r) => {
    const [map, dots] = [el("canvas", { class: "gn-plane", "aria-hidden": "true" }), el("canvas", { class: "gn-dots", role: "img", "aria-label": `What ${name} says over the plane` })];
    const box = el("div", { class: "gn-planebox" }, map, dots);
    return { map, dots, box, element: el("figure", { class: "gn-racemap" }, el("figcaption", {}, badge(r, theme), name), box) };
  });
  const ends = [el("span"), el("span")];
  const key = el("div", { class: "gn-key" }, ends[0], el("i", { class: "gn-ramp gn-ramp-signed" }), ends[1], el("span", { class: "gn-note", text: "train points; one scale for all" }));
  const element = el("section", { class: "gn-racemaps", "aria-label": "Decision maps" }, el("div", { class: "gn-tiles" }, ...tiles.map((tile) => tile.element)), key);
  let [side, drawn] = [0, ""];
  return {
    element,

    /** @param {number} width */
    resize(width) {
      const next = Math.max(LEAST, Math.min(MOST[runs.length - 2], Math.floor((width - GAP * (runs.length - 1)) / runs.length)));
      if (next === side) return;
      [side, drawn] = [next, ""];
      for (const { map, dots, box } of tiles) {
        box.style.cssText = `width:${side}px;height:${side}px`;
        fit(map, side, side);
        fit(dots, side, side);
      }
    },

    /** @param {Lane[]} lanes @param {Theme} look */
    show(lanes, look) {
      const first = lanes[0].now.hello;
      if (!first || !side) return;
      const regression = first.task === "regression";
      [ends[0].textContent, ends[1].textContent] = regression ? ["−1", "1"] : ["● class 0", "■ class 1"];
      const xs = gridPoints(first.domain, SIDE);
      const key = `${side},${look}`;
      lanes.forEach(({ now: { hello, frame } }, r) => {
        if (!hello || !frame?.values.weights) return;
        const values = predictGrid(hello, frame.values.weights, hello.settings.activations, xs);
        paintGrid(context(small), values, SIDE, table(look, "signed"), regression ? -1 : 0, 1);
        const paper = context(tiles[r].map);
        paper.imageSmoothingQuality = "medium";
        paper.drawImage(small, 0, 0, side, side);
        if (key === drawn) return;
        const over = context(tiles[r].dots);
        over.clearRect(0, 0, side, side);
        scatter(over, hello, "train", side, look);
      });
      drawn = key;
    },
  };
}
