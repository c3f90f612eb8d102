// @ts-check
import { isFinalClose, reconnectDelay } from './backoff.js';
import { SignalingError } from './error.js';
import { parse } from './message.js';
import { Resumption } from './resumption.js';
import { ticketProtocol } from './tickets.js';

/**
 * @typedef {import('./types.js').EventMap} EventMap
 * @typedef {import('./types.js').State} State
 * @typedef {import('./types.js').StateChange} StateChange
 * @typedef {import('./types.js').Welcome} Welcome
 * @typedef {import('./tickets.js').TicketSource} TicketSource
 * @typedef {{ username?: string, application?: string, ticket?: TicketSource, token?: unknown | (() => unknown | Promise<unknown>) }} Identity
 * @typedef {{ resolve: (answer: any) => void, reject: (error: SignalingError) => void, isKept: boolean }} Pending
 */

/**
 * Settings of a connection; all times are milliseconds.
 * @typedef {object} ConnectionOptions
 * @property {import('./backoff.js').Backoff} [backoff] Default: up to 0.5 s at first, up to 30 s in the end.
 * @property {number} [maxAttempts] Failed tries in a row after which it gives up. Default: never.
 * @property {number} [maxFirstAttempts] Tries after which it gives up with `unreachable`, if no handshake has ever succeeded. Default: 5,
 *   which take some seconds.
 * @property {number} [openWithin] The longest that a try may take, the welcome included. Default: 10 s.
 * @property {number} [pingAfter] Silence after which the client pings. Default: 15 s.
 * @property {number} [pongWithin] Silence after that ping which means that the connection is dead. Default: 10 s.
 * @property {number} [stableAfter] How long a connection must have lived for the back-off to start anew. Default: 10 s.
 * @property {typeof WebSocket} [WebSocket] The implementation. Default: the browser's.
 * @property {{ setTimeout: (run: () => void, ms: number) => any, clearTimeout: (timer: any) => void }} [timers]
 * @property {() => number} [random]
 */

const SUB_PROTOCOL = 'webrtc-signaling.v1';

/** Offered beside it, it says that `hello` comes before there is a session: so an endpoint that requires it gets it, and a refusal is told. */
const HELLO_FIRST = 'hello';
const LOST = 1006;

/** Closes a connection on which nothing is heard any more, and keeps its session. */
const GIVEN_UP = 4004;

/** Refusals of `hello` that say nothing about the hello itself: the close that follows is retryable. */
const PASSING = new Set(['server-stopping', 'internal-error', 'limit-exceeded', 'too-many-attempts', 'connection-lost']);

/**
 * One WebSocket after another to the same server: requests with their answers, events by message type, and a new
 * WebSocket when one is cut, on which the session goes on where the server lets it. What the requests mean is not its
 * business (see `signaling.js`).
 *
 * Each message of the server is dispatched as a `CustomEvent` of its `type` with the message as `detail`; so are answers,
 * before their promise is settled. Refusals that answer a request only reject its promise.
 */
export class SignalingConnection extends EventTarget {
  #options;
  #address = '';
  /** @type {Identity} */ #identity = {};
  /** The try that waits for its ticket or token. @type {object | undefined} */ #asking;
  /** @type {WebSocket | undefined} */ #socket;
  /** @type {State} */ #state = 'closed';
  /** @type {Welcome | undefined} */ #welcome;
  /** @type {Map<number, Pending>} */ #pending = new Map();
  /** @type {{ resolve: (welcome: Welcome) => void, reject: (error: Error) => void } | undefined} */ #connecting;
  #lastId = 0;
  #resumption = new Resumption();
  #isRecovered = false;
  /** How long the server has asked to stay away, in ms. */ #stayAway = 0;
  #attempt = 0;
  /** Whether a handshake has succeeded, so that there is a server to come back to. */ #isReached = false;
  /** Timers by what they wait for. @type {Map<'open' | 'silence' | 'stable' | 'retry', any>} */ #waits = new Map();

  /** @param {ConnectionOptions} [options] */
  constructor(options = {}) {
    super();
    this.#options = {
      backoff: { first: 500, longest: 30_000 },
      maxAttempts: Infinity,
      maxFirstAttempts: 5,
      openWithin: 10_000,
      pingAfter: 15_000,
      pongWithin: 10_000,
      stableAfter: 10_000,
      WebSocket: globalThis.WebSocket,
      timers: globalThis,
      random: Math.random,
      ...options,
    };
  }

  /** What the connection is doing now. A change is told by the event `state`. */
  get state() {
    return this.#state;
  }

  /** One's own id, or undefined while there is none. It is another one after a reconnect that was no resume. */
  get clientId() {
    return this.#state === 'open' ? this.#welcome?.clientId : undefined;
  }

  /** The last welcome: own id, ICE servers, limits. */
  get welcome() {
    return this.#welcome;
  }

  /**
   * Opens the connection and keeps it open until `close()`, or until the server says that coming back is of no use.
   * @param {string | URL} url Of the server; relative to the page, and `http` may stand for `ws`.
   * @param {Identity} [identity] Told to the server on every (re)connect. `ticket` gets a new one each time: without any it ends
   * with `no-ticket`. `token` is any JSON value for the app's authorizer, or a function that gets a new one each time. Where one of
   * them rejects, both are asked again later.
   * @returns {Promise<Welcome>} Resolves when it is open for the first time; rejects when it is closed before that. To a browser, a
   * handshake that the server refuses looks like a lost connection, so it is tried again: `maxFirstAttempts` times in all, until one has
   * succeeded, and after that `maxAttempts` times.
   */
  async connect(url, identity = {}) {
    if (this.#state !== 'closed') throw new Error('This client is connected already; close() it first.');
    const address = new URL(url, globalThis.location?.href);
    address.protocol = address.protocol.replace(/^http/, 'ws');
    if (identity.application !== undefined) address.searchParams.set('application', identity.application);
    this.#address = address.href;
    this.#identity = { ...identity };
    this.#attempt = 0;
    this.#isReached = false;
    return new Promise((resolve, reject) => {
      this.#connecting = { resolve, reject };
      this.#setState({ state: 'connecting' });
      this.#open();
    });
  }

  /** Ends the connection for good; requests that wait for an answer are rejected. */
  close() {
    if (this.#state !== 'closed') this.#finish(1000, 'closed by this client');
  }

  /** While reconnecting: tries now instead of after the back-off, for instance because the network is back. */
  retryNow() {
    if (!this.#waits.has('retry')) return;
    this.#stopWaiting('retry');
    this.#open();
  }

  /**
   * Sends a request. While the connection is cut and the session may go on, the request waits.
   * @param {string} type
   * @param {object} [members] Those that are undefined are left out.
   * @returns {Promise<any>} The answer; a refusal rejects with a {@link SignalingError}.
   */
  async request(type, members) {
    const mayWait = this.#state === 'reconnecting' && this.#resumption.isPossible && !this.#resumption.isFull;
    if (this.#state !== 'open' && !mayWait) throw new SignalingError('not-connected', 'There is no connection to the server.');
    return this.#ask({ ...members, type }, this.#resumption.isPossible);
  }

  /**
   * Listens to an event, and hands over the message itself.
   * @template {keyof EventMap} Name
   * @param {Name} name
   * @param {(message: EventMap[Name]) => void} listener
   * @param {AddEventListenerOptions} [options]
   * @returns {() => void} Ends the listening.
   */
  on(name, listener, options) {
    const handler = (/** @type {Event} */ event) => listener(/** @type {CustomEvent} */ (event).detail);
    this.addEventListener(name, handler, options);
    return () => this.removeEventListener(name, handler, options);
  }

  #open() {
    this.#wait('open', this.#options.openWithin, () => this.#cut(LOST, 'the server did not answer in time'));
    const { ticket, token } = this.#identity;
    if (ticket === undefined && typeof token !== 'function') this.#dial(token);
    else this.#askThenDial();
  }

  /** What comes of asking counts only while nobody has closed or begun another try. */
  async #askThenDial() {
    const { ticket: ticketSource, token: tokenSource } = this.#identity;
    const asking = (this.#asking = {});
    try {
      const [ticket, token] = await Promise.all([ticketSource?.(), typeof tokenSource === 'function' ? tokenSource() : tokenSource]);
      if (this.#asking !== asking) return;
      if (ticket) this.#dial(token, ticketProtocol(ticket));
      else if (ticketSource === undefined) this.#dial(token);
      else this.#finish(1000, 'nobody is signed in', new SignalingError('no-ticket', 'Nobody is signed in.'));
    } catch {
      if (this.#asking === asking) this.#cut(LOST, 'there is no ticket or token at present');
    }
  }

  /**
   * @param {unknown} token For `hello`.
   * @param {string[]} more What to offer beside the protocol itself.
   */
  #dial(token, ...more) {
    const socket = new this.#options.WebSocket(this.#address, [SUB_PROTOCOL, HELLO_FIRST, ...more]);
    this.#socket = socket;
    socket.onopen = () => {
      this.#isReached = true;
      this.#greet(token);
    };
    socket.onmessage = (event) => this.#receive(event.data);
    socket.onclose = (event) => this.#cut(event.code, event.reason);
  }

  /** @param {unknown} token */
  #greet(token) {
    this.#ask({ username: this.#identity.username, token, ...this.#resumption.hello, type: 'hello' }).then(
      (welcome) => this.#opened(welcome),
      (/** @type {SignalingError} */ error) => {
        if (!PASSING.has(error.code)) this.#finish(1000, error.message, error);
        else if (error.retryAfter !== undefined) this.#stayAway = error.retryAfter;
      },
    );
  }

  /** @param {Welcome & { rooms?: { room: string }[] }} welcome */
  #opened(welcome) {
    this.#stopWaiting('open');
    this.#wait('stable', this.#options.stableAfter, () => { this.#attempt = 0; });
    if (this.#resumption.isPossible) this.#socket?.send(this.#resumption.acknowledge());
    // Who has missed something begins anew, as after any reconnect: in no room.
    for (const { room } of welcome.rooms ?? []) this.#ask({ type: 'room-leave', room }, true).catch(() => {});
    for (const request of this.#resumption.requests) this.#socket?.send(request);
    this.#setState({ state: 'open', resumed: this.#isRecovered });
    this.#connecting?.resolve(welcome);
    this.#connecting = undefined;
  }

  /**
   * @param {object} members Those that are undefined are left out.
   * @param {boolean} [isKept] Whether it is for the session: then, what becomes of the connection does not matter to it.
   * @returns {Promise<any>}
   */
  async #ask(members, isKept = false) {
    const id = ++this.#lastId;
    const json = JSON.stringify({ ...members, id });
    const request = isKept ? this.#resumption.keep(id, json) : json;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, isKept });
      if (!isKept || this.#state === 'open') this.#socket?.send(request);
    });
  }

  /** @param {unknown} data */
  #receive(data) {
    const message = parse(data);
    if (message === undefined) return;
    this.#listenForSilence();
    const isGreeting = message.type === 'welcome' || message.type === 'resumed';
    if (isGreeting) this.#begin(message);
    else if (!this.#resumption.hear(message, /** @type {string} */ (data).length)) return;
    if (message.type === 'goaway' && message.room === undefined) this.#stayAway = message.retryAfter;
    const request = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (request !== undefined && message.code !== undefined) {
      request.reject(new SignalingError(message.code, message.message, message));
      return;
    }
    this.dispatchEvent(new CustomEvent(message.type, { detail: message }));
    request?.resolve(message);
    const acknowledgement = this.#resumption.acknowledgement;
    if (acknowledgement !== undefined) this.#socket?.send(acknowledgement);
  }

  /** @param {any} greeting */
  #begin(greeting) {
    this.#welcome = greeting;
    this.#isRecovered = this.#resumption.begin(greeting);
    if (this.#isRecovered) return;
    for (const [id, { isKept }] of this.#pending) {
      // Either the answer was missed, or the request was for a session that is over.
      if (isKept && !this.#resumption.keeps(id)) this.#reject(id);
    }
  }

  /** A browser answers WebSocket pings without telling the page, so the client asks for a sign of life of its own. */
  #listenForSilence() {
    this.#wait('silence', this.#options.pingAfter, () => {
      this.#ask({ type: 'ping' }).catch(() => {});
      this.#wait('silence', this.#options.pongWithin, () => this.#cut(LOST, 'the server is silent'));
    });
  }

  /**
   * @param {number} code
   * @param {string} reason
   */
  #cut(code, reason) {
    if (isFinalClose(code) || this.#attempt >= this.#options.maxAttempts) {
      this.#finish(code, reason);
      return;
    }
    if (!this.#isReached && this.#attempt + 1 >= this.#options.maxFirstAttempts) {
      this.#finish(code, reason, new SignalingError('unreachable', unreachable(this.#address, reason)));
      return;
    }
    // By another code than this one it would leave, should the server still hear it.
    this.#dropSocket(GIVEN_UP);
    const retryIn = Math.max(this.#stayAway, reconnectDelay(this.#attempt, code, this.#options.backoff, this.#options.random));
    this.#stayAway = 0;
    this.#attempt += 1;
    this.#wait('retry', retryIn, () => this.#open());
    this.#setState({ state: 'reconnecting', code, reason, retryIn });
  }

  /**
   * @param {number} code
   * @param {string} reason
   * @param {SignalingError} [error]
   */
  #finish(code, reason, error) {
    this.#resumption.end();
    this.#dropSocket(1000);
    this.#setState({ state: 'closed', code, reason, error });
    this.#connecting?.reject(error ?? new SignalingError('not-connected', reason || `The connection was closed with ${code}.`));
    this.#connecting = undefined;
  }

  /** @param {number} code what the server is told of a connection that is still open */
  #dropSocket(code) {
    for (const name of [...this.#waits.keys()]) this.#stopWaiting(name);
    const socket = this.#socket;
    this.#socket = undefined;
    this.#asking = undefined;
    if (socket !== undefined) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close(code);
    }
    for (const [id, { isKept }] of this.#pending) {
      // What is kept is answered when the session goes on.
      if (!isKept || !this.#resumption.isPossible) this.#reject(id);
    }
  }

  /** @param {number} id */
  #reject(id) {
    const request = this.#pending.get(id);
    this.#pending.delete(id);
    request?.reject(new SignalingError('connection-lost', 'The connection was cut before the answer.'));
  }

  /** @param {StateChange} change */
  #setState(change) {
    this.#state = change.state;
    this.dispatchEvent(new CustomEvent('state', { detail: change }));
  }

  /**
   * @param {'open' | 'silence' | 'stable' | 'retry'} name
   * @param {number} ms
   * @param {() => void} run
   */
  #wait(name, ms, run) {
    this.#stopWaiting(name);
    this.#waits.set(name, this.#options.timers.setTimeout(() => { this.#waits.delete(name); run(); }, ms));
  }

  /** @param {'open' | 'silence' | 'stable' | 'retry'} name */
  #stopWaiting(name) {
    this.#options.timers.clearTimeout(this.#waits.get(name));
    this.#waits.delete(name);
  }
}

/**
 * @param {string} address
 * @param {string} reason Of the last try; browsers tell none.
 */
function unreachable(address, reason) {
  return `No WebSocket to ${address} could be opened${reason && ` (${reason})`}. Is a server there, is the path right, does it let pages of`
    + ' this origin connect (AllowedOrigins), and does it have this application?';
}
