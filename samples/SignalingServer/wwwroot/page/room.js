// @ts-check
import { SignalingError } from '../signaling.js';

/**
 * @typedef {import('../signaling.js').SignalingClient} SignalingClient
 * @typedef {import('../signaling/types.js').Member} Member
 * @typedef {import('../signaling/types.js').Resource} Resource
 * @typedef {{ clientId: string, text: string }} ChatLine
 */

const RANKS = { member: 0, moderator: 1, owner: 2 };
const LONGEST_CHAT_LINE = 2000;

/** Why entering failed does not matter where the connection itself is gone: the next one enters again. */
const PASSING = new Set(['not-connected', 'connection-lost', 'server-stopping']);

/**
 * The room that this page is in, as the server tells it: who is here, who owns it, what is said. It knows no elements.
 *
 * Events: `entered` (also after each reconnect) with the answer to the join, `refused` with the error, `member` with one
 * that is new or has changed, `member-left`, `owner`, `settings`, `banned`, `chat`, `put-out`.
 */
export class Room extends EventTarget {
  #client;
  #name = '';
  #password = '';
  #active = false;
  /** @type {Map<string, Member>} */ #members = new Map();
  /** Also those who have left: something may still be said about them. @type {Map<string, string>} */ #usernames = new Map();
  #ownId = '';
  /** What of oneself is switched on. @type {Partial<Record<Resource, boolean>>} */ #media = {};
  /** What of it the server has been told on this connection. @type {Partial<Record<Resource, boolean>>} */ #toldMedia = {};
  locked = false;
  hasPassword = false;

  /** @param {SignalingClient} client */
  constructor(client) {
    super();
    this.#client = client;
    client.on('state', ({ state, resumed }) => {
      if (state !== 'open') return;
      if (resumed) {
        this.#tellMedia();
      } else {
        this.#toldMedia = {};
        if (this.#active) this.#enter();
      }
    });
    client.on('client-joined', ({ room, ...member }) => room === this.#name && this.#put(member, true));
    client.on('client-left', ({ room, clientId, reason }) => room === this.#name && this.#drop(clientId, reason));
    client.on('client-suspended', ({ room, clientId }) => room === this.#name && this.#change(clientId, { suspended: true }));
    client.on('client-resumed', ({ room, clientId }) => room === this.#name && this.#change(clientId, { suspended: undefined }));
    client.on('role-changed', ({ room, clientId, role }) => room === this.#name && this.#change(clientId, { role }));
    client.on('owner-changed', ({ room, ownerId }) => room === this.#name && this.#setOwner(ownerId));
    client.on('resource-toggled', ({ room, clientId, resource, enabled }) => {
      if (room === this.#name) this.#setMedia(clientId, resource, enabled);
    });
    client.on('room-updated', ({ room, settings }) => room === this.#name && this.#setSettings(settings));
    client.on('client-banned', ({ room, clientId, username }) => {
      if (room === this.#name) this.#tell('banned', { clientId, username: username ?? this.nameOf(clientId ?? '') });
    });
    client.on('message-receive', ({ room, senderId, targetId, data }) => {
      if (room === this.#name && targetId === undefined) this.#hear(senderId, data);
    });
    client.on('room-left', ({ room, kicked, reason, message }) => {
      if (room === this.#name && kicked) this.#end({ reason, message });
    });
  }

  get name() {
    return this.#name;
  }

  get ownId() {
    return this.#ownId;
  }

  /** In the order in which they joined; oneself last at first. */
  get members() {
    return [...this.#members.values()];
  }

  /** Whether oneself may lock the room. */
  get mayLock() {
    return RANKS[this.#own?.role ?? 'member'] >= RANKS.moderator;
  }

  /** Whether oneself may hand the room over. */
  get isOwner() {
    return this.#own?.role === 'owner';
  }

  /**
   * Whether oneself may put this member out: that takes a higher role.
   * @param {Member} member
   */
  mayRemove(member) {
    return RANKS[this.#own?.role ?? 'member'] > RANKS[member.role];
  }

  /** @param {string} clientId */
  nameOf(clientId) {
    return this.#usernames.get(clientId) ?? 'Guest';
  }

  /**
   * Enters a room as soon as there is a connection, creates it if it is missing, and enters again after each reconnect.
   * @param {string} name
   * @param {string} password Empty for none; a room that is created gets it.
   */
  enter(name, password) {
    this.#name = name;
    this.#password = password;
    this.#active = true;
    if (this.#client.state === 'open') this.#enter();
  }

  /** Leaves, and forgets the room. */
  leave() {
    const name = this.#name;
    this.#forget();
    if (this.#client.state === 'open') this.#client.leaveRoom(name).catch(() => {});
  }

  /**
   * Tells the others what is switched on here, now and after each reconnect.
   * @param {Partial<Record<Resource, boolean>>} media
   */
  setMedia(media) {
    this.#media = media;
    this.#change(this.#ownId, { media: this.#ownMedia });
    if (this.#client.state === 'open') this.#tellMedia();
  }

  /** @param {string} text */
  say(text) {
    return this.#client.sendMessage({ room: this.#name }, { text }, { echo: true });
  }

  /** @param {string} clientId */
  remove(clientId) {
    return this.#client.kick(this.#name, clientId);
  }

  /** @param {string} clientId */
  ban(clientId) {
    return this.#client.ban(this.#name, { targetId: clientId });
  }

  /** @param {string} clientId */
  unban(clientId) {
    return this.#client.unban(this.#name, { targetId: clientId });
  }

  /** @param {string} clientId */
  handOver(clientId) {
    return this.#client.setRole(this.#name, clientId, 'owner');
  }

  /** @param {boolean} locked */
  setLocked(locked) {
    return this.#client.updateRoom(this.#name, { locked });
  }

  get #own() {
    return this.#members.get(this.#ownId);
  }

  get #ownMedia() {
    return /** @type {Resource[]} */ (Object.keys(this.#media)).filter((resource) => this.#media[resource]);
  }

  #tellMedia() {
    for (const resource of /** @type {Resource[]} */ (Object.keys(this.#media))) {
      const enabled = this.#media[resource] ?? false;
      if (enabled === (this.#toldMedia[resource] ?? false)) continue;
      this.#toldMedia[resource] = enabled;
      // Refused or lost, the next connection tells it again.
      this.#client.toggleResource(resource, enabled).catch(() => {});
    }
  }

  async #enter() {
    // Told before the join, it is in what the others hear of the join.
    this.#tellMedia();
    try {
      const choices = { create: true, password: this.#password || undefined };
      const joined = await this.#client.joinRoom(this.#name, choices);
      const self = { clientId: this.#client.clientId ?? '', username: this.#client.welcome?.username, role: joined.role };
      this.#ownId = self.clientId;
      this.#members.clear();
      this.locked = joined.settings.locked;
      this.hasPassword = joined.settings.password;
      this.#tell('entered', joined);
      for (const member of [...joined.members, { ...self, joinedAt: 0, media: this.#ownMedia }]) this.#put(member, false);
      this.#tell('settings');
    } catch (error) {
      if (!(error instanceof SignalingError)) throw error;
      if (PASSING.has(error.code)) return;
      this.#forget();
      this.#tell('refused', error);
    }
  }

  /** @param {{ reason: string, message?: string }} departure */
  #end(departure) {
    this.#forget();
    this.#tell('put-out', departure);
  }

  #forget() {
    this.#active = false;
    this.#name = '';
    this.#members.clear();
  }

  /**
   * @param {Member} member
   * @param {boolean} arrived Whether it has just come, or was here before oneself.
   */
  #put(member, arrived) {
    this.#members.set(member.clientId, member);
    if (member.username !== undefined) this.#usernames.set(member.clientId, member.username);
    this.#tell('member', { member, arrived });
  }

  /**
   * @param {string} clientId
   * @param {string} reason
   */
  #drop(clientId, reason) {
    if (this.#members.delete(clientId)) this.#tell('member-left', { clientId, reason });
  }

  /**
   * @param {string} clientId
   * @param {Partial<Member>} change
   */
  #change(clientId, change) {
    const member = this.#members.get(clientId);
    if (member !== undefined) this.#put({ ...member, ...change }, false);
  }

  /** @param {string | null} ownerId */
  #setOwner(ownerId) {
    for (const { clientId, role } of this.members) {
      if (role === 'owner' && clientId !== ownerId) this.#change(clientId, { role: 'member' });
    }
    if (ownerId !== null) this.#change(ownerId, { role: 'owner' });
    this.#tell('owner', { ownerId });
  }

  /**
   * @param {string} clientId
   * @param {Resource} resource
   * @param {boolean} enabled
   */
  #setMedia(clientId, resource, enabled) {
    const others = this.#members.get(clientId)?.media.filter((one) => one !== resource) ?? [];
    this.#change(clientId, { media: enabled ? [...others, resource] : others });
  }

  /** @param {import('../signaling/types.js').RoomSettings} settings */
  #setSettings({ locked, password }) {
    this.locked = locked;
    this.hasPassword = password;
    this.#tell('settings');
  }

  /**
   * What others send may be anything; only what looks like a line of this page's chat is one.
   * @param {string | undefined} senderId
   * @param {any} data
   */
  #hear(senderId, data) {
    const text = data?.text;
    if (senderId === undefined || typeof text !== 'string' || text.trim() === '') return;
    this.#tell('chat', { clientId: senderId, text: text.slice(0, LONGEST_CHAT_LINE) });
  }

  /**
   * @param {string} name
   * @param {unknown} [detail]
   */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
