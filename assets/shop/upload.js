// The shop's control for large files: the file goes to our own route in one request, with a bar.

/**
 * @typedef {object} Data  what the page hands over
 * @property {string} url  where the route stands
 * @property {string} workspace  whose upload it is
 * @property {number} limit  bytes
 * @property {string} label
 * @param {{parentElement: HTMLElement, data: Data, setTriggerValue: (name: string, value: string) => void}} component
 */
export default function upload({ parentElement, data, setTriggerValue }) {
  const input = /** @type {HTMLInputElement} */ (parentElement.querySelector("input"));
  const bar = /** @type {HTMLProgressElement} */ (parentElement.querySelector("progress"));
  const said = /** @type {HTMLElement} */ (parentElement.querySelector("output"));
  const stop = /** @type {HTMLButtonElement} */ (parentElement.querySelector("button"));
  /** @type {HTMLElement} */ (parentElement.querySelector("span")).textContent = data.label;

  /** @param {boolean} going @param {string} words */
  const show = (going, words) => {
    bar.hidden = stop.hidden = !going;
    input.disabled = going;
    said.textContent = words;
  };

  input.onchange = () => {
    const file = input.files?.[0];
    if (!file) return;
    if (file.size > data.limit) {
      show(false, `${file.name} has ${megabytes(file.size)} and may have ${megabytes(data.limit)}.`);
      return;
    }
    const request = new XMLHttpRequest();
    request.open("POST", `${data.url}?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader("X-Glassnet-Workspace", data.workspace);
    request.upload.onprogress = (event) => {
      bar.value = event.loaded / event.total;
      show(true, `${megabytes(event.loaded)} of ${megabytes(event.total)}`);
    };
    request.onload = () => {
      const answer = answered(request);
      show(false, answer.error ?? `${file.name} has arrived.`);
      if (answer.upload) setTriggerValue("upload", answer.upload);
    };
    request.onerror = () => show(false, "The connection broke; nothing was kept. Try again.");
    request.onabort = () => show(false, "Stopped; nothing was kept.");
    stop.onclick = () => request.abort();
    show(true, "");
    request.send(file);
    input.value = "";
  };
}

/**
 * What the route says; what stands before it, such as a proxy with a limit of its own, says no JSON.
 * @param {XMLHttpRequest} request
 * @returns {{upload?: string, error?: string}}
 */
function answered(request) {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return { error: `The server refused the file (${request.status}); nothing was kept.` };
  }
}

/** @param {number} bytes */
function megabytes(bytes) {
  return `${(bytes / 1e6).toLocaleString("en", { maximumFractionDigits: 0 })} MB`;
}
