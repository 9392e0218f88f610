/** Which class is taken for which, over all test samples; and the choice of the sample that is shown. */
import { css, inkOn, pick } from "./colours.js";
import { el, numberElement, setNumber } from "./dom.js";
import { chooser } from "./chooser.js";

/** @typedef {import("./types.js").Hello} Hello */

/** @param {Hello} hello @param {(index: number, set: import("./types.js").SetName) => void} chosen @returns {import("./scenes.js").Side} */
export function confusion(hello, chosen) {
  const names = hello.classes ?? [];
  const cells = names.map((_, row) => names.map((_, column) => numberElement(`confusion[${row},${column}]`)));
  const boxes = cells.map((row) => row.map((cell) => el("td", {}, cell)));
  const which = chooser(hello, chosen);
  const body = el("table", { class: "gn-confusion", "aria-label": "Confusion matrix of the test samples: a row is a true class, a column a predicted one" },
    el("thead", {}, el("tr", {}, el("td"), ...names.map((text) => el("th", { scope: "col", text })))),
    el("tbody", {}, ...boxes.map((row, r) => el("tr", {}, el("th", { scope: "row", text: names[r] }), ...row))));
  const element = el("section", { class: "gn-side" }, which.element,
    el("div", { class: "gn-title" }, el("b", { text: "Confusion, test" }), el("span", { class: "gn-note", text: "↓ true  → predicted" })), body);
  let drawn = "";

  return {
    element,
    resize: () => {},
    renew() {
      drawn = "";
    },
    values: which.values,

    map({ frame, theme }) {
      const counts = frame.values.confusion;
      if (!counts) return;
      const now = theme + counts.join();
      if (now === drawn) return;
      drawn = now;
      const n = names.length;
      const most = Math.max(1, ...counts);
      counts.forEach((count, at) => {
        const [row, column] = [Math.floor(at / n), at % n];
        setNumber(cells[row][column], count, (value) => (value ? String(value) : "·"));
        const fill = pick(theme, "signed", ((row === column ? 1 : -1) * count) / most);
        boxes[row][column].style.cssText = count ? `background:${css(fill)};color:${inkOn(fill)}` : "";
      });
    },
  };
}
