/** The neurons of a trained network: pills with their numbers in them, products by name at both ends. */
import { el, numberElement, setNumber } from "./dom.js";
import { format } from "./format.js";
import { nameOf } from "./insideformulas.js";
import { partOf } from "./insidelayout.js";
import { showBias, tint } from "./nodes.js";

/** @typedef {import("./insidelayout.js").Layer} Layer */
/** @typedef {import("./insidelayout.js").Kind} Kind */
/** @typedef {import("./types.js").Theme} Theme */
/** @typedef {{element: HTMLElement, value: HTMLElement, bias: HTMLElement | null}} Node */

/** @param {Layer[]} layers */
export function neurons(layers) {
  const groups = layers.map((layer, c) => layer.cells.map((_, u) => node(layer, c, u, c === layers.length - 1)));
  const headers = layers.map((layer, c) => header(layer, c ? layer.layer : layers[1].kind === "Embedding" ? "Bought last" : "Bought"));
  const element = el("div", { class: "gn-nodes", role: "group", "aria-label": describe(layers) }, ...headers, ...groups.flat().map((each) => each.element));
  groups[0][0].element.tabIndex = 0;
  return {
    element,
    groups,

    /** @param {import("./layout.js").Column[]} columns @param {number} room  for a name @param {number} top */
    place(columns, room, top) {
      element.style.setProperty("--gn-room", `${room}px`);
      const apart = columns[1].x - columns[0].x;
      columns.forEach((column, c) => {
        headers[c].style.cssText = `left:${column.x}px;max-width:${apart - 6}px`;
        groups[c].forEach((each, u) => {
          each.element.style.cssText = `left:${column.x - column.width / 2}px;top:${top + column.ys[u] - column.height / 2}px;width:${column.width}px;height:${column.height}px`;
        });
      });
    },

    /** @param {Kind} kind @param {Theme} theme */
    show(kind, theme) {
      layers.forEach((layer, c) => {
        const part = partOf(layer, kind);
        // A product's number in the catalogue has no size and no sign.
        const top = part && !(part === "x" && layers[1].kind === "Embedding") ? Math.max(1e-12, ...layer.values[part].map(Math.abs)) : Infinity;
        groups[c].forEach((each, u) => {
          const value = part ? layer.values[part][u] : undefined;
          each.value.dataset.name = `${layer.layer}/${part}[${layer.cells[u]}]`;
          setNumber(each.value, value, (known) => (top === Infinity ? String(known) : format(known)));
          if (value === undefined) each.value.textContent = "–";
          tint(each, false, theme, value === undefined ? undefined : value / top, kind === "gradient" ? "gradient" : "signed");
          if (each.bias) showBias(each.bias, layer.values.bias[u], theme);
        });
      });
    },

    /** Those columns that a sweep has not reached stand back. @param {(column: number) => boolean} lit */
    light(lit) {
      groups.forEach((group, c) => [headers[c], ...group.map((each) => each.element)].forEach((each) => each.classList.toggle("gn-dim", !lit(c))));
    },

    /** @param {import("./types.js").Target | null} target */
    mark(target) {
      groups.forEach((group, c) => group.forEach(({ element: each }, u) => {
        const own = target !== null && (target.kind === "feature" ? c === 0 && u === target.input
          : "unit" in target && (c === target.layer + 1 && u === target.unit || (target.kind === "edge" && c === target.layer && u === target.input)));
        each.classList.toggle("gn-pointed", own);
      }));
    },
  };
}

/** @param {Layer} layer @param {number} c @param {number} u @param {boolean} last @returns {Node} */
function node(layer, c, u, last) {
  const value = numberElement("", "gn-value");
  const wanted = last && layer.values.y[u] > 0;
  const label = c && !last ? nameOf(layer, u) : `${layer.names[u]}${wanted ? ", in the last basket" : ""}`;
  const element = el("div", { class: `gn-node${wanted ? " gn-wanted" : ""}`, role: "button", tabindex: -1, "data-layer": c - 1, "data-unit": u, title: label }, el("span", { class: "gn-sr", text: `${label}: ` }), value);
  if (!c || last) element.append(el("span", { class: `gn-name${last ? " gn-after" : ""}`, "aria-hidden": "true", text: layer.names[u] }));
  const bias = "bias" in layer.values ? el("i", { class: "gn-bias", "data-name": `${layer.layer}/bias[${layer.cells[u]}]` }) : null;
  if (bias) element.append(bias);
  return { element, value, bias };
}

/** @param {Layer} layer @param {string} title */
function header({ kind, told, units, cells, activation, facts }, title) {
  const few = `${cells.length} of ${(kind === "Input" ? facts.read : units).toLocaleString("en")}`;
  return el("div", { class: "gn-header", title: `${title}. ${told}: ${few} shown` }, el("b", { text: title }), el("small", { text: [activation, few].filter(Boolean).join(" · ") }));
}

/** @param {Layer[]} layers */
function describe(layers) {
  const [first, ...rest] = layers;
  const [best] = rest[rest.length - 1].names;
  return `Network on this customer: ${first.cells.length} of ${first.facts.read} products bought, ${rest.map(({ layer, units, cells }) => `${layer} with ${cells.length} of ${units} units`).join(", ")}. `
    + `On top of its list stands ${best}, ${format(rest[rest.length - 1].values.a[0])}. Arrow keys go from neuron to neuron, Page Up and Page Down through the weights that come into it.`;
}

