/** The stage: one player a page element. It keeps its pictures while plays come and go. */
import { asks } from "./asks.js";
import { themeOf } from "./colours.js";
import { connect } from "./socket.js";
import { pictures } from "./pictures.js";
import { decode } from "./wire.js";
import { el } from "./dom.js";
import { brought, hiding } from "./link.js";

/** @typedef {import("./types.js").Hello} Hello */
/** @typedef {import("./types.js").Frame} Frame */
/** @typedef {import("./types.js").Settings} Settings */
/** @typedef {{token: string, base: string, version: string, hide?: string[], hideable?: Record<string, string>, lit?: string[], folded?: boolean}} Data */
/** @typedef {HTMLElement & {glassnet?: {hello: Hello | null, frame: Frame | null, settings: Settings | null}}} Root */

// The page has made a play of a table by then, in milliseconds, or never will.
const PATIENCE = 20_000;

/** @type {WeakMap<HTMLElement, ReturnType<typeof stage>>} */
const players = new WeakMap();

/** Shows a play in an element; a new token replaces the play and keeps the stage.
 * @param {HTMLElement} parent @param {Data} data @returns {() => void} */
export function mount(parent, data) {
  let player = players.get(parent);
  if (!player || !player.root.isConnected) {
    player?.dispose();
    player = stage(parent);
    players.set(parent, player);
  }
  player.follow(data);
  return () => setTimeout(() => {
    if (parent.isConnected) return;
    players.get(parent)?.dispose();
    players.delete(parent);
  }, 50);
}

/** @param {HTMLElement} parent */
function stage(parent) {
  const root = /** @type {Root} */ (el("div", { class: "gn-stage", "data-testid": "stage", "data-state": "paused", "data-epoch": 0,
    "data-step": 0, "data-frames": 0, tabindex: 0, role: "region", "aria-label": "Live network" }));
  parent.append(root);
  root.glassnet = { hello: null, frame: null, settings: null };
  const send = (/** @type {object} */ message) => line?.send(message);
  const questions = asks(send);
  const screen = pictures(root, send, questions.ask);
  /** @type {ReturnType<typeof connect> | null} */
  let line = null;
  let token = "";
  let lastSeq = -Infinity;
  /** A saved run whose table is on its way to the page. @type {{run: string, until: number} | null} */
  let opening = null;
  let acknowledged = -Infinity;
  let drawn = 0;
  let request = 0;
  let asked = 0;
  let visible = true;
  /** @type {boolean | null} */
  let told = null;
  /** @type {Frame[]} */
  let waiting = [];

  /** Draws the newest of the frames that wait, and keeps the history of all. Every second one is acknowledged, and with it
   * the one before: half the messages, and the server still knows that we keep up. @param {number} now */
  function take(now) {
    const frames = waiting;
    waiting = [];
    const frame = frames[frames.length - 1];
    const settings = frames.reduce((known, { settings }) => settings ?? known, root.glassnet?.settings ?? null);
    root.glassnet = { hello: root.glassnet?.hello ?? null, frame, settings };
    screen.take(frames, now);
    Object.assign(root.dataset, { state: frame.state, epoch: frame.epoch, step: frame.step, frames: ++drawn });
    if (frame.seq < acknowledged + 2) return;
    acknowledged = frame.seq;
    line?.send({ type: "ack", seq: frame.seq });
  }

  /** @param {number} now */
  function tick(now) {
    request = 0;
    if (waiting.length) take(now);
    if (screen.run(now, performance.now() - asked)) wake();
  }

  function wake() {
    if (request) return;
    asked = performance.now();
    request = requestAnimationFrame(tick);
  }

  /** @param {ArrayBuffer} buffer */
  function receive(buffer) {
    const message = decode(buffer);
    if (message.kind === "hello") {
      [lastSeq, acknowledged] = [message.seq, -Infinity];
      waiting = [];
      screen.build(message);
      root.glassnet = { hello: message, frame: null, settings: message.settings };
    } else if (message.kind === "answer") {
      questions.take(message);
    } else if (message.kind === "frame" && root.glassnet?.hello && message.seq > lastSeq) {
      lastSeq = message.seq;
      waiting.push(message);
      if (message.flush && !document.hidden) take(performance.now());
      wake();
    }
  }

  function tellVisible() {
    if (!root.isConnected) return dispose();
    const value = visible && !document.hidden;
    if (value === told) return;
    told = value;
    line?.send({ type: "visible", value });
  }

  const seen = new IntersectionObserver(([entry]) => {
    visible = entry.isIntersecting;
    tellVisible();
  });
  const sized = new ResizeObserver(() => {
    screen.resize();
    wake();
  });
  const themed = (/** @type {Event} */ event) => {
    if (event.target !== root) return;
    screen.theme(themeOf(root));
    wake();
  };
  seen.observe(root);
  sized.observe(root);
  root.addEventListener("transitionend", themed);
  root.addEventListener("gn-wake", wake);
  document.addEventListener("visibilitychange", tellVisible);
  document.addEventListener("keydown", screen.key);

  function dispose() {
    line?.close();
    line = null;
    token = "";
    cancelAnimationFrame(request);
    seen.disconnect();
    sized.disconnect();
    document.removeEventListener("visibilitychange", tellVisible);
    document.removeEventListener("keydown", screen.key);
    screen.dispose();
    root.remove();
  }

  return {
    root,
    dispose,

    /** @param {Data} data */
    follow(data) {
      Object.assign(hiding, { choices: data.hideable ?? {}, hidden: data.hide ?? [] });
      root.dataset.hide = hiding.hidden.join(" ");
      if (!token) screen.begin(Boolean(data.folded));
      screen.light(data.lit ?? []);
      if (data.token === token) return;
      token = data.token;
      line?.close();
      waiting = [];
      questions.clear();
      screen.fresh();
      line = connect(`${data.base}/live/${encodeURIComponent(token)}`, {
        opened() {
          told = null;
          tellVisible();
          const file = brought();
          if (file?.table) {
            // The page takes the table first, and makes a play of it; the run is opened there.
            opening = { run: file.run, until: performance.now() + PATIENCE };
            root.dispatchEvent(new CustomEvent("gn-page", { bubbles: true, detail: { table: file.table } }));
            return;
          }
          const run = file?.run ?? (opening && performance.now() < opening.until ? opening.run : null);
          opening = null;
          if (run) send({ type: "open", run });
        },
        message: receive,
        status: screen.connection,
        ended: screen.ended,
      });
    },
  };
}
