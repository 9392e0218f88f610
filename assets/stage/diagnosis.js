/** The panel Diagnosis: what is wrong with the run, in words and by which number, and a button that mends it. */
import { el, numberElement, setNumber } from "./dom.js";
import { count } from "./format.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {{label: string, orders: object[], initializers: Record<string, string>, otherwise: string}} Mend */
/** @typedef {{kind: string, sentence: string, where: string, mend: Mend}} Finding */
/** @typedef {{element: HTMLElement, show: (finding: Finding, evidence: number | undefined) => void}} Card */

// A run that moves is looked at so often, in milliseconds; an answer that never came is given up after PATIENCE.
const EVERY = 3000;
const PATIENCE = 6000;

/** @type {import("./panels.js").Make} */
export function diagnosisPanel(hello, view, ask, send) {
  const verdict = el("p", { class: "gn-verdict", role: "status" });
  const list = el("div", { class: "gn-findings" });
  const checks = el("ul", { class: "gn-checks", "aria-label": "What was checked" });
  const element = el("section", { class: "gn-diagnosis", "aria-label": "Diagnosis", hidden: true }, verdict, list, checks);
  /** @type {Map<string, Card>} */
  let cards = new Map();
  /** @type {{activations: string, initializers: Record<string, string>} | null} waits until the play has the activations */
  let pending = null;
  let [asked, at, busy, first] = ["", -Infinity, false, true];

  /** @param {Mend} mend */
  function press({ label, orders, initializers }) {
    for (const order of orders) send(order);
    verdict.textContent = `Done: ${label}.`;
    const wanted = /** @type {any} */ (orders.find((order) => "activations" in order));
    if (!Object.keys(initializers).length) return;
    pending = { activations: JSON.stringify(wanted?.activations ?? view()?.settings.activations), initializers };
    const now = view();
    if (now) hand(now);
  }

  /** Where weights must start otherwise the page takes over: its controls show it, and a new play begins. @param {View} now */
  function hand(now) {
    if (!pending || JSON.stringify(now.settings.activations) !== pending.activations) return;
    const { initializers } = pending;
    pending = null;
    element.dispatchEvent(new CustomEvent("gn-page", { bubbles: true, detail: { initializers } }));
  }

  /** @param {Finding} finding @returns {Card} */
  function card({ kind, where }) {
    let mend = /** @type {Mend | null} */ (null);
    const number = numberElement(`diagnosis/${kind}${where ? `/${where}` : ""}`);
    const sentence = el("p");
    const button = el("button", { type: "button", class: "gn-primary", click: () => mend && press(mend) });
    const advice = el("p", { class: "gn-note" });
    const said = el("div", {}, el("h4", {}, kind, where ? el("small", { text: ` in ${where}` }) : ""), sentence, advice);
    return {
      element: el("article", { class: "gn-finding", "data-kind": kind }, said, el("div", { class: "gn-evidence" }, number, el("small", { text: "its number" })), button),
      show(finding, evidence) {
        mend = finding.mend;
        sentence.textContent = finding.sentence;
        advice.textContent = mend.otherwise;
        advice.hidden = !mend.otherwise;
        button.textContent = mend.label;
        button.hidden = !mend.label;
        setNumber(number, evidence);
      },
    };
  }

  /** @param {import("./asks.js").Answer} answer */
  function draw({ findings, checks: done, epochs, fewest, samples, step, values }) {
    const all = /** @type {Finding[]} */ (findings);
    const names = all.map(({ kind, where }) => `${kind}/${where}`);
    cards = new Map(all.map((finding, i) => [names[i], cards.get(names[i]) ?? card(finding)]));
    all.forEach((finding, i) => cards.get(names[i])?.show(finding, values.evidence?.[i]));
    const elements = [...cards.values()].map((one) => one.element);
    // A button under the pointer or in focus stays the same button.
    if (elements.length !== list.children.length || elements.some((one, i) => list.children[i] !== one)) list.replaceChildren(...elements);
    const place = `step ${count(step)}, epoch ${count(epochs)}`;
    verdict.textContent = all.length ? `${all.length === 1 ? "One finding" : `${all.length} findings, causes first`} at ${place}.` : `Nothing wrong was found at ${place}.`;
    verdict.classList.toggle("gn-healthy", !all.length);
    checks.replaceChildren(el("li", { class: "gn-note", text: `Checked on ${samples} train samples, all weights and the losses so far:` }),
      ...done.map((/** @type {{name: string, found: number, waits: boolean}} */ { name, found, waits }) =>
        el("li", { "data-check": waits ? "waits" : found ? "found" : "fine", text: waits ? `${name}, from ${fewest} epochs on` : name })));
  }

  /** Asks where what is shown is not the present; of a run that moves every few seconds. @param {View | null} now */
  function renew(now = view()) {
    if (!now || element.hidden) return;
    const subject = JSON.stringify([now.frame.step, now.frame.stopped, now.frame.past, now.settings.learning_rate, now.settings.optimizer, now.settings.activations]);
    const time = performance.now();
    if (subject === asked || (busy && time - at < PATIENCE) || (now.frame.state === "playing" && time - at < EVERY)) return;
    [asked, at, busy] = [subject, time, true];
    ask("diagnosis").then((answer) => {
      busy = false;
      if (element.hidden) return;
      draw(answer);
      if (first) element.scrollIntoView({ block: "nearest" });
      first = false;
      renew();
    }, (/** @type {Error} */ error) => {
      busy = false;
      verdict.textContent = error.message;
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
    },

    /** @param {View} now */
    values(now) {
      hand(now);
      renew(now);
    },
  };
}
