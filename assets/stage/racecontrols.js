/** What can be pressed in a race: one transport for all runs, another seed, and what one takes home. */
import { choose, el, field, select } from "./dom.js";

/**
 * @typedef {Object} Pressed
 * @property {() => void} toggle
 * @property {(kind: "batch" | "epoch") => void} step
 * @property {() => void} reset
 * @property {(value: number | "max") => void} speed
 * @property {() => void} seed
 * @property {(kind: "csv" | "png" | "svg") => void} save
 */

const SPEED = 150;

/** @param {Pressed} on */
export function raceControls(on) {
  const icon = el("span", { class: "gn-icon", "aria-hidden": "true" });
  const name = el("span", { text: "Play" });
  const play = el("button", { type: "button", class: "gn-primary", "data-control": "play", click: on.toggle }, icon, name);
  const by = select([{ value: "batch", label: "batch" }, { value: "epoch", label: "epoch" }], () => {});
  const step = () => on.step(/** @type {"batch" | "epoch"} */ (by.value));
  const speed = select([{ value: SPEED, label: `${SPEED} updates/s` }], on.speed);
  const load = el("span", { class: "gn-load", role: "status" });
  const line = el("span", { class: "gn-load", role: "status" });
  const button = (/** @type {string} */ text, /** @type {() => void} */ click, /** @type {string} */ title, control = "") => el("button", { type: "button", text, title, click, ...(control && { "data-control": control }) });
  const element = el("div", { class: "gn-controls" },
    el("div", { class: "gn-group" }, play, button("Step", step, "All runs make one step", "play"), controlled("play", field("Step by", by)),
      button("Reset", on.reset, "All runs go back to the start", "play"), controlled("speed", field("Speed of all", speed)),
      button("Another seed", on.seed, "Other data and other first weights, trained as far as these", "seed")),
    el("div", { class: "gn-racesaid" }, load, line),
    el("div", { class: "gn-group", role: "group", "aria-label": "Save" },
      button("CSV", () => on.save("csv"), "Every row of every run's history, in full precision"),
      button("PNG", () => on.save("png"), "The curves as a picture"), button("SVG", () => on.save("svg"), "The curves as a drawing")));
  let known = 0;
  return {
    element,
    step,
    /** @param {boolean} playing @param {boolean} over @param {{value: number | string, label: string}[]} speeds */
    show(playing, over, speeds) {
      if (name.textContent !== (playing ? "Pause" : "Play")) name.textContent = playing ? "Pause" : "Play";
      icon.classList.toggle("gn-pausing", playing);
      play.disabled = over;
      if (speeds.length === known) return;
      known = speeds.length;
      const { value } = speed;
      speed.replaceChildren(...speeds.filter((each) => each.value !== "slow").map((each) => el("option", { value: each.value, text: each.label })));
      choose(speed, value);
    },

    /** @param {string} text */
    note(text) {
      if (load.textContent !== text) load.textContent = text;
    },

    /** @param {string | null} sentence how the line to the server stands; null when all is well */
    status(sentence) {
      line.textContent = sentence ?? "";
    },

    ended() {
      line.replaceChildren("These runs have ended, because their page was away for a while. ", button("Start again", () => location.reload(), "Loads the page anew"));
    },
  };
}

/** An element that a link can hide. @param {string} control @param {HTMLElement} element */
function controlled(control, element) {
  element.dataset.control = control;
  return element;
}
