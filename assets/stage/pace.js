/** Each picture at its own pace: as often as it is cheap, so that a slow laptop gets coarser pictures before slower ones. */

/**
 * @typedef {Object} Work
 * @property {() => void} run
 * @property {number} every  least milliseconds between two runs
 * @property {number} idle  how many times its own cost it rests afterwards
 */

/** @param {Work[]} works */
export function pace(works) {
  const plans = works.map((work) => ({ work, due: 0, stale: false, cost: 0 }));
  return {
    /** Something to draw from has changed. */
    touch() {
      for (const plan of plans) plan.stale = true;
    },

    /** Runs what is stale and due; with `all`, what is stale. True while something waits for its turn.
     * @param {number} now @param {boolean} all */
    run(now, all) {
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
        plan.due = now + Math.max(plan.work.every, plan.cost * plan.work.idle) - 4;
      }
      return waiting;
    },
  };
}
