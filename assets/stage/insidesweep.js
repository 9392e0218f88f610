/** What flows through a trained network, a layer after the other: activations to the right, then dz to the left. */
import { context } from "./dom.js";
import { partOf } from "./insidelayout.js";
import { DURATION, carry, drawFlow, edgesInto } from "./pulses.js";

/** @typedef {import("./insidelayout.js").Layer} Layer */
/** @typedef {import("./layout.js").Edges} Edges */
/** @typedef {import("./types.js").Theme} Theme */

/** The pulses between two columns: what the one gives, or what the other hands back.
 * @param {Layer[]} layers @param {Edges} list @param {number} gap @param {boolean} back @returns {import("./pulses.js").Flow} */
export function flow(layers, list, gap, back) {
  const [from, to] = [layers[gap], layers[gap + 1]];
  const part = partOf(from, "weights") ?? "";
  const value = (/** @type {number} */ e) => (back ? to.values.dz[list.unit[e]] : from.values[part][list.input[e]]);
  return { pulses: carry(list, edgesInto(list, gap), value, (e) => (back ? list.unit[e] : list.input[e])), back, flash: null };
}

/** @param {Layer[]} layers @param {HTMLCanvasElement} canvas @param {{lit: (reached: (column: number) => boolean) => void, list: () => Edges, theme: () => Theme}} on */
export function sweep(layers, canvas, on) {
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const gaps = layers.length - 1;
  let request = 0;

  function stop() {
    cancelAnimationFrame(request);
    const { width, height } = canvas;
    context(canvas).clearRect(0, 0, width, height);
    on.lit(() => true);
  }

  return {
    stop,

    /** @param {boolean} back */
    start(back) {
      stop();
      const start = performance.now();
      let step = -1;
      /** @type {import("./pulses.js").Flow | null} */
      let now = null;
      const tick = () => {
        const at = (performance.now() - start) / DURATION;
        if (at >= gaps || !canvas.isConnected) return stop();
        const gap = back ? gaps - 1 - Math.floor(at) : Math.floor(at);
        if (gap !== step) {
          step = gap;
          now = still.matches ? null : flow(layers, on.list(), gap, back);
          on.lit((column) => (back ? column > gap : column <= gap));
        }
        context(canvas).clearRect(0, 0, canvas.width, canvas.height);
        if (now) drawFlow(context(canvas), on.list(), now, at % 1, on.theme());
        request = requestAnimationFrame(tick);
      };
      tick();
    },
  };
}
