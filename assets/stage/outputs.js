/** The outputs of the last layer: a bar and a number each, and what they should have been. */
import { css, pick } from "./colours.js";
import { el, numberElement, setNumber } from "./dom.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Hello} Hello */
/** @typedef {import("./scenes.js").On} On */

/** @param {Hello} hello @param {On} on */
export function outputs(hello, on) {
  const layer = hello.layers.length - 1;
  const { name, units } = hello.layers[layer];
  const several = units > 1;
  const classes = several ? hello.classes ?? [] : ["ŷ"];
  const answer = numberElement("y");
  const rows = Array.from({ length: units }, (_, k) => {
    const value = numberElement(`${name}/a[${k}]`, "gn-value");
    const back = numberElement(`${name}/dz[${k}]`, "gn-back");
    const bar = el("i");
    const label = el("b", { text: classes[k] ?? String(k) });
    const target = /** @type {import("./types.js").Target} */ ({ kind: "value", layer, part: "a", index: [k] });
    const element = el("div", { class: "gn-output", role: "button", tabindex: 0, click: () => on.pin(target), focus: () => on.pin(target), pointerenter: () => on.point(target) },
      label, el("span", { class: "gn-bar" }, bar), value, back);
    return { element, value, back, bar };
  });
  const expected = el("div", { class: "gn-expected" }, "y = ", answer);
  const element = el("div", { class: "gn-outputs", role: "group", "aria-label": `Outputs of ${name}` }, ...rows.map((row) => row.element), several ? "" : expected);
  return {
    element,

    /** @param {View} view */
    values({ frame, theme, edges }) {
      const a = frame.values[`${name}/a`];
      const dz = frame.values[`${name}/dz`];
      const gradient = Boolean(dz) && (frame.operation ? frame.operation.phase === "backward" : edges === "gradient");
      const most = Math.max(1e-12, ...Array.from(dz ?? [], Math.abs));
      let best = -1;
      a?.forEach((p, k) => (best = best < 0 || p > a[best] ? k : best));
      rows.forEach(({ element: row, value, back, bar }, k) => {
        setNumber(value, a?.[k]);
        setNumber(back, dz?.[k]);
        back.hidden = !gradient;
        value.hidden = gradient;
        const part = gradient && dz ? dz[k] / most : a ? a[k] : 0;
        const size = Math.min(1, Math.abs(part));
        bar.style.cssText = `width:${size * 100}%;background:${css(pick(theme, gradient ? "gradient" : "signed", Math.sign(part) * (0.35 + 0.65 * size)))}`;
        row.classList.toggle("gn-true", several && frame.sample.y === k);
        row.classList.toggle("gn-said-so", several && best === k);
      });
      setNumber(answer, frame.sample.y);
    },

    /** Where an output stands, its bias with it. @param {import("./types.js").Target} target @returns {import("./maps.js").Box | null} */
    spot(target) {
      const row = "index" in target && "layer" in target && target.layer === layer && (target.kind === "value" || target.part === "bias") ? rows[target.index[0]]?.element : null;
      return row ? { x: element.offsetLeft + row.offsetLeft, y: element.offsetTop + row.offsetTop, width: row.offsetWidth, height: row.offsetHeight } : null;
    },

    /** @param {import("./types.js").Target | null} target */
    mark(target) {
      rows.forEach(({ element: row }, k) => row.classList.toggle("gn-pointed", target?.kind === "value" && target.layer === layer && target.index[0] === k));
    },
  };
}
