/** What the numbers of a race say, in a sentence, and no more than they say. */
import { count, format } from "./format.js";

/** @typedef {import("./racelane.js").Row} Row */
/** @typedef {{name: string, row: Row | null, stopped: string | null}} Standing */
/** @typedef {{by: "updates" | "epochs", metric: string, tests: number, seed: number, raced?: string}} About */

/** @param {string[]} names */
export function listed(names) {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}

/** @param {Standing[]} standings @param {About} about */
export function verdict(standings, about) {
  const running = standings.flatMap(({ name, row, stopped }) => (row && !stopped && Number.isFinite(row.testLoss) ? [{ name, row }] : []));
  const fallen = standings.filter(({ stopped }) => stopped).map(({ name }) => name);
  const end = fallen.length ? ` Stopped, out of all bounds: ${listed(fallen)}.` : "";
  if (!running.length) return end.trim() || "The runs are being prepared.";
  const place = where(running.map(({ row }) => row), about.by);
  const loss = about.raced === "loss" ? "Their losses measure different things and say nothing of each other." : losses(running);
  return `${place} ${loss} ${metrics(running, about)}${end} All of this is seed ${about.seed} alone: another one can turn it round.`;
}

/** @param {Row[]} rows @param {"updates" | "epochs"} by */
function where(rows, by) {
  const most = rows.reduce((top, row) => (row.step > top.step ? row : top));
  if (!most.step) return "At the start:";
  const n = by === "epochs" ? most.epoch : most.step;
  const text = by === "epochs" && !Number.isInteger(n) ? format(n) : count(n);
  return `After ${text} ${n === 1 ? by.slice(0, -1) : by}:`;
}

/** Who has the lowest test loss, and how much lower it is than each other's. @param {{name: string, row: Row}[]} running */
function losses(running) {
  const [first, ...others] = [...running].sort((a, b) => a.row.testLoss - b.row.testLoss);
  if (!others.length) return `${first.name} has a test loss of ${format(first.row.testLoss)}.`;
  const level = running.filter(({ row }) => format(row.testLoss) === format(first.row.testLoss));
  if (level.length > 1) return `${listed(level.map(({ name }) => name))} have the same lowest test loss, ${format(first.row.testLoss)}${level.length < running.length ? "" : ", so none is ahead"}.`;
  const more = others.map(({ name, row }) => `${name} has ${format(row.testLoss)} (${format(row.testLoss - first.row.testLoss, 2)} more)`);
  return `${first.name} has the lowest test loss, ${format(first.row.testLoss)}; ${listed(more)}.`;
}

/** Who has the best metric; of an accuracy, by how many test samples. @param {{name: string, row: Row}[]} running @param {About} about */
function metrics(running, { metric, tests }) {
  const counted = metric === "accuracy";
  const sorted = [...running].sort((a, b) => b.row.testMetric - a.row.testMetric);
  if (sorted.length < 2 || !Number.isFinite(sorted[0].row.testMetric)) return "";
  const [first, second] = sorted;
  const right = (/** @type {Row} */ row) => Math.round(row.testMetric * tests);
  const level = counted ? sorted.filter(({ row }) => right(row) === right(first.row)) : sorted.filter(({ row }) => format(row.testMetric) === format(first.row.testMetric));
  const best = listed(level.map(({ name }) => name));
  if (counted) {
    const some = `Of ${count(tests)} test samples`;
    return level.length > 1 ? `${some}, ${best} each have ${count(right(first.row))} right.` : `${some}, ${first.name} has ${count(right(first.row))} right and ${second.name} ${count(right(second.row))}.`;
  }
  const top = format(first.row.testMetric);
  return level.length > 1 ? `The best test ${metric} is ${top}, of ${best} alike.` : `The best test ${metric} is ${top}, of ${first.name}; ${second.name} has ${format(second.row.testMetric)}.`;
}

/** A run's name in a sentence: a bare number says of what it is the number. @param {string} name @param {string} raced */
export function spoken(name, raced) {
  return Number.isNaN(Number(name)) ? name : `${raced} ${name}`;
}

/** What seeds are compared by: the test loss, or, where the loss itself differs, the metric. @param {string} raced @returns {{part: "testLoss" | "testMetric", sign: 1 | -1, name: string, text: string}} */
export function measure(raced) {
  return raced === "loss" ? { part: "testMetric", sign: -1, name: "metric/test", text: "Test metric with other seeds; best" } : { part: "testLoss", sign: 1, name: "loss/test", text: "Test loss with other seeds; lowest" };
}

/** Of the seeds so far: at how many each was the best. @param {{seed: number, rows: (Row | null)[]}[]} seeds @param {string[]} names @param {string} [raced] */
export function tally(seeds, names, raced = "") {
  const wins = names.map(() => 0);
  const { part, sign } = measure(raced);
  for (const { rows } of seeds) {
    const found = rows.map((row) => (row && Number.isFinite(row[part]) ? row[part] * sign : Infinity));
    const low = Math.min(...found);
    if (low < Infinity && found.filter((each) => each === low).length === 1) wins[found.indexOf(low)]++;
  }
  return wins;
}
