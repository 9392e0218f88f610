/** The time machine: one slider through the run, from its start to the furthest step that is known. */
import { el } from "./dom.js";
import { count } from "./format.js";

/** @typedef {import("./types.js").View} View */

/** @param {(message: object) => void} send */
export function scrubber(send) {
  const slider = el("input", { type: "range", min: 0, max: 1, step: 1, value: 0, "aria-label": "Step of the run", input: () => go(true), change: () => go(false) });
  const said = el("span", { class: "gn-when" });
  const element = el("div", { class: "gn-scrub", "data-control": "time" }, slider, said);
  // One step is asked for at a time; what the slider passes meanwhile is left out.
  let waiting = false;
  let held = false;
  let at = 0;

  /** @param {boolean} dragging */
  function go(dragging) {
    if (dragging && !held) send({ type: "pause" });
    const first = dragging && !held;
    held = dragging;
    if (dragging && waiting) return;
    waiting = dragging;
    send({ type: "go", step: Number(slider.value), dragging: dragging ? !first : true });
  }

  return {
    element,

    /** To the step before this one. */
    back() {
      if (at > 0 && !waiting) send({ type: "go", step: at - 1 });
    },

    /** @param {View} view */
    show({ frame: { step, past } }) {
      at = step;
      if (waiting && held && Number(slider.value) !== step) {
        send({ type: "go", step: Number(slider.value), dragging: true });
      } else {
        waiting = false;
      }
      slider.max = String(Math.max(1, past.last));
      slider.disabled = past.last === 0;
      if (!held) slider.value = String(step);
      const text = step < past.last ? `step ${count(step)} of ${count(past.last)}` : "now";
      if (said.textContent !== text) said.textContent = text;
      slider.setAttribute("aria-valuetext", `step ${count(step)} of ${count(past.last)}`);
      element.title = past.every > 1 ? `Every ${past.every}th step is kept, back to the start; those between are trained again, with the same numbers.`
        : "Every step is kept, back to the start.";
    },
  };
}
