// @ts-check
import { SignalingConnection } from './signaling/connection.js';

export { SignalingError } from './signaling/error.js';
export { ticketFrom } from './signaling/tickets.js';

/**
 * @typedef {import('./signaling/types.js').Done} Done
 * @typedef {import('./signaling/types.js').Role} Role
 */

/**
 * A client of a WebRtcSignaling server (docs/protocol.md): every request as a method, every event by its name, and a
 * connection that comes back by itself. Needs nothing but a browser, or Node 22 and later.
 *
 * ```js
 * const client = new SignalingClient();
 * client.on('client-joined', (member) => console.log(`${member.username} is here`));
 * await client.connect('/signaling', { username: 'Ann' });
 * const { members } = await client.joinRoom('tea', { create: true });
 * ```
 *
 * When the connection is cut, it comes back by itself, and mostly the session goes on as if nothing had been: requests made
 * meanwhile go out, and what was missed arrives (`on('state', …)` tells `open` with `resumed`). Where the state `open` comes
 * without `resumed`, it was too long: one is in no room, and rooms must be joined anew. Every method rejects with a `SignalingError` when the server refuses.
 */
export class SignalingClient extends SignalingConnection {
  /**
   * Creates a room and enters it as its owner.
   * @param {string} [room] Its name; without one the server makes one up that nobody can guess.
   * @param {import('./signaling/types.js').NewRoom} [choices]
   * @returns {Promise<import('./signaling/types.js').RoomCreated>}
   */
  createRoom(room, choices) {
    return this.request('room-create', { ...choices, room });
  }

  /**
   * Enters a room.
   * @param {string} room
   * @param {import('./signaling/types.js').NewRoom & { create?: boolean }} [choices] The `password`; with `create`, a
   * missing room is created with the other choices.
   * @returns {Promise<import('./signaling/types.js').RoomJoined>}
   */
  joinRoom(room, choices) {
    return this.request('room-join', { ...choices, room });
  }

  /**
   * @param {string} room
   * @returns {Promise<import('./signaling/types.js').RoomLeft>}
   */
  leaveRoom(room) {
    return this.request('room-leave', { room });
  }

  /**
   * Ends a room for everybody in it.
   * @param {string} room
   * @returns {Promise<import('./signaling/types.js').RoomLeft>}
   */
  closeRoom(room) {
    return this.request('room-close', { room });
  }

  /**
   * Lists the rooms that are not hidden.
   * @param {string} [prefix] Only those whose name begins so.
   * @returns {Promise<import('./signaling/types.js').RoomList>}
   */
  listRooms(prefix) {
    return this.request('room-list', { prefix });
  }

  /**
   * Changes a room's settings; `null` takes its name or its password away.
   * @param {string} room
   * @param {import('./signaling/types.js').RoomChoices} changes
   * @returns {Promise<Done>}
   */
  updateRoom(room, changes) {
    return this.request('room-update', { ...changes, room });
  }

  /**
   * Puts a member out; it may come back.
   * @param {string} room
   * @param {string} targetId
   * @param {string} [reason] For people; up to 256 characters.
   * @returns {Promise<Done>}
   */
  kick(room, targetId, reason) {
    return this.request('room-kick', { room, targetId, reason });
  }

  /**
   * Puts a member out, or bans a name, and keeps it out.
   * @param {string} room
   * @param {import('./signaling/types.js').BanTarget} target
   * @param {{ reason?: string, duration?: number }} [terms] `duration` in milliseconds; without one for good.
   * @returns {Promise<Done>}
   */
  ban(room, target, terms) {
    return this.request('room-ban', { ...terms, ...target, room });
  }

  /**
   * @param {string} room
   * @param {import('./signaling/types.js').BanTarget} target
   * @returns {Promise<Done>}
   */
  unban(room, target) {
    return this.request('room-unban', { ...target, room });
  }

  /**
   * Gives a member another role; `owner` hands the room over.
   * @param {string} room
   * @param {string} targetId
   * @param {Role} role
   * @returns {Promise<Done>}
   */
  setRole(room, targetId, role) {
    return this.request('role-set', { room, targetId, role });
  }

  /**
   * Sends an offer, an answer, a candidate or anything else of a negotiation to one member of a room.
   * @param {string | undefined} room Without one: to any session, where the application allows it.
   * @param {string} targetId
   * @param {unknown} data Any JSON value.
   * @param {import('./signaling/types.js').SignalKind} [kind]
   * @returns {Promise<Done>}
   */
  sendSignal(room, targetId, data, kind) {
    return this.request('signal-send', { room, targetId, kind, data });
  }

  /**
   * Sends the app's own data to a room, one member of it, a group, or one session.
   * @param {import('./signaling/types.js').MessageTarget} target
   * @param {unknown} data Any JSON value.
   * @param {{ echo?: boolean }} [options] `echo`: hear it oneself, too, in the same order as everybody else.
   * @returns {Promise<Done>}
   */
  sendMessage(target, data, options) {
    return this.request('message-send', { ...options, ...target, data });
  }

  /**
   * @param {string} group
   * @returns {Promise<Done>}
   */
  joinGroup(group) {
    return this.request('group-join', { group });
  }

  /**
   * @param {string} group
   * @returns {Promise<Done>}
   */
  leaveGroup(group) {
    return this.request('group-leave', { group });
  }

  /**
   * Tells the others what is switched on. It belongs to the session, so it may be told before a room is joined.
   * @param {import('./signaling/types.js').Resource} resource
   * @param {boolean} [enabled] Without it, it flips.
   * @returns {Promise<Done>}
   */
  toggleResource(resource, enabled) {
    return this.request('resource-toggle', { resource, enabled });
  }

  /**
   * @param {import('./signaling/types.js').Presence} presence What is left out stays as it is.
   * @returns {Promise<Done>}
   */
  setPresence(presence) {
    return this.request('presence-set', presence);
  }

  /**
   * Sets JSON values that the others see; `null` removes one.
   * @param {{ scope: 'room' | 'member', room: string } | { scope: 'session' }} place
   * @param {import('./signaling/types.js').Fields} fields
   * @param {{ replace?: boolean }} [options] `replace`: put these in place of all of the scope's fields.
   * @returns {Promise<Done>}
   */
  setFields(place, fields, options) {
    return this.request('field-set', { ...options, ...place, fields });
  }

  /**
   * Asks for the ICE servers again, for instance because time-limited credentials run out.
   * @returns {Promise<RTCIceServer[]>}
   */
  async getIceServers() {
    return (await this.request('ice-get')).iceServers;
  }

  /**
   * Rings at a member of a room.
   * @param {string} room
   * @param {string} targetId
   * @param {unknown} [data] Shown to the one called.
   * @returns {Promise<import('./signaling/types.js').CallStarted>}
   */
  startCall(room, targetId, data) {
    return this.request('call-start', { room, targetId, data });
  }

  /**
   * @param {string} callId
   * @returns {Promise<Done>}
   */
  acceptCall(callId) {
    return this.request('call-accept', { callId });
  }

  /**
   * @param {string} callId
   * @param {'rejected' | 'busy'} [reason]
   * @returns {Promise<Done>}
   */
  rejectCall(callId, reason) {
    return this.request('call-reject', { callId, reason });
  }

  /**
   * Only for the part `offer` of a call.
   * @param {string} callId
   * @param {unknown} data
   * @returns {Promise<Done>}
   */
  sendOffer(callId, data) {
    return this.request('call-offer', { callId, data });
  }

  /**
   * Only for the part `answer` of a call.
   * @param {string} callId
   * @param {unknown} data
   * @returns {Promise<Done>}
   */
  sendAnswer(callId, data) {
    return this.request('call-answer', { callId, data });
  }

  /**
   * @param {string} callId
   * @param {unknown} data `null` for the end of candidates.
   * @returns {Promise<Done>}
   */
  sendCandidate(callId, data) {
    return this.request('call-candidate', { callId, data });
  }

  /**
   * @param {string} callId
   * @returns {Promise<Done>}
   */
  hangUp(callId) {
    return this.request('call-hangup', { callId });
  }

  /** Asks the server for a sign of life; the connection does so by itself, too. */
  async ping() {
    await this.request('ping');
  }
}
