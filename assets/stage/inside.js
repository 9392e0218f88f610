/** A trained network of the shop on one customer, as the stage draws a network. Nothing is trained here: all its numbers come with the page. */
import { inkOn, parse, themeOf } from "./colours.js";
import { tools } from "./controls.js";
import { el } from "./dom.js";
import { explain, placeOf } from "./insideformulas.js";
import { picture } from "./insidepicture.js";
import { fill, write } from "./lines.js";

/** @typedef {import("./insidelayout.js").Kind} Kind */
/** @typedef {import("./types.js").Target} Target */
/** @typedef {{layers: import("./insidelayout.js").Layer[], hint: string}} Data */

/** @type {WeakMap<HTMLElement, {root: HTMLElement, said: string, dispose: () => void}>} */
const shown = new WeakMap();

/** Draws a network in an element; another one takes its place. @param {HTMLElement} parent @param {Data} data @returns {() => void} */
export function mount(parent, data) {
  const said = JSON.stringify(data.layers);
  const known = shown.get(parent);
  if (known?.said !== said || !known.root.isConnected) {
    known?.dispose();
    shown.set(parent, { ...inside(parent, data), said });
  }
  return () => setTimeout(() => {
    if (!parent.isConnected) shown.get(parent)?.dispose();
  }, 50);
}

/** @param {HTMLElement} parent @param {Data} data */
function inside(parent, { layers, hint }) {
  /** @type {import("./insidepicture.js").Look} */
  const look = { kind: "weights", theme: "light", target: null, echo: null };
  let pinned = false;
  const network = picture(layers, { point: (target) => point(target, false), pin: (target) => point(target, true), look: () => look, redraw: draw });
  const sweeps = [["Forward", "weights"], ["Backward", "gradient"]].map(([text, kind]) =>
    el("button", { type: "button", class: "gn-door", text, click: () => run(/** @type {Kind} */ (kind)) }));
  const tool = tools((kind) => change(/** @type {Kind} */ (kind)), el("div", { class: "gn-doors" }, ...sweeps), [["weights", "weights and activations"], ["gradient", "gradients of the loss"]]);
  const [title, body] = [el("b"), el("div", { class: "gn-lineset" })];
  const formula = el("section", { class: "gn-formula", "aria-label": "Formula", tabindex: 0 }, el("div", {}, title, body));
  const root = el("div", { class: "gn-stage gn-inside", role: "region", "aria-label": "The trained network on this customer" }, tool.element, network.element, formula);

  function draw() {
    tool.show(look.kind, network.draw());
  }

  /** @param {Kind} kind */
  function change(kind) {
    look.kind = kind;
    network.stop();
  }

  /** A sweep shows what flows: activations going forward, gradients going back. @param {Kind} kind */
  function run(kind) {
    /** @type {HTMLInputElement} */ (tool.element.querySelector(`input[value=${kind}]`)).checked = true;
    change(kind);
    network.sweep(kind === "gradient");
  }

  /** @param {Target | null} target @param {boolean} pin */
  function point(target, pin) {
    if (!pin && (pinned || JSON.stringify(target) === JSON.stringify(look.target))) return;
    pinned = pin && target !== null;
    Object.assign(look, { target, echo: null });
    tell();
    draw();
  }

  function tell() {
    const told = look.target ? explain(layers, look.target) : { title: "", lines: [[hint]] };
    title.textContent = pinned ? `${told.title} (kept; Escape lets go)` : told.title;
    write(body, told.lines);
    fill(body, told.lines);
  }

  /** Pointing at a term lights its place. @param {string | undefined} name */
  function echo(name) {
    look.echo = placeOf(layers, name);
    draw();
  }

  function dress() {
    look.theme = themeOf(root);
    root.dataset.theme = look.theme;
    root.style.setProperty("--gn-on-accent", inkOn(parse(getComputedStyle(root).caretColor)));
    draw();
  }

  const sized = new ResizeObserver(() => network.resize() && draw());
  body.addEventListener("pointerover", ({ target }) => echo(/** @type {HTMLElement} */ (target).dataset.name));
  body.addEventListener("pointerleave", () => echo(undefined));
  root.addEventListener("transitionend", (event) => event.target === root && dress());
  root.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && point(null, true));
  tool.name("Show", "The widest edge has this size; a column's neurons have the colours for its largest number");
  parent.append(root);
  sized.observe(network.element);
  tell();
  network.resize();
  dress();
  return { root, dispose() {
    network.stop();
    sized.disconnect();
    root.remove();
  } };
}
