/** A part of the page as a picture file, as it stands: canvases, numbers and text. */

const DENSITY = 2;

/** @param {HTMLElement} element @returns {Promise<Blob>} a PNG of twice the element's size */
export async function snapshot(element) {
  const { width, height } = element.getBoundingClientRect();
  const stage = /** @type {HTMLElement} */ (element.closest(".gn-stage"));
  const copy = /** @type {HTMLElement} */ (element.cloneNode(true));
  const canvases = copy.querySelectorAll("canvas");
  element.querySelectorAll("canvas").forEach((canvas, i) => canvases[i].replaceWith(still(canvas)));
  asChosen(element, copy);
  copy.style.width = `${width}px`;
  copy.style.height = `${height}px`;
  const frame = document.createElement("div");
  frame.className = "gn-stage";
  frame.dataset.theme = stage.dataset.theme;
  frame.style.cssText = `${variables(stage)};width:${width}px;height:${height}px`;
  const style = document.createElement("style");
  style.textContent = rules();
  frame.append(style, copy);
  const body = new XMLSerializer().serializeToString(frame);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><foreignObject width="100%" height="100%">${body}</foreignObject></svg>`;
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await picture.decode();
  return painted(picture, width, height);
}

/** @param {HTMLImageElement} picture @param {number} width @param {number} height @returns {Promise<Blob>} */
function painted(picture, width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * DENSITY);
  canvas.height = Math.round(height * DENSITY);
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("This browser could not make the picture."))), "image/png"));
}

/** A copy of a control has the value it began with; this gives it the present one. @param {HTMLElement} element @param {HTMLElement} copy */
function asChosen(element, copy) {
  const selects = copy.querySelectorAll("select");
  element.querySelectorAll("select").forEach(({ selectedIndex }, i) => [...selects[i].options].forEach((option, o) => option.toggleAttribute("selected", o === selectedIndex)));
  const inputs = copy.querySelectorAll("input");
  element.querySelectorAll("input").forEach(({ value, checked }, i) => {
    inputs[i].setAttribute("value", value);
    inputs[i].toggleAttribute("checked", checked);
  });
}

/** What a canvas shows, as an image in its place. @param {HTMLCanvasElement} canvas */
function still(canvas) {
  const { width, height, position, left, top, display, opacity, borderRadius } = getComputedStyle(canvas);
  const image = document.createElement("img");
  image.src = canvas.width && canvas.height ? canvas.toDataURL() : "";
  image.className = canvas.className;
  Object.assign(image.style, { width, height, position, left, top, display, opacity, borderRadius, maxWidth: "none" });
  return image;
}

/** The colours and the font that the stage takes from the page. @param {HTMLElement} stage */
function variables(stage) {
  const style = getComputedStyle(stage);
  const taken = ["--gn-bg", "--gn-text", "--gn-accent", "--gn-panel", "--gn-on-accent"].map((name) => `${name}:${style.getPropertyValue(name)}`);
  return [...taken, `color:${style.color}`, `background-color:${style.backgroundColor}`, `font:${style.fontSize}/${style.lineHeight} sans-serif`].join(";");
}

/** The stage's own rules. */
function rules() {
  const own = [...document.styleSheets].find(({ href }) => href?.endsWith("/stage.css"));
  return own ? [...own.cssRules].map(({ cssText }) => cssText).join("\n") : "";
}
