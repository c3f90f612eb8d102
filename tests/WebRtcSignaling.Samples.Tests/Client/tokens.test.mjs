import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeClient, settle } from './fakes.mjs';

const RESUMABLE = { resume: { token: 'first', timeout: 30_000, bytes: 4_000 } };

test('a token goes along in hello, whatever JSON it is', async () => {
  for (const token of ['jwt', { any: ['JSON'] }, 0, null]) {
    const { client, sockets } = fakeClient();
    const connected = client.connect('ws://server/', { username: 'Ann', token });
    assert.deepEqual(await sockets[0].open(), { type: 'hello', username: 'Ann', token });
    await connected;
  }
});

test('a source of tokens is asked at every connect, also for the one that comes back to a session', async () => {
  const { client, sockets, timers } = fakeClient();
  let asked = 0;
  client.connect('ws://server/', { token: async () => `t${++asked}` });
  assert.equal(sockets.length, 0, 'not before there is a token');
  await settle();
  assert.deepEqual(await sockets[0].open('ann', RESUMABLE), { type: 'hello', token: 't1' });
  await sockets[0].end(4005, 'the authentication has expired');
  await timers.advance(250);
  sockets[1].onopen();
  const [{ id, ...hello }] = sockets[1].sent;
  assert.deepEqual(hello, { type: 'hello', token: 't2', resume: 'first', ack: 0 });
});

test('a source that answers without a promise, or with nothing, will do', async () => {
  for (const [source, hello] of [[() => 'now', { type: 'hello', token: 'now' }], [() => undefined, { type: 'hello' }]]) {
    const { client, sockets } = fakeClient();
    client.connect('ws://server/', { token: source });
    await settle();
    assert.deepEqual(await sockets[0].open(), hello);
  }
});

test('a source that fails is asked again after the back-off', async () => {
  const { client, sockets, timers, states } = fakeClient();
  let failures = 1;
  client.connect('ws://server/', { token: () => { if (failures-- > 0) throw new Error('offline'); return 'late'; } });
  await settle();
  assert.deepEqual([client.state, states.at(-1).code, states.at(-1).retryIn], ['reconnecting', 1006, 250]);
  await timers.advance(250);
  assert.equal((await sockets[0].open()).token, 'late');
});

test('a ticket and a token go along together', async () => {
  const { client, sockets } = fakeClient();
  client.connect('ws://server/', { ticket: () => 'a', token: () => 'b' });
  await settle();
  assert.deepEqual(sockets[0].protocol, ['webrtc-signaling.v1', 'hello', 'ticket.a']);
  assert.equal((await sockets[0].open()).token, 'b');
});

test('a token that the app does not take ends it for good', async () => {
  const { client, sockets } = fakeClient();
  const refused = assert.rejects(client.connect('ws://server/', { token: 'wrong' }), { code: 'not-permitted' });
  sockets[0].onopen();
  await sockets[0].hear({ type: 'error', id: sockets[0].sent[0].id, code: 'not-permitted', message: 'No.' });
  await refused;
  assert.equal(client.state, 'closed');
});
