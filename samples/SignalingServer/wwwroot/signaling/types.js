// @ts-check
// The messages of the protocol `webrtc-signaling.v1` (docs/protocol.md) as types. Nothing here runs, and no page needs to load it.

/** @typedef {'owner' | 'moderator' | 'member'} Role */
/** @typedef {'audio' | 'video' | 'microphone' | 'screen'} Resource */
/** @typedef {'offer' | 'answer' | 'candidate' | 'end-of-candidates' | 'reject' | 'hangup'} SignalKind */
/** @typedef {Record<string, unknown>} Fields Names of 1 to 32 characters to JSON values. */

/**
 * What a member shows of itself.
 * @typedef {object} Presence
 * @property {'chat' | 'away' | 'xa' | 'dnd'} [show]
 * @property {string} [status] A line of up to 255 characters.
 */

/**
 * Somebody in a room.
 * @typedef {object} Member
 * @property {string} clientId
 * @property {string} [username]
 * @property {Role} role
 * @property {number} joinedAt Milliseconds since 1970-01-01 UTC.
 * @property {Presence} [presence]
 * @property {Resource[]} media What is switched on.
 * @property {boolean} [suspended] Whether its connection is lost and it may come back.
 * @property {Fields} [fields] Set for this room.
 * @property {Fields} [sessionFields] Set for all rooms.
 */

/**
 * A room's settings as the server tells them.
 * @typedef {object} RoomSettings
 * @property {string} [name]
 * @property {boolean} password Whether there is one.
 * @property {number} capacity
 * @property {boolean} hidden
 * @property {boolean} locked
 * @property {'close' | 'hand-over' | 'keep'} ownerLeaves
 * @property {number} emptyTimeout Milliseconds.
 * @property {boolean} serverLedCalls
 */

/**
 * A room's settings as a client may choose them; all are optional.
 * @typedef {object} RoomChoices
 * @property {string | null} [name]
 * @property {string | null} [password]
 * @property {number} [capacity]
 * @property {boolean} [hidden]
 * @property {boolean} [locked]
 * @property {'close' | 'hand-over' | 'keep'} [ownerLeaves]
 * @property {number} [emptyTimeout] Milliseconds.
 * @property {boolean} [serverLedCalls]
 */

/** @typedef {RoomChoices & { fields?: Fields }} NewRoom A new room's choices, and its first fields. */
/** @typedef {{ targetId: string } | { username: string }} BanTarget */
/** @typedef {{ room: string, targetId?: string } | { group: string } | { targetId: string }} MessageTarget */
/** @typedef {{ code: string, message: string, room?: string, targetId?: string, retryAfter?: number }} Refusal */
/** @typedef {{ room: string, callId: string, senderId: string, data: unknown }} CallSignal */
/** @typedef {{ id: number, type: 'ok' }} Done */
/** @typedef {'connecting' | 'open' | 'reconnecting' | 'closed'} State */

/**
 * The connection's state has changed.
 * @typedef {object} StateChange
 * @property {State} state
 * @property {boolean} [resumed] In `open`: whether the session goes on and nothing of it was missed. Otherwise one is in no room.
 * @property {number} [code] Why it left `open`: the WebSocket's close code.
 * @property {string} [reason] The server's words for it.
 * @property {number} [retryIn] In `reconnecting`: milliseconds until the next try.
 * @property {import('./error.js').SignalingError} [error] In `closed`: why, if the server has refused the hello, nobody is signed in, or it was never reached.
 */

/**
 * @typedef {object} Welcome
 * @property {string} clientId One's own id; another one after a reconnect that was no resume.
 * @property {string} [username]
 * @property {string} application
 * @property {number} [authExpiresAt] Until when one counts as authenticated; see `refreshAuthentication`.
 * @property {RTCIceServer[]} iceServers
 * @property {{ messageBytes: number, rooms: number, nameCharacters: number, fieldBytes: number }} limits
 * @property {{ token: string, timeout: number, bytes: number }} [resume] What the client comes back with, for how many ms it can,
 *   and how many bytes of what it has not acknowledged are kept for it.
 */

/**
 * The answer to a hello that comes back to a session. Without `rooms` and `groups` it goes on, and everything that was missed follows.
 * @typedef {Welcome & { recovered: boolean, seq: number, ack: number, rooms?: ResumedRoom[], groups?: string[] }} Resumed
 */

/** @typedef {{ room: string, ownerId: string, role: Role, settings: RoomSettings, fields: Fields }} RoomCreated */

/**
 * @typedef {object} RoomJoined
 * @property {string} room
 * @property {string | null} ownerId
 * @property {Role} role One's own.
 * @property {boolean} created
 * @property {string[]} clients The others' ids, in the order in which they joined.
 * @property {Member[]} members The same ones in full.
 * @property {RoomSettings} settings
 * @property {Fields} fields
 */

/** @typedef {Pick<CallStarted, 'callId' | 'clientId' | 'part' | 'state'>} ResumedCall */
/** @typedef {Omit<RoomJoined, 'created'> & { self: Member, calls: ResumedCall[] }} ResumedRoom A room that one is in, where something was missed. */

/**
 * @typedef {object} RoomLeft
 * @property {string} room
 * @property {boolean} kicked Whether it happened against one's will.
 * @property {'left' | 'kicked' | 'banned' | 'closed'} reason
 * @property {string} [message] What the one who did it says about it.
 */

/** @typedef {{ room: string, members: number, capacity: number, password: boolean, locked: boolean, name?: string }} ListedRoom */
/** @typedef {{ rooms: ListedRoom[], truncated: boolean }} RoomList */

/**
 * @typedef {object} CallStarted
 * @property {string} room
 * @property {string} callId
 * @property {string} clientId The other party.
 * @property {'offer' | 'answer'} part One's own part.
 * @property {'ringing' | 'accepted'} state
 * @property {unknown} [data]
 */

/**
 * Every event by its name: the server's messages, and `state` for the connection itself.
 * @typedef {object} EventMap
 * @property {StateChange} state
 * @property {Welcome} welcome
 * @property {Resumed} resumed
 * @property {Done} ok
 * @property {{ id: number }} pong
 * @property {RoomCreated} room-created
 * @property {RoomJoined} room-joined
 * @property {RoomLeft} room-left
 * @property {RoomList} room-list
 * @property {{ room: string, settings: RoomSettings }} room-updated
 * @property {{ room?: string, retryAfter: number }} goaway Of the connection, or of a `room` that is about to close.
 * @property {{ authExpiresAt?: number }} auth-refreshed
 * @property {Member & { room: string }} client-joined
 * @property {{ room: string, clientId: string, reason: 'left' | 'kicked' | 'banned' | 'disconnected' }} client-left
 * @property {{ room: string, clientId: string }} client-suspended
 * @property {{ room: string, clientId: string }} client-resumed
 * @property {{ room: string, clientId?: string, username?: string, until?: number }} client-banned
 * @property {{ room: string, clientId?: string, username?: string }} client-unbanned
 * @property {{ room: string, clientId: string, role: Role }} role-changed
 * @property {{ room: string, ownerId: string | null }} owner-changed
 * @property {{ room?: string, senderId: string, kind?: SignalKind, data: unknown }} signal-receive
 * @property {{ targetId: string }} signal-expired Of a session that has not come in time for what waited for it.
 * @property {{ room?: string, group?: string, senderId?: string, targetId?: string, data: unknown }} message-receive
 * @property {{ room: string, clientId: string, resource: Resource, enabled: boolean }} resource-toggled
 * @property {{ room: string, clientId: string, presence: Presence }} presence-changed
 * @property {{ room: string, scope: 'room' | 'member' | 'session', clientId?: string, fields: Fields }} fields-changed
 * @property {{ iceServers: RTCIceServer[] }} ice-servers
 * @property {CallStarted} call-started
 * @property {{ room: string, callId: string }} call-accepted
 * @property {CallSignal} call-offer
 * @property {CallSignal} call-answer
 * @property {CallSignal} call-candidate
 * @property {{ room: string, callId: string, reason: string, clientId?: string }} call-ended
 * @property {Refusal} error
 * @property {Refusal} room-exists
 * @property {Refusal} room-not-exists
 * @property {Refusal} not-in-room
 * @property {Refusal} target-not-found
 */

export {};
