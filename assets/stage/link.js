/** The own link: the whole set-up and all that was changed on the way, as an address or, when it is long, as a file. */
import { el } from "./dom.js";
import { count } from "./format.js";

/** @typedef {import("./types.js").Hello} Hello */
/** @typedef {import("./asks.js").Ask} Ask */

// Addresses longer than this get lost in mail and chat.
const LONGEST = 6000;
const KEPT = "glassnet-run";

/** What can be hidden, by its name in the address; the page says it. @type {{choices: Record<string, string>, hidden: string[]}} */
export const hiding = { choices: {}, hidden: [] };

/** Whether a control is there to be used, by its name. @param {string} control */
export const shown = (control) => !hiding.hidden.includes(control);

/** @param {string} query of the present address @param {string} run @param {string[]} hidden */
export function queryOf(query, run, hidden) {
  const params = new URLSearchParams(query);
  params.delete("run");
  params.delete("hide");
  if (hidden.length) params.set("hide", hidden.join(","));
  if (run) params.set("run", run);
  const text = params.toString();
  return text && `?${text}`;
}

/** A run that a file brought, for the page that was opened for it, with its table where it has one of its own; it is taken once.
 * @returns {{run: string, table?: string} | null} */
export function brought() {
  const kept = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  return kept && JSON.parse(kept);
}

/** @param {Hello} _ @param {() => import("./types.js").View | null} view @param {Ask} ask */
export function linkPanel(_, view, ask) {
  const address = el("input", { type: "text", readonly: true, "aria-label": "Link to this run", "data-testid": "link" });
  const holds = el("p", { class: "gn-note", role: "status" });
  const copy = el("button", { type: "button", class: "gn-primary", text: "Copy the link", click: () => {
    address.select();
    navigator.clipboard?.writeText(address.value).then(() => (holds.textContent = "Copied."), () => document.execCommand("copy"));
  } });
  const save = el("button", { type: "button", text: "Save as a file", click: saveFile });
  const file = el("input", { type: "file", accept: ".json,application/json", "aria-label": "Open a saved run", change: openFile });
  const boxes = el("div", { class: "gn-hide" });
  const element = el("section", { class: "gn-panel gn-link", "aria-label": "Link", hidden: true },
    el("div", { class: "gn-row" }, address, copy, save), holds,
    el("fieldset", {}, el("legend", { text: "Whoever opens it does not see" }), boxes),
    el("p", {}, el("label", {}, "Open a saved run: ", file)));
  let run = "";
  /** Somebody's own table, which only a file has room for. @type {{answer: string, rows: number, text: string} | undefined} */
  let table;

  const hidden = () => /** @type {HTMLInputElement[]} */ ([...boxes.querySelectorAll("input:checked")]).map(({ value }) => value);

  function show() {
    const query = queryOf(location.search, run, hidden());
    const long = query.length > LONGEST || table !== undefined;
    address.value = long ? "" : `${location.origin}${location.pathname}${query}`;
    address.placeholder = table ? "Your table does not fit into an address: save the run as a file, which holds it." : long ? "So many changes do not fit into an address: save them as a file." : "";
    copy.disabled = long;
  }

  async function renew() {
    try {
      const answer = await ask("link");
      [run, table] = [answer.run, answer.table];
      holds.textContent = `Holds data, network, settings and seed, and ${count(answer.changes)} ${answer.changes === 1 ? "change" : "changes"} made by step ${count(answer.last)}. `
        + (table ? `The table, ${count(table.rows)} rows with ${table.answer} to answer, stands in the file only. ` : "")
        + "It opens at step 0 and takes the same way, number for number.";
      show();
    } catch (error) {
      holds.textContent = String(error);
    }
  }

  function saveFile() {
    const text = JSON.stringify({ glassnet: 1, query: queryOf(location.search, "", hidden()), run, ...(table && { table }) }, null, 1);
    const link = el("a", { href: URL.createObjectURL(new Blob([text], { type: "application/json" })), download: `glassnet-step-${view()?.frame.past.last ?? 0}.json` });
    link.click();
    URL.revokeObjectURL(link.href);
  }

  async function openFile() {
    const text = await file.files?.[0]?.text();
    try {
      const { glassnet, query, run: saved, table: own } = JSON.parse(text ?? "");
      if (glassnet !== 1 || typeof query !== "string" || typeof saved !== "string") throw new Error("no run");
      sessionStorage.setItem(KEPT, JSON.stringify({ run: saved, table: typeof own?.text === "string" ? own.text : undefined }));
      location.assign(`${location.pathname}${query.startsWith("?") ? query : ""}`);
    } catch {
      holds.textContent = "This file holds no saved run; open one that “Save as a file” made.";
    }
  }

  return {
    element,
    isOpen: () => !element.hidden,

    /** @param {boolean} open */
    toggle(open) {
      element.hidden = !open;
      if (!open) return;
      boxes.replaceChildren(...Object.entries(hiding.choices).map(([value, label]) =>
        el("label", { class: "gn-check" }, el("input", { type: "checkbox", value, checked: hiding.hidden.includes(value), change: show }), label)));
      renew();
    },

    values: () => {},
    renew,
  };
}
