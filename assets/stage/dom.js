/** The few lines of DOM that every picture needs. Text goes in as text, never as markup. */
import { format } from "./format.js";

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, unknown>} [attributes] `text` is the text; a function is a listener; true, false switch an attribute
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") element.textContent = String(value);
    else if (typeof value === "function") element.addEventListener(name, /** @type {EventListener} */ (value));
    else if (typeof value === "boolean") element.toggleAttribute(name, value);
    else if (value !== undefined && value !== null) element.setAttribute(name, String(value));
  }
  element.append(...children);
  return element;
}

/** An element that shows one number under its name. @param {string} name @param {string} [className] */
export function numberElement(name, className = "") {
  return el("span", { class: `gn-number ${className}`, "data-name": name, text: "?" });
}

/** @type {WeakMap<Element, number | null>} */
const shown = new WeakMap();

/** Short text, and every digit in data-value; a number not yet known has no data-value.
 * @param {HTMLElement} element @param {number | null | undefined} value @param {(value: number) => string} [text] */
export function setNumber(element, value, text = format) {
  const next = value ?? null;
  if (shown.has(element) && Object.is(shown.get(element), next)) return;
  shown.set(element, next);
  if (next === null) {
    element.removeAttribute("data-value");
    element.textContent = "?";
  } else {
    element.setAttribute("data-value", String(next));
    element.textContent = text(next);
  }
}

/** Fits a canvas to its box at the screen's density (at most 2, which is as fine as a projector shows).
 * @param {HTMLCanvasElement} canvas @param {number} width @param {number} height */
export function fit(canvas, width, height) {
  const density = Math.min(2, devicePixelRatio || 1);
  canvas.width = Math.max(1, Math.round(width * density));
  canvas.height = Math.max(1, Math.round(height * density));
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  context(canvas).setTransform(density, 0, 0, density, 0, 0);
}

/** @param {HTMLCanvasElement} canvas */
export function context(canvas) {
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
}

let fields = 0;

/** A control under its label. The label does not enclose it, or a select's options would become part of its name.
 * @param {string} label @param {HTMLElement} control @param {string} [className] */
export function field(label, control, className = "") {
  control.id = `gn-field-${++fields}`;
  return el("div", { class: `gn-field ${className}` }, el("label", { for: control.id, text: label }), control);
}

/** Shows `value` in a select, adding it when the list lacks it. Options carry their value as JSON, so types survive.
 * @param {HTMLSelectElement} select @param {unknown} value @param {string} [label] */
export function choose(select, value, label = String(value)) {
  const key = String(value);
  if (![...select.options].some((option) => option.value === key)) select.append(el("option", { value: key, text: label }));
  if (select.value !== key) select.value = key;
}

/** @param {{value: unknown, label: string}[]} choices @param {(value: any) => void} changed @param {Record<string, unknown>} [attributes] */
export function select(choices, changed, attributes = {}) {
  const control = el("select", { ...attributes, change: () => changed(typed(control.value)) });
  for (const { value, label } of choices) control.append(el("option", { value: String(value), text: label }));
  return control;
}

/** An option's value as it was given: a number where it is one. @param {string} text */
function typed(text) {
  const number = Number(text);
  return Number.isNaN(number) ? text : number;
}
