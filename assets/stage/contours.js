/** Contour lines over a square grid of heights, and round numbers for them. */

/** @typedef {import("./types.js").Numbers} Numbers */
/** @typedef {[number, number, number, number]} Segment  x1, y1, x2, y2 in cells of the grid */

/** Where the heights are `level`, as straight pieces: each cell between four heights is crossed where a side's ends lie on both sides of it.
 * A cell with two crossings has one piece; a saddle has two, joined by the height of its middle.
 * @param {ArrayLike<number>} heights side * side, x fastest @param {number} side @param {number} level @returns {Segment[]} */
export function contour(heights, side, level) {
  /** @type {Segment[]} */
  const found = [];
  for (let y = 0; y + 1 < side; y++) {
    for (let x = 0; x + 1 < side; x++) {
      const at = y * side + x;
      const [a, b, c, d] = [heights[at], heights[at + 1], heights[at + side + 1], heights[at + side]];
      if (!Number.isFinite(a + b + c + d)) continue;
      const part = (/** @type {number} */ from, /** @type {number} */ to) => (level - from) / (to - from);
      const above = [a, b, c, d].map((height) => height >= level);
      /** Bottom, right, top, left. @type {([number, number] | null)[]} */
      const sides = [
        above[0] !== above[1] ? [x + part(a, b), y] : null, above[1] !== above[2] ? [x + 1, y + part(b, c)] : null,
        above[3] !== above[2] ? [x + part(d, c), y + 1] : null, above[0] !== above[3] ? [x, y + part(a, d)] : null,
      ];
      const crossed = /** @type {[number, number][]} */ (sides.filter((side) => side !== null));
      if (crossed.length === 2) found.push([...crossed[0], ...crossed[1]]);
      if (crossed.length < 4) continue;
      // Around a middle like the first corner the lines cut off the second and the fourth.
      const together = (a + b + c + d) / 4 >= level === above[0];
      const [bottom, right, top, left] = crossed;
      found.push(...(together ? /** @type {Segment[]} */ ([[...bottom, ...right], [...top, ...left]]) : /** @type {Segment[]} */ ([[...bottom, ...left], [...right, ...top]])));
    }
  }
  return found;
}

/** Round numbers inside (low, high), about n: in steps of 1, 2 or 5. @param {number} low @param {number} high @param {number} n */
export function rounds(low, high, n) {
  const rough = (high - low) / n;
  if (!(rough > 0) || !Number.isFinite(rough)) return [];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough * 0.999) ?? power;
  const found = [];
  for (let i = Math.ceil(low / step); i * step <= high; i++) found.push(Number((i * step).toPrecision(10)));
  return found;
}

/** The levels that contours are drawn at, and how a height becomes a shade: by its logarithm where heights differ twelvefold.
 * @param {ArrayLike<number>} heights @returns {{levels: number[], low: number, high: number, shade: (height: number) => number}} */
export function scaleOf(heights) {
  const finite = Array.from(heights).filter(Number.isFinite);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const powers = low > 0 && high / low > 12;
  const f = powers ? Math.log : (/** @type {number} */ height) => height;
  const levels = powers ? decades(low, high) : rounds(low, high, 9).filter((level) => level > low && level < high);
  return { levels, low, high, shade: (height) => (f(height) - f(low)) / (f(high) - f(low) || 1) };
}

/** 1, 2 and 5 of every power of ten inside; where that is too many, the powers alone. @param {number} low @param {number} high */
function decades(low, high) {
  const wide = Math.log10(high / low) > 4;
  const found = [];
  for (let power = Math.floor(Math.log10(low)); 10 ** power < high; power++) {
    for (const m of wide ? [1] : [1, 2, 5]) found.push(Number((m * 10 ** power).toPrecision(6)));
  }
  return found.filter((level) => level > low && level < high);
}
