import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SignalingError } from '../../../samples/SignalingServer/wwwroot/signaling.js';
import { fakeClient, openClient, specifiedRequests } from './fakes.mjs';

test('answers reach the request with their id, in whatever order they come', async () => {
  const { client, socket } = await openClient();
  const tea = client.joinRoom('tea');
  const coffee = client.joinRoom('coffee');
  const [first, second] = socket.sent;
  assert.notEqual(first.id, second.id);
  await socket.hear({ type: 'room-joined', id: second.id, room: 'coffee' });
  await socket.hear({ type: 'room-joined', id: first.id, room: 'tea' });
  assert.equal((await tea).room, 'tea');
  assert.equal((await coffee).room, 'coffee');
});

test('a refusal rejects its own request only, with code, message and retryAfter', async () => {
  const { client, socket } = await openClient();
  const refused = assert.rejects(client.joinRoom('tea', { password: 'guess' }), (error) => {
    assert.ok(error instanceof SignalingError);
    assert.deepEqual([error.code, error.message, error.room, error.retryAfter], ['too-many-attempts', 'Slowly.', 'tea', 900]);
    return true;
  });
  const granted = client.listRooms();
  await socket.hear({ type: 'error', id: socket.sent[0].id, code: 'too-many-attempts', message: 'Slowly.', room: 'tea', retryAfter: 900 });
  await refused;
  await socket.hear({ type: 'room-list', id: socket.sent[1].id, rooms: [], truncated: false });
  assert.deepEqual((await granted).rooms, []);
});

test('a refusal with a type of its own rejects, too, and is no event', async () => {
  const { client, socket } = await openClient();
  const events = [];
  client.on('room-not-exists', (message) => events.push(message));
  const refused = assert.rejects(client.joinRoom('tea'), { code: 'room-not-exists' });
  await socket.hear({ type: 'room-not-exists', id: socket.sent[0].id, code: 'room-not-exists', message: 'No.', room: 'tea' });
  await refused;
  assert.deepEqual(events, []);
});

test('a message without an id of a request is an event of its type', async () => {
  const { client, socket } = await openClient();
  const heard = [];
  const stop = client.on('client-joined', ({ clientId }) => heard.push(clientId));
  await socket.hear({ type: 'client-joined', room: 'tea', clientId: 'ben', role: 'member', joinedAt: 1, media: [] });
  stop();
  await socket.hear({ type: 'client-joined', room: 'tea', clientId: 'cat', role: 'member', joinedAt: 2, media: [] });
  assert.deepEqual(heard, ['ben']);
});

test('an answer is an event, too, before its promise goes on', async () => {
  const { client, socket } = await openClient();
  const order = [];
  client.on('room-created', () => order.push('event'));
  const created = client.createRoom('tea').then(() => order.push('promise'));
  await socket.hear({ type: 'room-created', id: socket.sent[0].id, room: 'tea' });
  await created;
  assert.deepEqual(order, ['event', 'promise']);
});

test('an id is answered once: a second answer is only an event', async () => {
  const { client, socket } = await openClient();
  const ids = [];
  client.on('ice-servers', (message) => ids.push(message.id));
  const asked = client.getIceServers();
  const [{ id }] = socket.sent;
  await socket.hear({ type: 'ice-servers', id, iceServers: [{ urls: 'stun:a' }] });
  await socket.hear({ type: 'ice-servers', id, iceServers: [] });
  assert.deepEqual(await asked, [{ urls: 'stun:a' }]);
  assert.deepEqual(ids, [id, id]);
});

test('what is no message changes nothing', async () => {
  const { client, socket } = await openClient();
  for (const text of ['', '{', 'null', '[]', '7', '{"type":7}', '{}']) await socket.hearText(text);
  socket.onmessage({ data: new ArrayBuffer(2) });
  assert.equal(client.state, 'open');
});

test('a cut rejects every request that waits, and nobody listens to the dead WebSocket', async () => {
  const { client, socket } = await openClient();
  const lost = { name: 'SignalingError', code: 'connection-lost' };
  const waiting = [client.joinRoom('tea'), client.listRooms()].map((request) => assert.rejects(request, lost));
  await socket.end(1006);
  await Promise.all(waiting);
  assert.deepEqual([socket.onopen, socket.onmessage, socket.onclose], [null, null, null]);
});

test('close rejects every request that waits', async () => {
  const { client, socket, timers } = await openClient();
  const waiting = client.joinRoom('tea');
  client.close();
  await assert.rejects(waiting, { code: 'connection-lost' });
  assert.equal(socket.closedWith, 1000);
  assert.equal(timers.waiting, 0);
});

test('without a connection nothing is sent, and the request is rejected', async () => {
  const { client, sockets } = fakeClient();
  await assert.rejects(client.joinRoom('tea'), { code: 'not-connected' });
  client.connect('ws://server/');
  await assert.rejects(client.joinRoom('tea'), { code: 'not-connected' });
  assert.deepEqual(sockets[0].sent, []);
});

test('members cannot replace type and id, and undefined ones are left out', async () => {
  const { client, socket } = await openClient();
  client.request('room-join', { type: 'x', id: 'y', room: 'tea', password: undefined }).catch(() => {});
  assert.deepEqual(socket.sent, [{ type: 'room-join', id: 2, room: 'tea' }]);
});

test('a request that is no JSON is rejected and leaves nothing behind', async () => {
  const { client, socket } = await openClient();
  const circle = {};
  circle.self = circle;
  await assert.rejects(client.sendMessage({ room: 'tea' }, circle), TypeError);
  assert.deepEqual(socket.sent, []);
});

/** Each request of the specification, by the method that sends it. */
const METHODS = [
  [(c) => c.ping(), { type: 'ping' }],
  [(c) => c.createRoom('tea', { capacity: 4 }), { type: 'room-create', room: 'tea', capacity: 4 }],
  [(c) => c.createRoom(), { type: 'room-create' }],
  [(c) => c.joinRoom('tea', { create: true, password: 'p' }), { type: 'room-join', room: 'tea', create: true, password: 'p' }],
  [(c) => c.leaveRoom('tea'), { type: 'room-leave', room: 'tea' }],
  [(c) => c.closeRoom('tea'), { type: 'room-close', room: 'tea' }],
  [(c) => c.listRooms('t'), { type: 'room-list', prefix: 't' }],
  [(c) => c.updateRoom('tea', { locked: true, name: null }), { type: 'room-update', room: 'tea', locked: true, name: null }],
  [(c) => c.kick('tea', 'ben', 'Enough'), { type: 'room-kick', room: 'tea', targetId: 'ben', reason: 'Enough' }],
  [(c) => c.ban('tea', { targetId: 'ben' }, { duration: 60 }), { type: 'room-ban', room: 'tea', targetId: 'ben', duration: 60 }],
  [(c) => c.ban('tea', { username: 'Ben' }), { type: 'room-ban', room: 'tea', username: 'Ben' }],
  [(c) => c.unban('tea', { targetId: 'ben' }), { type: 'room-unban', room: 'tea', targetId: 'ben' }],
  [(c) => c.setRole('tea', 'ben', 'owner'), { type: 'role-set', room: 'tea', targetId: 'ben', role: 'owner' }],
  [(c) => c.sendSignal('tea', 'ben', { candidate: null }, 'candidate'),
    { type: 'signal-send', room: 'tea', targetId: 'ben', kind: 'candidate', data: { candidate: null } }],
  [(c) => c.sendMessage({ room: 'tea' }, [1], { echo: true }), { type: 'message-send', room: 'tea', data: [1], echo: true }],
  [(c) => c.sendMessage({ group: 'g' }, null), { type: 'message-send', group: 'g', data: null }],
  [(c) => c.joinGroup('g'), { type: 'group-join', group: 'g' }],
  [(c) => c.leaveGroup('g'), { type: 'group-leave', group: 'g' }],
  [(c) => c.toggleResource('video'), { type: 'resource-toggle', resource: 'video' }],
  [(c) => c.toggleResource('video', false), { type: 'resource-toggle', resource: 'video', enabled: false }],
  [(c) => c.setPresence({ show: 'dnd' }), { type: 'presence-set', show: 'dnd' }],
  [(c) => c.setFields({ scope: 'room', room: 'tea' }, { topic: null }),
    { type: 'field-set', scope: 'room', room: 'tea', fields: { topic: null } }],
  [(c) => c.setFields({ scope: 'session' }, {}, { replace: true }), { type: 'field-set', scope: 'session', fields: {}, replace: true }],
  [(c) => c.getIceServers(), { type: 'ice-get' }],
  [(c) => c.refreshAuthentication({ token: { jwt: 'x' } }), { type: 'auth-refresh', token: { jwt: 'x' } }],
  [(c) => c.startCall('tea', 'ben', 'Hi'), { type: 'call-start', room: 'tea', targetId: 'ben', data: 'Hi' }],
  [(c) => c.acceptCall('1'), { type: 'call-accept', callId: '1' }],
  [(c) => c.rejectCall('1', 'busy'), { type: 'call-reject', callId: '1', reason: 'busy' }],
  [(c) => c.sendOffer('1', {}), { type: 'call-offer', callId: '1', data: {} }],
  [(c) => c.sendAnswer('1', {}), { type: 'call-answer', callId: '1', data: {} }],
  [(c) => c.sendCandidate('1', null), { type: 'call-candidate', callId: '1', data: null }],
  [(c) => c.hangUp('1'), { type: 'call-hangup', callId: '1' }],
];

test('each method sends its request as the specification says', async () => {
  for (const [call, expected] of METHODS) {
    const { client, socket } = await openClient();
    call(client).catch(() => {});
    const [{ id, ...sent }] = socket.sent;
    assert.deepEqual(sent, expected);
    assert.equal(typeof id, 'number');
  }
});

test('every request of the specification has a method', () => {
  const covered = new Set(['hello', ...METHODS.map(([, { type }]) => type)]);
  const notRequests = new Set(['dance']);
  const missing = [...specifiedRequests()].filter((type) => !covered.has(type) && !notRequests.has(type));
  assert.deepEqual(missing, []);
});
