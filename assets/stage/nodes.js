/** The neurons: one column a layer, each neuron with its value, its bias and a map of what it computes over the plane. */
import { css, inkOn, paintGrid, pick, table } from "./colours.js";
import { choose, context, el, numberElement, select, setNumber } from "./dom.js";
import { pretty } from "./format.js";
import { featureGrids, gridPoints, unitGrids } from "./network.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Hello} Hello */
/** @typedef {import("./types.js").Operation} Operation */
/** @typedef {import("./layout.js").Column} Column */
/** @typedef {{element: HTMLElement, canvas: HTMLCanvasElement, value: HTMLElement, bias: HTMLElement | null, back: HTMLElement}} Node */

const SIDE = 24;
const BOUNDED = new Set(["tanh", "sigmoid", "softmax", "softsign", "hard_sigmoid"]);

/** @param {Hello} hello @param {(layer: number, activation: string) => void} activationChanged */
export function nodes(hello, activationChanged) {
  const output = hello.layers.length - 1;
  const xs = gridPoints(hello.domain, SIDE);
  const groups = [featureGroup(hello), ...hello.layers.map((layer, l) => layerGroup(layer, l))];
  const headers = groups.map((_, index) => header(hello, index - 1, activationChanged));
  const layer = el("div", { class: "gn-nodes", role: "group", "aria-label": describe(hello) }, ...headers.map((h) => h.element),
    ...groups.flat().map(({ element }) => element));
  groups[0][0].element.tabIndex = 0;
  /** @type {Column[]} */
  let placed = [];

  return {
    element: layer,
    groups,

    /** @param {Column[]} columns @param {number} top where the plot begins below the headers */
    place(columns, top) {
      placed = columns;
      const apart = columns.length > 1 ? columns[1].x - columns[0].x : 200;
      columns.forEach((column, c) => {
        headers[c].element.style.cssText = `left:${column.x}px;max-width:${Math.max(64, Math.min(150, apart - 4))}px`;
        groups[c].forEach(({ element }, i) => {
          element.style.cssText = `left:${column.x - column.width / 2}px;top:${top + column.ys[i] - column.height / 2}px;`
            + `width:${column.width}px;height:${column.height}px`;
          element.classList.toggle("gn-map", column.maps);
        });
      });
    },

    /** Renews every number, and the colours that say the same. @param {View} view */
    values(view) {
      const { frame, theme, settings } = view;
      hello.features.forEach((_, i) => {
        const x = frame.values.input?.[i];
        setNumber(groups[0][i].value, x);
        tint(groups[0][i], placed[0]?.maps, theme, x === undefined ? undefined : x / hello.domain[1]);
      });
      const most = steepest(view);
      hello.layers.forEach(({ name, bias, activation }, l) => {
        const a = frame.values[`${name}/a`];
        const [low, high] = range(view, l, settings.activations[l] ?? activation, a);
        groups[l + 1].forEach((node, u) => {
          setNumber(node.value, a?.[u]);
          if (goesBack(view, name, node, u, most)) tint(node, placed[l + 1]?.maps, theme, Number(node.back.dataset.value) / most, "gradient");
          else tint(node, placed[l + 1]?.maps, theme, a ? ((a[u] - low) / (high - low)) * 2 - 1 : undefined);
          if (node.bias) showBias(node.bias, frame.values.weights?.[bias[0] + u], theme);
        });
        if (l < output) choose(/** @type {HTMLSelectElement} */ (headers[l + 1].select), settings.activations[l]);
      });
    },

    /** Draws what each neuron computes over the plane. @param {View} view */
    maps({ frame, theme, settings, hello: { layers } }) {
      if (!frame.values.weights || !placed.some(({ maps }) => maps)) return;
      const words = table(theme, "signed");
      const grids = [featureGrids(hello, xs), ...unitGrids(hello, frame.values.weights, settings.activations, xs)];
      grids.forEach((units, c) => {
        if (!placed[c].maps) return;
        const bounded = c > 0 && BOUNDED.has(c - 1 === output ? layers[output].activation : settings.activations[c - 1]);
        units.forEach((grid, u) => {
          const top = bounded ? 1 : c - 1 === output ? 1 : largest(c ? units : [grid]);
          const low = c - 1 === output && hello.task === "classification" && bounded ? 0 : -top;
          paintGrid(context(groups[c][u].canvas), grid, SIDE, words, low, top);
        });
      });
    },

    /** Lights the layer that an operation is about and dims the rest. @param {Operation | null} operation */
    light(operation) {
      const active = operation ? hello.layers.findIndex(({ name }) => name === operation.layer) : -1;
      groups.forEach((group, c) => {
        const lit = !operation || activeColumns(operation, active, output).has(c);
        for (const { element } of group) element.classList.toggle("gn-dim", !lit);
        headers[c].element.classList.toggle("gn-dim", !lit);
        headers[c].element.classList.toggle("gn-lit", Boolean(operation) && c === active + 1);
      });
    },
  };
}

/** @param {Operation} operation @param {number} active @param {number} output */
function activeColumns(operation, active, output) {
  if (operation.phase === "loss") return new Set([output + 1]);
  if (active < 0) return new Set(Array.from({ length: output + 2 }, (_, c) => c));
  return new Set([active, active + 1]);
}

/** @param {Hello} hello @returns {Node[]} */
function featureGroup(hello) {
  return hello.features.map((name, i) => {
    const made = node(-1, i, `input[${i}]`, "Feature");
    made.element.prepend(el("span", { class: "gn-name", text: pretty(name), title: name }));
    return made;
  });
}

/** @param {import("./types.js").Layer} layer @param {number} l @returns {Node[]} */
function layerGroup({ name, units }, l) {
  return Array.from({ length: units }, (_, u) => {
    const made = node(l, u, `${name}/a[${u}]`, `${name}, neuron ${u}`);
    made.bias = el("i", { class: "gn-bias", "data-name": `${name}/bias[${u}]` });
    made.element.append(made.bias);
    return made;
  });
}

/** @param {number} layer @param {number} unit @param {string} valueName @param {string} label @returns {Node} */
function node(layer, unit, valueName, label) {
  const canvas = el("canvas", { width: SIDE, height: SIDE, "aria-hidden": "true" });
  const value = numberElement(valueName, "gn-value");
  const element = el("div", { class: "gn-node", role: "button", tabindex: -1, "data-layer": layer, "data-unit": unit },
    canvas, el("span", { class: "gn-sr", text: `${label}: ` }), value);
  const back = numberElement("", "gn-back");
  back.hidden = true;
  element.append(back);
  return { element, canvas, value, bias: null, back };
}

/** @param {Hello} hello @param {number} l @param {(layer: number, activation: string) => void} changed */
function header(hello, l, changed) {
  if (l < 0) {
    const n = hello.features.length;
    return { element: el("div", { class: "gn-header" }, el("b", { text: "features" }), el("small", { text: `${n} input${n > 1 ? "s" : ""}` })), select: null };
  }
  const layer = hello.layers[l];
  const title = el("b", { text: layer.name });
  title.append(el("span", { text: hello.layers.length < 5 ? ` · ${layer.units} unit${layer.units > 1 ? "s" : ""}` : ` · ${layer.units}`, title: `${layer.units} unit${layer.units > 1 ? "s" : ""}` }));
  const tip = `${layer.type}, ${layer.units} units, ${layer.inputs} inputs each, ${layer.initializer}`;
  if (l === hello.layers.length - 1) {
    title.lastElementChild?.replaceChildren(` · ${layer.units}`);
    return { element: el("div", { class: "gn-header", title: tip }, title, el("small", { text: layer.activation })), select: null };
  }
  const control = select(hello.options.activations.map((value) => ({ value, label: value })), (name) => changed(l, name),
    { "data-control": "activation", "aria-label": `Activation of ${layer.name}` });
  return { element: el("div", { class: "gn-header", title: tip }, title, control), select: control };
}

/** @param {Hello} hello */
function describe(hello) {
  return `Network: ${hello.features.length} features, ${hello.layers.map(({ name, units }) => `${name} with ${units} units`).join(", ")}. `
    + "Arrow keys go from neuron to neuron, Page Up and Page Down through the weights that come into it.";
}

/** The ends of the colour scale for a layer's outputs.
 * @param {View} view @param {number} l @param {string} activation @param {import("./types.js").Numbers | undefined} a */
function range({ hello }, l, activation, a) {
  const last = l === hello.layers.length - 1;
  if (last && hello.task === "classification" && BOUNDED.has(activation)) return [0, 1];
  const top = BOUNDED.has(activation) || last || !a ? 1 : Math.max(1, ...Array.from(a, Math.abs).filter(Number.isFinite));
  return [-top, top];
}

/** @param {Float32Array[]} grids */
function largest(grids) {
  let top = 1e-6;
  for (const grid of grids) for (const v of grid) if (v > top && v < Infinity) top = v; else if (-v > top && v > -Infinity) top = -v;
  return top;
}

/** The largest gradient that a slow backward pass has reached, or 0 outside of one. @param {View} view */
function steepest({ hello, frame }) {
  if (frame.operation?.phase !== "backward") return 0;
  const reached = hello.layers.flatMap(({ name }) => [...(frame.values[`${name}/dz`] ?? frame.values[`${name}/da`] ?? [])]);
  return Math.max(0, ...reached.map(Math.abs).filter(Number.isFinite));
}

/** In a slow backward pass a neuron shows dz as soon as it is known, until then da; true when it does.
 * @param {View} view @param {string} layer @param {Node} node @param {number} u @param {number} most see `steepest` */
function goesBack({ frame }, layer, { back, value }, u, most) {
  const part = frame.values[`${layer}/dz`] ? "dz" : "da";
  const gradient = most > 0 ? frame.values[`${layer}/${part}`]?.[u] : undefined;
  back.hidden = gradient === undefined;
  value.classList.toggle("gn-under", !back.hidden);
  if (back.hidden) return false;
  back.dataset.name = `${layer}/${part}[${u}]`;
  back.dataset.part = part;
  setNumber(back, gradient);
  return true;
}

/** @param {{element: HTMLElement}} node @param {boolean} maps @param {import("./types.js").Theme} theme @param {number | undefined} t
 * @param {import("./colours.js").ScaleName} [scale] */
export function tint({ element }, maps, theme, t, scale = "signed") {
  const unknown = t === undefined;
  element.classList.toggle("gn-unknown", unknown);
  const rgb = pick(theme, scale, t ?? 0);
  const colour = unknown ? "" : css(rgb);
  if (element.style.getPropertyValue("--gn-fill") === colour) return;
  element.style.setProperty("--gn-fill", colour);
  element.style.setProperty("--gn-ink", unknown || maps ? "" : inkOn(rgb));
}

/** @param {HTMLElement} element @param {number | undefined} value @param {import("./types.js").Theme} theme */
export function showBias(element, value, theme) {
  const text = String(value);
  if (value === undefined || element.dataset.value === text) return;
  element.dataset.value = text;
  const part = Number.isNaN(value) ? 1 : Math.min(1, Math.abs(value));
  const size = 5 + 5 * part;
  element.style.cssText = `width:${size}px;height:${size}px;background:${css(pick(theme, "signed", Math.sign(value) * (0.25 + 0.75 * part)))}`;
}
