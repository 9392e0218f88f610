/**
 * A curve to draw with the pointer, or with the keyboard: left and right go from place to place, up and down move the curve.
 * @typedef {{places: number, updates: number, low: number, high: number, what: string, drawn: number[] | null}} Data
 */

const SVG = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT] = [400, 220];
const EDGE = { left: 44, right: 12, top: 12, bottom: 34 };
const KEYS = { ArrowUp: 1, ArrowDown: -1, PageUp: 5, PageDown: -5 };
// So many keystrokes from the bottom to the top.
const STEPS = 50;

/** @param {{data: Data, parentElement: HTMLElement, setStateValue: (name: string, value: unknown) => void}} component */
export default function ({ data, parentElement, setStateValue }) {
  const { places, updates, low, high, what } = data;
  /** @type {(number | null)[]} */
  let curve = data.drawn ?? new Array(places).fill(null);
  let at = 0;
  /** @type {[number, number] | null} the last place and height of a stroke */
  let stroke = null;

  const x = (/** @type {number} */ place) => EDGE.left + (place / (places - 1)) * (WIDTH - EDGE.left - EDGE.right);
  const y = (/** @type {number} */ value) => HEIGHT - EDGE.bottom - ((value - low) / (high - low)) * (HEIGHT - EDGE.top - EDGE.bottom);
  const clamp = (/** @type {number} */ value) => Math.min(high, Math.max(low, value));

  const picture = shape("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "gc-draw", role: "slider", tabindex: 0, "aria-valuemin": low, "aria-valuemax": high,
    "aria-label": `Your curve of the ${what}. Left and right go along it, up and down move it.` });
  const line = shape("path", { class: "gc-line" });
  const dot = shape("circle", { class: "gc-dot", r: 6 });
  const hint = shape("text", { class: "gc-hint", x: (EDGE.left + WIDTH - EDGE.right) / 2, y: HEIGHT / 2, "text-anchor": "middle" });
  hint.textContent = "Press here and draw, from the left to the right";
  picture.append(...axes(), hint, line, dot);
  // The style sheet stands in the same element.
  parentElement.querySelector("svg")?.remove();
  parentElement.append(picture);

  function axes() {
    const texts = [0, 0.5, 1].flatMap((share) => {
      const value = low + share * (high - low);
      const up = shape("text", { x: EDGE.left - 6, y: y(value) + 4, "text-anchor": "end" });
      up.textContent = String(Number(value.toPrecision(3)));
      const along = shape("text", { x: x(share * (places - 1)), y: HEIGHT - EDGE.bottom + 17, "text-anchor": share === 1 ? "end" : share ? "middle" : "start" });
      along.textContent = `${Math.round(share * updates)}${share === 1 ? " updates" : ""}`;
      return [shape("path", { class: "gc-grid", d: `M${EDGE.left} ${y(value)}H${WIDTH - EDGE.right}` }), up, along];
    });
    const name = shape("text", { x: EDGE.left + 8, y: EDGE.top + 12, class: "gc-what" });
    name.textContent = what;
    return [...texts, name];
  }

  function draw() {
    const known = curve.flatMap((value, place) => (value === null ? [] : [`${x(place)} ${y(value)}`]));
    line.setAttribute("d", known.length ? `M${known.join("L")}` : "");
    hint.toggleAttribute("hidden", known.length > 0);
    const value = curve[at];
    dot.setAttribute("cx", String(x(at)));
    dot.setAttribute("cy", String(y(value ?? low)));
    picture.setAttribute("aria-valuenow", String(value ?? low));
    picture.setAttribute("aria-valuetext", `update ${Math.round((at / (places - 1)) * updates)}: ${value === null ? "not drawn" : Number(value.toPrecision(3))}`);
  }

  /** Where nothing is drawn the curve goes straight from one known place to the next. */
  function finish() {
    const known = curve.flatMap((value, place) => (value === null ? [] : [place]));
    if (!known.length) return;
    curve = curve.map((value, place) => {
      if (value !== null) return value;
      const before = known.filter((other) => other < place).at(-1) ?? known[0];
      const after = known.find((other) => other > place) ?? known[known.length - 1];
      const [from, to] = [/** @type {number} */ (curve[before]), /** @type {number} */ (curve[after])];
      return before === after ? from : from + ((to - from) * (place - before)) / (after - before);
    });
    draw();
    setStateValue("curve", curve);
  }

  /** @param {PointerEvent} event */
  function put(event) {
    const box = picture.getBoundingClientRect();
    const [px, py] = [((event.clientX - box.left) / box.width) * WIDTH, ((event.clientY - box.top) / box.height) * HEIGHT];
    const place = Math.min(places - 1, Math.max(0, Math.round(((px - EDGE.left) / (WIDTH - EDGE.left - EDGE.right)) * (places - 1))));
    const value = clamp(low + ((HEIGHT - EDGE.bottom - py) / (HEIGHT - EDGE.top - EDGE.bottom)) * (high - low));
    const [from, height] = stroke ?? [place, value];
    for (let p = Math.min(from, place); p <= Math.max(from, place); p++) curve[p] = from === place ? value : height + ((value - height) * (p - from)) / (place - from);
    [stroke, at] = [[place, value], place];
    draw();
  }

  picture.addEventListener("pointerdown", (event) => {
    picture.setPointerCapture(event.pointerId);
    stroke = null;
    put(event);
  });
  picture.addEventListener("pointermove", (event) => {
    if (picture.hasPointerCapture(event.pointerId)) put(event);
  });
  picture.addEventListener("pointerup", finish);
  picture.addEventListener("keydown", (event) => {
    const up = KEYS[/** @type {keyof typeof KEYS} */ (event.key)];
    const along = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!up && !along) return;
    event.preventDefault();
    event.stopPropagation();
    const here = curve[at] ?? (low + high) / 2;
    if (up) curve[at] = clamp(here + (up * (high - low)) / STEPS);
    else if (along) {
      at = Math.min(places - 1, Math.max(0, at + along));
      curve[at] ??= here;
    }
    draw();
  });
  picture.addEventListener("blur", finish);
  draw();
}

/** @param {string} name @param {Record<string, string | number>} attributes */
function shape(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return /** @type {SVGGraphicsElement} */ (element);
}
