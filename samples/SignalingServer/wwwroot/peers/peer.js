// @ts-check

/** @typedef {'audio' | 'video'} Kind */
/** @typedef {{ audio: MediaStreamTrack | null, video: MediaStreamTrack | null }} Tracks */

/** Candidates kept for a description that is not here yet; far above what one side gathers. */
const MOST_HELD_CANDIDATES = 100;

/** How long a first offer waits for its first candidate before it is withdrawn, in milliseconds. */
const LONGEST_WAIT_FOR_CANDIDATE = 5_000;

/**
 * The connection to one other browser, after the W3C's "perfect negotiation" (WebRTC 1.0, section 10.7): both sides may
 * start a negotiation at any time, and when both do at once, the polite one withdraws.
 *
 * One audio and one video transceiver exist from the first offer on, so a track can be put in, swapped or taken out
 * later without another negotiation. Events: `state` (see `state`).
 */
export class Peer extends EventTarget {
  /** What the other side sends; its tracks come and go in this one stream. */
  stream = new MediaStream();

  #polite;
  #send;
  #tracks;
  #makingOffer = false;
  #ignoringOffer = false;
  /** Settles with the first candidate of this side, or the news that there is none. @type {Promise<unknown>} */ #gathering;
  /** @type {Map<Kind, RTCRtpTransceiver>} */ #transceivers = new Map();
  /** @type {RTCIceCandidateInit[]} */ #heldCandidates = [];
  /** What is done one after another. @type {Promise<void>} */ #work;

  /**
   * @param {object} part
   * @param {string} part.clientId The other one's id.
   * @param {boolean} part.polite Whether this side gives way; exactly one of the two does.
   * @param {boolean} part.initiates Whether this side makes the first offer.
   * @param {RTCConfiguration} part.configuration
   * @param {Promise<unknown>} [part.configured] Nothing is negotiated before it resolves, because a configuration holds from the next
   *   negotiation on.
   * @param {Tracks} part.tracks What this side sends at first.
   * @param {(data: { description?: RTCSessionDescription | null, candidate?: RTCIceCandidate }) => void} part.send
   */
  constructor({ clientId, polite, initiates, configuration, configured = Promise.resolve(), tracks, send }) {
    super();
    this.clientId = clientId;
    this.#polite = polite;
    this.#send = send;
    this.#tracks = { ...tracks };
    /** For whoever needs more than this class offers, such as data channels or statistics. */
    this.connection = new RTCPeerConnection(configuration);
    this.#gathering = new Promise((resolve) => this.connection.addEventListener('icecandidate', resolve, { once: true }));
    this.#listen(configured);
    this.#work = configured.then(() => { if (initiates) this.#addTransceivers(); });
  }

  /** @returns {RTCPeerConnectionState} */
  get state() {
    return this.connection.connectionState;
  }

  /**
   * Puts a track into the connection, or takes it out.
   * @param {Kind} kind
   * @param {MediaStreamTrack | null} track
   */
  async setTrack(kind, track) {
    this.#tracks[kind] = track;
    await this.#transceivers.get(kind)?.sender.replaceTrack(track);
  }

  /**
   * Takes a signal of the other side. Signals are handled one after another, in the order of these calls.
   * @param {any} data What came over the wire; whatever is not a signal changes nothing.
   */
  receive(data) {
    this.#work = this.#work.then(() => this.#handle(data)).catch(() => {
      // A signal that the browser refuses is the other side's mistake, and costs only itself.
    });
  }

  /** @param {RTCIceServer[]} iceServers For the next negotiation. */
  useIceServers(iceServers) {
    if (this.connection.signalingState === 'closed') return;
    this.connection.setConfiguration({ ...this.connection.getConfiguration(), iceServers });
  }

  /** Looks for another way through the network. */
  restart() {
    if (this.connection.signalingState !== 'closed') this.connection.restartIce();
  }

  close() {
    this.connection.close();
  }

  /** @param {Promise<unknown>} configured */
  #listen(configured) {
    const connection = this.connection;
    connection.onnegotiationneeded = () => configured.then(() => this.#offer());
    connection.onicecandidate = ({ candidate }) => {
      if (candidate) this.#send({ candidate });
    };
    connection.ontrack = ({ track }) => this.stream.addTrack(track);
    connection.onconnectionstatechange = () => this.dispatchEvent(new Event('state'));
  }

  #addTransceivers() {
    if (this.connection.signalingState === 'closed') return;
    for (const kind of /** @type {Kind[]} */ (['audio', 'video'])) {
      this.#transceivers.set(kind, this.connection.addTransceiver(this.#tracks[kind] ?? kind, { direction: 'sendrecv' }));
    }
  }

  /** The side that did not make the first offer sends in the transceivers which that offer brought. */
  async #adoptTransceivers() {
    for (const transceiver of this.connection.getTransceivers()) {
      const kind = /** @type {Kind} */ (transceiver.receiver.track.kind);
      if (this.#transceivers.has(kind)) continue;
      this.#transceivers.set(kind, transceiver);
      transceiver.direction = 'sendrecv';
      await transceiver.sender.replaceTrack(this.#tracks[kind]);
    }
  }

  async #offer() {
    this.#makingOffer = true;
    try {
      await this.connection.setLocalDescription();
      this.#send({ description: this.connection.localDescription });
    } catch (error) {
      if (this.connection.signalingState !== 'closed') throw error;
    } finally {
      this.#makingOffer = false;
    }
  }

  /** @param {any} data */
  async #handle(data) {
    if (this.connection.signalingState === 'closed') return;
    if (['offer', 'answer'].includes(data?.description?.type)) await this.#receiveDescription(data.description);
    else if (data?.candidate) await this.#receiveCandidate(data.candidate);
  }

  /** @param {RTCSessionDescriptionInit} description */
  async #receiveDescription(description) {
    const connection = this.connection;
    const collision = description.type === 'offer' && (this.#makingOffer || connection.signalingState !== 'stable');
    this.#ignoringOffer = !this.#polite && collision;
    if (this.#ignoringOffer) return;
    if (collision && connection.currentRemoteDescription === null) await this.#gatheringHasBegun();
    await connection.setRemoteDescription(description);
    if (description.type === 'offer') {
      await this.#adoptTransceivers();
      await connection.setLocalDescription();
      this.#send({ description: connection.localDescription });
    }
    await this.#addHeldCandidates();
  }

  /**
   * Chromium loses the list of networks when the first offer is withdrawn before that list is there: it then gathers for
   * good without finding a candidate, and the two never connect.
   */
  #gatheringHasBegun() {
    const bound = new Promise((resolve) => { setTimeout(resolve, LONGEST_WAIT_FOR_CANDIDATE); });
    return Promise.race([this.#gathering, bound]);
  }

  /** @param {RTCIceCandidateInit} candidate */
  async #receiveCandidate(candidate) {
    if (!this.#belongsToRemoteDescription(candidate)) {
      // It came before its description, or belongs to an offer that was withdrawn.
      this.#heldCandidates.push(candidate);
      if (this.#heldCandidates.length > MOST_HELD_CANDIDATES) this.#heldCandidates.shift();
      return;
    }
    try {
      await this.connection.addIceCandidate(candidate);
    } catch (error) {
      if (!this.#ignoringOffer) throw error;
    }
  }

  async #addHeldCandidates() {
    const held = this.#heldCandidates;
    this.#heldCandidates = [];
    for (const candidate of held) await this.#receiveCandidate(candidate);
  }

  /** @param {RTCIceCandidateInit} candidate */
  #belongsToRemoteDescription({ usernameFragment }) {
    const description = this.connection.remoteDescription;
    if (description === null) return false;
    return !usernameFragment || description.sdp.includes(`a=ice-ufrag:${usernameFragment}\r\n`);
  }
}
