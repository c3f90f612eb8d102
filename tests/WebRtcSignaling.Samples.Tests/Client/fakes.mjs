import { readFileSync } from 'node:fs';
import { SignalingClient } from '../../../samples/SignalingServer/wwwroot/signaling.js';

// Node 18 has no CustomEvent of its own yet.
globalThis.CustomEvent ??= class CustomEvent extends Event {
  constructor(type, options) {
    super(type, options);
    this.detail = options?.detail;
  }
};

/** A clock that stands still until it is told to go on. */
export class FakeTimers {
  now = 0;
  #timers = new Map();
  #lastId = 0;

  setTimeout = (run, ms) => {
    this.#timers.set(++this.#lastId, { run, at: this.now + ms });
    return this.#lastId;
  };

  clearTimeout = (id) => {
    this.#timers.delete(id);
  };

  /** How many timers wait: none may be left behind by a client that is closed. */
  get waiting() {
    return this.#timers.size;
  }

  async advance(ms) {
    const until = this.now + ms;
    for (;;) {
      const [next] = [...this.#timers].filter(([, { at }]) => at <= until).sort(([, a], [, b]) => a.at - b.at);
      if (next === undefined) break;
      const [id, { run, at }] = next;
      this.#timers.delete(id);
      this.now = at;
      run();
      await settle();
    }
    this.now = until;
  }
}

/** Lets every promise that can go on do so. */
export function settle() {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * A client whose WebSockets, clock and dice are in the test's hands.
 * @returns {{ client: SignalingClient, sockets: FakeWebSocket[], timers: FakeTimers, states: object[] }}
 */
export function fakeClient(options = {}) {
  const sockets = [];
  class FakeWebSocket {
    sent = [];
    closedWith = undefined;

    constructor(url, protocol) {
      this.url = url;
      this.protocol = protocol;
      sockets.push(this);
    }

    send(text) {
      this.sent.push(JSON.parse(text));
    }

    close(code) {
      this.closedWith = code;
    }

    /**
     * The server accepts, takes the hello out of what was sent, and welcomes.
     * @returns The hello.
     */
    async open(clientId = 'me', more = {}) {
      this.onopen?.();
      const { id, ...hello } = this.sent.shift();
      await this.hear({ type: 'welcome', id, clientId, application: 'default', iceServers: [], limits: {}, ...more });
      return hello;
    }

    async hear(message) {
      await this.hearText(JSON.stringify(message));
    }

    async hearText(text) {
      this.onmessage?.({ data: text });
      await settle();
    }

    async end(code = 1006, reason = '') {
      this.onclose?.({ code, reason });
      await settle();
    }
  }
  const timers = new FakeTimers();
  const client = new SignalingClient({ WebSocket: FakeWebSocket, timers, random: () => 0.5, ...options });
  const states = [];
  client.on('state', (change) => states.push(change));
  return { client, sockets, timers, states };
}

/** A fake client that is connected already. */
export async function openClient(options) {
  const fake = fakeClient(options);
  const connected = fake.client.connect('ws://server/signaling');
  await fake.sockets[0].open();
  await connected;
  return { ...fake, socket: fake.sockets[0] };
}

const specification = readFileSync(new URL('../../../docs/protocol.md', import.meta.url), 'utf8');

/** The rows of the table below a heading of the protocol's specification. */
export function specifiedTable(heading) {
  const section = specification.split(`\n## ${heading}\n`)[1].split('\n## ')[0];
  const rows = section.split('\n').filter((line) => line.startsWith('| ')).slice(1);
  return rows.map((row) => row.slice(1, -1).split(' | ').map((cell) => cell.trim()));
}

/** Every request type in the examples of the protocol's specification. */
export function specifiedRequests() {
  return new Set([...specification.matchAll(/^\w+> \{"type":"([a-z-]+)"/gm)].map(([, type]) => type));
}

/** Every type of message that the server sends, in the examples of the protocol's specification and where it says what somebody hears. */
export function specifiedEvents() {
  const types = specification.matchAll(/(?:^\w+< |hears `)\{(?:"(?:seq|ack)":\d+,)*"type":"([a-z-]+)"/gm);
  return new Set([...types].map(([, type]) => type));
}
