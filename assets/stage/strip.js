/** The strip below the picture: the formula of what is pointed at, or the operation that slow motion shows. */
import { buildUp } from "./building.js";
import { codeBox, codeOf } from "./code.js";
import { el, numberElement, setNumber } from "./dom.js";
import { NOUNS, equation } from "./format.js";
import { fill, write } from "./lines.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Target} Target */
/** @typedef {{value: number | null | undefined, name: string, strong?: boolean, bare?: boolean}} Term  one of the server's numbers */
/** @typedef {(string | Term)[]} Line */
/** @typedef {{caption: string, rows: Line[], mark?: number[], before?: string}} Grid  an array of numbers; `mark` is a cell, `before` a sign */
/** @typedef {{title: string, lines: Line[], grids?: Grid[], marks?: Target[][]}} Explanation  marks: what to frame in the picture, from one place to another */

/** What an operation takes and makes, and for which sample.
 * @param {View} view @param {import("./types.js").Operation} operation @returns {Explanation} */
function explainOperation({ hello, frame: { sample } }, operation) {
  const shapes = (/** @type {{name: string, shape: number[]}[]} */ list) => list.map(({ name, shape }) => `${name} (${shape.length === 1 ? `${shape[0]},` : shape.join(", ")})`).join(", ");
  const of = sample.in_batch === null ? "" : sample.in_batch ? ", which is part of this batch" : ", which is not part of this batch";
  const who = sample.company ? `For a batch of ${sample.company.rows}, since its samples depend on each other; shown is its row ${sample.company.row}, ${sample.set} ${NOUNS[hello.scene]} ${sample.index}.`
    : operation.layer ? `For ${sample.set} ${NOUNS[hello.scene]} ${sample.index}${of}.` : "For the whole batch.";
  const takes = operation.inputs.length ? `takes ${shapes(operation.inputs)}; ` : "";
  return { title: operation.layer ?? operation.phase, lines: [[equation(operation)], [`${takes}makes ${shapes(operation.outputs)}`], [who]] };
}

/** Numbers as they stand in an array, with what stands between two of them.
 * @param {Grid} grid */
function table({ caption, rows, mark, before = "" }) {
  const cells = rows.map((row, r) => el("tr", {}, ...row.map((part, c) => el("td", { class: mark && mark[0] === r && mark[1] === c ? "gn-won" : "" },
    typeof part === "string" ? part : numberElement(part.name)))));
  return [before, el("table", { class: "gn-grid-of" }, el("caption", { text: caption }), el("tbody", {}, ...cells))];
}

/** The strip that shows it. @param {import("./asks.js").Ask} ask @param {() => void} changed */
export function formulaStrip(ask, changed) {
  const building = buildUp(ask, changed);
  const title = el("b");
  const body = el("div", { class: "gn-lineset" });
  const arrays = el("div", { class: "gn-arrays" });
  const formula = el("section", { class: "gn-formula", "aria-label": "Formula", tabindex: 0 }, el("div", {}, title, body, building.element), arrays);
  const element = el("div", { class: "gn-strip" }, formula);
  const code = codeBox((open) => element.parentElement?.classList.toggle("gn-coded", open));
  element.append(code.element, code.door);
  let shape = "";
  return {
    element,
    begin: code.begin,

    /** @param {View} view @param {boolean} pinned @param {(view: View, target: Target) => Explanation} explain @param {string} hint
     * @returns {Target[][]} what to frame in the picture */
    show(view, pinned, explain, hint) {
      const { operation } = view.frame;
      const built = building.explain(view);
      const { title: heading, lines, grids = [], marks = [] } = built ?? (view.target ? explain(view, view.target)
        : operation ? explainOperation(view, operation) : /** @type {Explanation} */ ({ title: "", lines: [[hint]] }));
      const text = (/** @type {Line} */ line) => line.map((part) => (typeof part === "string" ? part : part.name)).join("");
      const results = lines.flat().flatMap((part) => (typeof part !== "string" && part.strong ? [part.name] : []));
      code.show(codeOf(view, results, view.target !== null && !built));
      const next = [heading, ...lines.map(text), ...grids.map(({ caption, rows, mark }) => [caption, mark, ...rows.map(text)].join())].join("\n");
      title.textContent = pinned ? `${heading} (kept; Escape lets go)` : heading;
      if (next !== shape) {
        shape = next;
        write(body, lines);
        arrays.replaceChildren(...grids.flatMap(table));
      }
      const cells = /** @type {HTMLElement[]} */ ([...arrays.querySelectorAll(".gn-number")]);
      grids.flatMap(({ rows }) => rows.flat()).filter((part) => typeof part !== "string").forEach((term, i) => setNumber(cells[i], term.value));
      fill(body, lines);
      return marks;
    },
  };
}
