/** Activations as formulas: what those without a name of their own in school are made of, and the way back through each, to recompute by hand. */

/** @typedef {import("./strip.js").Term} Term */
/** @typedef {import("./strip.js").Line} Line */

/** a from z, where the name alone does not say it. @type {Record<string, string>} */
export const MADE_OF = {
  leaky_relu: "max(z, 0.2 · z)",
  elu: "z if z > 0, else eᶻ − 1",
  selu: "1.0507010 · z if z > 0, else 1.7580993 · (eᶻ − 1)",
  gelu: "z · Φ(z), Φ the normal distribution",
  silu: "z · σ(z)",
  softplus: "ln(1 + eᶻ)",
  softsign: "z / (1 + |z|)",
  hard_sigmoid: "min(max(z + 3, 0), 6) / 6",
  mish: "z · tanh(ln(1 + eᶻ))",
  exponential: "eᶻ",
};

/** dz from da: the formula, and what follows da in it with numbers. σ(z) = 1 / (1 + e⁻ᶻ), φ(z) = e^(−z²/2) / √(2π).
 * @type {Record<string, [string, (z: Term, a: Term) => Line]>} */
export const SLOPES = {
  linear: ["da", () => []],
  sigmoid: ["da · a · (1 − a)", (_, a) => [" · ", a, " · (1 − ", a, ")"]],
  tanh: ["da · (1 − a²)", (_, a) => [" · (1 − ", a, "²)"]],
  relu: ["da · [z > 0]", (z) => [" · [", bare(z), " > 0]"]],
  leaky_relu: ["da · ([z > 0] + 0.2 · [z ≤ 0])", (z) => [" · ([", bare(z), " > 0] + 0.2 · [", bare(z), " ≤ 0])"]],
  elu: ["da · ([z > 0] + (a + 1) · [z ≤ 0])", (z, a) => [" · ([", bare(z), " > 0] + (", a, " + 1) · [", bare(z), " ≤ 0])"]],
  selu: ["da · (1.0507010 · [z > 0] + (a + 1.7580993) · [z ≤ 0])",
    (z, a) => [" · (1.0507010 · [", bare(z), " > 0] + (", a, " + 1.7580993) · [", bare(z), " ≤ 0])"]],
  gelu: ["da · (a/z + z · φ(z))", (z, a) => [" · (", a, "/", z, " + ", z, " · φ(", bare(z), "))"]],
  silu: ["da · σ(z) · (1 + z · (1 − σ(z)))", (z) => [" · σ(", bare(z), ") · (1 + ", z, " · (1 − σ(", bare(z), ")))"]],
  softplus: ["da · σ(z)", (z) => [" · σ(", bare(z), ")"]],
  softsign: ["da / (1 + |z|)²", (z) => [" / (1 + |", bare(z), "|)²"]],
  hard_sigmoid: ["da / 6 · [|z| < 3]", (z) => [" / 6 · [|", bare(z), "| < 3]"]],
  mish: ["da · (a/z + z · σ(z) · (1 − (a/z)²))", (z, a) => [" · (", a, "/", z, " + ", z, " · σ(", bare(z), ") · (1 − (", a, "/", z, ")²))"]],
  exponential: ["da · a", (_, a) => [" · ", a]],
};

/** @param {Term} term @returns {Term} */
function bare(term) {
  return { ...term, bare: true };
}
