/** The scenes: for each kind of data what stands in the middle and at the side. The controls, curves and numbers are the same. */
import { answers } from "./answers.js";
import { chain } from "./chain.js";
import { confusion } from "./confusion.js";
import { explainConv } from "./convexplain.js";
import { curves } from "./curves.js";
import { decision } from "./decision.js";
import { diagram } from "./diagram.js";
import { HINT, explain } from "./formula.js";
import { numbersPanel } from "./numbers.js";
import { explainRecurrent } from "./recurrentexplain.js";
import { recurrent } from "./recurrent.js";
import { stack } from "./stack.js";
import { explainStack } from "./stackexplain.js";
import { tables } from "./tables.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Hello} Hello */
/** @typedef {import("./types.js").Target} Target */
/** @typedef {{point: (target: Target | null) => void, pin: (target: Target | null) => void,
 *   activation: (setting: number, name: string) => void, sample: (index: number, set: import("./types.js").SetName) => void,
 *   points: (points: import("./draw.js").Point[]) => void}} On  what a picture may ask for */

/**
 * @typedef {Object} Main  the large picture
 * @property {HTMLElement} element
 * @property {(width: number, height: number) => void} resize
 * @property {(view: View) => void} draw  at every frame
 * @property {(view: View) => void} values  its numbers
 * @property {(view: View) => void} maps  what is costly to draw
 * @property {(view: View) => number} top  what the ends of the colour scale stand for
 * @property {(view: View, now: number) => void} operate  slow motion has come to another operation
 * @property {(view: View, now: number) => boolean} animate  one moment of it; true while it runs
 * @property {(target: Target | null) => void} mark
 * @property {(target: Target) => import("./echo.js").Spot | null} spot  where a number's place is
 *
 * @typedef {Object} Side  the small one beside it
 * @property {HTMLElement} element
 * @property {(width: number) => void} resize
 * @property {(view: View) => void} map
 * @property {(view: View) => void} values
 * @property {() => void} renew  other data under the same structure
 *
 * @typedef {Object} Parts
 * @property {Main} main
 * @property {Side} side
 * @property {{element: HTMLElement, isOpen: () => boolean, toggle: (open: boolean) => void, values: (view: View) => void}} tables
 * @property {(view: View, target: Target) => import("./strip.js").Explanation} explain
 * @property {string} hint
 * @property {string} shows  what the switch of weights, gradient and update acts on
 * @property {string} scale  what the ends of its scale are
 */

/** @type {Record<Hello["scene"], (hello: Hello, on: On) => Parts>} */
const SCENES = {
  points: (hello, on) => ({
    main: diagram(hello, on),
    side: decision(hello, on.sample, on.points),
    tables: numbersPanel(hello),
    explain,
    hint: HINT,
    shows: "Edges show",
    scale: "The widest edge has this size",
  }),
  pictures: (hello, on) => ({
    main: chain(hello, on),
    side: confusion(hello, on.sample),
    tables: tables(hello),
    explain: explainConv,
    hint: "Point at a cell of a map for its window and its formula, at a kernel for its weights; click to keep it. With the picture in focus the arrow keys move.",
    shows: "Kernels show",
    scale: "The strongest colour of a kernel has this size",
  }),
  sequences: (hello, on) => ({
    main: recurrent(hello, on),
    side: hello.task === "regression" ? answers(hello, on.sample) : confusion(hello, on.sample),
    tables: tables(hello),
    explain: explainRecurrent,
    hint: "Point at a step for its gates and formulas; click to keep it. With the picture in focus left and right change the step, up and down the unit.",
    shows: "Weights show",
    scale: "The strongest colour of a weight has this size",
  }),
  stack: (hello, on) => ({
    main: stack(hello, on),
    side: overPlane(hello) ? decision(hello, on.sample, on.points) : hello.task === "regression" ? answers(hello, on.sample) : confusion(hello, on.sample),
    tables: tables(hello),
    explain: explainStack,
    hint: "Point at a cell for its number and its formula; click to keep it. With the picture in focus the arrow keys move, Page Up and Page Down change the layer.",
    shows: "Weights show",
    scale: "The largest size of any weight; each array has the colours for its own",
  }),
};

/** Whether the output can be drawn over the plane: points, and nothing but Dense layers whose activations the browser knows. @param {Hello} hello */
function overPlane({ domain, layers }) {
  return Boolean(domain) && layers.every(({ type, bias, setting }, l) => type === "Dense" && bias && (l === layers.length - 1 || setting !== null));
}

/** @param {Hello} hello @param {() => View | null} view @param {(message: object) => void} send
 * @param {(target: Target | null, pin: boolean) => void} point */
export function scene(hello, view, send, point) {
  const parts = SCENES[hello.scene](hello, {
    point: (target) => point(target, false),
    pin: (target) => point(target, true),
    activation: (setting, name) => send({ type: "set", activations: view()?.settings.activations.map((old, s) => (s === setting ? name : old)) }),
    sample: (sample, set) => send({ type: "set", sample, sample_set: set }),
    points: (points) => send({ type: "points", points }),
  });
  return { ...parts, plots: curves(hello.loss) };
}

/** What a picture is built for. @param {Hello} hello */
export function structure({ scene, task, dataset, features, classes, layers, loss, domain, options }) {
  return JSON.stringify([scene, task, dataset, features, classes, layers.map((layer) => ({ ...layer, activation: "", config: { ...layer.config, activation: "" } })),
    layers[layers.length - 1].activation, loss, domain, options.activations]);
}
