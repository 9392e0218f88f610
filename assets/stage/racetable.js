/** Where every run of a race stands, in numbers. */
import { el, numberElement, setNumber } from "./dom.js";
import { count, format } from "./format.js";
import { INKS, mark } from "./racefigure.js";

/** @typedef {import("./racelane.js").Row} Row */
/** @typedef {import("./types.js").Theme} Theme */

/** data-name, heading, its property, and whether the highest is the best. @type {[string, string, keyof Row, number][]} */
const COLUMNS = [["step", "updates", "step", 0], ["epoch", "epochs", "epoch", 0], ["loss/train", "train loss", "loss", -1], ["loss/test", "test loss", "testLoss", -1],
  ["metric/train", "train metric", "metric", 1], ["metric/test", "test metric", "testMetric", 1]];

/** A run's mark, as an SVG of its own. @param {number} run @param {Theme} theme */
export function badge(run, theme) {
  const box = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  box.setAttribute("viewBox", "0 0 16 16");
  box.setAttribute("class", "gn-badge");
  box.setAttribute("aria-hidden", "true");
  const shape = new DOMParser().parseFromString(`<g xmlns="http://www.w3.org/2000/svg" fill="${INKS[theme][run % 4]}">${mark(run, 8, 8, 5.6)}</g>`, "image/svg+xml").documentElement;
  box.append(document.importNode(shape, true));
  return box;
}

/** @param {{value: string, name: string}[]} runs @param {string} raced @param {Theme} theme */
export function standings(runs, raced, theme) {
  const metrics = COLUMNS.map(([, text]) => el("th", { scope: "col", text }));
  const cells = runs.map(({ value }) => COLUMNS.map(([name]) => numberElement(`${value}/${name}`)));
  const rows = runs.map(({ name }, r) => el("tr", {}, el("th", { scope: "row" }, badge(r, theme), name), ...cells[r].map((cell) => el("td", {}, cell))));
  const element = el("table", { class: "gn-standings" }, el("caption", { class: "gn-sr", text: `Where the runs stand; they differ in ${raced}. The best of a column is bold.` }),
    el("thead", {}, el("tr", {}, el("th", { scope: "col", text: raced }), ...metrics)), el("tbody", {}, ...rows));
  return {
    element,

    /** @param {(Row | null)[]} now @param {string} metric */
    show(now, metric) {
      [metrics[4].textContent, metrics[5].textContent] = [`train ${metric}`, `test ${metric}`];
      COLUMNS.forEach(([, , part, sign], c) => {
        // Losses of different kinds have no best among them.
        const ranks = sign && !(raced === "loss" && part.endsWith("Loss"));
        const known = now.flatMap((row) => (row && Number.isFinite(row[part]) ? [row[part] * sign] : []));
        const best = ranks && known.length > 1 && Math.min(...known) < Math.max(...known) ? Math.max(...known) : null;
        now.forEach((row, r) => {
          setNumber(cells[r][c], row ? row[part] : null, part === "step" || (part === "epoch" && row && Number.isInteger(row.epoch)) ? count : format);
          cells[r][c].classList.toggle("gn-best", best !== null && row !== null && row[part] * sign === best);
        });
      });
    },
  };
}
