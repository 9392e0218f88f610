/** The panels below the pictures, one open at a time: each answers a question about what is on the stage. */
import { diagnosisPanel } from "./diagnosis.js";
import { digitPanel } from "./digit.js";
import { el } from "./dom.js";
import { exportPanel } from "./export.js";
import { optimizerPanel } from "./glass.js";
import { landscapePanel } from "./landscape.js";
import { linkPanel } from "./link.js";
import { receiptPanel } from "./receipt.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Hello} Hello */
/** @typedef {import("./types.js").Target} Target */
/** @typedef {import("./asks.js").Ask} Ask */

/**
 * @typedef {Object} Panel
 * @property {HTMLElement} element  hidden while the panel is closed
 * @property {() => boolean} isOpen
 * @property {(open: boolean) => void} toggle
 * @property {(view: View) => void} values  at most four times a second while it is open
 *
 * @typedef {(hello: Hello, view: () => View | null, ask: Ask, send: (message: object) => void) => Panel | null} Make  null where it has nothing to say
 */

/** What has a door beside the numbers, by its title. @type {Record<string, Make>} */
export const PANELS = {
  Draw: digitPanel,
  Receipt: receiptPanel,
  Optimizer: optimizerPanel,
  Landscape: landscapePanel,
  Diagnosis: diagnosisPanel,
  Export: exportPanel,
  Link: linkPanel,
};

/** The doors, and what stands behind the open one.
 * @param {() => View | null} view @param {Ask} ask @param {(message: object) => void} send @param {() => void} opened */
export function panels(view, ask, send, opened) {
  const doors = el("div", { class: "gn-doors" });
  const element = el("div", { class: "gn-bottom", hidden: true });
  /** @type {Map<string, {panel: Panel, door: HTMLElement}>} */
  let all = new Map();
  let shown = "";

  /** @param {string} name "" for none */
  function show(name) {
    shown = name;
    for (const [title, { panel, door }] of all) {
      panel.toggle(title === name);
      door.setAttribute("aria-expanded", String(title === name));
    }
    element.hidden = !all.has(name);
    if (!element.hidden) element.scrollIntoView({ block: "nearest" });
    opened();
  }

  return {
    doors,
    element,
    show,

    /** As its door does; one that is hidden stays closed. @param {string} name */
    open(name) {
      if (all.get(name)?.door.checkVisibility()) show(name);
    },

    /** Another network: every panel anew, and the one that was open stays so. @param {Hello} hello @param {Panel} tables */
    build(hello, tables) {
      const made = Object.entries(PANELS).flatMap(([title, make]) => {
        const panel = make(hello, view, ask, send);
        return panel ? [/** @type {[string, Panel]} */ ([title, panel])] : [];
      });
      all = new Map([...made, /** @type {[string, Panel]} */ (["Numbers", tables])].map(([title, panel]) => {
        const door = el("button", { type: "button", class: "gn-door", "aria-expanded": "false", text: title, click: () => show(shown === title ? "" : title) });
        return [title, { panel, door }];
      }));
      doors.replaceChildren(...[...all.values()].map(({ door }) => door));
      element.replaceChildren(...[...all.values()].map(({ panel }) => panel.element));
      show(all.has(shown) ? shown : "");
    },

    /** @param {View} now */
    values(now) {
      const open = all.get(shown);
      if (open) open.panel.values(now);
    },
  };
}
