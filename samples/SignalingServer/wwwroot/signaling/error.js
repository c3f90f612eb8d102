// @ts-check

/**
 * A request that was refused, or that could not be sent or answered.
 *
 * `code` is one of the protocol's refusal codes, or one of the client's own: `not-connected` (nothing was sent),
 * `connection-lost` (it was sent, and nobody knows what became of it), `no-ticket` (nobody is signed in) and `unreachable` (no
 * handshake has ever succeeded: no server, or a wrong path, origin or application).
 */
export class SignalingError extends Error {
  /**
   * @param {string} code
   * @param {string} message For developers; a page should choose its own words by `code`.
   * @param {{ retryAfter?: number, room?: string, targetId?: string }} [details]
   */
  constructor(code, message, { retryAfter, room, targetId } = {}) {
    super(message);
    this.name = 'SignalingError';
    this.code = code;
    /** Milliseconds after which trying again can help; undefined where it cannot. */
    this.retryAfter = retryAfter;
    this.room = room;
    this.targetId = targetId;
  }
}
