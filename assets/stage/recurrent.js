/** A recurrent layer unrolled through time: the sequence goes in at the top, every gate and state follows, step by step, with its gradient. */
import { context, el, fit, numberElement, select, setNumber } from "./dom.js";
import { format, narrow } from "./format.js";
import { outputs } from "./outputs.js";
import { LEFT, RIGHT, describe, gateIndex, moved, rowsOf, spotOf, stepBox, under } from "./timeline.js";
import { bars, ground, strip } from "./timebars.js";
import { weightMaps } from "./weightmaps.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Hello} Hello */
/** @typedef {import("./types.js").Target} Target */
/** @typedef {import("./timeline.js").Row} Row */

const HEADER = 46;
const DURATION = 400;
const [TIGHT, NARROW] = [29, 40];

/** @param {Hello} hello @param {import("./scenes.js").On} on @returns {import("./scenes.js").Main} */
export function recurrent(hello, on) {
  const quiet = matchMedia("(prefers-reduced-motion: reduce)");
  const { name, type, config } = hello.layers[0];
  const [steps] = hello.input_shape;
  const units = Number(config.units);
  const canvas = el("canvas", { class: "gn-lines", "aria-hidden": "true" });
  const sheet = el("div", { class: "gn-chain", tabindex: 0, role: "group", "aria-label": describe(hello) }, canvas);
  const which = select(Array.from({ length: units }, (_, u) => ({ value: u, label: `unit ${u}` })), (u) => choose(u), { "aria-label": "Unit shown as bars" });
  const head = el("div", { class: "gn-header" }, el("b", {}, name, el("span", { text: ` · ${units} units, ${steps} steps` })), which);
  const end = el("div", { class: "gn-header" }, el("b", {}, hello.layers[1].name, el("span", { text: ` ${hello.layers[1].units}` })), el("small", { text: hello.layers[1].activation }));
  const last = outputs(hello, on);
  const weights = weightMaps(hello, on);
  const element = el("div", { class: "gn-network", "data-testid": "network" }, sheet, head, end, last.element, weights.element);
  /** @type {Row[]} */
  let rows = [];
  /** @type {{label: HTMLElement, numbers: HTMLElement[]}[]} */
  let written = [];
  let [width, height, unit, lastKey] = [0, 0, 0, ""];
  /** @type {{part: string, back: boolean, start: number, share: number} | null} */
  let running = null;
  /** @type {Target | null} */
  let target = null;
  /** @type {View | null} */
  let seen = null;

  /** @param {MouseEvent} event */
  function targetOf(event) {
    const box = canvas.getBoundingClientRect();
    return under(hello, rows, width, unit, event.clientX - box.left, event.clientY - box.top);
  }
  sheet.addEventListener("pointermove", (event) => on.point(targetOf(event)));
  element.addEventListener("pointerleave", () => on.point(null));
  sheet.addEventListener("click", (event) => keep(targetOf(event)));
  sheet.addEventListener("keydown", (event) => {
    if (!/^Arrow/.test(event.key)) return;
    keep(moved(hello, target, event.key));
    event.preventDefault();
    event.stopPropagation();
  });

  /** @param {Target | null} wanted */
  function keep(wanted) {
    if (wanted?.kind === "value") [unit, which.value] = [wanted.index[1], String(wanted.index[1])];
    on.pin(wanted);
    if (seen) write(seen);
  }

  /** @param {number} u */
  function choose(u) {
    keep(target?.kind === "value" && target.layer === 0 ? { ...target, index: [target.index[0], u] } : { kind: "value", layer: 0, part: "h", index: [steps - 1, u] });
  }

  /** What a row shows now: its values, or the gradient that has come back to them. @param {View} view @param {Row} row */
  function shown({ frame: { values, operation }, edges }, { part, back, gate, units: own }) {
    const backward = operation ? operation.phase === "backward" : edges === "gradient";
    const full = part === "input" ? "input" : `${name}/${part}`;
    const gradient = back.includes("/") ? back : `${name}/${back}`;
    const numbers = part === "dh_norm" || backward ? values[gradient] : undefined;
    if (!numbers) return part === "dh_norm" ? null : { full, numbers: values[full], offset: 0, wide: own, gradient: false };
    return { full: gradient, numbers, offset: gate * own, wide: numbers.length / steps, gradient: true };
  }

  /** @param {View} view */
  function draw(view) {
    const paper = context(canvas);
    paper.clearRect(0, 0, LEFT + width, height);
    for (const row of rows) {
      const found = shown(view, row);
      paper.globalAlpha = dimmed(view, row) ? 0.3 : 1;
      ground(paper, view.theme, row, width);
      if (!found?.numbers) continue;
      paper.save();
      if (running && found.full === `${name}/${running.part}`) {
        paper.beginPath();
        const wide = running.share * width;
        paper.rect(running.back ? LEFT + width - wide : LEFT, row.top, wide, row.height);
        paper.clip();
      }
      bars(paper, view.theme, row, found, { steps, width, unit: unitOf(row) });
      strip(paper, view.theme, row, found, { steps, width, symbols: hello.features });
      paper.restore();
    }
    paper.globalAlpha = 1;
    if (view.target && "index" in view.target && view.target.kind !== "weight") column(paper, view, view.target);
    weights.draw(view);
  }

  /** The step pointed at. @param {CanvasRenderingContext2D} paper @param {View} view @param {{index: number[]}} wanted */
  function column(paper, { theme }, { index: [t] }) {
    if (!rows.length || t >= steps) return;
    const box = stepBox(rows[0], t, steps, width);
    const foot = rows[rows.length - 1];
    paper.strokeStyle = theme === "dark" ? "#ffffff" : "#14171c";
    paper.lineWidth = 1.5;
    paper.strokeRect(box.x + 0.5, box.y - 2, box.width - 1, foot.top + foot.height - box.y + 4);
  }

  /** @param {View} view @param {Row} row */
  function dimmed({ frame: { operation } }, { part, back }) {
    if (!operation?.layer || operation.phase === "update") return false;
    const made = operation.outputs.map((output) => output.name.split("/").pop());
    return operation.layer !== name || !made.some((word) => word === part || word === back || (word === "dh" && part === "dh_norm") || (part === "input" && word === "dx"));
  }

  /** Which unit a row's bars are. @param {Row} row */
  function unitOf(row) {
    return row.units === units && row.part !== "input" ? unit : 0;
  }

  /** The numbers of the chosen unit. @param {View} view */
  function write(view) {
    rows.forEach((row, r) => {
      const found = shown(view, row);
      const { label, numbers } = written[r];
      const u = unitOf(row);
      const text = found?.gradient && row.part !== "dh_norm" ? row.reverse : row.label;
      if (label.textContent !== text) label.textContent = text;
      numbers.forEach((number, t) => {
        const at = found ? t * found.wide + found.offset + u : -1;
        const array = found?.full ?? `${name}/${row.part}`;
        const full = `${array}[${row.part === "dh_norm" ? t : gateIndex(hello, array, t, row.gate, u)}]`;
        if (number.dataset.name !== full) number.dataset.name = full;
        setNumber(number, found?.numbers?.[at], width / steps < NARROW && width / steps >= TIGHT ? narrow : (v) => format(v, 2));
        number.classList.toggle("gn-dim", dimmed(view, row));
      });
      label.classList.toggle("gn-dim", dimmed(view, row));
    });
  }

  return {
    element,

    resize(wide, high) {
      if (wide === LEFT + width + RIGHT && high - HEADER === height) return;
      [width, height] = [wide - LEFT - RIGHT, high - HEADER];
      rows = rowsOf(hello, height);
      fit(canvas, LEFT + width, height);
      written = rows.map((row) => ({ label: el("span", { class: "gn-rowname", text: row.label }), numbers: row.bars ? Array.from({ length: steps }, () => numberElement("", "gn-step")) : [] }));
      sheet.replaceChildren(canvas, ...written.flatMap(({ label, numbers }) => [label, ...numbers]));
      sheet.style.cssText = `top:${HEADER}px;height:${height}px;right:${RIGHT}px`;
      rows.forEach((row, r) => {
        written[r].label.style.cssText = `top:${row.top + (row.part === "dh_norm" ? 4 : 12)}px;width:${LEFT - 8}px`;
        written[r].numbers.forEach((number, t) => {
          const box = stepBox(row, t, steps, width);
          number.style.cssText = `left:${box.x + box.width / 2}px;top:${box.y}px`;
        });
      });
      sheet.classList.toggle("gn-tight", width / steps < TIGHT);
      head.style.cssText = `left:${LEFT + width / 2}px`;
      end.style.cssText = `left:${LEFT + width + RIGHT / 2 + 6}px`;
      last.element.style.cssText = `left:${LEFT + width + 14}px;top:${HEADER}px;width:${RIGHT - 14}px;height:${hello.layers[1].units > 1 ? 112 : 62}px`;
      weights.place(LEFT + width + 14, HEADER + (hello.layers[1].units > 1 ? 122 : 72), RIGHT - 14, height - (hello.layers[1].units > 1 ? 122 : 72));
    },

    values(view) {
      seen = view;
      write(view);
      last.values(view);
    },
    maps: () => {},
    draw,
    top: weights.top,

    operate(view, now) {
      const { operation, step, epoch, sample } = view.frame;
      const key = operation ? `${epoch}/${step}/${operation.index}/${sample.index}` : "";
      if (key === lastKey) return;
      lastKey = key;
      const [own, other] = [operation?.layer === name, Boolean(operation?.layer) && operation?.layer !== name];
      for (const [part, sign, on_] of /** @type {[HTMLElement, string, boolean][]} */ ([[head, "gn-dim", other], [head, "gn-lit", own], [end, "gn-lit", other], [last.element, "gn-dim", own]])) part.classList.toggle(sign, on_);
      running = operation && own && !quiet.matches ? { part: operation.outputs[0].name.split("/")[1], back: operation.phase === "backward", start: now, share: 0 } : null;
    },

    animate(view, now) {
      if (!running) return false;
      running.share = Math.min(1, Math.max(0, (now - running.start) / DURATION));
      if (running.share >= 1) running = null;
      draw(view);
      return running !== null;
    },

    spot(wanted) {
      const box = spotOf(rows, steps, width, unit, wanted);
      return box ? { ...box, y: box.y + HEADER } : weights.spot(wanted) ?? last.spot(wanted);
    },

    mark(wanted) {
      target = wanted;
      last.mark(wanted);
      const here = wanted && "index" in wanted && (wanted.kind === "input" || (wanted.kind === "value" && !wanted.layer)) ? wanted.index[0] : -1;
      for (const { numbers } of written) numbers.forEach((number, t) => number.classList.toggle("gn-here", t === here));
    },
  };
}
