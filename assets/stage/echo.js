/** The echo: pointing at a number lights its place in the picture and its like elsewhere, pointing at a place its numbers. */
import { resolve, same } from "./names.js";

/** @typedef {import("./types.js").Hello} Hello */
/** @typedef {import("./types.js").Target} Target */
/** @typedef {import("./maps.js").Box} Box */
/** @typedef {Box | {from: [number, number], to: [number, number]}} Spot  of a picture: a box, or an edge that leaves and arrives level */

const SVG = "http://www.w3.org/2000/svg";
const NUMBERS = ".gn-strip .gn-number[data-name], .gn-bottom .gn-number[data-name]";
// Those that light where the picture is pointed at.
const FOLLOWING = ".gn-strip .gn-number, .gn-receipt .gn-number[data-of]";
const MARGIN = 3;

/** Which number of the stage an element shows: a receipt's factors have a name of their own besides. @param {HTMLElement} number */
const nameOf = ({ dataset }) => dataset.of ?? dataset.name ?? "";

/** @param {HTMLElement} root @param {() => {hello: Hello, spot: (target: Target) => Spot | null} | null} picture */
export function echoes(root, picture) {
  const element = document.createElementNS(SVG, "svg");
  element.setAttribute("class", "gn-echoes");
  element.setAttribute("aria-hidden", "true");
  /** @type {HTMLElement | null} the number that is pointed at or in focus */
  let held = null;
  /** @type {Target | null} the place that is pointed at */
  let place = null;
  /** @type {Target[][]} */
  let framed = [];
  /** @type {Target[]} what a lesson points at */
  let lit = [];

  /** @param {(number: HTMLElement) => boolean} wanted @param {string} among */
  function light(wanted, among) {
    for (const number of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(`${among}, .gn-echo`))) number.classList.toggle("gn-echo", wanted(number));
  }

  /** @param {HTMLElement | null} number */
  function hold(number) {
    if (number === held) return;
    held = number;
    if (!held) return settle();
    const name = nameOf(held);
    held.title = `${name} = ${held.dataset.value ?? "not yet known"}`;
    light((other) => nameOf(other) === name, `[data-name="${CSS.escape(name)}"], [data-of="${CSS.escape(name)}"]`);
    draw();
  }

  /** What is lit where no number is held: those of the place that is pointed at. */
  function settle() {
    draw();
    const now = picture();
    light((number) => Boolean(place && now && number.matches(FOLLOWING) && same(place, resolve(now.hello, nameOf(number)))), FOLLOWING);
  }

  function draw() {
    const now = picture();
    const target = now && held ? resolve(now.hello, nameOf(held)) : null;
    const spot = now && target ? now.spot(target) : null;
    const frames = framed.map(around).filter((found) => found !== null);
    const lights = now ? lit.map((each) => now.spot(each)).filter((found) => found !== null) : [];
    element.replaceChildren(...lights.flatMap((found) => ["gn-halo", "gn-beam"].map((name) => outline(found, name, marginOf(found)))),
      ...frames.flatMap((found) => ["gn-halo", "gn-frame"].map((name) => outline(found, name, -1))),
      ...(spot ? ["gn-halo", "gn-dash"].map((name) => outline(spot, name)) : []));
    if (spot && held) element.dataset.for = nameOf(held);
    else delete element.dataset.for;
  }

  /** @param {Target[]} ends @returns {Spot | null} the box around both */
  function around(ends) {
    const now = picture();
    const boxes = /** @type {Box[]} */ (ends.map((target) => now?.spot(target)).filter((spot) => spot && "x" in spot));
    if (!boxes.length) return null;
    const [x, y] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))];
    return { x, y, width: Math.max(...boxes.map((box) => box.x + box.width)) - x, height: Math.max(...boxes.map((box) => box.y + box.height)) - y };
  }

  const numberAt = (/** @type {EventTarget | null} */ target) => /** @type {HTMLElement | null} */ (target instanceof Element ? target.closest(NUMBERS) : null);
  root.addEventListener("pointerover", ({ target }) => hold(numberAt(target) ?? numberAt(document.activeElement)));
  root.addEventListener("pointerleave", () => hold(numberAt(document.activeElement)));
  root.addEventListener("focusin", ({ target }) => hold(numberAt(target)));
  root.addEventListener("focusout", () => hold(null));
  root.addEventListener("keydown", (event) => {
    const formula = /** @type {Element} */ (event.target).closest(".gn-formula");
    if (/** @type {Element} */ (event.target).closest("input")) return;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!formula || !step) return;
    const numbers = /** @type {HTMLElement[]} */ ([...formula.querySelectorAll(".gn-number")]);
    const at = numbers.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const next = numbers[at < 0 ? (step > 0 ? 0 : numbers.length - 1) : Math.min(numbers.length - 1, Math.max(0, at + step))];
    if (!next) return;
    next.tabIndex = -1;
    next.focus();
    event.preventDefault();
  });

  return {
    element,

    /** The picture is pointed at. @param {Target | null} target */
    point(target) {
      place = target;
      if (!held?.isConnected) held = null;
      if (!held) settle();
    },

    /** A lesson points at these places. @param {Target[]} places */
    light(places) {
      lit = places;
      draw();
    },

    /** Other numbers, or another size. @param {Target[][]} marks  what the strip's explanation frames in the picture */
    renew(marks) {
      framed = marks;
      if (held && !held.isConnected) hold(null);
      else if (held || framed.length || lit.length || element.childElementCount) draw();
    },
  };
}

/** Around a small place, and inside a large one: its number stands close below it. @param {Spot} spot */
function marginOf(spot) {
  return "x" in spot && spot.width > 20 ? -1 : 2 * MARGIN;
}

/** @param {Spot} spot @param {string} name @param {number} [margin] */
function outline(spot, name, margin = MARGIN) {
  const shape = document.createElementNS(SVG, "x" in spot ? "rect" : "path");
  shape.setAttribute("class", name);
  if ("x" in spot) {
    const place = { x: spot.x - margin, y: spot.y - margin, width: spot.width + 2 * margin, height: spot.height + 2 * margin, rx: 3 };
    for (const [key, value] of Object.entries(place)) shape.setAttribute(key, String(value));
  } else {
    const { from: [x0, y0], to: [x1, y1] } = spot;
    shape.setAttribute("d", `M${x0} ${y0}C${(x0 + x1) / 2} ${y0} ${(x0 + x1) / 2} ${y1} ${x1} ${y1}`);
  }
  return shape;
}
