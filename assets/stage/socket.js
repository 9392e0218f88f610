/** The line to the server: opens, reopens with growing patience, and says in one sentence how it stands. */

const ENDED = 4404;
const FORBIDDEN = 4403;

/**
 * @typedef {Object} Listener
 * @property {() => void} opened
 * @property {(buffer: ArrayBuffer) => void} message
 * @property {(sentence: string | null) => void} status  null when all is well
 * @property {() => void} ended  the play is gone and will not come back
 */

/** @param {string} path of the live route, sub-path included @param {Listener} listener */
export function connect(path, listener) {
  const url = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${path}`;
  /** @type {WebSocket | null} */
  let socket = null;
  let timer = 0;
  let attempts = 0;
  let closed = false;

  function open() {
    const mine = new WebSocket(url);
    socket = mine;
    mine.binaryType = "arraybuffer";
    mine.onopen = () => listener.opened();
    mine.onmessage = ({ data }) => {
      if (closed || mine !== socket || typeof data === "string") return;
      if (attempts) listener.status(null);
      attempts = 0;
      listener.message(data);
    };
    mine.onclose = ({ code, reason }) => {
      if (closed || mine !== socket) return;
      socket = null;
      if (code === ENDED) return listener.ended();
      if (code === FORBIDDEN) return listener.status(reason || "This page may not open a live view here.");
      const wait = Math.min(10, 0.5 * 2 ** attempts++);
      listener.status(`The connection was lost; trying again${wait > 1 ? ` in ${wait} seconds` : ""}.`);
      timer = window.setTimeout(open, wait * 1000);
    };
  }

  open();
  return {
    /** @param {object} message */
    send(message) {
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    close() {
      closed = true;
      clearTimeout(timer);
      socket?.close(1000);
    },
  };
}
