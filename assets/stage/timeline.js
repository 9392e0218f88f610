/** A recurrent layer unrolled through time, as rows over columns: which number each row shows, where it stands, what lies under the pointer. */

/** @typedef {import("./types.js").Hello} Hello */
/** @typedef {import("./types.js").Target} Target */
/** @typedef {import("./maps.js").Box} Box */

/**
 * @typedef {Object} Row
 * @property {string} label
 * @property {string} reverse  the label of its gradient
 * @property {string} part  of the layer, or "input"
 * @property {string} back  the part that holds its gradient, or ""
 * @property {number} gate  which part of that array: its columns begin at gate * units
 * @property {number} low  the least value it can take; above 0 it is a share
 * @property {number} units
 * @property {number} top  of the row
 * @property {number} height
 * @property {number} strip  height of the map of all units at its foot
 * @property {boolean} bars
 */

export const LEFT = 62;
export const RIGHT = 146;
const GAP = 7;
const NUMBER = 13;

/** label, part, part of the gradient, its gate, least value. @type {Record<string, [string, string, string, number, number][]>} */
export const ROWS = {
  SimpleRNN: [["z", "z", "dz", 0, -1], ["h", "h", "dh", 0, -1]],
  LSTM: [["i input", "i", "dz", 0, 0], ["f forget", "f", "dz", 1, 0], ["g new", "g", "dz", 2, -1], ["o output", "o", "dz", 3, 0], ["c memory", "c", "dc", 0, -1], ["h", "h", "dh", 0, -1]],
  GRU: [["z keep", "z", "dm", 0, 0], ["r reset", "r", "dm", 1, 0], ["g new", "g", "dm", 2, -1], ["h", "h", "dh", 0, -1]],
};

/** The input's row, one a gate, and the length of dL/dh. @param {Hello} hello @param {number} height @returns {Row[]} */
export function rowsOf({ input_shape: [, features], layers, features: names }, height) {
  const { type, name, config } = layers[0];
  const units = Number(config.units);
  const own = ROWS[type] ?? [];
  const [input, norm] = [features > 2 ? 34 : features > 1 ? 44 : 36, 42];
  const each = Math.min(78, (height - input - norm - GAP * (own.length + 1)) / own.length);
  const strip = Math.max(6, Math.min(26, (each - NUMBER) * 0.42));
  const whole = input + norm + GAP * (own.length + 1) + each * own.length;
  let top = Math.max(0, (height - whole) / 2);
  /** @type {Row[]} */
  const rows = [{ label: features > 2 ? "x" : names[0], reverse: "dx", part: "input", back: `${name}/dx`, gate: 0, low: -1, units: features, top, height: input, strip: features > 2 ? input - NUMBER : features > 1 ? 8 : 0, bars: features <= 2 }];
  top += input + GAP;
  for (const [label, part, back, gate, low] of own) {
    rows.push({ label, reverse: back === "dz" || back === "dm" ? (own.length > 2 ? `${back}_${part}` : back) : `d${part}`, part, back, gate, low, units, top, height: each, strip, bars: true });
    top += each + GAP;
  }
  return [...rows, { label: "|dL/dh|", reverse: "|dL/dh|", part: "dh_norm", back: "dh_norm", gate: 0, low: 0, units: 1, top, height: norm, strip: 0, bars: true }];
}

/** The box of a step in a row. @param {Row} row @param {number} t @param {number} steps @param {number} width of all steps @returns {Box} */
export function stepBox({ top, height }, t, steps, width) {
  return { x: LEFT + (t * width) / steps, y: top, width: width / steps, height };
}

/** The index of a unit at a step: arrays that hold all gates have an axis for them. @param {Hello} hello @param {string} name @param {number} t @param {number} gate @param {number} u */
export function gateIndex({ shapes }, name, t, gate, u) {
  return shapes[name]?.length === 3 ? [t, gate, u] : [t, u];
}

/** Where a gradient stands on the one scale that all cells share: 10^-6 and less at 0, 1 and more at 1, with its sign. @param {number} v */
export function steepness(v) {
  const size = Math.abs(v);
  return Number.isNaN(v) ? NaN : Math.sign(v) * Math.min(1, Math.max(0, 1 + Math.log10(Math.max(size, 1e-12)) / 6));
}

/** What lies under the pointer: a step of a row, for the chosen unit, or in the strip for the unit under the pointer.
 * @param {Hello} hello @param {Row[]} rows @param {number} width @param {number} unit @param {number} x @param {number} y @returns {Target | null} */
export function under({ input_shape: [steps] }, rows, width, unit, x, y) {
  const t = Math.floor(((x - LEFT) / width) * steps);
  const row = rows.find(({ top, height }) => y >= top - GAP / 2 && y < top + height + GAP / 2);
  if (!row || t < 0 || t >= steps) return null;
  const foot = y - (row.top + row.height - row.strip);
  const u = row.strip && foot >= 0 ? Math.min(row.units - 1, Math.floor((foot / row.strip) * row.units)) : row.part === "input" ? 0 : unit;
  if (row.part === "input") return { kind: "input", index: [t, u] };
  return { kind: "value", layer: 0, part: row.part === "dh_norm" ? "dh" : row.part, index: [t, u] };
}

/** Where a number stands: the bar of the chosen unit, the cell of another one, or a cell of the input.
 * @param {Row[]} rows @param {number} steps @param {number} width @param {number} unit @param {Target} target @returns {Box | null} */
export function spotOf(rows, steps, width, unit, target) {
  if (target.kind !== "input" && (target.kind !== "value" || target.layer)) return null;
  const [t, u = 0] = target.index;
  const row = rows.find(({ part }) => part === (target.kind === "input" ? "input" : target.part));
  if (!row) return null;
  const box = stepBox(row, t, steps, width);
  if (row.bars && (!row.strip || u === (row.part === "input" ? 0 : unit))) return { ...box, height: row.height - row.strip };
  return { ...box, y: row.top + row.height - row.strip + (u * row.strip) / row.units, height: row.strip / row.units };
}

/** The target after an arrow key: a step further in time, or another unit. @param {Hello} hello @param {Target | null} target @param {string} key @returns {Target} */
export function moved({ input_shape: [steps], layers }, target, key) {
  const units = Number(layers[0].config.units);
  const [t, u] = target?.kind === "value" && target.layer === 0 ? target.index : [steps, 0];
  const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key] ?? [0, 0];
  const part = target?.kind === "value" && target.layer === 0 ? target.part : "h";
  return { kind: "value", layer: 0, part, index: [Math.min(steps - 1, Math.max(0, t + by[0])), Math.min(units - 1, Math.max(0, u + by[1]))] };
}

/** What the picture shows, for those who cannot see it. @param {Hello} hello */
export function describe({ input_shape: [steps, features], layers, dataset }) {
  return `${layers[0].type} of ${layers[0].config.units} units over ${steps} steps of the task ${dataset}, ${features} inputs a step. Left and right change the step, up and down the unit.`;
}
