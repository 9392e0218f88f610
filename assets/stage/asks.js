/** Questions to the server beside the pictures: each gets a number, and its answer comes when it comes. */

/** @typedef {{kind: "answer", what: string, id: number, step: number, error?: string, values: import("./types.js").Values} & Record<string, any>} Answer */
/** @typedef {(what: string, fields?: object) => Promise<Answer>} Ask  rejects with the server's sentence when there is no answer */

/** @param {(message: object) => void} send */
export function asks(send) {
  /** @type {Map<number, {resolve: (answer: Answer) => void, reject: (error: Error) => void}>} */
  const open = new Map();
  let last = 0;
  return {
    /** @type {Ask} */
    ask(what, fields = {}) {
      const id = ++last;
      return new Promise((resolve, reject) => {
        open.set(id, { resolve, reject });
        send({ type: "ask", what, id, ...fields });
      });
    },

    /** @param {Answer} answer */
    take(answer) {
      const waiting = open.get(answer.id);
      open.delete(answer.id);
      if (answer.error) waiting?.reject(new Error(answer.error));
      else waiting?.resolve(answer);
    },

    /** The line is gone: nothing that was asked will be answered. */
    clear() {
      for (const { reject } of open.values()) reject(new Error("The line to the server was lost before the answer came."));
      open.clear();
    },
  };
}
