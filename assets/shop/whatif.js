// The shop's what-if: products go into a basket and out of it, and every list moves at once.
// The lists come from our own route: a rerun of the page would take longer than all models.

const OFFERED = 30;

/**
 * @typedef {{n: number, number: number, name: string, facts: string, mark: string}} Row
 * @typedef {{title: string, empty: string}} Titled
 * @typedef {object} Data  what the page hands over
 * @property {string} url  of the route, with the run
 * @property {Record<string, string>} headers  by which the visitor may see the run
 * @property {object} asked  customer, task, models, k, made
 * @property {string[]} names  of the products that are offered, by number
 * @property {Titled} basket
 * @property {Titled[]} lists
 * @typedef {object} Held  what is kept from one call to the next
 * @property {Data} data
 * @property {string} whose
 * @property {number[]} putIn  latest first
 * @property {Map<number, Row>} takenOut
 * @property {boolean} busy
 * @property {string} pressed  the row of the last press
 * @property {boolean} again  the basket changed while the server was asked
 * @property {HTMLElement} root
 * @property {Map<string, HTMLElement>} lines  that are shown; what stays as it is, is not drawn anew
 * @typedef {{glyph: string, says: string, act: () => void}} Press
 */

/** @type {WeakMap<HTMLElement, Held>} */
const kept = new WeakMap();

/** @param {{parentElement: HTMLElement, data: Data}} component */
export default function whatIf({ parentElement, data }) {
  const whose = JSON.stringify([data.url, data.headers, /** @type {any} */ (data.asked).customer]);
  const before = kept.get(parentElement);
  const root = one(parentElement, ".gn-whatif");
  const held = before?.root === root ? before : fresh(data, root);
  kept.set(parentElement, held);
  if (held.whose !== whose) reset(held);
  const same = held.whose === whose && JSON.stringify(held.data.asked) === JSON.stringify(data.asked);
  Object.assign(held, { data, whose });
  if (!same) ask(held);
}

/** @param {Data} data @param {HTMLElement} root @returns {Held} */
function fresh(data, root) {
  const held = { data, root, whose: "", putIn: [], takenOut: new Map(), busy: false, pressed: "", again: false, lines: new Map() };
  chooser(held);
  one(root, ".gn-undo").onclick = () => {
    reset(held);
    ask(held);
    one(root, "input").focus();
  };
  one(root, "output").textContent = "The models are asked ...";
  return held;
}

/** @param {Held} held */
function reset(held) {
  held.putIn = [];
  held.takenOut.clear();
}

/** @param {Held} held @param {number} n */
function putIn(held, n) {
  if (!held.takenOut.delete(n)) held.putIn = [n, ...held.putIn.filter((other) => other !== n)];
  ask(held);
}

/** @param {Held} held @param {Row} row */
function takeOut(held, row) {
  if (held.putIn.includes(row.n)) held.putIn = held.putIn.filter((n) => n !== row.n);
  else held.takenOut.set(row.n, row);
  ask(held);
}

/** @param {Held} held  One question at a time; what changes meanwhile is asked in the next. */
async function ask(held) {
  held.again = held.busy;
  if (held.busy) return;
  held.busy = true;
  const changes = { put_in: [...held.putIn].reverse(), taken_out: [...held.takenOut.keys()] };
  try {
    const answer = await fetch(held.data.url, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...held.data.headers },
      body: JSON.stringify({ ...held.data.asked, ...changes }),
    });
    const found = await answer.json();
    if (!answer.ok) say(held, found.detail);
    else if (!held.again) draw(held, found);
  } catch {
    say(held, "The server did not answer: change the basket again.");
  }
  held.busy = false;
  if (held.again) ask(held);
}

/** @param {Held} held @param {string} words */
function say(held, words) {
  one(held.root, "output").textContent = words;
}

/** @param {Held} held @param {{basket: Row[], lists: Row[][]}} found */
function draw(held, found) {
  const lists = one(held.root, ".gn-lists"), lines = new Map();
  const focused = lists.querySelector(":focus")?.getAttribute("data-key");
  const titles = [held.data.basket, ...held.data.lists];
  while (lists.childElementCount > titles.length) lists.lastElementChild?.remove();
  while (lists.childElementCount < titles.length) lists.append(document.createElement("div"));
  [found.basket, ...found.lists].forEach((rows, place) => {
    const all = place ? rows : [...rows, ...held.takenOut.values()];
    const shown = all.map((row) => {
      const as = JSON.stringify([place, !place && held.takenOut.has(row.n), row]);
      const drawn = held.lines.get(as) ?? line(held, row, place);
      lines.set(as, drawn);
      return drawn;
    });
    fill(/** @type {HTMLElement} */ (lists.children[place]), titles[place], shown);
  });
  held.lines = lines;
  if (focused) {
    const there = /** @type {HTMLElement | null} */ (lists.querySelector(`[data-key="${focused}"]`));
    (there ?? lists.querySelectorAll("ol")[parseInt(focused)])?.focus({ preventScroll: true });
  }
  const moved = found.lists.flat().filter((row) => row.mark).length;
  const changed = held.putIn.length + held.takenOut.size;
  one(held.root, ".gn-undo").hidden = !changed;
  const places = `${found.lists.flat().length} places`;
  say(held, changed ? `Put in ${held.putIn.length}, taken out ${held.takenOut.size}: ${moved} of ${places} moved.` : "");
}

/** @param {HTMLElement} box @param {Titled} title @param {HTMLElement[]} rows */
function fill(box, title, rows) {
  if (!box.childElementCount) box.append(document.createElement("p"), document.createElement("ol"));
  const list = one(box, "ol");
  one(box, "p").textContent = title.title;
  list.setAttribute("aria-label", title.title);
  list.tabIndex = 0; // a list that scrolls must be reached by key
  const shown = rows.length ? rows : [entry("", { name: title.empty, facts: "", mark: "" })];
  const stays = new Set(shown);
  [...list.children].forEach((row) => stays.has(/** @type {HTMLElement} */ (row)) || row.remove());
  shown.forEach((row, at) => row === list.children[at] || list.insertBefore(row, list.children[at]));
}

/** @param {Held} held @param {Row} row @param {number} place 0 is the basket */
function line(held, row, place) {
  const out = !place && held.takenOut.has(row.n);
  const says = place ? `Put in ${row.name}` : out ? `Put ${row.name} back` : `Take out ${row.name}`;
  const key = `${place}/${row.n}`;
  const act = () => {
    if (held.busy && held.pressed === key) return; // twice, before the answer has drawn it anew
    held.pressed = key;
    place || out ? putIn(held, row.n) : takeOut(held, row);
  };
  const number = place ? `${row.number}` : row.number > 1 && !out ? `${row.number}×` : "";
  const said = out ? { ...row, mark: "taken out" } : row;
  const item = entry(number, said, { glyph: place || out ? "+" : "−", says, act }, key);
  item.classList.toggle("out", out);
  return item;
}

/** @param {string} number @param {{name: string, facts: string, mark: string}} row @param {Press} [press] @param {string} [key] */
function entry(number, row, press, key) {
  const item = document.createElement("li"), marks = text("marks", "");
  if (row.mark) marks.append(text("mark moved", row.mark));
  item.append(text("", number), text("name", row.name), marks);
  if (press) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: press.glyph, title: press.says });
    button.onclick = press.act;
    button.setAttribute("aria-label", press.says);
    button.dataset.key = key;
    item.append(button);
  }
  if (row.facts) item.append(text("facts", row.facts));
  return item;
}

/** @param {string} kind @param {string} words */
function text(kind, words) {
  const span = document.createElement("span");
  span.className = kind;
  span.textContent = words;
  return span;
}

/** @param {Held} held  The field with its menu, by mouse and by keyboard. */
function chooser(held) {
  const input = /** @type {HTMLInputElement} */ (one(held.root, "input"));
  const menu = one(held.root, "[role=listbox]");
  let at = 0;
  const close = () => {
    menu.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  /** @param {number} place */
  const mark = (place) => {
    at = Math.max(0, Math.min(place, menu.childElementCount - 1));
    [...menu.children].forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
    if (menu.children[at]) input.setAttribute("aria-activedescendant", menu.children[at].id);
    menu.children[at]?.scrollIntoView({ block: "nearest" });
  };
  /** @param {number} n */
  const take = (n) => {
    input.value = "";
    close();
    putIn(held, n);
  };
  const open = () => {
    const found = matching(held.data.names, input.value);
    say(held, found.length > OFFERED ? `${OFFERED} of ${found.length} that match: type more of the name.` : "");
    const offers = found.slice(0, OFFERED).map((n) => {
      const option = document.createElement("li");
      Object.assign(option, { id: `gn-offer-${n}`, role: "option", textContent: held.data.names[n] });
      option.onmousedown = (event) => event.preventDefault(); // the field keeps the focus
      option.onclick = () => take(n);
      return option;
    });
    menu.replaceChildren(...offers);
    menu.hidden = !offers.length;
    input.setAttribute("aria-expanded", String(!menu.hidden));
    mark(0);
  };
  input.oninput = input.onclick = open;
  input.onblur = close;
  input.onkeydown = (event) => {
    const down = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && !menu.hidden) /** @type {HTMLElement} */ (menu.children[at]).click();
    else if (down && menu.hidden) open();
    else if (down) mark(at + down);
    else return;
    event.preventDefault();
  };
}

/** @param {string[]} names @param {string} typed  What has every typed word in its name, by number. */
function matching(names, typed) {
  const words = typed.toLowerCase().split(/\s+/);
  return [...names.keys()].filter((n) => words.every((word) => names[n].toLowerCase().includes(word)));
}

/** @param {ParentNode} parent @param {string} selector */
function one(parent, selector) {
  return /** @type {HTMLElement} */ (parent.querySelector(selector));
}
