/**
 * The words the stage shares: what the server sends (Hello, Frame), what is pointed at (Target), and what is on screen (View).
 *
 * @typedef {Float32Array | Float64Array | Uint8Array | Int32Array} Numbers
 * @typedef {Record<string, Numbers | undefined>} Values  tensors by name
 * @typedef {"train" | "test" | "own"} SetName  own: drawn by hand
 *
 * @typedef {Object} Layer
 * @property {string} name
 * @property {string} type
 * @property {string} output  what its equations call the output: a or y
 * @property {Record<string, unknown>} config
 * @property {number[]} input_shape
 * @property {number[]} shape  of the output
 * @property {string} activation
 * @property {number | null} setting  the place of its activation in the settings
 * @property {Record<string, {offset: number, shape: number[]}>} weights  where they lie in the flat vector, row-major
 * @property {{size: number[], strides: number[], before: number[]}} [window]  of a convolution or a pool
 * @property {{type: string, config: Record<string, unknown>}} [inner]  the layer that a Bidirectional holds twice
 * @property {number} units  this and what follows: of Dense layers only
 * @property {number} inputs
 * @property {string} initializer
 * @property {[number, number, number]} kernel  offset into the flat weights, inputs, units; row-major
 * @property {[number, number]} bias  offset, units
 *
 * @typedef {Object} Settings
 * @property {number} learning_rate
 * @property {string} optimizer
 * @property {Record<string, number | boolean>} optimizer_options
 * @property {number} batch_size
 * @property {string[]} activations  one name a layer that can change its own
 * @property {number | string} speed
 * @property {number | null} sample
 * @property {SetName} sample_set
 *
 * @typedef {Object} Options
 * @property {Record<string, Record<string, unknown>>} optimizers
 * @property {string[]} activations
 * @property {number[]} learning_rates
 * @property {number[]} batch_sizes
 * @property {{value: number | string, label: string}[]} speeds
 *
 * @typedef {Object} Hello
 * @property {"hello"} kind
 * @property {number} seq
 * @property {"points" | "pictures" | "sequences" | "stack"} scene
 * @property {"classification" | "regression"} task
 * @property {string} dataset
 * @property {string[]} [classes]
 * @property {number[]} input_shape
 * @property {Partial<Record<SetName, number>> & {train: number, test: number}} samples
 * @property {Record<string, number[]>} shapes  of what a frame carries of the shown sample, by name
 * @property {boolean} depend  whether samples are shown within their batch, since they depend on each other
 * @property {string[]} features
 * @property {Layer[]} layers
 * @property {string} loss
 * @property {{name: string, rate: number} | null} [penalty]  on kernels: l1 or l2
 * @property {Settings} settings
 * @property {Options} options
 * @property {[number, number]} domain
 * @property {[number, number]} [plane]  of an own file: the columns that the map spreads
 * @property {number} [told]  the class that it shows
 * @property {{mean: number[], deviation: number[]}} [scaling]  of its columns, and of what it answers
 * @property {Values} values  train_x, train_y, test_x, test_y
 *
 * @typedef {Object} Operation
 * @property {number} index  from 1
 * @property {number} count
 * @property {"forward" | "loss" | "backward" | "update"} phase
 * @property {string | null} layer
 * @property {string} name
 * @property {string} equation
 * @property {{name: string, shape: number[]}[]} inputs
 * @property {{name: string, shape: number[]}[]} outputs
 * @property {CodeLine | null} code
 *
 * @typedef {{numpy: string, shapes: [string, number[]][], output?: string}} CodeLine  a line of NumPy, and the shape of every array it names
 * @typedef {{operations: CodeLine[], keras: Record<string, string>, compile: string}} Code  of every operation, of every layer, of loss and optimizer
 *
 * @typedef {Object} Frame
 * @property {"frame"} kind
 * @property {number} seq
 * @property {"playing" | "paused"} state
 * @property {number} epoch
 * @property {number} step
 * @property {number} steps_per_epoch
 * @property {{last: number, cuts: number, every: number, undo: boolean, changes: number}} past  the furthest step that is known, how often
 *   what was known after a step was let go, how many steps lie between two moments that are kept, and how many changes were made
 * @property {boolean} [flush]
 * @property {boolean} [reset]
 * @property {{index: number, set: SetName, in_batch: boolean | null, y: number,
 *   company?: {rows: number, row: number, guest: boolean} | null}} sample  company: the batch among which it is shown, and which row of it
 * @property {{train: number | null, test: number | null}} loss
 * @property {{name: string, train: number | null, test: number | null}} metric
 * @property {Settings} [settings]
 * @property {Code} [code]  with new settings
 * @property {Operation | null} operation
 * @property {{note: string} | null} load
 * @property {string | null} stopped
 * @property {Values} values
 *
 * @typedef {{kind: "neuron" | "bias", layer: number, unit: number}
 *   | {kind: "edge", layer: number, input: number, unit: number}
 *   | {kind: "feature", input: number}
 *   | {kind: "input", index: number[]}
 *   | {kind: "value", layer: number, part: string, index: number[]}
 *   | {kind: "weight", layer: number, part: string, index: number[]}} Target
 *
 * @typedef {"weights" | "gradient" | "update"} EdgeKind
 * @typedef {"light" | "dark"} Theme
 *
 * @typedef {Object} View  everything a picture may draw from
 * @property {Hello} hello
 * @property {Frame} frame
 * @property {Settings} settings
 * @property {Code | null} code
 * @property {Theme} theme
 * @property {EdgeKind} edges
 * @property {Target | null} target
 * @property {boolean} pinned  whether the target stays until another is clicked
 * @property {() => number[][]} history  the rows behind the curves
 * @property {boolean} still  paused or stepped: every number is renewed at once
 */
export {};
