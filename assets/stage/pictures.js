/** The pictures on the stage: what each is built from, when each is drawn, and what pressing something does. */
import { tell } from "./alternatives.js";
import { caption } from "./caption.js";
import { controls, tools } from "./controls.js";
import { history, roomAbove } from "./curves.js";
import { el } from "./dom.js";
import { echoes } from "./echo.js";
import { editor } from "./edit.js";
import { format } from "./format.js";
import { pace } from "./pace.js";
import { panels } from "./panels.js";
import { scene, structure } from "./scenes.js";
import { scrubber } from "./scrubber.js";
import { lamp } from "./lit.js";
import { formulaStrip } from "./strip.js";
import { shown } from "./link.js";
import { inkOn, parse, themeOf } from "./colours.js";

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Hello} Hello */
/** @typedef {import("./types.js").Frame} Frame */
/** @typedef {import("./types.js").Target} Target */

/** @param {HTMLElement} root @param {(message: object) => void} send @param {import("./asks.js").Ask} ask */
export function pictures(root, send, ask) {
  const past = history();
  const said = caption();
  const strip = formulaStrip(ask, formula);
  const edit = editor(send);
  const time = scrubber(send);
  const alert = el("div", { class: "gn-alert", role: "alert", hidden: true });
  const over = el("div", { class: "gn-over", hidden: true }, el("p", { text: "This play has ended, because its page was away for a while." }),
    el("button", { type: "button", class: "gn-primary", text: "Start again", click: () => location.reload() }));
  const below = panels(() => view, ask, send, refresh);
  const tool = tools((kind) => change({ edges: kind }), below.doors);
  const [top, left, right] = ["gn-top", "gn-left", "gn-right"].map((name) => el("div", { class: name }));
  dress(themeOf(root));
  root.append(el("div", { class: "gn-grid" }, top, said.element, tool.element, left, right, strip.element, edit.element, alert, below.element), over);
  root.addEventListener("gn-open", (event) => below.open(/** @type {CustomEvent<string>} */ (event).detail));
  const echo = echoes(root, () => (view && now ? { hello: view.hello, spot: now.main.spot } : null));
  const lights = lamp(root, echo.light);
  /** @type {View | null} the view of a hello that has no frame yet is `built` */
  let view = null;
  /** @type {View | null} */
  let built = null;
  /** @type {ReturnType<typeof scene> | null} */
  let now = null;
  /** @type {ReturnType<typeof controls> | null} */
  let panel = null;
  /** @type {Hello["options"] | null} */
  let offered = null;
  let pinned = false;
  let atOnce = true;
  let cuts = 0;
  /** @type {string | null | undefined} */
  let wanted;

  const schedule = pace([
    { every: 14, idle: 2.5, run: () => view && now?.main.draw(view) },
    { every: 100, idle: 4, run: numbers },
    { every: 45, idle: 5, run: () => view && now?.side.map(view) },
    { every: 110, idle: 6, run: () => view && now?.main.maps(view) },
    { every: 50, idle: 5, run: () => view && now?.plots.draw(past, getComputedStyle(root), view) },
    { every: 250, idle: 8, run: () => view && below.values(view) },
  ]);

  /** The numbers that stand beside pictures, all from one frame. */
  function numbers() {
    if (!view || !now) return;
    said.show(view);
    now.main.values(view);
    now.plots.values(view);
    now.side.values(view);
    panel?.show(view.settings, view.frame.state === "playing", view.frame.past.undo);
    time.show(view);
    edit.show(view, pinned);
    formula();
    const values = view.frame.values[view.edges];
    tool.show(view.edges, values ? format(now.main.top(view)) : "");
    if (alert.textContent !== (view.frame.stopped ?? "")) alert.textContent = view.frame.stopped ?? "";
    alert.hidden = !view.frame.stopped;
    if (view.frame.state === "paused") tell(root, view, past.rows());
  }

  /** The formula, and what it frames in the picture. */
  function formula() {
    if (view && now) echo.renew(strip.show(view, pinned, now.explain, now.hint));
  }

  /** @param {View["theme"]} theme */
  function dress(theme) {
    root.dataset.theme = theme;
    root.style.setProperty("--gn-on-accent", inkOn(parse(getComputedStyle(root).caretColor)));
  }

  /** @param {Partial<View>} part */
  function change(part) {
    if (!view) return;
    Object.assign(view, part);
    refresh();
  }

  /** Tells the server which long vectors a moving picture needs: with numbers on screen all of them. */
  function want() {
    if (!view) return;
    const only = view.target || !below.element.hidden ? null : view.edges;
    if (only === wanted) return;
    wanted = only;
    send({ type: "want", only });
  }

  /** Everything anew at the next picture. */
  function refresh() {
    want();
    atOnce = true;
    schedule.touch();
    root.dispatchEvent(new Event("gn-wake"));
  }

  /** @param {Target | null} target @param {boolean} pin */
  function point(target, pin) {
    if (view && pinned && !pin) echo.point(target);
    if (!view || (pinned && !pin) || (!pin && JSON.stringify(target) === JSON.stringify(view.target))) return;
    pinned = pin && target !== null;
    now?.main.mark(target);
    Object.assign(view, { target, pinned });
    edit.show(view, pinned);
    formula();
    echo.point(target);
    now?.main.draw(view);
    if (pin) refresh();
  }

  function resize() {
    if (!now || !left.clientWidth) return;
    now.main.resize(left.clientWidth, left.clientHeight);
    now.side.resize(roomAbove(left, right));
    now.plots.resize(right.clientWidth, Math.max(150, left.clientHeight + strip.element.offsetHeight - now.side.element.offsetHeight - time.element.offsetHeight - 10));
    refresh();
  }

  return {
    resize, begin: strip.begin,

    /** Takes a hello: the same structure (a reset, a reconnection) keeps its pictures, another gets new ones.
     * @param {Hello} hello */
    build(hello) {
      over.hidden = true;
      said.connection(null);
      const next = /** @type {View} */ ({ target: null, pinned: false, history: past.rows, edges: "weights", code: null, ...view, hello, settings: hello.settings, theme: themeOf(root), still: true });
      if (built && now && structure(built.hello) === structure(hello)) {
        built = { ...next, hello: Object.assign(built.hello, hello) };
        now.side.renew();
      } else {
        built = { ...next, target: null, pinned: false };
        pinned = false;
        now = scene(hello, () => view ?? built, send, point);
        root.dataset.scene = hello.scene;
        tool.name(now.shows, now.scale);
        left.replaceChildren(now.main.element, echo.element);
        right.replaceChildren(now.side.element, now.plots.element, time.element);
        below.build(hello, now.tables);
      }
      if (JSON.stringify(offered) !== JSON.stringify(hello.options)) {
        offered = hello.options;
        panel = controls(hello, send);
        top.replaceChildren(panel.element);
      }
      panel?.show(hello.settings, false, false);
      view = null;
      wanted = undefined;
      resize();
      lights.shine(hello);
    },

    /** Lights what a lesson speaks of. @param {string[]} names */
    light(names) {
      lights.turn(names);
      if (built) lights.shine(built.hello);
    },

    /** @param {Frame[]} frames @param {number} when */
    take(frames, when) {
      const frame = frames[frames.length - 1];
      view ??= built;
      if (!view || !now) return;
      for (const { reset, values, settings, code, step, past: known } of frames) {
        if (reset) past.clear();
        else if (known.cuts > cuts) past.fork(step);
        cuts = known.cuts;
        past.append(values.history);
        if (settings) view.settings = settings;
        if (code) view.code = code;
      }
      view.frame = frame;
      want();
      view.still = frame.state === "paused" || frame.operation !== null;
      if (view.still || frames.some(({ flush }) => flush)) atOnce = true;
      now.main.operate(view, when);
      schedule.touch();
      if (frame.flush) this.run(when);
    },

    /** Draws what is due; true while more is to come. @param {number} when @param {number} [late] see `pace` */
    run(when, late = 0) {
      if (!view || !now) return false;
      const waits = schedule.run(when, atOnce, late);
      atOnce = false;
      return now.main.animate(view, when) || waits;
    },

    /** A new play: its curves begin anew, the pictures stay until it says hello. */
    fresh() {
      past.clear();
      said.connection(now ? "Preparing the network…" : "Connecting…");
      over.hidden = true;
    },

    connection: said.connection,
    dispose: said.dispose,

    ended() {
      over.hidden = false;
      said.connection("This play has ended.");
    },

    /** @param {View["theme"]} theme */
    theme(theme) {
      dress(theme);
      change({ theme });
    },

    /** Space plays and pauses, the right arrow steps, where there is a Play to press; the left one goes a step back, Home resets, Escape lets go, Control and Z take back. @param {KeyboardEvent} event */
    key(event) {
      const target = /** @type {HTMLElement} */ (event.target);
      if (target !== document.body && !root.contains(target)) return;
      const command = event.ctrlKey || event.metaKey;
      if (event.altKey || (command && event.key !== "z") || event.defaultPrevented || target.closest("select, input, textarea, .gn-scroll")) return;
      if (command) panel?.undo();
      else if (event.key === "Escape") point(null, true);
      else if (event.key === " " && shown("play") && !target.closest("button")) panel?.toggle();
      else if (event.key === "ArrowRight" && shown("play")) panel?.step();
      else if (event.key === "ArrowLeft") time.back();
      else if (event.key === "Home") panel?.reset();
      else return;
      event.preventDefault();
    },
  };
}
