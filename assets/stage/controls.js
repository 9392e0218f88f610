/** What can be pressed: the transport (play, step, reset, speed) and the settings that change while it trains. */
import { choose, el, field, select } from "./dom.js";

/** @typedef {import("./types.js").Hello} Hello */
/** @typedef {import("./types.js").Settings} Settings */
/** @typedef {import("./types.js").EdgeKind} EdgeKind */

export const LABELS = /** @type {Record<string, string>} */ ({
  sgd: "SGD", adam: "Adam", adamw: "AdamW", adagrad: "Adagrad", adadelta: "Adadelta", rmsprop: "RMSprop", adamax: "Adamax",
  nadam: "Nadam", lion: "Lion", momentum: "Momentum", nesterov: "Nesterov", beta_1: "Beta 1", beta_2: "Beta 2", amsgrad: "AMSGrad",
  weight_decay: "Decay", rho: "Rho", centered: "Centered",
});

/** @param {Hello} hello @param {(message: object) => void} send */
export function controls(hello, send) {
  const { options } = hello;
  const set = (/** @type {Partial<Settings>} */ change) => send({ type: "set", ...change });
  let playing = false;
  const icon = el("span", { class: "gn-icon", "aria-hidden": "true" });
  const name = el("span", { text: "Play" });
  const play = el("button", { type: "button", class: "gn-primary", click: () => send({ type: playing ? "pause" : "play" }) }, icon, name);
  const by = select(["operation", "sample", "batch", "epoch"].map((value) => ({ value, label: value })), () => {}, {});
  choose(by, "batch");
  const step = () => send({ type: "step", kind: by.value });
  const reset = () => send({ type: "reset" });
  const undo = el("button", { type: "button", text: "Undo", title: "Takes back the last thing you did", click: () => send({ type: "undo" }) });
  const speed = select(options.speeds, (value) => set({ speed: value }));
  const rate = select(options.learning_rates.map((value) => ({ value, label: String(value) })), (value) => set({ learning_rate: value }));
  const batch = select(options.batch_sizes.map((value) => ({ value, label: String(value) })), (value) => set({ batch_size: value }));
  const optimizer = select(Object.keys(options.optimizers).map((value) => ({ value, label: LABELS[value] ?? value })), (value) => set({ optimizer: value }));
  const own = el("span", { class: "gn-own" });
  let shownOptions = "";
  const element = el("div", { class: "gn-controls" },
    el("div", { class: "gn-group" }, part("play", el("div", { class: "gn-group" }, play, el("button", { type: "button", text: "Step", click: step }),
      // Where nothing is to be played, weights set by hand are still to be taken back.
      field("Step by", by))), undo, el("button", { type: "button", text: "Reset", click: reset }), part("speed", field("Speed", speed))),
    el("div", { class: "gn-group" }, part("rate", field("Learning rate", rate)),
      part("optimizer", el("div", { class: "gn-group" }, field("Optimizer", optimizer), own)), part("batch", field("Batch size", batch))));

  return {
    element,
    step,
    reset,
    toggle: () => send({ type: playing ? "pause" : "play" }),
    undo: () => send({ type: "undo" }),

    /** @param {Settings} settings @param {boolean} isPlaying @param {boolean} undoable */
    show(settings, isPlaying, undoable) {
      playing = isPlaying;
      undo.disabled = !undoable;
      const wanted = playing ? "Pause" : "Play";
      if (name.textContent !== wanted) name.textContent = wanted;
      icon.classList.toggle("gn-pausing", playing);
      choose(speed, settings.speed);
      choose(rate, settings.learning_rate);
      choose(batch, settings.batch_size);
      choose(optimizer, settings.optimizer, LABELS[settings.optimizer]);
      const key = JSON.stringify([settings.optimizer, settings.optimizer_options]);
      if (key === shownOptions || own.contains(document.activeElement)) return;
      shownOptions = key;
      own.replaceChildren(...Object.keys(options.optimizers[settings.optimizer] ?? {}).map((option) =>
        optionField(option, settings, (value) => set({ optimizer_options: { [option]: value } }))));
    },
  };
}

/** A part of the stage that a link can hide. @template {HTMLElement} T @param {string} name @param {T} element */
export function part(name, element) {
  element.dataset.control = name;
  return element;
}

/** One of the optimizer's own numbers. @param {string} option @param {Settings} settings @param {(value: number | boolean) => void} changed */
function optionField(option, settings, changed) {
  const value = settings.optimizer_options[option];
  if (typeof value === "boolean") {
    const box = el("input", { type: "checkbox", checked: value, change: () => changed(box.checked) });
    return field(LABELS[option] ?? option, box, "gn-tick");
  }
  const box = el("input", { type: "number", min: 0, max: 0.9999, step: "any", value: value ?? 0, change: () => box.checkValidity() ? changed(Number(box.value)) : box.reportValidity() });
  return field(LABELS[option] ?? option, box);
}

/** What the edges show, the scale that goes with it, and the doors to the panels.
 * @param {(kind: EdgeKind) => void} chosen @param {HTMLElement} doors @param {[EdgeKind, string][]} [offered]  each with its words */
export function tools(chosen, doors, offered = [["weights", "weights"], ["gradient", "gradient"], ["update", "update"]]) {
  const group = `gn-edges-${Math.random().toString(36).slice(2)}`;
  const kinds = offered.map(([kind, text]) => {
    const radio = el("input", { type: "radio", name: group, value: kind, checked: kind === "weights", change: () => chosen(kind) });
    return el("label", {}, radio, el("span", { text }));
  });
  const low = el("span");
  const high = el("span");
  const ramp = el("i", { class: "gn-ramp" });
  const title = el("legend");
  const scale = el("span", { class: "gn-legend" }, low, ramp, high);
  part("panels", doors);
  const element = el("div", { class: "gn-tools" }, el("fieldset", { class: "gn-switch" }, title, ...kinds), scale, doors);
  return {
    element,
    /** @param {string} text what shows them @param {string} tip what the ends of the scale are */
    name(text, tip) {
      title.textContent = text;
      scale.title = tip;
    },
    /** @param {EdgeKind} kind @param {string} top how large the widest edge is, or "" when there is nothing yet */
    show(kind, top) {
      ramp.className = `gn-ramp gn-ramp-${kind === "weights" ? "signed" : "gradient"}`;
      low.textContent = top ? `−${top}` : "no step yet";
      high.textContent = top;
    },
  };
}
