/** What keeps a race fair: all runs are asked for the same number of updates, or of epochs, and none goes on before all are there. */

/** @typedef {"updates" | "epochs"} By */

/** How many rounds there are in a second; each is drawn. */
const ROUNDS = 16;
/** A round as fast as it can takes about so many milliseconds. */
const ROUND = 70;

/** The step that each run is to reach after `tick` ticks. A tick is one update; counted in epochs, it is one update of the run that makes
 * most of them in an epoch, and every other run makes the whole updates that it owes by then.
 * @param {number} tick @param {By} by @param {number[]} each  updates an epoch of every run */
export function targets(tick, by, each) {
  const most = Math.max(...each);
  return each.map((n) => (by === "epochs" ? Math.floor((tick * n) / most) : tick));
}

/** The tick at which the next epoch ends (of the run that makes most updates in one). @param {number} tick @param {number[]} each */
export function epochEnd(tick, each) {
  const most = Math.max(...each);
  return (Math.floor(tick / most) + 1) * most;
}

/** @param {() => import("./racelane.js").Lane[]} lanes @param {{drawn: () => void, note: (text: string) => void}} on */
export function clock(lanes, on) {
  /** @type {{by: By, speed: number | "max", playing: boolean, tick: number, goal: number, until: number}} */
  const state = { by: "updates", speed: 150, playing: false, tick: 0, goal: 0, until: Infinity };
  let [begun, size, timer, frame] = [0, 1, 0, 0];

  const each = () => lanes().map(({ now }) => now.frame?.steps_per_epoch ?? 1);
  const ready = () => lanes().length > 0 && lanes().every((lane) => lane.ready());
  /** Up to a tick that was named, it runs as fast as it can. */
  const speed = () => (state.until < Infinity ? "max" : state.speed);
  const over = () => lanes().every(({ now }) => now.frame?.stopped);

  /** @param {number} goal */
  function go(goal) {
    state.goal = goal;
    const wanted = targets(goal, state.by, each());
    begun = performance.now();
    lanes().forEach((lane, i) => lane.reach(wanted[i]));
    arrived();
  }

  /** How many ticks the next round has. */
  function ticks() {
    const rate = speed();
    return rate === "max" ? size : Math.max(1, Math.round(rate / ROUNDS));
  }

  function round() {
    timer = 0;
    if (!state.playing || !ready() || state.tick !== state.goal || document.hidden) return;
    if (over() || state.tick >= state.until) return stop();
    go(Math.min(state.until, state.tick + ticks()));
  }

  /** A run has a new frame: when all are there, the round is drawn and the next one planned. */
  function arrived() {
    if (!ready()) return;
    if (state.tick !== state.goal) {
      const [took, done] = [performance.now() - begun, state.goal - state.tick];
      state.tick = state.goal;
      const rate = speed();
      if (rate === "max") {
        size = Math.max(1, Math.min(2000, Math.round(took < ROUND ? done * 1.4 + 1 : done / 1.4)));
        on.note("");
      } else {
        const slow = state.playing && took > (1250 * done) / rate;
        on.note(slow ? `The server is busy: about ${Math.round((1000 * done) / took)} of ${rate} updates a second` : "");
      }
      if (!frame) frame = requestAnimationFrame(() => {
        frame = 0;
        on.drawn();
      });
      if (!timer && state.playing) {
        const wait = rate === "max" ? 0 : (1000 * done) / rate - took;
        timer = window.setTimeout(round, Math.max(0, wait));
      }
    } else on.drawn();
  }

  function stop() {
    state.playing = false;
    state.until = Infinity;
    on.drawn();
  }

  const awake = () => !document.hidden && state.playing && !timer && (timer = window.setTimeout(round, 0));
  document.addEventListener("visibilitychange", awake);

  return {
    state,
    ready,
    arrived,
    over,
    stop,

    /** @param {number} [until] a tick at which it is to stand still */
    play(until = Infinity) {
      if (over() && ready()) return;
      Object.assign(state, { playing: true, until });
      if (!timer) timer = window.setTimeout(round, 0);
      on.drawn();
    },

    /** @param {"batch" | "epoch"} kind */
    step(kind) {
      stop();
      if (ready() && state.tick === state.goal && !over()) go(kind === "epoch" ? epochEnd(state.tick, each()) : state.tick + 1);
    },

    /** Everything from the start. */
    reset() {
      stop();
      state.tick = state.goal = 0;
      on.note("");
    },

    dispose() {
      clearTimeout(timer);
      cancelAnimationFrame(frame);
      document.removeEventListener("visibilitychange", awake);
    },
  };
}
