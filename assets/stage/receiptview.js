/** A receipt on paper: the chain, the terms that add up, and three ways to check the sum. Every number is the server's. */
import { el, numberElement, setNumber } from "./dom.js";
import { count, equation, format } from "./format.js";
import { placeOfFactor, placeOfLink } from "./receiptplaces.js";

/**
 * @typedef {{name: string, value: number}} Factor
 * @typedef {{sample: number, place: number[], factors: Factor[], product: number}} Term
 * @typedef {Object} Receipt  what the question gradient_receipt answers
 * @property {string} weight
 * @property {number} value
 * @property {number} step
 * @property {number} samples
 * @property {"sample" | "batch"} over
 * @property {"train" | "test"} set
 * @property {{layer: string, name: string, equation: string, output: string, shape: number[], numbers: number[]}[]} chain
 * @property {Term[]} terms
 * @property {{count: number, total: number}} rest
 * @property {number} sum
 * @property {number} penalty
 * @property {number} total
 * @property {number} gradient
 * @property {number} numeric
 * @property {number} difference
 * @property {number} total_error
 * @property {number} numeric_error
 *
 * @typedef {{keras: number, off: number, version: string} | string} Keras  its answer, or why there is none yet
 */

const DIGITS = 5;

/** A factor's kind: its name without place and layer. tanh'(dense_1/z[3,0]) -> tanh'(z). @param {string} name */
export function kind(name) {
  return name.replace(/\[[^\]]*\]/g, "").replace(/[\w.]+\//g, "");
}

/** What a factor of that kind is, in a few words. @param {string} text of `kind` */
export function meaning(text) {
  if (text.includes("'(")) return "slope of the activation";
  if (text === "columns") return "seen by this cell";
  if (text === "x") return "came in here";
  if (text === "h" || text === "h_0") return "state before";
  if (text === "penalty" || text === "share") return "share of the gradient";
  if (text.startsWith("d ")) return "moved by the weight";
  return /^d[zmq]$/.test(text) ? "gradient that arrives" : "gradient from above";
}

/** Where in a sample a weight was used, in words. @param {number[]} place */
export function spot(place) {
  if (!place.length) return "";
  return place.length === 1 ? `step ${place[0]}` : place.length === 2 ? `row ${place[0]}, column ${place[1]}` : place.join(", ");
}

/** @param {string} name @param {number} value @param {string} [className] @param {boolean} [inside] a product: a negative number stands in brackets
 * @param {string} [of]  the number of the stage that it is */
function number(name, value, className = "", inside = false, of = "") {
  const element = numberElement(`receipt/${name}`, className);
  if (of) element.dataset.of = of;
  setNumber(element, value, (v) => (inside && v < 0 ? `(${format(v, DIGITS)})` : format(v, DIGITS)));
  return element;
}

/** The whole of it. @param {import("./types.js").Hello} hello @param {Receipt} receipt @param {Keras} keras @param {(sample: number) => void} follow */
export function receiptView(hello, receipt, keras, follow) {
  return [el("div", { class: "gn-bill" }, termTable(hello, receipt, follow)), el("div", { class: "gn-proof" }, checks(receipt, keras), chain(receipt))];
}

/** @param {import("./types.js").Hello} hello @param {Receipt} receipt @param {(sample: number) => void} follow */
function termTable(hello, receipt, follow) {
  const { terms, rest, over, set, weight } = receipt;
  const placeOf = (/** @type {string | undefined} */ factor) => (factor ? placeOfFactor(hello, factor, over) : "");
  const kinds = (terms[0]?.factors ?? []).map(({ name }) => kind(name));
  const placed = terms.some(({ place }) => place.length);
  const width = 1 + Number(placed) + kinds.length;
  const rows = terms.map((term, i) => el("tr", {},
    el("th", { scope: "row" }, over === "batch" ? el("button", { type: "button", class: "gn-plain", title: "Show this sample on the stage", text: `${set} ${term.sample}`, click: () => follow(term.sample) }) : `${set} ${term.sample}`),
    ...(placed ? [el("td", { class: "gn-note", text: spot(term.place) })] : []),
    ...kinds.map((_, f) => {
      const factor = term.factors[f];
      return el("td", { title: factor?.name ?? "" }, ...(factor ? [f ? "· " : "", number(`term[${i}]/factor[${f}]`, factor.value, "", f > 0, placeOf(factor.name))] : []));
    }),
    el("td", { class: "gn-product" }, "= ", number(`term[${i}]`, term.product, "", false, placeOf(term.factors[0]?.name)))));
  const line = (/** @type {string} */ text, /** @type {HTMLElement} */ value, className = "") =>
    el("tr", { class: className }, el("th", { scope: "row", colspan: width, text }), el("td", { class: "gn-product" }, value));
  const uses = rest.count + terms.length;
  const footer = [
    ...(rest.count ? [line(`and ${count(rest.count)} more that add up to`, number("rest", rest.total))] : []),
    line(`sum of ${uses === 1 ? "the one term" : `${count(uses)} terms`}`, number("sum", receipt.sum)),
    ...(receipt.penalty ? [line("+ penalty on large weights", number("penalty", receipt.penalty))] : []),
    line(`∂L/∂w for ${receipt.weight}`, number("total", receipt.total, "gn-strong", false, weight), "gn-total"),
  ];
  return el("div", { class: "gn-scroll", tabindex: 0, role: "region", "aria-label": `Terms of the gradient of ${receipt.weight}` }, el("table", {},
    el("caption", { text: over === "batch" ? `The largest terms over the last batch of ${receipt.samples}; each has its 1/${receipt.samples} of the mean in it` : "Terms of the shown sample, the largest first" }),
    el("thead", {}, el("tr", {}, el("th", { scope: "col", text: "sample" }), ...(placed ? [el("th", { scope: "col", text: "used at" })] : []),
      ...kinds.map((text, f) => el("th", { scope: "col" }, f ? `· ${text}` : text, el("small", { text: meaning(text) }))), el("th", { scope: "col", text: "product" }))),
    el("tbody", {}, ...rows), el("tfoot", {}, ...footer)));
}

/** The same number by other ways, and how far each is off. @param {Receipt} receipt @param {Keras} keras */
function checks(receipt, keras) {
  const row = (/** @type {string} */ text, /** @type {Node | string} */ how, /** @type {(Node | string)[]} */ value, /** @type {(Node | string)[]} */ off) =>
    el("tr", {}, el("th", { scope: "row" }, text, el("small", {}, how)), el("td", {}, ...value), el("td", { class: "gn-note" }, ...off));
  const away = (/** @type {string} */ name, /** @type {number} */ value) => {
    const element = numberElement(`receipt/${name}`);
    setNumber(element, value, (v) => (v ? format(v, 2) : "0"));
    return [element];
  };
  const theirs = typeof keras === "string"
    ? el("tr", {}, el("th", { scope: "row" }, "Keras", el("small", { text: "its own backward pass, float32" })), el("td", { colspan: 2, class: "gn-note gn-waits", role: "status", text: keras }))
    : row(`Keras ${keras.version}`, "its own backward pass, float32", [number("keras", keras.keras, "gn-strong")], away("keras.off", keras.off));
  return el("table", { class: "gn-proofs" }, el("caption", { text: "The same gradient by other ways" }),
    el("thead", {}, el("tr", {}, el("td"), el("th", { scope: "col", text: "∂L/∂w" }), el("th", { scope: "col", text: "off by" }))),
    el("tbody", {},
      row("Engine", "backward pass, float32", [number("gradient", receipt.gradient, "gn-strong", false, receipt.weight)], []),
      row("Receipt", "the terms at the left, added up", [number("total.again", receipt.total, "gn-strong")], away("total.off", receipt.total_error)),
      row("Finite difference", el("span", {}, "(L(w + h) − L(w − h)) / 2h, h = ", number("h", receipt.difference)), [number("numeric", receipt.numeric, "gn-strong")], away("numeric.off", receipt.numeric_error)),
      theirs));
}

/** The operations from the loss to the weight, and what each gives. @param {Receipt} receipt */
function chain(receipt) {
  const { chain: links, weight } = receipt;
  return el("figure", { class: "gn-links" }, el("figcaption", { text: "From the loss back to this weight" }),
    el("ol", { "aria-label": `The chain from the loss to ${weight}` }, ...links.map(({ layer, output, shape, numbers, ...link }, i) => el("li", {}, el("span", { class: "gn-note", text: layer }), " ", equation(link),
      el("small", {}, i === links.length - 1 ? `of its ${count(shape.reduce((a, b) => a * b, 1))} numbers this weight's: ` : `shape (${shape.join(", ")})${numbers.length ? ": " : ""}`,
        ...numbers.flatMap((value, n) => [n ? ", " : "", number(`chain[${i}]/${output}[${n}]`, value, "", false, placeOfLink(receipt, i, n))]))))));
}
