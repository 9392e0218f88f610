/** A recurrent layer unrolled through time: the sequence goes in at the top, every gate and state follows, step by step, with its gradient. */
import { css, pick } from "./colours.js";
import { context, el, fit, numberElement, select, setNumber } from "./dom.js";
import { format } from "./format.js";
import { largest, paintCells, turned } from "./maps.js";
import { outputs } from "./outputs.js";
import { LEFT, RIGHT, gateIndex, moved, rowsOf, steepness, stepBox, under } from "./timeline.js";
import { weightMaps } from "./weightmaps.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Hello} Hello */
/** @typedef {import("./types.js").Target} Target */
/** @typedef {import("./timeline.js").Row} Row */

const HEADER = 46;
const DURATION = 400;
const TIGHT = 29;

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
  }

  /** @param {number} u */
  function choose(u) {
    unit = u;
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
      ground(paper, view, row);
      if (!found?.numbers) continue;
      paper.save();
      if (running && found.full === `${name}/${running.part}`) {
        paper.beginPath();
        const wide = running.share * width;
        paper.rect(running.back ? LEFT + width - wide : LEFT, row.top, wide, row.height);
        paper.clip();
      }
      bars(paper, view, row, found);
      strip(paper, view, row, found);
      paper.restore();
    }
    paper.globalAlpha = 1;
    if (view.target && "index" in view.target && view.target.kind !== "weight") column(paper, view, view.target);
    weights.draw(view);
  }

  /** @param {CanvasRenderingContext2D} paper @param {View} view @param {Row} row @param {NonNullable<ReturnType<typeof shown>>} found */
  function bars(paper, { theme }, row, { numbers, offset, wide, gradient }) {
    if (!row.bars || !numbers) return;
    const u = row.units === units && row.part !== "input" ? unit : 0;
    const room = row.height - row.strip - 14;
    const signed = gradient ? row.part !== "dh_norm" : row.low < 0;
    const top = gradient ? 1 : Math.max(1, largest(numbers));
    const zero = row.top + 14 + (signed ? room / 2 : room);
    for (let t = 0; t < steps; t++) {
      const v = numbers[t * wide + offset + u];
      const part = gradient ? steepness(v) : Math.max(-1, Math.min(1, v / top));
      const box = stepBox(row, t, steps, width);
      const size = part * (signed ? room / 2 : room);
      paper.fillStyle = css(pick(theme, gradient ? "gradient" : "signed", Math.sign(part) * (0.3 + 0.7 * Math.abs(part))));
      paper.fillRect(box.x + box.width * 0.16, Math.min(zero, zero - size), box.width * 0.68, Math.max(Number.isNaN(v) ? 0 : 0.8, Math.abs(size)));
    }
    paper.fillStyle = theme === "dark" ? "#565e6c" : "#b9bfc9";
    paper.fillRect(LEFT, zero, width, 1);
  }

  /** All units at once, one a line. @param {CanvasRenderingContext2D} paper @param {View} view @param {Row} row @param {NonNullable<ReturnType<typeof shown>>} found */
  function strip(paper, { theme }, row, { numbers, offset, wide, gradient }) {
    if (!row.strip || !numbers) return;
    const all = turned(numbers, steps, wide).subarray(offset * steps, (offset + row.units) * steps);
    const box = { x: LEFT, y: row.top + row.height - row.strip, width, height: row.strip };
    const look = /** @type {const} */ ({ theme, scale: gradient ? "gradient" : "signed", top: gradient ? 1 : Math.max(1, largest(all)) });
    paintCells(paper, { numbers: gradient ? all.map(steepness) : all }, row.units, steps, box, look);
    if (!row.bars && !gradient) symbols(paper, theme, row, all);
  }

  /** The symbol of each step, where the input is one of a few. @param {CanvasRenderingContext2D} paper @param {View["theme"]} theme @param {Row} row @param {ArrayLike<number>} all */
  function symbols(paper, theme, row, all) {
    paper.fillStyle = theme === "dark" ? "#e6ebf2" : "#1b2430";
    paper.font = "600 12.5px 'Source Sans', 'Source Sans Pro', sans-serif";
    paper.textAlign = "center";
    hello.features.forEach((symbol, d) => {
      for (let t = 0; t < steps; t++) if (all[d * steps + t] === 1) paper.fillText(symbol, LEFT + ((t + 0.5) * width) / steps, row.top + 11);
    });
  }

  /** @param {CanvasRenderingContext2D} paper @param {View} view @param {Row} row */
  function ground(paper, { theme }, row) {
    paper.fillStyle = theme === "dark" ? "rgba(255,255,255,0.035)" : "rgba(20,30,50,0.028)";
    paper.fillRect(LEFT, row.top, width, row.height);
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
        written[r].label.style.cssText = `top:${row.top + 12}px;width:${LEFT - 8}px`;
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
      rows.forEach((row, r) => {
        const found = shown(view, row);
        const { label, numbers } = written[r];
        const u = row.units === units && row.part !== "input" ? unit : 0;
        const text = found?.gradient && row.part !== "dh_norm" ? row.reverse : row.label;
        if (label.textContent !== text) label.textContent = text;
        numbers.forEach((number, t) => {
          const at = found ? t * found.wide + found.offset + u : -1;
          const array = found?.full ?? `${name}/${row.part}`;
          const full = `${array}[${row.part === "dh_norm" ? t : gateIndex(hello, array, t, row.gate, u)}]`;
          if (number.dataset.name !== full) number.dataset.name = full;
          setNumber(number, found?.numbers?.[at], (v) => format(v, 2));
          number.classList.toggle("gn-here", target !== null && "index" in target && target.kind !== "weight" && target.index[0] === t);
        });
        label.classList.toggle("gn-dim", dimmed(view, row));
      });
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
      const other = Boolean(operation?.layer) && operation?.layer !== name;
      head.classList.toggle("gn-dim", other);
      head.classList.toggle("gn-lit", operation?.layer === name);
      end.classList.toggle("gn-lit", other);
      last.element.classList.toggle("gn-dim", operation?.layer === name);
      running = operation && operation.layer === name && !quiet.matches ? { part: operation.outputs[0].name.split("/")[1], back: operation.phase === "backward", start: now, share: 0 } : null;
    },

    animate(view, now) {
      if (!running) return false;
      running.share = Math.min(1, Math.max(0, (now - running.start) / DURATION));
      if (running.share >= 1) running = null;
      draw(view);
      return running !== null;
    },

    mark(wanted) {
      target = wanted;
      last.mark(wanted);
    },
  };
}

/** @param {Hello} hello */
function describe({ input_shape: [steps, features], layers, dataset }) {
  return `${layers[0].type} of ${layers[0].config.units} units over ${steps} steps of the task ${dataset}, ${features} inputs a step. Left and right change the step, up and down the unit.`;
}
