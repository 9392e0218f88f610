/** Colour is sign: orange to blue for weights and activations, purple to green for gradients and updates, in light and dark. */

/** @typedef {import("./types.js").Theme} Theme */
/** @typedef {[number, number, number]} Rgb */
/** @typedef {"signed" | "gradient"} ScaleName */

/** Negative end, zero, positive end. @type {Record<Theme, Record<ScaleName, [Rgb, Rgb, Rgb]>>} */
export const SCALES = {
  light: {
    signed: [[217, 95, 2], [233, 235, 238], [20, 104, 176]],
    gradient: [[126, 47, 156], [233, 235, 238], [12, 128, 68]],
  },
  dark: {
    signed: [[255, 154, 61], [66, 71, 80], [92, 178, 255]],
    gradient: [[208, 138, 240], [66, 71, 80], [88, 208, 132]],
  },
};

/** A point of a scale. @param {Theme} theme @param {ScaleName} name @param {number} t from -1 to 1 @returns {Rgb} */
export function pick(theme, name, t) {
  const [low, middle, high] = SCALES[theme][name];
  const end = t < 0 ? low : high;
  const part = Number.isNaN(t) ? 0 : Math.min(1, Math.abs(t));
  return [mix(middle[0], end[0], part), mix(middle[1], end[1], part), mix(middle[2], end[2], part)];
}

/** A size without a sign, the loss over a landscape say: from the page's own shade up. @param {Theme} theme @param {number} t from 0 to 1 @returns {Rgb} */
export function shade(theme, t) {
  const [low, high] = SHADES[theme];
  const part = Math.min(1, Math.max(0, t)) || 0;
  return [mix(low[0], high[0], part), mix(low[1], high[1], part), mix(low[2], high[2], part)];
}

/** @type {Record<Theme, [Rgb, Rgb]>} */
const SHADES = { light: [[250, 250, 251], [112, 121, 135]], dark: [[24, 28, 35], [142, 152, 168]] };

/** @param {number} a @param {number} b @param {number} part */
function mix(a, b, part) {
  return Math.round(a + (b - a) * part);
}

/** @param {Rgb} rgb @param {number} [alpha] */
export function css([r, g, b], alpha = 1) {
  return alpha === 1 ? `rgb(${r},${g},${b})` : `rgba(${r},${g},${b},${alpha})`;
}

/** Text that can be read on any fill: 4.58 to 1 or more, since black and white meet at this luminance. @param {Rgb} rgb */
export function inkOn(rgb) {
  return luminance(rgb) > 0.179 ? "#000000" : "#ffffff";
}

/** Relative luminance, WCAG 2. @param {Rgb} rgb */
export function luminance(rgb) {
  const [r, g, b] = rgb.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** 256 colours from -1 to 1 as little-endian RGBA words, for ImageData. @param {Theme} theme @param {ScaleName} name */
export function table(theme, name) {
  const words = new Uint32Array(256);
  for (let i = 0; i < 256; i++) {
    const [r, g, b] = pick(theme, name, (i - 127.5) / 127.5);
    words[i] = (255 << 24) | (b << 16) | (g << 8) | r;
  }
  return words;
}

/** Values over a grid -> pixels; `low` and `high` are the ends of the scale. The first row of values is the bottom one.
 * @param {CanvasRenderingContext2D} context @param {ArrayLike<number>} values side * side, x fastest @param {number} side
 * @param {Uint32Array} words @param {number} low @param {number} high */
export function paintGrid(context, values, side, words, low, high) {
  const image = context.createImageData(side, side);
  const pixels = new Uint32Array(image.data.buffer);
  const scale = 256 / (high - low);
  for (let row = 0; row < side; row++) {
    const from = (side - 1 - row) * side;
    for (let column = 0; column < side; column++) {
      const index = (values[from + column] - low) * scale;
      pixels[row * side + column] = words[index >= 0 ? (index > 255 ? 255 : index | 0) : index < 0 ? 0 : 128];
    }
  }
  context.putImageData(image, 0, 0);
}

/** A computed colour, as the browser writes it. @param {string} text @returns {Rgb} */
export function parse(text) {
  const [r, g, b] = text.match(/[\d.]+/g)?.map(Number) ?? [255, 255, 255];
  return [r, g, b];
}

/** Light or dark, from the colour that lies behind the element. @param {Element} element @returns {Theme} */
export function themeOf(element) {
  return luminance(parse(getComputedStyle(element).backgroundColor)) < 0.2 ? "dark" : "light";
}
