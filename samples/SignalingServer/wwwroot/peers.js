// @ts-check
import { Peer } from './peers/peer.js';

/**
 * @typedef {import('./signaling.js').SignalingClient} SignalingClient
 * @typedef {import('./signaling/types.js').RoomJoined} RoomJoined
 * @typedef {import('./peers/peer.js').Kind} Kind
 * @typedef {import('./peers/peer.js').Tracks} Tracks
 */

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
  /** @type {string | undefined} */ #room;
  #ownId = '';
  /** @type {RTCIceServer[]} */ #iceServers = [];
  /** @type {Tracks} */ #tracks = { audio: null, video: null };
  /** @type {Map<string, Peer>} */ #peers = new Map();

  /** @param {SignalingClient} client */
  constructor(client) {
    super();
    this.#client = client;
    client.on('welcome', ({ iceServers }) => { this.#iceServers = iceServers; });
    client.on('ice-servers', ({ iceServers }) => this.#useIceServers(iceServers));
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

  /**
   * Time-limited credentials may have run out since the connection was made, so a restart asks for new ones first.
   * @param {Peer} peer
   */
  async #restart(peer) {
    const iceServers = await this.#client.getIceServers().catch(() => this.#iceServers);
    peer.restart(iceServers);
  }

  /** @param {RTCIceServer[]} iceServers */
  #useIceServers(iceServers) {
    this.#iceServers = iceServers;
    for (const { connection } of this.#peers.values()) {
      connection.setConfiguration({ ...connection.getConfiguration(), iceServers });
    }
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
