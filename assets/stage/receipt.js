/** The panel Receipt: where the gradient of one weight comes from, and whether to believe it. */
import { el, numberElement, setNumber } from "./dom.js";
import { weightOf } from "./edit.js";
import { count, format } from "./format.js";
import { receiptView } from "./receiptview.js";
import { weightChooser } from "./weightchooser.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./receiptview.js").Receipt} Receipt */
/** @typedef {import("./receiptview.js").Keras} Keras */

// While it trains, a receipt is asked for so often, in milliseconds; an answer that never came, as when the line is lost, is given up after PATIENCE.
const EVERY = 1000;
const PATIENCE = 4000;
const PAUSED = "answers when training pauses";
const STARTING = "Keras is starting…";

let groups = 0;

/** @type {import("./panels.js").Make} */
export function receiptPanel(hello, view, ask, send) {
  /** @type {"sample" | "batch"} */
  let over = "sample";
  let asked = "";
  let pinned = "";
  let at = -Infinity;
  let busy = false;
  /** @type {Receipt | null} */
  let receipt = null;
  /** @type {Keras} */
  let keras = STARTING;
  const group = `gn-over-${++groups}`;
  const chooser = weightChooser(hello, () => renew());
  const switched = el("fieldset", { class: "gn-switch" }, el("legend", { text: "Over" }), ...(/** @type {const} */ ([["sample", "shown sample"], ["batch", "last batch"]])).map(([value, text]) =>
    el("label", {}, el("input", { type: "radio", name: group, value, checked: value === over, change: () => {
      over = value;
      renew();
    } }), el("span", { text }))));
  const when = el("span", { class: "gn-note" });
  const paper = el("div", { class: "gn-receipt" });
  const element = el("section", { class: "gn-panel", "aria-label": "Receipt", hidden: true }, el("div", { class: "gn-choices" }, chooser.element, switched, when), paper);

  /** @param {string} sentence */
  function say(sentence) {
    receipt = null;
    paper.replaceChildren(el("p", { class: "gn-sentence", role: "status", text: sentence }));
  }

  function draw() {
    if (!receipt) return;
    const focused = paper.contains(document.activeElement) && document.activeElement?.closest(".gn-scroll");
    const shown = paper.querySelector(".gn-scroll")?.scrollTop ?? 0;
    paper.replaceChildren(...receiptView(hello, receipt, keras, (sample) => send({ type: "set", sample, sample_set: "train" })));
    const scroll = /** @type {HTMLElement | null} */ (paper.querySelector(".gn-scroll"));
    if (scroll) scroll.scrollTop = shown;
    if (focused) scroll?.focus({ preventScroll: true });
    const value = numberElement("receipt/value");
    setNumber(value, receipt.value, (v) => format(v, 5));
    when.replaceChildren("w = ", value, ` after step ${count(receipt.step)}`);
  }

  /** What an answer would be about. @param {View} now */
  function subject({ frame, hello: { samples } }) {
    return JSON.stringify([chooser.name(), over, frame.seq, samples]);
  }

  /** Asks anew where what is shown is not the present. @param {View | null} now */
  function renew(now = view()) {
    if (!now || element.hidden) return;
    const next = subject(now);
    const time = performance.now();
    const playing = now.frame.state === "playing";
    const chosen = !asked || JSON.parse(asked).slice(0, 2).join() !== JSON.parse(next).slice(0, 2).join();
    if (next === asked || (!chosen && (busy ? time - at < PATIENCE : playing && time - at < EVERY))) return;
    [asked, at, busy] = [next, time, true];
    setTimeout(() => renew(), PATIENCE + 1);
    const fields = { weight: chooser.name(), over };
    ask("gradient_receipt", fields).then((answer) => {
      if (asked !== next) return;
      busy = false;
      receipt = /** @type {any} */ (answer);
      keras = playing ? PAUSED : answer.keras_warm ? "…" : STARTING;
      draw();
      renew();
      if (!playing && asked === next) check(next, fields);
    }, (/** @type {Error} */ error) => {
      if (asked !== next) return;
      busy = false;
      say(error.message);
      renew();
    });
  }

  /** Keras's own value, when it comes. @param {string} about @param {{weight: string, over: string}} fields */
  function check(about, fields) {
    ask("keras_gradient", fields).then(
      (answer) => answered(about, answer.gradient === receipt?.gradient ? /** @type {any} */ (answer) : PAUSED),
      (/** @type {Error} */ error) => answered(about, error.message));
  }

  /** @param {string} about @param {Keras} answer */
  function answered(about, answer) {
    if (asked !== about) return;
    keras = answer;
    draw();
  }

  return {
    element,
    isOpen: () => !element.hidden,

    /** @param {boolean} open */
    toggle(open) {
      element.hidden = !open;
      asked = "";
      if (open) renew();
      else paper.replaceChildren();
    },

    /** @param {View} now */
    values(now) {
      const weight = now.pinned ? weightOf(now, now.target) : null;
      if (weight && weight.name !== pinned) chooser.show(weight.name);
      pinned = weight?.name ?? "";
      renew(now);
    },
  };
}
