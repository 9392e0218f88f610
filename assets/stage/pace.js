/** Each picture at its own pace: as often as it is cheap, so that on a slow laptop the costly ones are renewed less often. */

const PICTURE = 17;

/**
 * @typedef {Object} Work
 * @property {() => void} run
 * @property {number} every  least milliseconds between two runs
 * @property {number} idle  how many times its own cost it rests afterwards
 */

/** @param {Work[]} works */
export function pace(works) {
  let strain = 1;
  const plans = works.map((work) => ({ work, due: 0, stale: false, cost: 0 }));
  return {
    /** Something to draw from has changed. */
    touch() {
      for (const plan of plans) plan.stale = true;
    },

    /** Runs what is stale and due; with `all`, what is stale. True while something waits for its turn.
     * What the browser paints after our code has run we cannot time, but it delays the next picture: `late` is that delay,
     * and everything rests longer as it grows.
     * @param {number} now @param {boolean} all @param {number} late milliseconds from asking for this picture to drawing it */
    run(now, all, late) {
      strain = 0.9 * strain + 0.1 * Math.min(8, Math.max(1, late / PICTURE));
      let waiting = false;
      for (const plan of plans) {
        if (!plan.stale) continue;
        if (!all && now < plan.due) {
          waiting = true;
          continue;
        }
        const start = performance.now();
        plan.work.run();
        plan.stale = false;
        plan.cost = 0.7 * plan.cost + 0.3 * (performance.now() - start);
        plan.due = now + Math.max(plan.work.every, plan.cost * plan.work.idle) * strain * strain - 4;
      }
      return waiting;
    },
  };
}
