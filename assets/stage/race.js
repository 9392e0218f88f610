/** A race: one player a page element; a line to every run, one clock for all, and what is drawn of them when all are there. */
import { LABELS } from "./controls.js";
import { inkOn, parse, themeOf } from "./colours.js";
import { el } from "./dom.js";
import { clock } from "./raceclock.js";
import { raceControls } from "./racecontrols.js";
import { lane } from "./racelane.js";
import { raceView } from "./raceview.js";

/** @typedef {import("./racelane.js").Lane} Lane */
/** @typedef {import("./racelane.js").Row} Row */
/** @typedef {import("./raceclock.js").By} By */
/** @typedef {{base: string, lanes: {value: string, token: string}[], raced: string, by: By, scene: string, seed: number, setup: string, hide?: string[]}} Data */
/** @typedef {{seed: number, rows: (Row | null)[]}} Seed  how a race of another seed ended */

/** @type {WeakMap<HTMLElement, ReturnType<typeof race>>} */
const players = new WeakMap();

/** @param {HTMLElement} parent @param {Data} data @returns {() => void} */
export function mount(parent, data) {
  let player = players.get(parent);
  if (!player || !player.root.isConnected) {
    player?.dispose();
    player = race(parent);
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
function race(parent) {
  const root = el("div", { class: "gn-stage gn-race", "data-testid": "race", tabindex: 0, role: "region", "aria-label": "Runs side by side" });
  parent.append(root);
  /** @type {Data | null} */
  let data = null;
  /** @type {Lane[]} */
  let lanes = [];
  /** @type {ReturnType<typeof raceView> | null} */
  let view = null;
  /** @type {Seed[]} */
  let seeds = [];
  /** The tick to which another seed is to run by itself. */
  let again = 0;
  const time = clock(() => lanes, { drawn, note: (text) => panel.note(text) });
  const panel = raceControls({
    toggle, reset, step: time.step, speed: (value) => (time.state.speed = value), seed: anotherSeed,
    save: (kind) => view?.save(kind, lanes),
  });

  function toggle() {
    if (time.state.playing) time.stop();
    else time.play();
  }

  function reset() {
    time.reset();
    for (const each of lanes) each.reset();
    drawn();
  }

  function anotherSeed() {
    if (!data) return;
    again = time.state.tick;
    time.stop();
    parent.dispatchEvent(new CustomEvent("gn-page", { detail: { seed: (data.seed + 1) % 1_000_001 } }));
  }

  /** A run has something new. */
  function changed() {
    if (lanes.some(({ now }) => !now.hello || !now.frame)) return;
    if (again && time.ready() && time.state.tick === 0 && !time.state.playing) {
      const until = again;
      again = 0;
      time.play(until);
    }
    time.arrived();
  }

  function drawn() {
    const { tick, playing } = time.state;
    Object.assign(root.dataset, { state: playing ? "playing" : "paused", tick });
    panel.show(playing, time.ready() && time.over(), lanes[0]?.now.hello?.options.speeds ?? []);
    view?.show(lanes, seeds, playing);
  }

  function dress() {
    root.dataset.theme = themeOf(root);
    root.style.setProperty("--gn-on-accent", inkOn(parse(getComputedStyle(root).caretColor)));
  }

  /** Everything that is drawn, for the race and the theme that there are. */
  function build() {
    if (!data) return;
    dress();
    root.dataset.hide = data.hide?.join(" ") ?? "";
    const named = data.lanes.map(({ value }) => ({ value, name: LABELS[value] ?? value }));
    view = raceView(data, named, themeOf(root), (sample) => lanes.forEach((each) => each.send({ type: "set", sample, sample_set: "train" })));
    root.replaceChildren(panel.element, view.element);
    view.resize(root.clientWidth);
    drawn();
  }

  /** Space plays and pauses, the right arrow steps, Home resets. @param {KeyboardEvent} event */
  function key(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if ((target !== document.body && !root.contains(target)) || event.altKey || event.ctrlKey || event.metaKey || target.closest("select, input, textarea")) return;
    if (event.key === " " && !target.closest("button")) toggle();
    else if (event.key === "ArrowRight") panel.step();
    else if (event.key === "Home") reset();
    else return;
    event.preventDefault();
  }

  const sized = new ResizeObserver(() => {
    view?.resize(root.clientWidth);
    drawn();
  });
  const themed = (/** @type {Event} */ event) => event.target === root && root.dataset.theme !== themeOf(root) && build();
  sized.observe(root);
  root.addEventListener("transitionend", themed);
  document.addEventListener("keydown", key);

  function dispose() {
    for (const each of lanes) each.close();
    lanes = [];
    time.dispose();
    sized.disconnect();
    document.removeEventListener("keydown", key);
    root.remove();
  }

  /** What stood of the seed before stays beside the next one. @param {Data} next */
  function keep(next) {
    if (!data || next.setup !== data.setup || next.by !== data.by) [seeds, again] = [[], 0];
    else if (next.seed !== data.seed && time.state.tick) {
      const { seed } = data;
      seeds = [...seeds.filter((known) => known.seed !== seed), { seed, rows: lanes.map((each) => each.rows().at(-1) ?? null) }];
    }
  }

  return {
    root,
    dispose,

    /** @param {Data} next */
    follow(next) {
      const same = data?.lanes.map(({ token }) => token).join() === next.lanes.map(({ token }) => token).join();
      if (same && data?.by === next.by) return;
      keep(next);
      data = next;
      time.reset();
      time.state.by = next.by;
      if (same) {
        for (const each of lanes) each.reset();
      } else {
        for (const each of lanes) each.close();
        lanes = next.lanes.map((one) => lane(one, next.base, { changed, status: (text) => panel.status(text), ended: panel.ended }));
      }
      panel.status(null);
      build();
    },
  };
}
