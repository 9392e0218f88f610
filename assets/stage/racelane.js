/** One run of a race: its own line to its own play, the steps it is asked for, and every row of its history. */
import { connect } from "./socket.js";
import { decode } from "./wire.js";

/** @typedef {import("./types.js").Hello} Hello */
/** @typedef {import("./types.js").Frame} Frame */
/** @typedef {{step: number, epoch: number, loss: number, testLoss: number, metric: number, testMetric: number}} Row  after a step: all in full precision */
/** @typedef {{value: string, token: string}} LaneData */
/** @typedef {ReturnType<typeof lane>} Lane */

/** @param {Frame} frame @returns {Row} */
export function rowOf({ step, steps_per_epoch: each, loss, metric }) {
  return { step, epoch: step / each, loss: loss.train ?? NaN, testLoss: loss.test ?? NaN, metric: metric.train ?? NaN, testMetric: metric.test ?? NaN };
}

/** @param {LaneData} data @param {string} base
 * @param {{changed: () => void, status: (sentence: string | null) => void, ended: () => void}} on */
export function lane({ value, token }, base, on) {
  /** @type {Row[]} */
  let rows = [];
  let wanted = 0;
  let resets = 0;
  /** @type {{hello: Hello | null, frame: Frame | null}} */
  const now = { hello: null, frame: null };
  const line = connect(`${base}/live/${encodeURIComponent(token)}`, {
    opened: again,
    message: receive,
    status: on.status,
    ended: on.ended,
  });

  function ask() {
    if (now.frame && now.frame.step < wanted && !now.frame.stopped) line.send({ type: "reach", step: wanted });
  }

  function reset() {
    [rows, wanted] = [[], 0];
    resets++;
    line.send({ type: "reset" });
  }

  /** After a break the server may not have heard what it was asked. */
  function again() {
    if (!resets) return ask();
    resets = 1;
    line.send({ type: "reset" });
  }

  /** @param {ArrayBuffer} buffer */
  function receive(buffer) {
    const message = decode(buffer);
    if (message.kind === "hello") now.hello = message;
    if (message.kind !== "frame") return;
    line.send({ type: "ack", seq: message.seq });
    if (message.reset && resets) resets--;
    // What was on its way when everything was put back to the start is of no run that is shown.
    if (resets) return;
    // A page that comes back finds its plays where it left them, but not their histories.
    if (!now.frame && message.step) return reset();
    now.frame = message;
    const last = rows.length ? rows[rows.length - 1].step : -1;
    if (message.step > last && (message.step >= wanted || message.stopped)) rows.push(rowOf(message));
    ask();
    on.changed();
  }

  return {
    value,
    now,
    rows: () => rows,
    /** Whether it stands where it was asked to, or cannot go on. */
    ready: () => now.hello !== null && now.frame !== null && !resets && (now.frame.step >= wanted || now.frame.stopped !== null),
    send: line.send,
    close: line.close,

    /** @param {number} step */
    reach(step) {
      wanted = step;
      ask();
    },

    reset,
  };
}
