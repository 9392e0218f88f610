/** Which of a layer's arrays its column shows: what it puts out, another intermediate, or the gradient that has come back to it. */

/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Hello} Hello */

/** The name of a part's gradient: dz of z, forward_dz of forward_z. @param {string} part */
export function backOf(part) {
  return part.replace(/^(forward_|backward_)?/, "$1d");
}

/** The part that a gradient belongs to: z of dz; what is no gradient is its own. @param {Hello} hello @param {string} layer @param {string} part */
export function frontOf({ shapes }, layer, part) {
  const front = part.replace(/^(forward_|backward_)?d/, "$1");
  return front !== part && `${layer}/${front}` in shapes ? front : part;
}

/** The intermediates of a layer's forward pass. @param {Hello} hello @param {number} l @returns {string[]} */
export function partsOf(hello, l) {
  const { name, output } = hello.layers[l];
  const own = Object.keys(hello.shapes).filter((key) => key.startsWith(`${name}/`)).map((key) => key.slice(name.length + 1));
  return own.filter((part) => part === output || (frontOf(hello, name, part) === part && !/(^|_)dx$/.test(part) && !part.endsWith("_norm")));
}

/** What a column shows unless something else is wanted: the output; of a recurrent layer its state at every step. @param {Hello} hello @param {number} l */
export function usual(hello, l) {
  const { name, output, shape } = hello.layers[l];
  return shape.length === 1 && hello.shapes[`${name}/h`]?.length === 2 ? "h" : output;
}

/** The part that slow motion computes in a layer right now, or null. @param {View} view @param {number} l */
export function computed({ hello, frame: { operation } }, l) {
  const { name } = hello.layers[l];
  const made = operation?.outputs[0]?.name ?? "";
  if (operation?.layer !== name || !made.startsWith(`${name}/`)) return null;
  const part = made.slice(name.length + 1);
  if (part === "dx" || !(made in hello.shapes)) return null;
  return frontOf(hello, name, part);
}

/** Which array of the frame a column shows of a part. @param {View} view @param {number} l  -1 for the input @param {string} part
 * @returns {{name: string, gradient: boolean} | null} */
export function arrayOf({ hello, frame: { values, operation }, edges }, l, part) {
  const { name } = hello.layers[Math.max(0, l)];
  const backward = operation ? operation.phase === "backward" : edges === "gradient";
  const [front, back] = l < 0 ? ["input", `${name}/dx`] : [`${name}/${part}`, `${name}/${backOf(part)}`];
  if (backward && values[back]) return { name: back, gradient: true };
  // Some gradients have no value of their own to stand for: what an inner layer hands down, say.
  return values[front] ? { name: front, gradient: l >= 0 && /^(forward_|backward_)?d/.test(part) } : null;
}

/** Which vector the weights show: what the switch says, and in a slow backward pass the gradient as soon as it is known.
 * @param {View} view @param {number} offset */
export function vectorOf({ hello, frame: { values, operation }, edges }, offset) {
  const own = hello.depend ? values.gradient : values.sample_gradient;
  if (operation?.phase === "backward" && own && !Number.isNaN(own[offset])) return { numbers: own, gradient: true };
  return { numbers: values[operation ? "weights" : edges], gradient: !operation && edges !== "weights" };
}
