// @ts-check
import { Peer } from './peers/peer.js';

/**
 * @typedef {import('./signaling.js').SignalingClient} SignalingClient
 * @typedef {import('./signaling/types.js').RoomJoined} RoomJoined
 * @typedef {import('./peers/peer.js').Kind} Kind
 * @typedef {import('./peers/peer.js').Tracks} Tracks
 */

/**
 * How old the ICE servers may be when a connection is made, in milliseconds: less than the shortest life that the server gives to
 * credentials of TURN, which is a minute.
 */
const FRESH_FOR = 30_000;

/**
 * A mesh: one connection from this browser to each other member of a room, made and unmade as they come and go.
 *
 * Call `enter` with the answer of every join, also of the one after a reconnect: connections to the ids of the last time
 * are replaced. Until then they stay, because media flows on while the server is away.
 *
 * Events, with the {@link Peer} as `detail`: `peer-added`, `peer-state`, `peer-removed`.
 */
export class PeerMesh extends EventTarget {
  #client;
  #now;
  /** @type {string | undefined} */ #room;
  #ownId = '';
  /** @type {RTCIceServer[]} */ #iceServers = [];
  #iceServersAt = -Infinity;
  /** @type {Promise<unknown> | undefined} */ #asking;
  /** @type {Tracks} */ #tracks = { audio: null, video: null };
  /** @type {Map<string, Peer>} */ #peers = new Map();

  /**
   * @param {SignalingClient} client Before it connects: its first answer brings the ICE servers.
   * @param {{ now?: () => number }} [options] The clock, in milliseconds.
   */
  constructor(client, { now = Date.now } = {}) {
    super();
    this.#client = client;
    this.#now = now;
    for (const name of /** @type {const} */ (['welcome', 'resumed', 'ice-servers'])) {
      client.on(name, ({ iceServers }) => this.#useIceServers(iceServers));
    }
    client.on('client-joined', ({ room, clientId }) => {
      // Whoever comes later makes the offer: it knows all the others at once, and no two offers meet.
      if (room === this.#room) this.#add(clientId, false);
    });
    client.on('client-left', ({ room, clientId }) => {
      if (room === this.#room) this.#remove(clientId);
    });
    client.on('signal-receive', ({ room, senderId, data }) => {
      if (room === this.#room) this.#peers.get(senderId)?.receive(data);
    });
  }

  /** The connections by the other one's id. @returns {ReadonlyMap<string, Peer>} */
  get peers() {
    return this.#peers;
  }

  /**
   * Connects to everybody who is in the room already.
   * @param {Pick<RoomJoined, 'room' | 'clients'>} joined The answer to the join.
   */
  enter({ room, clients }) {
    this.leave();
    this.#room = room;
    this.#ownId = this.#client.clientId ?? '';
    for (const clientId of clients) this.#add(clientId, true);
  }

  /** Ends all connections. */
  leave() {
    this.#room = undefined;
    for (const clientId of [...this.#peers.keys()]) this.#remove(clientId);
  }

  /**
   * Sends a track to everybody, now and later, or no track any more.
   * @param {Kind} kind
   * @param {MediaStreamTrack | null} track
   */
  async setTrack(kind, track) {
    this.#tracks[kind] = track;
    await Promise.all([...this.#peers.values()].map((peer) => peer.setTrack(kind, track)));
  }

  /**
   * @param {string} clientId
   * @param {boolean} initiates
   */
  #add(clientId, initiates) {
    const room = this.#room;
    const peer = new Peer({
      clientId,
      initiates,
      polite: this.#ownId < clientId,
      configuration: { iceServers: this.#iceServers },
      configured: this.#freshIceServers(),
      tracks: this.#tracks,
      send: (data) => {
        // Refused or lost, it concerns somebody who is gone, or a connection that a reconnect replaces.
        this.#client.sendSignal(room, clientId, data, kindOf(data)).catch(() => {});
      },
    });
    this.#peers.set(clientId, peer);
    peer.addEventListener('state', () => {
      if (peer.state === 'failed') this.#restart(peer);
      this.#tell('peer-state', peer);
    });
    this.#tell('peer-added', peer);
  }

  /** @param {string} clientId */
  #remove(clientId) {
    const peer = this.#peers.get(clientId);
    if (peer === undefined) return;
    this.#peers.delete(clientId);
    peer.close();
    this.#tell('peer-removed', peer);
  }

  /** @param {Peer} peer */
  async #restart(peer) {
    await this.#freshIceServers();
    peer.restart();
  }

  /**
   * Time-limited credentials may have run out since they came, so old ones are asked for anew. All peers get them, by the event.
   * @returns {Promise<unknown>} Settles when there are none to wait for any more.
   */
  async #freshIceServers() {
    if (this.#now() - this.#iceServersAt < FRESH_FOR) return;
    this.#asking ??= this.#client.getIceServers().catch(() => {}).finally(() => { this.#asking = undefined; });
    await this.#asking;
  }

  /** @param {RTCIceServer[]} iceServers */
  #useIceServers(iceServers) {
    this.#iceServers = iceServers;
    this.#iceServersAt = this.#now();
    for (const peer of this.#peers.values()) peer.useIceServers(iceServers);
  }

  /**
   * @param {string} name
   * @param {Peer} peer
   */
  #tell(name, peer) {
    this.dispatchEvent(new CustomEvent(name, { detail: peer }));
  }
}

/** @param {{ description?: RTCSessionDescription | null }} data */
function kindOf({ description }) {
  if (!description) return 'candidate';
  return description.type === 'offer' ? 'offer' : 'answer';
}
