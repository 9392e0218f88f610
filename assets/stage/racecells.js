/** Recurrent runs of a race through time: for one sequence, the state h of each and how far the gradient reaches back, on one scale. */
import { context, el, fit, numberElement, select, setNumber } from "./dom.js";
import { format, narrow } from "./format.js";
import { badge } from "./racetable.js";
import { bars, ground, strip } from "./timebars.js";
import { LEFT, ROWS, stepBox } from "./timeline.js";

/** @typedef {import("./racelane.js").Lane} Lane */
/** @typedef {import("./types.js").Theme} Theme */
/** @typedef {import("./timeline.js").Row} Row */
/** @typedef {{state: HTMLCanvasElement, slope: HTMLCanvasElement, said: HTMLElement, sheet: HTMLElement, numbers: HTMLElement[], shown: string, element: HTMLElement}} Line */

const [HIGH, INPUT, WIDE] = [78, 30, 30];

/** What the strips can show: how it is called, and whether it is a gradient. @type {Record<string, [string, boolean]>} */
const SHOWS = { h: ["h", false], gates: ["gates", false], dh: ["dL/dh", true], dgates: ["gradients of the gates", true] };
const SIGN = { false: "orange below zero, blue above, from \u22121 to 1", true: "purple below zero, green above, in powers of ten from 10⁻⁶ to 1" };

/** The bands of a strip, one above the other: a SimpleRNN has no gates, but what goes into its tanh has a gradient as theirs has.
 * @param {string} type @param {string} show @returns {{label: string, part: string, gate: number}[]} */
export function bandsOf(type, show) {
  const own = ROWS[type] ?? [];
  if (show === "h" || show === "dh") return [{ label: show === "h" ? "h" : "dL/dh", part: show, gate: 0 }];
  const gates = own.filter(([, , back]) => back === "dz" || back === "dm");
  if (show === "dgates") return gates.map(([label, , back, gate]) => ({ label: `d${label.split(" ")[0]}`, part: back, gate }));
  return own.length > 2 ? gates.map(([label, part]) => ({ label: label.split(" ")[0], part, gate: 0 })) : [];
}

/** @param {{value: string, name: string}[]} runs @param {Theme} theme @param {(sample: number) => void} chosen */
export function raceCells(runs, theme, chosen) {
  const box = el("input", { type: "number", min: 0, value: 0, step: 1, id: "gn-race-sequence", change: () => box.checkValidity() ? chosen(Number(box.value)) : box.reportValidity() });
  let show = "h";
  const which = select(Object.entries(SHOWS).map(([value, [label]]) => ({ value, label })), (value) => {
    show = value;
    on.redraw();
  }, { id: "gn-race-strip" });
  const on = { redraw: () => {} };
  const truth = numberElement("y");
  const input = el("canvas", { role: "img", "aria-label": "The sequence that goes in" });
  const lines = runs.map(/** @returns {Line} */ ({ name }, r) => {
    const [state, slope] = [el("canvas", { role: "img" }), el("canvas", { role: "img" })];
    const said = el("p", { class: "gn-reach" });
    const sheet = el("div", { class: "gn-slopes" }, slope);
    return { state, slope, said, sheet, numbers: [], shown: "",
      element: el("section", { class: "gn-cell", "aria-label": name }, el("b", {}, badge(r, theme), name), said, el("div", { class: "gn-pair" }, state, sheet)) };
  });
  const element = el("section", { class: "gn-cells", "aria-label": "Cells side by side" },
    el("div", { class: "gn-cellhead" }, el("label", { for: box.id, text: "Train sequence" }), box, el("span", {}, "true answer ", truth), el("span", { class: "gn-grow" }), input),
    el("div", { class: "gn-pair gn-pairhead" }, el("span", {}, el("label", { for: which.id, text: "Every unit's " }), which, " step by step"), el("b", { text: "|dL/dh| of the same steps, one scale in powers of ten" })),
    ...lines.map((line) => line.element));
  let width = 0;

  /** @param {string} part @param {number} top @param {number} height @param {number} units @param {boolean} asBars @returns {Row} */
  const row = (part, top, height, units, asBars) =>
    ({ label: part, reverse: part, part, back: "", gate: 0, low: part === "dh_norm" ? 0 : -1, units, top, height, strip: asBars ? 0 : height, bars: asBars });

  /** @param {HTMLCanvasElement} canvas @param {string} name @param {string} small @param {Theme} look @param {number} [top] */
  function label(canvas, name, small, look, top = 0) {
    const paper = context(canvas);
    paper.fillStyle = look === "dark" ? "#fafafa" : "#1f2329";
    paper.textAlign = "right";
    paper.font = "600 13px 'Source Sans', 'Source Sans Pro', sans-serif";
    paper.fillText(name, LEFT - 8, top + 14);
    paper.font = "12px 'Source Sans', 'Source Sans Pro', sans-serif";
    paper.fillText(small, LEFT - 8, top + 30);
  }

  /** @param {Lane} lane @param {Theme} look @param {Line} line @param {string} name */
  function draw({ value, now: { hello, frame } }, look, line, name) {
    if (!hello || !frame) return;
    const [steps] = hello.input_shape;
    const layer = hello.layers[0].name;
    const slope = frame.values[`${layer}/dh_norm`];
    const units = Number(hello.layers[0].config.units);
    const place = { steps, width: width - LEFT, unit: 0, symbols: /** @type {string[]} */ ([]) };
    for (const canvas of [line.state, line.slope]) context(canvas).clearRect(0, 0, width, HIGH);
    const norm = row("dh_norm", 0, HIGH, 1, true);
    const bands = bandsOf(hello.layers[0].type, show);
    const [, gradient] = SHOWS[show];
    ground(context(line.state), look, row("", 0, HIGH, units, false), place.width);
    bands.forEach(({ label: text, part, gate }, i) => {
      const high = HIGH / bands.length;
      const numbers = frame.values[`${layer}/${part}`];
      strip(context(line.state), look, row(part, i * high, high - (bands.length > 1 ? 2 : 0), units, false),
        { numbers, offset: gradient ? gate * units : 0, wide: (numbers?.length ?? 0) / steps, gradient }, place);
      label(line.state, text, bands.length > 1 ? "" : `${units} units`, look, i * high);
    });
    if (!bands.length) label(line.state, "no gates", "", look);
    ground(context(line.slope), look, norm, place.width);
    bars(context(line.slope), look, norm, { numbers: slope, offset: 0, wide: 1, gradient: true }, place);
    label(line.slope, "|dL/dh|", "", look);
    if (line.shown !== `${steps},${width}`) {
      line.shown = `${steps},${width}`;
      line.numbers = Array.from({ length: steps }, (_, t) => numberElement(`${value}/${layer}/dh_norm[${t}]`, "gn-step"));
      line.sheet.replaceChildren(line.slope, ...line.numbers);
      line.numbers.forEach((number, t) => (number.style.cssText = `left:${LEFT + stepBox(norm, t, steps, place.width).x - LEFT + place.width / steps / 2}px;top:0`));
      line.sheet.classList.toggle("gn-tight", place.width / steps < WIDE);
    }
    line.numbers.forEach((number, t) => setNumber(number, slope?.[t], narrow));
    if (!slope) return;
    const text = `|dL/dh| is ${format(slope[0])} at the first step and ${format(slope[steps - 1])} at the last.`;
    line.said.textContent = text;
    line.slope.setAttribute("aria-label", `${name}: ${text}`);
    line.state.setAttribute("aria-label", bands.length ? `${name}: ${SHOWS[show][0]} of ${units} units over ${steps} steps, ${SIGN[`${gradient}`]}` : `${name} has no gates`);
  }

  return {
    element,

    /** @param {number} wide */
    resize(wide) {
      const next = Math.floor((wide - 20) / 2);
      if (next === width) return;
      width = next;
      for (const { state, slope } of lines) [state, slope].forEach((canvas) => fit(canvas, width, HIGH));
      fit(input, width, INPUT);
    },

    /** @param {Lane[]} lanes @param {Theme} look */
    show(lanes, look) {
      const { hello, frame } = lanes[0].now;
      if (!hello || !frame || !width) return;
      on.redraw = () => this.show(lanes, look);
      const [steps, features] = hello.input_shape;
      box.max = String(hello.samples.train - 1);
      if (document.activeElement !== box) box.value = String(frame.sample.index);
      setNumber(truth, frame.sample.y, (y) => hello.classes?.[y] ?? format(y));
      const [paper, sequence] = [context(input), row("input", 0, INPUT, features, false)];
      paper.clearRect(0, 0, width, INPUT);
      ground(paper, look, { ...sequence, strip: 0 }, width - LEFT);
      strip(paper, look, { ...sequence, height: INPUT, strip: INPUT - (features > 2 ? 14 : 0) }, { numbers: frame.values.input, offset: 0, wide: features, gradient: false },
        { steps, width: width - LEFT, symbols: features > 2 ? hello.features : [] });
      label(input, "input", "", look);
      lanes.forEach((lane, r) => draw(lane, look, lines[r], runs[r].name));
    },
  };
}
