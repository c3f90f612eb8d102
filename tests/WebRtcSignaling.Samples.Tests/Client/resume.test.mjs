import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeClient, settle } from './fakes.mjs';

const PROTOCOL = 'webrtc-signaling.v1';

/** A client that is connected to a server that lets it come back. */
async function resumableClient() {
  const fake = fakeClient();
  const connected = fake.client.connect('ws://server/');
  await fake.sockets[0].open('ann', { resume: { token: 'first', timeout: 30_000, bytes: 4_000 } });
  await connected;
  return fake;
}

/** Its connection is cut, and it dials again. */
async function cutAndDial({ sockets, timers, states }) {
  await sockets.at(-1).end(1006);
  await timers.advance(states.at(-1).retryIn);
  sockets.at(-1).onopen();
  return sockets.at(-1);
}

function resumed(socket, members) {
  return socket.hear({ type: 'resumed', id: socket.sent[0].id, recovered: true, clientId: 'ann', resume: { token: 'second', timeout: 30_000, bytes: 4_000 }, ...members });
}

test('after a cut it says hello with the token and the last number that it has heard', async () => {
  const fake = await resumableClient();
  await fake.sockets[0].hear({ seq: 1, type: 'client-joined', room: 'tea', clientId: 'ben' });
  const socket = await cutAndDial(fake);
  assert.deepEqual(socket.protocol, [PROTOCOL, 'hello']);
  const [{ id, ...hello }] = socket.sent;
  assert.deepEqual(hello, { type: 'hello', resume: 'first', ack: 1 });
  await resumed(socket, { seq: 1, ack: 0 });
  assert.equal(fake.client.state, 'open');
  assert.equal(fake.client.clientId, 'ann');
  assert.equal(fake.states.at(-1).resumed, true);
  assert.deepEqual(socket.sent[1], { type: 'ack', ack: 1 }, 'it shows that it has the next token');
  const next = await cutAndDial(fake);
  assert.equal(next.sent[0].resume, 'second');
});

test('requests bear numbers and what has been heard', async () => {
  const { client, sockets: [socket] } = await resumableClient();
  await socket.hear({ seq: 1, type: 'client-joined', room: 'tea', clientId: 'ben' });
  client.sendSignal('tea', 'ben', 1).catch(() => {});
  client.sendSignal('tea', 'ben', 2).catch(() => {});
  assert.deepEqual(socket.sent.slice(1).map(({ seq, ack, data }) => [seq, ack, data]), [[1, 1, 1], [2, 1, 2]]);
});

test('what the server has not taken is sent again, and answers reach whoever asked', async () => {
  const fake = await resumableClient();
  const [taken, lost] = [fake.client.joinRoom('tea'), fake.client.listRooms()];
  const socket = await cutAndDial(fake);
  await resumed(socket, { seq: 0, ack: 1 });
  assert.deepEqual(socket.sent.slice(2).map(({ seq, type }) => [seq, type]), [[2, 'room-list']]);
  await socket.hear({ seq: 1, type: 'room-joined', id: fake.sockets[0].sent[1].id, room: 'tea' });
  await socket.hear({ seq: 2, ack: 2, type: 'room-list', id: socket.sent[2].id, rooms: [] });
  assert.equal((await taken).room, 'tea');
  assert.deepEqual((await lost).rooms, []);
});

test('what is asked for while the connection is cut goes out when it is back, and not before the server has answered', async () => {
  const fake = await resumableClient();
  await fake.sockets[0].end(1006);
  const asked = fake.client.listRooms();
  await fake.timers.advance(250);
  const socket = fake.sockets.at(-1);
  const meanwhile = fake.client.getIceServers();
  socket.onopen();
  assert.equal(socket.sent.length, 1);
  await resumed(socket, { seq: 0, ack: 0 });
  assert.deepEqual(socket.sent.slice(2).map(({ seq, type }) => [seq, type]), [[1, 'room-list'], [2, 'ice-get']]);
  await socket.hear({ seq: 1, type: 'room-list', id: socket.sent[2].id, rooms: [] });
  await socket.hear({ seq: 2, type: 'ice-servers', id: socket.sent[3].id, iceServers: [] });
  await Promise.all([asked, meanwhile]);
});

test('a message that comes twice is heard once, and without its numbers', async () => {
  const { client, sockets: [socket] } = await resumableClient();
  const heard = [];
  client.on('client-joined', (message) => heard.push(message));
  const message = { seq: 1, ack: 0, type: 'client-joined', room: 'tea', clientId: 'ben' };
  await socket.hear(message);
  await socket.hear(message);
  assert.deepEqual(heard, [{ type: 'client-joined', room: 'tea', clientId: 'ben' }]);
});

test('it acknowledges a quarter of what the server keeps when it has nothing to say', async () => {
  const { client, sockets: [socket] } = await resumableClient();
  const hear = (seq) => socket.hear({ seq, type: 'message-receive', room: 'tea', data: 'x'.repeat(400) });
  for (let seq = 1; seq <= 7; seq += 1) await hear(seq);
  assert.deepEqual(socket.sent.map(({ type, ack }) => [type, ack]), [['ack', 0], ['ack', 3], ['ack', 6]]);
  client.listRooms();
  await hear(8);
  await hear(9);
  assert.deepEqual(socket.sent.slice(3).map(({ type, ack }) => [type, ack]), [['room-list', 7]], 'a request tells it, too');
  await hear(10);
  assert.deepEqual(socket.sent.slice(4).map(({ type, ack }) => [type, ack]), [['ack', 10]]);
});

test('where the server keeps nothing there is nothing to acknowledge', async () => {
  const fake = await resumableClient();
  const socket = await cutAndDial(fake);
  await resumed(socket, { seq: 0, ack: 0, resume: { token: 'second', timeout: 30_000, bytes: 0 } });
  for (let seq = 1; seq <= 7; seq += 1) await socket.hear({ seq, type: 'message-receive', room: 'tea', data: 'x'.repeat(400) });
  assert.deepEqual(socket.sent.map(({ type, ack }) => [type, ack]), [['hello', 0], ['ack', 0]]);
});

test('when something was missed it leaves its rooms before anything else, and pages begin anew', async () => {
  const fake = await resumableClient();
  const lost = assert.rejects(fake.client.joinRoom('tea'), { code: 'connection-lost' });
  const socket = await cutAndDial(fake);
  fake.client.on('state', ({ state, resumed: isResumed }) => {
    if (state === 'open' && !isResumed) fake.client.joinRoom('tea').catch(() => {});
  });
  await resumed(socket, { recovered: false, seq: 40, ack: 1, rooms: [{ room: 'tea' }], groups: [] });
  await lost;
  assert.equal(fake.states.at(-1).resumed, false);
  assert.deepEqual(socket.sent.slice(2).map(({ seq, ack, type }) => [seq, ack, type]), [[2, 40, 'room-leave'], [3, 40, 'room-join']]);
});

test('when the session is over everything begins anew', async () => {
  const fake = await resumableClient();
  const lost = assert.rejects(fake.client.joinRoom('tea'), { code: 'connection-lost' });
  const socket = await cutAndDial(fake);
  await resumed(socket, { recovered: false, clientId: 'somebody else', seq: 0, ack: 0, rooms: [], groups: [] });
  await lost;
  assert.equal(fake.client.clientId, 'somebody else');
  assert.equal(fake.states.at(-1).resumed, false);
  fake.client.listRooms().catch(() => {});
  assert.equal(socket.sent.at(-1).seq, 1);
});

test('a terminal close ends it for good, and requests that wait are rejected', async () => {
  const fake = await resumableClient();
  const lost = assert.rejects(fake.client.joinRoom('tea'), { code: 'connection-lost' });
  await fake.sockets[0].end(4000, 'another connection took over');
  await lost;
  assert.equal(fake.client.state, 'closed');
  fake.client.connect('ws://server/').catch(() => {});
  assert.deepEqual(await fake.sockets.at(-1).open(), { type: 'hello' }, 'it does not try to come back to what is over');
});

test('a ticket goes along when it comes back, too', async () => {
  const { client, sockets, timers } = fakeClient();
  let asked = 0;
  client.connect('ws://server/', { ticket: () => `t${++asked}` });
  await settle();
  await sockets[0].open('ann', { resume: { token: 'first', timeout: 1 } });
  await sockets[0].end(1006);
  await timers.advance(250);
  assert.deepEqual(sockets[1].protocol, [PROTOCOL, 'hello', 'ticket.t2']);
});

test('no more waits for the connection than a page can hold', async () => {
  const fake = await resumableClient();
  await fake.sockets[0].end(1006);
  for (let i = 0; i < 1_000; i += 1) fake.client.listRooms().catch(() => {});
  await assert.rejects(fake.client.listRooms(), { code: 'not-connected' });
});
