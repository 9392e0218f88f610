/** The line that says where the run stands: the operation in slow motion at the left, epoch, step and loss at the right. */
import { el, numberElement, setNumber } from "./dom.js";
import { NOUNS, count, equation, format } from "./format.js";

/** @typedef {import("./types.js").View} View */

const WORDS = { forward: "Forward", loss: "Loss", backward: "Backward", update: "Update" };
const LIVE_EVERY = 3000;

export function caption() {
  const phase = el("span", { class: "gn-phase", hidden: true });
  const text = el("span", { class: "gn-said" });
  const place = el("span", { class: "gn-place" });
  const note = el("small", { class: "gn-load" });
  const epoch = numberElement("epoch");
  const step = numberElement("step");
  const loss = numberElement("loss");
  const live = el("div", { class: "gn-sr", "aria-live": "polite" });
  const element = el("div", { class: "gn-caption" }, el("div", { class: "gn-doing", "data-testid": "caption" }, phase, text, place, note),
    el("div", { class: "gn-readouts" }, readout("Epoch", epoch), readout("Step", step), readout("Train loss", loss)), live);
  let spoken = 0;
  let timer = 0;
  /** @type {string | null} */
  let connection = "Connecting…";

  return {
    element,

    /** What the line itself is doing, or null when all is well. @param {string | null} sentence */
    connection(sentence) {
      connection = sentence;
      if (!sentence) return;
      text.textContent = sentence;
      phase.hidden = true;
      place.textContent = "";
    },

    /** @param {View} view */
    show({ hello, frame, still }) {
      const { operation } = frame;
      phase.hidden = !operation || connection !== null;
      place.textContent = operation && !connection ? `${operation.index} / ${operation.count}` : "";
      if (operation) {
        phase.textContent = WORDS[operation.phase];
        phase.dataset.phase = operation.phase;
      }
      const doing = operation ? `${operation.layer ? `${operation.layer}  ` : ""}${equation(operation)}`
        : following(hello, frame);
      text.textContent = connection ?? doing;
      text.title = operation?.name ?? "";
      note.textContent = frame.load?.note ?? "";
      setNumber(epoch, frame.epoch, count);
      setNumber(step, frame.step, count);
      setNumber(loss, frame.loss.train ?? NaN);
      if (still) say(`${operation ? `${WORDS[operation.phase]}, ${doing}. ` : ""}Epoch ${frame.epoch}, step ${frame.step}, train loss ${format(frame.loss.train)}.`);
    },

    dispose: () => clearTimeout(timer),
  };

  /** @param {string} sentence */
  function say(sentence) {
    clearTimeout(timer);
    const wait = Math.max(0, spoken + LIVE_EVERY - performance.now());
    timer = window.setTimeout(() => {
      spoken = performance.now();
      live.textContent = sentence;
    }, wait);
  }
}

/** @param {string} label @param {HTMLElement} number */
function readout(label, number) {
  return el("span", { class: "gn-readout" }, el("small", { text: label }), number);
}

/** @param {import("./types.js").Hello} hello @param {import("./types.js").Frame} frame */
function following({ scene, classes }, { sample }) {
  return `Following ${sample.set} ${NOUNS[scene]} ${sample.index}, y = ${classes?.[sample.y] ?? (Number.isInteger(sample.y) ? sample.y : format(sample.y))}${among(sample)}`;
}

/** In whose company the sample is shown, where that matters. @param {import("./types.js").Frame["sample"]} sample */
function among({ company }) {
  if (!company) return "";
  return company.guest ? `, as a guest in the next batch of ${company.rows}` : `, row ${company.row} of the next batch of ${company.rows}`;
}
