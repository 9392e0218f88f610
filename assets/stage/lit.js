/** What a lesson speaks of, lit on the stage: places of numbers in the picture, and whole regions. */
import { resolve } from "./names.js";

/** @typedef {import("./types.js").Hello} Hello */
/** @typedef {import("./types.js").Target} Target */

/** The regions that a lesson can name, and the controls by their own names. @type {Record<string, string>} */
const REGIONS = {
  network: ".gn-left", side: ".gn-right > :first-child", curves: ".gn-curves", time: '[data-control="time"]', strip: ".gn-strip", caption: ".gn-caption",
  panels: ".gn-doors", panel: ".gn-bottom",
};

// Milliseconds after which the page around the stage, and the sizes of its pictures, stand still.
const SETTLED = 500;

/** @param {HTMLElement} root @param {(targets: Target[]) => void} point  lights places in the picture */
export function lamp(root, point) {
  /** @type {string[]} */
  let names = [];
  // What is lit anew is brought to where it can be seen, once; then the page is the reader's own to scroll.
  let fresh = false;

  return {
    /** Lights these in place of those before. A region is "#curves", a control "#rate", a number its name.
     * @param {string[]} wanted */
    turn(wanted) {
      fresh ||= wanted.join() !== names.join();
      names = wanted;
    },

    /** Lights them on pictures that may be new. @param {Hello} hello */
    shine(hello) {
      for (const lit of root.querySelectorAll(".gn-told")) lit.classList.remove("gn-told");
      for (const name of names.filter((each) => each.startsWith("#"))) {
        for (const part of root.querySelectorAll(REGIONS[name.slice(1)] ?? `[data-control="${CSS.escape(name.slice(1))}"]`)) part.classList.add("gn-told");
      }
      const places = names.filter((name) => !name.startsWith("#")).map((name) => resolve(hello, name));
      point(/** @type {Target[]} */ (places.filter((place) => place !== null)));
      const lit = [...root.querySelectorAll(".gn-told"), ...(places.length ? root.querySelectorAll(".gn-left") : [])];
      if (fresh && lit.length) setTimeout(() => bring(lit), SETTLED);
      fresh = false;
    },
  };
}

/** As far as is needed to see the lowest of it, and no further: the rest stands close above. @param {Element[]} lit */
function bring(lit) {
  const low = (/** @type {Element} */ part) => part.getBoundingClientRect().bottom;
  const lowest = lit.reduce((one, other) => (low(other) > low(one) ? other : one));
  lowest.scrollIntoView({ block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}
