/** The panel Landscape: the loss around this network's weights, over the run's own path or two random directions. */
import { el, fit, numberElement, setNumber } from "./dom.js";
import { NOUNS, count, format } from "./format.js";
import { drawLand } from "./map.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./map.js").Land} Land */
/** @typedef {import("./asks.js").Answer} Answer */

/** @type {Record<string, {label: string, axes: [string, string]}>} */
const PLANES = {
  path: { label: "the run's own path", axes: ["main direction of the run, distance in weight space", "second direction, distance"] },
  random: { label: "random", axes: ["random direction, 1 = as long as each filter's weights", "another, the same unit"] },
};
const HEIGHT = 430;
let groups = 0;

/** @type {import("./panels.js").Make} */
export function landscapePanel(hello, view, ask) {
  const group = `gn-plane-${++groups}`;
  const radios = Object.entries(PLANES).map(([value, { label }]) => ({ value, label, radio: el("input", { type: "radio", name: group, value, change: () => compute(value) }) }));
  const switched = el("fieldset", { class: "gn-switch" }, el("legend", { text: "Directions" }), ...radios.map(({ label, radio }) => el("label", {}, radio, el("span", { text: label }))));
  const again = el("button", { type: "button", text: "Compute anew", click: () => compute(plane) });
  const stale = el("span", { class: "gn-note", role: "status" });
  const canvas = el("canvas", { role: "img" });
  const words = el("div", { class: "gn-words" });
  const land = el("div", { class: "gn-land", hidden: true }, canvas, words);
  const said = el("p", { class: "gn-sentence", hidden: true });
  const element = el("section", { class: "gn-panel", "aria-label": "Loss landscape", hidden: true }, el("div", { class: "gn-choices" }, switched, again, stale), said, land);
  let plane = "";
  let asked = 0;
  let drawn = "";
  /** @type {Answer | null} */
  let answer = null;

  /** @param {string} next */
  function compute(next) {
    plane = next;
    for (const { value, radio } of radios) radio.checked = value === plane;
    const turn = ++asked;
    stale.textContent = "Computing…";
    ask("landscape", { plane }).then((found) => {
      if (turn !== asked || element.hidden) return;
      answer = found;
      [said.hidden, land.hidden, drawn] = [true, false, ""];
      tell(found);
      draw();
      element.scrollIntoView({ block: "nearest" });
    }, (/** @type {Error} */ error) => {
      if (turn !== asked) return;
      [answer, said.textContent, stale.textContent] = [null, error.message, ""];
      [said.hidden, land.hidden] = [false, true];
    });
  }

  /** @param {Answer} found */
  function tell({ values, side, samples, of, explained, step }) {
    const { losses = [], here = [], path = [], steps = [], path_losses = [], alphas = [], betas = [] } = values;
    const lowest = Array.from(losses).reduce((best, loss, i) => (loss < losses[best] ? i : best), 0);
    const top = Array.from(losses).reduce((most, loss) => (loss > most && Number.isFinite(loss) ? loss : most), -Infinity);
    const number = (/** @type {string} */ name, /** @type {number} */ value) => {
      const one = numberElement(`landscape/${name}`);
      setNumber(one, value);
      return one;
    };
    const noun = `${NOUNS[hello.scene]}s`;
    const [low, high, now] = [number("low", losses[lowest]), number("high", top), number("loss", here[2])];
    words.replaceChildren(
      el("h4", { text: `The loss around the weights at step ${count(step)}` }),
      el("p", {}, "Here it is ", now, "; on the map it goes from ", low, ` at (${format(alphas[lowest % side], 2)}, ${format(betas[Math.floor(lowest / side)], 2)}) up to `, high, "."),
      explained === null
        ? el("p", { text: "Two random directions, each filter of them as long as the network's own, so that flat and steep can be compared between networks. A run's path is next to nothing in them, so none is drawn." })
        : el("p", {}, number("explained", explained * 100), ` % of the run's movement lies in this plane. The line is its path through ${count(steps.length)} kept points; the loss there is the true one, off the plane as it may be.`),
      el("p", { class: "gn-note", text: `${side} × ${side} places, each the loss on ${samples === of ? `all ${count(of)}` : `${count(samples)} of the ${count(of)}`} train ${noun}${samples === of ? "" : ", as many as a second suffices for"}.` }),
      ...(explained === null ? [] : [table(steps, path, path_losses)]));
    const first = steps.length - 1 ? ` The path goes from step ${steps[0]} with a loss of ${format(path_losses[0])} at (${format(path[0], 2)}, ${format(path[1], 2)}) to the present at (0, 0).` : "";
    canvas.setAttribute("aria-label", `Map of the loss with contour lines. Here, at (0, 0), it is ${format(here[2])}; the lowest place is ${low.textContent}, the highest ${high.textContent}.${first}`);
  }

  /** @param {ArrayLike<number>} steps @param {ArrayLike<number>} path @param {ArrayLike<number>} losses */
  function table(steps, path, losses) {
    const rows = Array.from(steps, (step, i) => {
      const cells = [path[2 * i], path[2 * i + 1], losses[i]].map((value, c) => {
        const cell = numberElement(`landscape/${["along", "across", "path"][c]}[${step}]`);
        setNumber(cell, value);
        return el("td", {}, cell);
      });
      return el("tr", {}, el("th", { scope: "row", text: count(step) }), ...cells);
    });
    const heads = ["step", "along", "across", "loss"].map((text) => el("th", { scope: "col", text }));
    return el("details", {}, el("summary", { text: "The path as a table" }),
      el("div", { class: "gn-scroll", tabindex: 0, role: "region", "aria-label": "The path as a table" }, el("table", { class: "gn-others" }, el("thead", {}, el("tr", {}, ...heads)), el("tbody", {}, ...rows))));
  }

  function draw() {
    const now = view();
    if (!answer || !now || element.hidden) return;
    const width = Math.min(680, element.clientWidth * 0.62);
    const { frame: { step }, theme } = now;
    stale.textContent = step === answer.step ? "" : `This is the landscape at step ${count(answer.step)}; the network is at step ${count(step)}.`;
    const key = `${answer.id},${width},${theme}`;
    if (key === drawn || width < 100) return;
    drawn = key;
    fit(canvas, width, HEIGHT);
    drawLand(canvas, width, HEIGHT, /** @type {Land} */ ({ side: answer.side, ...answer.values }), theme, getComputedStyle(element), PLANES[plane].axes);
  }

  return {
    element,
    isOpen: () => !element.hidden,

    /** @param {boolean} open */
    toggle(open) {
      element.hidden = !open;
      if (!open || answer) return draw();
      // Two steps make a path.
      compute((view()?.frame.step ?? 0) > 1 ? "path" : "random");
    },

    values: draw,
  };
}
