/**
 * What Streamlit mounts. It only fetches the stage from the server's own route and hands it the element; Streamlit calls it
 * again on every change of data, and the stage knows its element.
 * @typedef {{base: string, version: string, module?: string}} Data  `module` mounts it: the stage, or another one with a sheet of its own
 */

/** What the stage asks of the page, such as other weights to start from, goes there as the component's `page`.
 * @param {{data: Data, parentElement: HTMLElement, setTriggerValue: (name: string, value: unknown) => void}} component */
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = `${location.origin}${data.base}/stage/${data.version}`;
  let left = false;
  /** @type {(() => void) | undefined} */
  let cleanup;

  const name = data.module ?? "stage";
  for (const sheet of new Set(["stage", name])) {
    if (document.querySelector(`link[href="${root}/${sheet}.css"]`)) continue;
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = `${root}/${sheet}.css`;
    document.head.append(link);
  }
  import(`${root}/${name}.js`).then(
    (stage) => {
      if (!left || parentElement.isConnected) cleanup = stage.mount(parentElement, data);
      if (left) cleanup?.();
    },
    () => {
      parentElement.textContent = "The live view could not be loaded from the server. Reload the page; if it stays away, look at the server's log.";
    },
  );

  const hand = (/** @type {Event} */ event) => setTriggerValue("page", /** @type {CustomEvent} */ (event).detail);
  parentElement.addEventListener("gn-page", hand);

  return () => {
    left = true;
    parentElement.removeEventListener("gn-page", hand);
    cleanup?.();
  };
}
