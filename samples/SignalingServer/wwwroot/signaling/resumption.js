// @ts-check

/** @typedef {{ seq: number, id: number, request: string }} Kept A request that the server is not known to have taken. */

/** Which part of what the server keeps may come before it is told so, if no request tells it. */
const ACKNOWLEDGED_PART = 1 / 4;

/** How many requests may wait for the connection to come back. */
const MOST_KEPT = 1_000;

/**
 * What it takes to come back to a session (docs/protocol.md, "Coming back"): the token, the numbers of what was sent and heard, and the
 * requests that may have to be sent again. Where the server gives no token, nothing is numbered or kept.
 */
export class Resumption {
  /** @type {string | undefined} */ #token;
  #clientId = '';
  #heard = 0;
  #unacknowledged = 0;
  #most = 0;
  #sent = 0;
  /** @type {Kept[]} */ #kept = [];

  /** Whether there is a session to come back to. */
  get isPossible() {
    return this.#token !== undefined;
  }

  /** Whether no further request may wait. */
  get isFull() {
    return this.#kept.length >= MOST_KEPT;
  }

  /** What `hello` says to come back. */
  get hello() {
    return this.#token === undefined ? {} : { resume: this.#token, ack: this.#heard };
  }

  /** The requests to send, again or for the first time. */
  get requests() {
    return this.#kept.map(({ seq, request }) => this.#stamp(request, seq));
  }

  /**
   * The server has answered `hello`, or welcomed without one.
   * @param {any} greeting
   * @returns {boolean} Whether the session goes on, and nothing of it is missed.
   */
  begin({ clientId, recovered, seq, ack, resume }) {
    const isSame = this.isPossible && clientId === this.#clientId;
    if (isSame) {
      this.#forget(ack);
    } else {
      this.#kept = [];
      this.#sent = 0;
    }
    this.#token = resume?.token;
    this.#clientId = clientId;
    this.#heard = isSame ? seq : 0;
    this.#unacknowledged = 0;
    this.#most = (resume?.bytes ?? 0) * ACKNOWLEDGED_PART;
    return isSame && recovered;
  }

  /** The session is over, or is given up. */
  end() {
    this.#token = undefined;
    this.#kept = [];
  }

  /** Whether the server is not known to have taken a request. @param {number} id */
  keeps(id) {
    return this.#kept.some((kept) => kept.id === id);
  }

  /**
   * Keeps a request until the server has taken it.
   * @param {number} id
   * @param {string} request As JSON.
   * @returns {string} What to send.
   */
  keep(id, request) {
    if (this.#token === undefined) return request;
    const seq = ++this.#sent;
    this.#kept.push({ seq, id, request });
    return this.#stamp(request, seq);
  }

  /**
   * A message has come; its numbers are taken off.
   * @param {any} message
   * @param {number} length How long it is.
   * @returns {boolean} Whether it is news.
   */
  hear(message, length) {
    const { seq, ack } = message;
    delete message.seq;
    delete message.ack;
    if (ack !== undefined) this.#forget(ack);
    if (seq === undefined) return message.type !== 'ack';
    if (seq !== this.#heard + 1) return false;
    this.#heard = seq;
    this.#unacknowledged += length;
    return true;
  }

  /** What to tell the server of what has come; undefined while that can wait. */
  get acknowledgement() {
    return this.#unacknowledged > this.#most && this.#most > 0 ? this.acknowledge() : undefined;
  }

  /** Says what has come. */
  acknowledge() {
    return this.#stamp('{"type":"ack"}');
  }

  /**
   * @param {string} message
   * @param {number} [seq]
   */
  #stamp(message, seq) {
    this.#unacknowledged = 0;
    const number = seq === undefined ? '' : `"seq":${seq},`;
    return `{${number}"ack":${this.#heard},${message.slice(1)}`;
  }

  /** @param {number} taken */
  #forget(taken) {
    this.#kept = this.#kept.filter(({ seq }) => seq > taken);
  }
}
