/** Which sample is followed: the next one, the one before, of train or test. */
import { choose, el } from "./dom.js";

/** @typedef {import("./types.js").Hello} Hello */
/** @typedef {import("./types.js").View} View */

/** @param {Hello} hello @param {(index: number, set: import("./types.js").SetName) => void} chosen */
export function chooser(hello, chosen) {
  let [index, set] = /** @type {[number, import("./types.js").SetName]} */ ([0, "train"]);
  const size = () => hello.samples[set] ?? 1;
  const go = (/** @type {number} */ by) => chosen((index + by + size()) % size(), set);
  const place = el("input", { type: "number", min: 0, step: 1, "aria-label": "Shown sample", change: () => chosen(Math.min(size() - 1, Math.max(0, Math.round(Number(place.value)))), set) });
  const of = el("select", { "aria-label": "Set of the shown sample", change: () => {
    set = /** @type {import("./types.js").SetName} */ (of.value);
    chosen(Math.min(index, size() - 1), set);
  } },
    el("option", { value: "train", text: "train" }), el("option", { value: "test", text: "test" }));
  const element = el("div", { class: "gn-chooser" }, el("span", { text: "Shown" }), of,
    el("button", { type: "button", text: "‹", "aria-label": "Sample before", click: () => go(-1) }), place,
    el("button", { type: "button", text: "›", "aria-label": "Next sample", click: () => go(1) }));
  return {
    element,
    /** @param {View} view */
    values({ frame: { sample } }) {
      [index, set] = [sample.index, sample.set];
      if (document.activeElement !== place) place.value = String(index);
      place.max = String(size() - 1);
      choose(of, set);
    },
  };
}
