/** What is seen of a race: the sentence, the curves, the table, and each run's map or its steps in time. */
import { el, numberElement, setNumber } from "./dom.js";
import { count, format } from "./format.js";
import { raceCells } from "./racecells.js";
import { figureSvg } from "./racefigure.js";
import { raceMaps } from "./racemaps.js";
import { csvOf, pngOf, save } from "./racesave.js";
import { standings } from "./racetable.js";
import { listed, measure, spoken, tally, verdict } from "./racewords.js";

/** @typedef {import("./racelane.js").Lane} Lane */
/** @typedef {import("./race.js").Data} Data */
/** @typedef {import("./race.js").Seed} Seed */
/** @typedef {import("./types.js").Theme} Theme */

const LOSSES = /** @type {Record<string, string>} */ ({ mse: "squared error", binary_crossentropy: "cross-entropy", categorical_crossentropy: "cross-entropy", sparse_categorical_crossentropy: "cross-entropy" });
const HEIGHT = 218;
/** Points of a curve in a file; on the screen fewer will do. */
const IN_FILE = 4000;

/** @param {Data} data @param {{value: string, name: string}[]} runs @param {Theme} theme @param {(sample: number) => void} chosen */
export function raceView(data, runs, theme, chosen) {
  const said = el("p", { class: `gn-standing${runs.length > 2 ? " gn-many" : ""}`, text: "The runs are being prepared." });
  const figure = el("div", { class: "gn-figure", style: `height:${HEIGHT}px` });
  const table = standings(runs, data.raced, theme);
  const other = el("div", { class: "gn-seeds", hidden: true });
  const own = data.scene === "points" ? raceMaps(runs, theme) : data.scene === "sequences" ? raceCells(runs, theme, chosen) : null;
  const element = el("div", { class: "gn-racebody" }, said, figure, table.element, other, ...(own ? [own.element] : []));
  let width = 0;
  let kept = "";

  /** @param {Lane[]} lanes @param {number} wide @param {number} high @param {number} [points] */
  function drawing(lanes, wide, high, points) {
    const { hello, frame } = lanes[0]?.now ?? {};
    return figureSvg({ width: wide, height: high, theme, by: data.by, raced: data.raced, title: `Runs that differ in ${data.raced}, seed ${data.seed}`, points, back: points !== undefined,
      loss: `loss: ${LOSSES[hello?.loss ?? ""] ?? hello?.loss ?? ""}`, metric: (frame?.metric.name ?? "").replace("R2", "R²"),
      curves: runs.map(({ name }, r) => ({ name, rows: lanes[r]?.rows() ?? [] })) });
  }

  /** The other seeds, and at how many each run came out lowest. @param {Seed[]} seeds @param {Lane[]} lanes */
  function others(seeds, lanes) {
    const key = JSON.stringify(seeds.map(({ seed }) => seed));
    other.hidden = !seeds.length;
    if (key === kept) return;
    kept = key;
    const wins = tally(seeds, runs.map(({ name }) => name), data.raced);
    const { part, sign, name: what, text } = measure(data.raced);
    const far = (/** @type {number} */ n) => (Number.isInteger(n) ? count(n) : format(n));
    const lines = seeds.map(({ seed, rows }) => {
      const cells = rows.map((row, r) => {
        const number = numberElement(`seed ${seed}/${lanes[r].value}/${what}`);
        setNumber(number, row?.[part] ?? null);
        number.classList.toggle("gn-best", row !== null && rows.every((each) => each === row || !(each && each[part] * sign <= row[part] * sign)));
        return el("td", {}, number);
      });
      return el("tr", {}, el("th", { scope: "row", text: `seed ${seed}` }), el("td", { text: far(rows[0]?.[data.by === "epochs" ? "epoch" : "step"] ?? NaN) }), ...cells);
    });
    other.replaceChildren(el("table", {}, el("caption", { text: `${text}: ${listed(runs.map(({ name }, r) => `${spoken(name, data.raced)}: ${wins[r]} of ${seeds.length}`))}` }),
      el("thead", {}, el("tr", {}, el("th", { scope: "col", text: "seed" }), el("th", { scope: "col", text: data.by }), ...runs.map(({ name }) => el("th", { scope: "col", text: name })))),
      el("tbody", {}, ...lines)));
  }

  return {
    element,

    /** @param {number} next */
    resize(next) {
      width = Math.max(420, Math.floor(next));
      own?.resize(width);
    },

    /** @param {Lane[]} lanes @param {Seed[]} seeds @param {boolean} playing */
    show(lanes, seeds, playing) {
      if (!width || lanes.length !== runs.length) return;
      const { hello, frame } = lanes[0].now;
      const parsed = new DOMParser().parseFromString(drawing(lanes, width, HEIGHT), "image/svg+xml").documentElement;
      figure.replaceChildren(document.importNode(parsed, true));
      const now = lanes.map((each) => each.rows().at(-1) ?? null);
      const metric = (frame?.metric.name ?? "metric").replace("R2", "R²");
      table.show(now, metric);
      const text = verdict(runs.map(({ name }, r) => ({ name: spoken(name, data.raced), row: now[r], stopped: lanes[r].now.frame?.stopped ?? null })),
        { by: data.by, metric, tests: hello?.samples.test ?? 0, seed: data.seed, raced: data.raced });
      // A reader of the screen hears how it stands when it stands still.
      said.setAttribute("aria-live", playing ? "off" : "polite");
      if (said.textContent !== text) said.textContent = text;
      others(seeds, lanes);
      own?.show(lanes, theme);
    },

    /** @param {"csv" | "png" | "svg"} kind @param {Lane[]} lanes */
    async save(kind, lanes) {
      const name = `glassnet-${data.raced.replaceAll(" ", "-")}-seed-${data.seed}.${kind}`;
      if (kind === "csv") return save(new Blob([csvOf(runs.map((run, r) => ({ name: run.value, rows: lanes[r].rows() })))], { type: "text/csv" }), name);
      const [wide, high] = [1000, 340];
      const svg = drawing(lanes, wide, high, IN_FILE);
      save(kind === "svg" ? new Blob([svg], { type: "image/svg+xml" }) : await pngOf(svg, wide, high), name);
    },
  };
}
