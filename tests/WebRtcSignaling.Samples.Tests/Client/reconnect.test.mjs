import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SignalingError } from '../../../samples/SignalingServer/wwwroot/signaling.js';
import { isFinalClose, reconnectDelay } from '../../../samples/SignalingServer/wwwroot/signaling/backoff.js';
import { fakeClient, openClient, settle, specifiedTable } from './fakes.mjs';

const BACKOFF = { first: 500, longest: 30_000 };

test('connect opens a WebSocket with the sub-protocol and resolves with the welcome', async () => {
  const { client, sockets, states } = fakeClient();
  const connected = client.connect('https://example.org/signaling', { application: 'my game' });
  assert.equal(client.state, 'connecting');
  assert.equal(client.clientId, undefined);
  await sockets[0].open('ann');
  assert.equal((await connected).clientId, 'ann');
  assert.equal(client.clientId, 'ann');
  assert.equal(sockets[0].url, 'wss://example.org/signaling?application=my+game');
  assert.deepEqual(sockets[0].protocol, ['webrtc-signaling.v1', 'hello']);
  assert.deepEqual(states.map(({ state }) => state), ['connecting', 'open']);
});

test('without anything to say of itself, hello is announced and said all the same, as an endpoint may require it', async () => {
  const { client, sockets } = fakeClient();
  const connected = client.connect('ws://server/');
  assert.deepEqual(sockets[0].protocol, ['webrtc-signaling.v1', 'hello']);
  sockets[0].onopen();
  assert.deepEqual(sockets[0].sent, [{ type: 'hello', id: 1 }]);
  await sockets[0].hear({ type: 'welcome', id: 1, clientId: 'ann' });
  await connected;
  assert.equal(client.state, 'open');
});

test('with a username, hello goes out at once and its answer opens the connection', async () => {
  const { client, sockets } = fakeClient();
  const connected = client.connect('ws://server/', { username: 'Ann' });
  sockets[0].onopen();
  assert.deepEqual(sockets[0].sent, [{ type: 'hello', username: 'Ann', id: 1 }]);
  await sockets[0].hear({ type: 'welcome', clientId: 'ann' });
  assert.equal(client.state, 'connecting');
  await sockets[0].hear({ type: 'welcome', id: 1, clientId: 'ann', username: 'Ann' });
  assert.equal((await connected).username, 'Ann');
  assert.equal(client.state, 'open');
});

test('a refused hello closes for good and says why', async () => {
  const { client, sockets, states, timers } = fakeClient();
  const connected = client.connect('ws://server/', { username: '' });
  sockets[0].onopen();
  const refused = assert.rejects(connected, { code: 'invalid-argument' });
  await sockets[0].hear({ type: 'error', id: 1, code: 'invalid-argument', message: 'Empty.' });
  await refused;
  assert.equal(states.at(-1).error.code, 'invalid-argument');
  assert.equal(client.state, 'closed');
  assert.equal(timers.waiting, 0);
});

test('a cut is followed by a new WebSocket that says hello again and gets a new id', async () => {
  const { client, sockets, timers, states } = fakeClient();
  client.connect('ws://server/', { username: 'Ann' });
  sockets[0].onopen();
  await sockets[0].hear({ type: 'welcome', id: 1, clientId: 'first' });
  await sockets[0].end(1001, 'restart');
  assert.deepEqual(states.at(-1), { state: 'reconnecting', code: 1001, reason: 'restart', retryIn: 250 });
  assert.equal(client.clientId, undefined);
  await timers.advance(249);
  assert.equal(sockets.length, 1);
  await timers.advance(1);
  sockets[1].onopen();
  const [{ id, ...hello }] = sockets[1].sent;
  assert.deepEqual(hello, { type: 'hello', username: 'Ann' });
  await sockets[1].hear({ type: 'welcome', id, clientId: 'second' });
  assert.equal(client.clientId, 'second');
});

test('the wait doubles with each failure up to the longest one', async () => {
  const { client, sockets, timers, states } = fakeClient({ random: () => 0.999_999, maxFirstAttempts: Infinity });
  client.connect('ws://server/').catch(() => {});
  for (let failure = 0; failure < 9; failure += 1) {
    await sockets.at(-1).end(1006);
    await timers.advance(states.at(-1).retryIn);
  }
  const waits = states.filter(({ state }) => state === 'reconnecting').map(({ retryIn }) => retryIn);
  assert.deepEqual(waits, [499, 999, 1999, 3999, 7999, 15_999, 29_999, 29_999, 29_999]);
  assert.equal(sockets.length, 10);
});

test('jitter takes the whole range, from nothing to the bound', () => {
  for (let attempt = 0; attempt < 2000; attempt += 1) {
    const bound = Math.min(BACKOFF.longest, BACKOFF.first * 2 ** attempt);
    assert.equal(reconnectDelay(attempt, 1006, BACKOFF, () => 0), 0);
    assert.equal(reconnectDelay(attempt, 1006, BACKOFF, () => 0.5), bound / 2);
    const drawn = reconnectDelay(attempt, 1006, BACKOFF, Math.random);
    assert.ok(drawn >= 0 && drawn < bound, `${drawn} of ${bound}`);
  }
});

test('an overloaded server is given more time from the start', () => {
  assert.equal(reconnectDelay(0, 1013, BACKOFF, () => 0.5), 8000);
  assert.equal(reconnectDelay(9, 1013, BACKOFF, () => 0.5), 15_000);
});

test('the back-off starts anew only after a connection that has lasted', async () => {
  const { client, sockets, timers, states } = fakeClient();
  client.connect('ws://server/');
  await sockets[0].open();
  await sockets[0].end(1006);
  await timers.advance(250);
  await sockets[1].open();
  await sockets[1].end(1006);
  assert.equal(states.at(-1).retryIn, 500, 'it fell at once');
  await timers.advance(500);
  await sockets[2].open();
  await timers.advance(10_000);
  await sockets[2].end(1006);
  assert.equal(states.at(-1).retryIn, 250, 'it lasted');
});

test('the close codes of the specification decide whether to come back', async () => {
  const rows = specifiedTable('Close codes').filter(([code]) => /^\d+$/.test(code));
  assert.ok(rows.length >= 15);
  for (const [code, kind] of rows) {
    assert.ok(kind === 'terminal' || kind === 'retryable', kind);
    assert.equal(isFinalClose(Number(code)), kind === 'terminal', code);
    const { client, socket, states, sockets, timers } = await openClient();
    await socket.end(Number(code), 'why');
    assert.equal(client.state, kind === 'terminal' ? 'closed' : 'reconnecting', code);
    assert.deepEqual([states.at(-1).code, states.at(-1).reason], [Number(code), 'why']);
    await timers.advance(60_000);
    assert.equal(sockets.length > 1, kind === 'retryable', code);
    client.close();
  }
});

test('a connection on which nothing is heard is given up without leaving, and one that is closed is left', async () => {
  const { client, socket, sockets, timers } = await openClient();
  await timers.advance(60_000);
  assert.equal(socket.closedWith, 4004);
  await sockets.at(-1).open();
  client.close();
  assert.equal(sockets.at(-1).closedWith, 1000);
});

test('goaway says how long to stay away at least, and only once', async () => {
  const { socket, sockets, states, timers } = await openClient();
  await socket.hear({ type: 'goaway', retryAfter: 7000 });
  await socket.end(1001, 'the server is going away; try again');
  assert.equal(states.at(-1).retryIn, 7000);
  await timers.advance(6999);
  assert.equal(sockets.length, 1);
  await timers.advance(1);
  assert.equal(sockets.length, 2);
  await sockets[1].end(1006);
  assert.ok(states.at(-1).retryIn < 7000);
});

for (const [code, close] of [['limit-exceeded', 1013], ['too-many-attempts', 4006], ['server-stopping', 1001], ['internal-error', 1011]]) {
  test(`${code} in answer to hello passes: it comes back, and no earlier than it is told to`, async () => {
    const { client, sockets, states, timers } = fakeClient();
    const connected = client.connect('ws://server/');
    sockets[0].onopen();
    await sockets[0].hear({ type: 'error', id: 1, code, message: 'Later.', retryAfter: 40_000 });
    await sockets[0].end(close, 'later');
    assert.deepEqual([client.state, states.at(-1).retryIn], ['reconnecting', 40_000]);
    await timers.advance(39_999);
    assert.equal(sockets.length, 1);
    await timers.advance(1);
    await sockets[1].open('ann');
    assert.equal((await connected).clientId, 'ann');
  });
}

test('the goaway of a room is about the room alone', async () => {
  const { socket, states } = await openClient();
  await socket.hear({ type: 'goaway', room: 'tea', retryAfter: 60_000 });
  await socket.end(1006);
  assert.ok(states.at(-1).retryIn < 60_000);
});

test('connect rejects when the connection is closed for good before it was open', async () => {
  const { client, sockets } = fakeClient();
  const connected = client.connect('ws://server/');
  const refused = assert.rejects(connected, { code: 'not-connected', message: 'not you' });
  await sockets[0].end(1008, 'not you');
  await refused;
});

test('it gives up after the tries that it is allowed', async () => {
  const { client, sockets, timers } = fakeClient({ maxAttempts: 2 });
  const refused = assert.rejects(client.connect('ws://server/'), { code: 'not-connected' });
  for (let failure = 0; failure < 3; failure += 1) {
    await sockets.at(-1).end(1006);
    await timers.advance(30_000);
  }
  await refused;
  assert.equal(client.state, 'closed');
  assert.equal(sockets.length, 3);
});

test('a server that was never reached is given up, with a sentence that says what may be wrong', async () => {
  const { client, sockets, timers, states } = fakeClient();
  const refused = assert.rejects(client.connect('ws://server/wrong', { application: 'game' }), (error) => {
    assert.ok(error instanceof SignalingError);
    assert.equal(error.code, 'unreachable');
    for (const cause of ['ws://server/wrong?application=game', 'path', 'origin', 'application']) assert.ok(error.message.includes(cause), cause);
    return true;
  });
  for (let failure = 0; failure < 5; failure += 1) {
    await sockets.at(-1).end(1006);
    await timers.advance(states.at(-1).retryIn ?? 60_000);
  }
  await refused;
  assert.equal(sockets.length, 5);
  assert.equal(states.at(-1).error.code, 'unreachable');
  assert.equal(timers.waiting, 0);
});

test('a ticket that is never to be had is given up, too', async () => {
  const { client, sockets, timers } = fakeClient();
  const refused = assert.rejects(client.connect('ws://server/', { ticket: () => Promise.reject(new Error('404')) }), { code: 'unreachable', message: /ticket/ });
  await timers.advance(60_000);
  await refused;
  assert.equal(sockets.length, 0);
});

test('a server that was reached once is tried for ever, even if it has not welcomed', async () => {
  const { client, sockets, timers, states } = fakeClient();
  client.connect('ws://server/');
  sockets[0].onopen();
  for (let failure = 0; failure < 20; failure += 1) {
    await sockets.at(-1).end(1006);
    await timers.advance(states.at(-1).retryIn);
  }
  assert.equal(client.state, 'reconnecting');
  assert.equal(sockets.length, 21);
});

test('whoever connects again after giving up has all tries again', async () => {
  const { client, sockets, timers } = fakeClient({ maxFirstAttempts: 1 });
  for (let time = 1; time <= 2; time += 1) {
    const refused = assert.rejects(client.connect('ws://server/'), { code: 'unreachable' });
    await sockets.at(-1).end(1006);
    await refused;
  }
  await timers.advance(60_000);
  assert.equal(sockets.length, 2);
});

test('a server that accepts and then says nothing is left', async () => {
  const { client, sockets, timers } = fakeClient();
  client.connect('ws://server/');
  sockets[0].onopen();
  await timers.advance(9_999);
  assert.equal(client.state, 'connecting');
  await timers.advance(1);
  assert.equal(client.state, 'reconnecting');
  assert.equal(sockets[0].closedWith, 4004);
});

test('silence brings a ping, and any answer to it keeps the connection', async () => {
  const { client, socket, timers } = await openClient();
  await timers.advance(14_999);
  assert.deepEqual(socket.sent, []);
  await timers.advance(1);
  const [{ id, type }] = socket.sent;
  assert.equal(type, 'ping');
  await timers.advance(9_999);
  await socket.hear({ type: 'pong', id });
  await timers.advance(10_000);
  assert.equal(client.state, 'open');
});

test('silence after the ping means that the connection is dead', async () => {
  const { client, socket, timers, states } = await openClient();
  const waiting = assert.rejects(client.listRooms(), { code: 'connection-lost' });
  await timers.advance(25_000);
  await waiting;
  assert.equal(client.state, 'reconnecting');
  assert.equal(states.at(-1).reason, 'the server is silent');
  assert.equal(socket.closedWith, 4004);
  assert.equal(socket.onmessage, null);
});

test('retryNow does not wait for the back-off, and does nothing at any other time', async () => {
  const { client, sockets, socket } = await openClient();
  client.retryNow();
  assert.equal(sockets.length, 1);
  await socket.end(1006);
  client.retryNow();
  client.retryNow();
  assert.equal(sockets.length, 2);
  await sockets[1].open();
  assert.equal(client.state, 'open');
});

test('close while it waits to come back ends it', async () => {
  const { client, socket, sockets, timers } = await openClient();
  await socket.end(1006);
  client.close();
  await timers.advance(60_000);
  assert.equal(client.state, 'closed');
  assert.equal(sockets.length, 1);
  assert.equal(timers.waiting, 0);
});

test('a client that was closed can connect again, but never twice at once', async () => {
  const { client, sockets } = await openClient();
  await assert.rejects(client.connect('ws://server/'), /connected already/);
  client.close();
  const again = client.connect('ws://server/');
  await sockets[1].open('again');
  assert.equal((await again).clientId, 'again');
});

test('an address that is none rejects and leaves the client closed', async () => {
  const { client } = fakeClient();
  await assert.rejects(client.connect('http://'), TypeError);
  await settle();
  assert.equal(client.state, 'closed');
});
