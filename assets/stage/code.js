/** The code beside a formula: the lines of NumPy that compute it, with the shapes of their arrays, and the line of Keras. */
import { el } from "./dom.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").CodeLine} CodeLine */
/** @typedef {{numpy: CodeLine[], keras: string[]}} Shown */
/** @typedef {{text: string, shape?: number[]}} Word  a piece of a line; behind the first mention of an array stands its shape */

/** The operation that computes a number, by the number's name: dense_1/z[3] -> dense_1/z, dense_1/kernel.update[0,2] -> update/w.
 * @param {string} name */
export function outputOf(name) {
  const [layer, part = ""] = name.replace(/\[.*$/, "").split("/");
  const [own, vector] = part.split(".");
  if (vector === "update") return "update/w";
  if (vector?.endsWith("gradient")) return `${layer}/d${own}`;
  return `${layer}/${own}`;
}

/** The code of the numbers that a formula arrives at, or of the operation in slow motion, or without either of the whole network.
 * @param {View} view @param {string[]} names  of the formula's results @param {boolean} pointing @returns {Shown} */
export function codeOf({ frame: { operation }, code }, names, pointing) {
  if (!code) return { numpy: [], keras: [] };
  const keras = (/** @type {string | null | undefined} */ layer) => (layer ? [code.keras[layer]].filter(Boolean) : [code.compile]);
  if (pointing) {
    const wanted = [...new Set(names.map(outputOf))];
    const numpy = wanted.flatMap((output) => code.operations.filter((line) => line.output === output));
    const layers = [...new Set(names.map((name) => name.split("/")[0]))].filter((name) => name in code.keras);
    return { numpy, keras: layers.flatMap(keras) };
  }
  if (operation) return { numpy: operation.code ? [operation.code] : [], keras: keras(operation.phase === "loss" ? null : operation.layer) };
  return { numpy: [], keras: [...Object.values(code.keras), code.compile] };
}

/** A line as pieces: where an array is mentioned for the first time its shape stands behind it. @param {CodeLine} line @returns {Word[]} */
export function words({ numpy, shapes }) {
  const left = new Map(shapes);
  return numpy.split(/(?<![\w.])([A-Za-z_]\w*)(?![\w(])/).map((text) => {
    const shape = left.get(text);
    left.delete(text);
    return shape ? { text, shape } : { text };
  });
}

/** A shape as NumPy writes it. @param {number[]} shape */
export function tuple(shape) {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}

/** The code, below the formula; whether it is open is kept by the browser. @param {(open: boolean) => void} toggled */
export function codeBox(toggled) {
  const body = el("div", { class: "gn-lines-of-code" });
  const element = el("section", { class: "gn-code", "aria-label": "Code", tabindex: 0 }, body);
  const door = el("button", { type: "button", class: "gn-door gn-code-door", text: "Code", click: () => {
    const wanted = Boolean(element.hidden);
    keep(wanted);
    open(wanted);
  } });
  let last = "";

  /** @param {boolean} wanted */
  function open(wanted) {
    element.hidden = !wanted;
    door.setAttribute("aria-expanded", String(wanted));
    toggled(wanted);
  }

  return {
    element,
    door,
    /** As it was left; where it was never touched, open unless it is wanted folded. @param {boolean} folded */
    begin: (folded) => open(kept() ?? !folded),

    /** @param {Shown} shown */
    show({ numpy, keras }) {
      const next = JSON.stringify([numpy, keras]);
      if (next === last) return;
      last = next;
      body.replaceChildren(...rows("NumPy", numpy.map((line) => el("code", {}, ...words(line).map(({ text, shape }) => (shape ? el("span", { class: "gn-array" }, text, el("small", { text: tuple(shape) })) : text))))),
        ...rows("Keras", keras.map((text) => el("code", { text }))));
      element.scrollTop = 0;
    },
  };
}

/** @param {string} label @param {HTMLElement[]} lines */
function rows(label, lines) {
  return lines.flatMap((line, i) => [el("b", { text: i ? "" : label }), line]);
}

const KEY = "glassnet.code";

/** Null where it was never touched. */
function kept() {
  try {
    const found = localStorage.getItem(KEY);
    return found === null ? null : found !== "closed";
  } catch {
    return null;
  }
}

/** @param {boolean} open */
function keep(open) {
  try {
    localStorage.setItem(KEY, open ? "open" : "closed");
  } catch {
    // A browser that keeps nothing shows the code each time.
  }
}
