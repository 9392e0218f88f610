/**
 * What of the course belongs to the browser: which parts are done is kept here, and in a presentation the arrow keys turn the page.
 * @typedef {{done: Record<string, string[]>, keys: boolean}} Data
 */

const KEY = "glassnet-course";
const FIELDS = "input, select, textarea, [contenteditable], [role='slider'], [role='radiogroup'], [role='tablist'], .gn-stage";
const TURNS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };

/** @param {{data: Data, setStateValue: (name: string, value: unknown) => void, setTriggerValue: (name: string, value: unknown) => void}} component */
export default function ({ data, setStateValue, setTriggerValue }) {
  const kept = read();
  const all = united(kept, data.done);
  if (size(all) > size(kept)) write(all);
  if (size(all) > size(data.done)) setStateValue("done", all);

  const press = (/** @type {KeyboardEvent} */ event) => {
    const turn = TURNS[/** @type {keyof typeof TURNS} */ (event.key)];
    const target = /** @type {Element} */ (event.target);
    if (!data.keys || !turn || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || target.closest(FIELDS)) return;
    event.preventDefault();
    setTriggerValue("turn", turn);
  };
  document.addEventListener("keydown", press);
  return () => document.removeEventListener("keydown", press);
}

/** A browser may refuse to keep anything; then the course is as new at the next visit. @returns {Record<string, string[]>} */
function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}");
  } catch {
    return {};
  }
}

/** @param {Record<string, string[]>} done */
function write(done) {
  try {
    localStorage.setItem(KEY, JSON.stringify(done));
  } catch {
    // It refuses.
  }
}

/** @param {Record<string, string[]>} one @param {Record<string, string[]>} other @returns {Record<string, string[]>} */
function united(one, other) {
  const lessons = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(lessons.map((lesson) => [lesson, [...new Set([...(one[lesson] ?? []), ...(other[lesson] ?? [])])]]));
}

/** @param {Record<string, string[]>} done */
function size(done) {
  return Object.values(done).reduce((sum, parts) => sum + parts.length, 0);
}
