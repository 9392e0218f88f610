/** The panel Export: the network as it stands, as a script to read, copy and run, and as a file for Keras; and the run's curves and pictures. */
import { el, field, select } from "./dom.js";
import { csv, curvesSvg } from "./figures.js";
import { count } from "./format.js";
import { offer } from "./save.js";
import { snapshot } from "./snapshot.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./asks.js").Answer} Answer */

const FORMS = [{ value: "numpy", label: "NumPy script" }, { value: "keras", label: "Keras script" }];

// An answer that has not come by then, in milliseconds, never will.
const PATIENCE = 4000;

/** @type {import("./panels.js").Make} */
export function exportPanel(hello, view, ask) {
  let form = "numpy";
  let shown = "";
  let at = -Infinity;
  /** @type {Answer | null} */
  let script = null;
  const chosen = select(FORMS, (value) => {
    form = value;
    renew();
  });
  const source = el("code");
  const text = el("pre", { class: "gn-scroll gn-source", tabindex: 0, role: "region", "aria-label": "The script" }, source);
  const about = el("p", { class: "gn-sentence" });
  const said = el("span", { class: "gn-note", role: "status" });
  const weights = button("Download its weights", () => script?.weights_file && offer(script.weights_file, [bytes(script, "weights")], "application/octet-stream"));
  const saved = el("span", { class: "gn-note", role: "status" });
  const keras = button("Download network.keras", kerasFile);
  const element = el("section", { class: "gn-panel gn-export", "aria-label": "Export", hidden: true },
    el("div", { class: "gn-choices" }, field("The network as", chosen), button("Copy", copy), button("Download", () => script && offer(script.file, [script.code], "text/x-python")), weights, keras, said), about, text,
    el("div", { class: "gn-choices gn-figures" }, el("b", { text: "This run" }), button("History as CSV", history), button("Curves as SVG", drawn), button("Picture as PNG", picture), saved));

  async function copy() {
    said.textContent = await copied(source) ? "Copied." : "Select the text and copy it; this browser does not let a page do so.";
  }

  async function kerasFile() {
    keras.toggleAttribute("disabled", true);
    said.textContent = "Keras writes the file; the first one takes some seconds…";
    try {
      const answer = await ask("keras_file");
      offer(answer.file, [bytes(answer, "bytes")], "application/octet-stream");
      said.textContent = `${answer.file} is as it was after step ${count(answer.step)}; open it with keras.saving.load_model.`;
    } catch (error) {
      said.textContent = /** @type {Error} */ (error).message;
    }
    keras.toggleAttribute("disabled", false);
  }

  async function history() {
    try {
      const { every, most, values: { losses = [], epochs = [] } } = await ask("updates");
      offer("history.csv", [csv(view()?.history() ?? [], { every, losses, epochs })], "text/csv");
      saved.textContent = `history.csv has ${every === 1 ? "every update" : `every ${every}th update, since a run keeps ${count(most)} of them`}, with its batch's loss; loss and metric over all samples stand where the curves have them.`;
    } catch (error) {
      saved.textContent = /** @type {Error} */ (error).message;
    }
  }

  function drawn() {
    const now = view();
    if (now) offer("curves.svg", [curvesSvg(now.history(), hello.loss.replaceAll("_", " "), now.frame.metric.name)], "image/svg+xml");
    saved.textContent = "curves.svg has the loss above the metric.";
  }

  async function picture() {
    const grid = element.closest(".gn-grid");
    try {
      for (const part of ["left", "right"]) {
        const found = /** @type {HTMLElement | null | undefined} */ (grid?.querySelector(`.gn-${part}`));
        if (found) offer(part === "left" ? "network.png" : "beside.png", [await snapshot(found)], "image/png");
      }
      saved.textContent = "network.png is the large picture, beside.png what stands at its right; both have twice the size of the screen.";
    } catch (error) {
      saved.textContent = `The picture could not be made: ${/** @type {Error} */ (error).message}`;
    }
  }

  /** @param {View | null} now */
  function renew(now = view()) {
    const next = JSON.stringify([form, now?.frame.seq]);
    const waiting = performance.now() - at < PATIENCE && shown.startsWith(JSON.stringify([form]).slice(0, -1));
    if (!now || element.hidden || next === shown || waiting) return;
    [shown, at] = [next, performance.now()];
    ask("script", { form }).then((answer) => {
      if (shown !== next) return;
      const top = text.scrollTop;
      if (script?.code !== answer.code) source.textContent = answer.code;
      text.scrollTop = script?.file === answer.file ? top : 0;
      script = answer;
      weights.hidden = !answer.weights_file;
      weights.textContent = `Download ${answer.weights_file}`;
      about.textContent = `As it stands after step ${count(answer.step)}. It needs Python and one package: pip install ${answer.needs}. At its end it predicts the shown sample${answer.in_training.length ? `; the stage shows ${answer.in_training.join(" and ")} as in training, so its numbers differ` : ""}.`
        + (answer.weights_file ? ` The weights are too many to stand in it: keep ${answer.weights_file} in the same folder.` : "");
      again();
    }, (/** @type {Error} */ error) => {
      if (shown !== next) return;
      about.textContent = error.message;
      again();
    });
    setTimeout(again, PATIENCE);

    function again() {
      at = -Infinity;
      if (view()?.frame.state === "paused") renew();
    }
  }

  return {
    element,
    isOpen: () => !element.hidden,

    /** @param {boolean} open */
    toggle(open) {
      element.hidden = !open;
      shown = "";
      said.textContent = "";
      if (open) renew();
    },

    /** What somebody reads stays as it is while training goes on. @param {View} now */
    values(now) {
      if (now.frame.state === "paused") renew(now);
    },
  };
}

/** @param {string} text @param {() => void} click */
function button(text, click) {
  return el("button", { type: "button", text, click });
}

/** A tensor of bytes. @param {Answer} answer @param {string} name */
function bytes({ values }, name) {
  return new Uint8Array(/** @type {Uint8Array} */ (values[name]));
}

/** Puts an element's text on the clipboard; where a page may not, as over plain http, by the old way. @param {HTMLElement} element */
async function copied(element) {
  try {
    await navigator.clipboard.writeText(element.textContent ?? "");
    return true;
  } catch {
    getSelection()?.selectAllChildren(element);
    return document.execCommand("copy");
  }
}
