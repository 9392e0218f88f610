/** The panel Optimizer: the next step of one weight, line by line, and how every other optimizer would make it. */
import { css, pick } from "./colours.js";
import { LABELS } from "./controls.js";
import { el, numberElement, setNumber } from "./dom.js";
import { weightOf } from "./edit.js";
import { NOUNS, count } from "./format.js";
import { digits, pretty, ruleLines } from "./rule.js";
import { weightChooser } from "./weightchooser.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./asks.js").Answer} Answer */

// While it trains it is asked for so often, in milliseconds; an answer that never came is given up after PATIENCE.
const EVERY = 1000;
const PATIENCE = 6000;

/** @type {import("./panels.js").Make} */
export function optimizerPanel(hello, view, ask) {
  const chooser = weightChooser(hello, () => renew());
  const paper = el("div", { class: "gn-glass" });
  const element = el("section", { class: "gn-panel", "aria-label": "Step of one weight", hidden: true }, el("div", { class: "gn-choices" }, chooser.element), paper);
  let [asked, at, busy, first, pinned] = ["", -Infinity, false, true, ""];

  /** @param {Answer} answer @param {View} now */
  function draw(answer, now) {
    const { values: { numbers = [], steps = [], rates = [] }, state, lines, update, samples, weight } = answer;
    const noun = samples === 1 ? NOUNS[hello.scene] : `${NOUNS[hello.scene]}s`;
    const known = el("dl", { class: "gn-state" }, ...state.map((/** @type {{symbol: string, is: string, at: number}} */ { symbol, is, at: place }) => {
      const number = numberElement(`optimizer/${symbol}`);
      setNumber(number, numbers[place], digits);
      return el("div", {}, el("dt", { text: title(symbol, is) }), el("dd", {}, number));
    }));
    const own = LABELS[answer.optimizer] ?? answer.optimizer;
    const mine = state.find((/** @type {{symbol: string}} */ { symbol }) => symbol === "step");
    paper.replaceChildren(
      el("div", {}, el("h4", { text: `${own}: update ${count(update)} of ${weight}` }),
        el("p", { class: "gn-note", text: `The step that the next batch, of ${samples} ${noun}, would bring. Slots are shown after it.` }), known, ruleLines(lines, numbers)),
      others(answer, numbers[mine.at], steps, rates, now));
  }

  /** @param {Answer} answer @param {number} mine @param {ArrayLike<number>} steps (R, 2) @param {ArrayLike<number>} rates @param {View} now */
  function others({ others: names, optimizer, seen, all }, mine, steps, rates, now) {
    const rows = names.map((/** @type {string} */ name, /** @type {number} */ r) => ({ name, label: LABELS[name] ?? name, own: steps[2 * r + 1], rate: rates[r], usual: steps[2 * r] }));
    const finite = [mine, ...rows.map((/** @type {{own: number}} */ { own }) => own)].map(Math.abs).filter(Number.isFinite);
    const top = Math.max(...finite, 1e-30);
    const saw = !seen ? "Each begins here: it has seen no gradient before." : all ? `Each has seen all ${count(seen)} gradients that this weight had.` : `Each has seen the latest ${count(seen)} gradients that this weight had.`;
    const rate = digits(now.settings.learning_rate);
    return el("div", {}, el("h4", { text: "The same step by the others" }), el("p", { class: "gn-note", text: `${saw} Their other numbers are their defaults.` }),
      el("table", { class: "gn-others" },
        el("thead", {}, el("tr", {}, el("th", { scope: "col", text: "Optimizer" }), el("th", { scope: "col", colspan: 2, text: `step at this run's rate ${rate}` }), el("th", { scope: "col", colspan: 2, text: "at its default rate" }))),
        el("tbody", {}, row("this run", `${LABELS[optimizer] ?? optimizer}, this run`, mine, top, now, true),
          ...rows.map((/** @type {{name: string, label: string, own: number, rate: number, usual: number}} */ one) => row(one.name, one.label, one.own, top, now, false, one.rate, one.usual)))));
  }

  /** @param {string} name @param {string} label @param {number} step @param {number} top @param {View} now @param {boolean} own @param {number} [rate] @param {number} [usual] */
  function row(name, label, step, top, now, own, rate, usual) {
    const part = Math.min(50, (Math.abs(step) / top) * 50) || 0;
    const bar = el("i", { style: `width:${part}%;${step < 0 ? "right" : "left"}:50%;background:${css(pick(now.theme, "gradient", Math.sign(step)))}` });
    const numbers = [numberElement(`optimizer/${name}/step`), numberElement(`optimizer/${name}/default`)];
    setNumber(numbers[0], step);
    if (usual !== undefined) setNumber(numbers[1], usual);
    return el("tr", own ? { class: "gn-total" } : {}, el("th", { scope: "row", text: label }), el("td", { class: "gn-bars", "aria-hidden": "true" }, bar), el("td", {}, numbers[0]),
      el("td", { class: "gn-note", text: rate === undefined ? "" : digits(rate) }), el("td", {}, ...(usual === undefined ? [] : [numbers[1]])));
  }

  /** @param {View | null} now */
  function renew(now = view()) {
    if (!now || element.hidden) return;
    const { step, past, stopped } = now.frame;
    const { learning_rate, optimizer, optimizer_options, batch_size, activations } = now.settings;
    const subject = JSON.stringify([chooser.name(), step, past, stopped, learning_rate, optimizer, optimizer_options, batch_size, activations, now.theme]);
    const time = performance.now();
    const chosen = !asked || JSON.parse(asked)[0] !== chooser.name();
    if (subject === asked || (!chosen && (busy ? time - at < PATIENCE : now.frame.state === "playing" && time - at < EVERY))) return;
    [asked, at, busy] = [subject, time, true];
    ask("optimizer", { weight: chooser.name() }).then((answer) => {
      if (element.hidden || answer.weight !== chooser.name()) return;
      busy = false;
      draw(answer, now);
      if (first) element.scrollIntoView({ block: "nearest" });
      first = false;
      renew();
    }, (/** @type {Error} */ error) => {
      busy = false;
      paper.replaceChildren(el("p", { class: "gn-sentence", role: "status", text: error.message }));
    });
  }

  return {
    element,
    isOpen: () => !element.hidden,

    /** @param {boolean} open */
    toggle(open) {
      element.hidden = !open;
      [asked, busy, first] = ["", false, true];
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

/** @param {string} symbol @param {string} is what it is */
function title(symbol, is) {
  return /^(learning_rate|step.*)$/.test(symbol) || symbol === is ? is : pretty(`${symbol}, ${is}`);
}
