import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ticketFrom } from '../../../samples/SignalingServer/wwwroot/signaling.js';
import { fakeClient, settle } from './fakes.mjs';

const PROTOCOL = 'webrtc-signaling.v1';

test('a ticket is asked for at every connect and goes along as a sub-protocol', async () => {
  const { client, sockets, timers } = fakeClient();
  let asked = 0;
  const connected = client.connect('ws://server/', { ticket: async () => `t${++asked}` });
  assert.equal(sockets.length, 0, 'not before there is a ticket');
  await settle();
  assert.deepEqual(sockets[0].protocol, [PROTOCOL, 'hello', 'ticket.t1']);
  assert.equal(sockets[0].url, 'ws://server/', 'never in the address');
  await sockets[0].open();
  await connected;
  await sockets[0].end(1006);
  await timers.advance(250);
  assert.deepEqual(sockets[1].protocol, [PROTOCOL, 'hello', 'ticket.t2']);
  assert.equal(asked, 2);
});

test('a source that answers without a promise will do', async () => {
  const { client, sockets } = fakeClient();
  client.connect('ws://server/', { ticket: () => 'now' });
  await settle();
  assert.deepEqual(sockets[0].protocol, [PROTOCOL, 'hello', 'ticket.now']);
});

for (const none of [null, undefined, '']) {
  test(`without a ticket (${JSON.stringify(none)}) nobody is signed in, and it ends for good`, async () => {
    const { client, sockets, timers, states } = fakeClient();
    const refused = assert.rejects(client.connect('ws://server/', { ticket: async () => none }), { code: 'no-ticket' });
    await refused;
    await timers.advance(60_000);
    assert.equal(client.state, 'closed');
    assert.equal(states.at(-1).error.code, 'no-ticket');
    assert.equal(sockets.length, 0);
    assert.equal(timers.waiting, 0);
  });
}

test('a source that fails is asked again after the back-off', async () => {
  const { client, sockets, timers, states } = fakeClient();
  let failures = 2;
  client.connect('ws://server/', { ticket: async () => { if (failures-- > 0) throw new Error('offline'); return 'late'; } });
  await settle();
  assert.deepEqual([client.state, states.at(-1).code, states.at(-1).retryIn], ['reconnecting', 1006, 250]);
  await timers.advance(250);
  assert.equal(states.at(-1).retryIn, 500);
  await timers.advance(500);
  assert.deepEqual(sockets.map(({ protocol }) => protocol), [[PROTOCOL, 'hello', 'ticket.late']]);
});

test('a source that throws at once is asked again, too', async () => {
  const { client, timers } = fakeClient();
  let asked = 0;
  client.connect('ws://server/', { ticket: () => { asked += 1; throw new Error('broken'); } });
  await settle();
  assert.equal(client.state, 'reconnecting');
  await timers.advance(250);
  assert.equal(asked, 2);
});

test('a source that never answers is left in time, and its late answer changes nothing', async () => {
  const { client, sockets, timers } = fakeClient();
  const answers = [];
  client.connect('ws://server/', { ticket: () => new Promise((resolve) => { answers.push(resolve); }) });
  await timers.advance(10_000);
  assert.equal(client.state, 'reconnecting');
  await timers.advance(250);
  assert.equal(answers.length, 2);
  answers[0]('first');
  await settle();
  assert.equal(sockets.length, 0);
  answers[1]('second');
  await settle();
  assert.deepEqual(sockets.map(({ protocol }) => protocol), [[PROTOCOL, 'hello', 'ticket.second']]);
});

test('closing while a ticket is on its way opens nothing', async () => {
  const { client, sockets, timers } = fakeClient();
  let answer;
  client.connect('ws://server/', { ticket: () => new Promise((resolve) => { answer = resolve; }) }).catch(() => {});
  client.close();
  answer('late');
  await settle();
  assert.equal(sockets.length, 0);
  assert.equal(client.state, 'closed');
  assert.equal(timers.waiting, 0);
});

test('a ticket that the server refuses in hello ends it for good', async () => {
  const { client, sockets } = fakeClient();
  const refused = assert.rejects(client.connect('ws://server/', { username: 'Ann', ticket: () => 't' }), { code: 'invalid-ticket' });
  await settle();
  sockets[0].onopen();
  await sockets[0].hear({ type: 'error', id: 1, code: 'invalid-ticket', message: 'No.' });
  await refused;
  assert.equal(client.state, 'closed');
});

/** What `ticketFrom` asks as often as is said, and what it makes of the last answer. */
async function ask(status, body, request, times = 1) {
  const asked = [];
  const fetched = globalThis.fetch;
  globalThis.fetch = async (...args) => { asked.push(args); return new Response(body, { status }); };
  try {
    const source = ticketFrom('/signaling/tickets', request);
    for (let time = 1; time < times; time += 1) await source();
    return { asked, ticket: await source() };
  } finally {
    globalThis.fetch = fetched;
  }
}

test('ticketFrom posts with the cookies and takes the ticket from the answer', async () => {
  const { asked, ticket } = await ask(200, '{"ticket":"abc","expiresIn":30000}', { headers: { Authorization: 'Bearer x' } });
  assert.equal(ticket, 'abc');
  assert.deepEqual(asked, [['/signaling/tickets', {
    method: 'POST', credentials: 'include', cache: 'no-store', headers: { Authorization: 'Bearer x' },
  }]]);
});

test('ticketFrom asks a function anew for every ticket, so a renewed access token goes along', async () => {
  for (const isPromise of [false, true]) {
    let renewed = 0;
    const request = () => ({ headers: { Authorization: `Bearer ${++renewed}` } });
    const { asked } = await ask(200, '{"ticket":"abc"}', isPromise ? async () => request() : request, 2);
    assert.deepEqual(asked.map(([, { method, headers }]) => [method, headers.Authorization]), [['POST', 'Bearer 1'], ['POST', 'Bearer 2']]);
  }
});

test('ticketFrom has none for whoever is not signed in, and fails where asking again can help', async () => {
  assert.equal((await ask(401, 'Sign in.')).ticket, null);
  assert.equal((await ask(403, 'No.')).ticket, null);
  await assert.rejects(ask(429, 'Later.'), /429/);
  await assert.rejects(ask(503, 'Later.'), /503/);
});
