/** One message from the server: a header in JSON, then numbers that are used where they lie. */

/** @typedef {import("./types.js").Values} Values */

const KINDS = { float32: Float32Array, float64: Float64Array, uint8: Uint8Array, int32: Int32Array };

/**
 * [uint32 header length][JSON header][payload] -> the header, with its tensors as typed arrays over the same buffer.
 * A tensor that lies off its own alignment is copied, since a typed array cannot look at it.
 * @param {ArrayBuffer} buffer
 * @returns {any}
 */
export function decode(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  /** @type {Values} */
  const values = {};
  for (const { name, dtype, shape, offset } of header.tensors ?? []) {
    const Kind = KINDS[/** @type {keyof typeof KINDS} */ (dtype)];
    if (!Kind) throw new Error(`Tensor ${name} has dtype ${dtype}; expected one of ${Object.keys(KINDS).join(", ")}.`);
    const size = /** @type {number[]} */ (shape).reduce((a, b) => a * b, 1);
    const start = 4 + length + offset;
    values[name] = start % Kind.BYTES_PER_ELEMENT
      ? new Kind(buffer.slice(start, start + size * Kind.BYTES_PER_ELEMENT))
      : new Kind(buffer, start, size);
  }
  delete header.tensors;
  return { ...header, values };
}
