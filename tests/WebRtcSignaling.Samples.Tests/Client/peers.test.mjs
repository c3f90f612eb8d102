import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PeerMesh } from '../../../samples/SignalingServer/wwwroot/peers.js';
import { fakeClient, settle } from './fakes.mjs';

const OLD = [{ urls: 'turn:old', username: '1', credential: 'a' }];
const NEW = [{ urls: 'turn:new', username: '2', credential: 'b' }];

globalThis.MediaStream = class extends EventTarget {};

/** As much of a browser's connection as a mesh needs to begin a negotiation. */
globalThis.RTCPeerConnection = class extends EventTarget {
  signalingState = 'stable';
  connectionState = 'new';
  restarts = 0;
  transceivers = [];

  constructor(configuration) {
    super();
    this.configuration = configuration;
  }

  getConfiguration() {
    return this.configuration;
  }

  setConfiguration(configuration) {
    this.configuration = configuration;
  }

  getTransceivers() {
    return this.transceivers;
  }

  addTransceiver(kind) {
    this.transceivers.push({ kind, servers: this.configuration.iceServers });
    return this.transceivers.at(-1);
  }

  async setLocalDescription() {
    this.localDescription = { type: 'offer', sdp: '' };
  }

  restartIce() {
    this.restarts += 1;
    this.serversOfRestart = this.configuration.iceServers;
  }

  fail() {
    this.connectionState = 'failed';
    this.onconnectionstatechange();
  }

  close() {
    this.signalingState = 'closed';
  }
};

/** A mesh in a room, which nobody else is in yet. */
async function meshInRoom() {
  const fake = fakeClient();
  const clock = { now: 1_000_000 };
  const mesh = new PeerMesh(fake.client, { now: () => clock.now });
  const connected = fake.client.connect('ws://server/');
  await fake.sockets[0].open('me', { iceServers: OLD, resume: { token: 'first', timeout: 30_000, bytes: 4_000 } });
  await connected;
  const [socket] = fake.sockets;
  socket.sent.length = 0;
  mesh.enter({ room: 'tea', clients: [] });
  return { ...fake, socket, mesh, clock };
}

function join(socket, clientId) {
  return socket.hear({ type: 'client-joined', room: 'tea', clientId, role: 'member', joinedAt: 1, media: [] });
}

const serversOf = (mesh, clientId) => mesh.peers.get(clientId).connection.configuration.iceServers;
const asked = (socket) => socket.sent.filter(({ type }) => type === 'ice-get');

test('a peer that comes while the ICE servers are fresh is connected without asking again', async () => {
  const { mesh, socket, clock } = await meshInRoom();
  clock.now += 29_999;
  mesh.enter({ room: 'tea', clients: ['ben'] });
  await settle();
  assert.deepEqual(asked(socket), []);
  assert.deepEqual(mesh.peers.get('ben').connection.transceivers.map(({ servers }) => servers), [OLD, OLD]);
});

test('when they are old, they are asked for once, and nothing is negotiated before they are there', async () => {
  const { mesh, socket, clock } = await meshInRoom();
  clock.now += 30_000;
  mesh.enter({ room: 'tea', clients: ['ben', 'cat'] });
  await settle();
  const [{ id }, ...more] = asked(socket);
  assert.deepEqual(more, []);
  const { connection } = mesh.peers.get('ben');
  assert.deepEqual(connection.transceivers, []);
  connection.onnegotiationneeded();
  await settle();
  assert.equal(socket.sent.length, 1, 'no offer yet');
  await socket.hear({ type: 'ice-servers', id, iceServers: NEW });
  assert.deepEqual(socket.sent.slice(1).map(({ type, kind, targetId }) => [type, kind, targetId]), [['signal-send', 'offer', 'ben']]);
  for (const name of ['ben', 'cat']) {
    assert.deepEqual(mesh.peers.get(name).connection.transceivers.map(({ servers }) => servers), [NEW, NEW]);
  }
  await join(socket, 'dan');
  await settle();
  assert.equal(asked(socket).length, 1, 'they are fresh again');
  assert.deepEqual(serversOf(mesh, 'dan'), NEW);
});

test('where the server has none to give at present, the old ones will do', async () => {
  const { mesh, socket, clock } = await meshInRoom();
  clock.now += 30_000;
  mesh.enter({ room: 'tea', clients: ['ben'] });
  await settle();
  await socket.hear({ type: 'error', id: asked(socket)[0].id, code: 'internal-error', message: 'Sorry.' });
  assert.deepEqual(mesh.peers.get('ben').connection.transceivers.map(({ servers }) => servers), [OLD, OLD]);
});

test('a peer that is gone before they are there is left alone', async () => {
  const { mesh, socket, clock } = await meshInRoom();
  clock.now += 30_000;
  mesh.enter({ room: 'tea', clients: ['ben'] });
  await settle();
  const { connection } = mesh.peers.get('ben');
  await socket.hear({ type: 'client-left', room: 'tea', clientId: 'ben', reason: 'left' });
  await socket.hear({ type: 'ice-servers', id: asked(socket)[0].id, iceServers: NEW });
  assert.deepEqual([connection.transceivers, connection.configuration.iceServers], [[], OLD]);
});

test('a reconnect brings the ICE servers of the server that it found', async () => {
  const { mesh, sockets, timers } = await meshInRoom();
  await join(sockets[0], 'ben');
  await sockets[0].end(1006);
  await timers.advance(250);
  sockets[1].onopen();
  await sockets[1].hear({ type: 'resumed', id: sockets[1].sent[0].id, recovered: true, seq: 0, ack: 0, clientId: 'me', iceServers: NEW });
  assert.deepEqual(serversOf(mesh, 'ben'), NEW);
  await join(sockets[1], 'cat');
  assert.deepEqual(serversOf(mesh, 'cat'), NEW);
});

test('a connection that fails is restarted with fresh ICE servers', async () => {
  const { mesh, socket, clock } = await meshInRoom();
  await join(socket, 'ben');
  const { connection } = mesh.peers.get('ben');
  clock.now += 30_000;
  connection.fail();
  await settle();
  assert.equal(connection.restarts, 0);
  await socket.hear({ type: 'ice-servers', id: asked(socket)[0].id, iceServers: NEW });
  assert.deepEqual([connection.restarts, connection.serversOfRestart], [1, NEW]);
});
