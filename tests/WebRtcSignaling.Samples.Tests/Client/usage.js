// @ts-check
// Never run: how pages use the client. The compiler finds every mistake in it, and misses each one that is announced and not made.
import { PeerMesh } from '../../../samples/SignalingServer/wwwroot/peers.js';
import { SignalingClient, SignalingError, ticketFrom } from '../../../samples/SignalingServer/wwwroot/signaling.js';

/** @param {MediaStreamTrack} camera */
export async function use(camera) {
  const client = new SignalingClient({ maxFirstAttempts: 3 });
  const mesh = new PeerMesh(client);
  client.on('signal-receive', ({ senderId, data }) => console.log(senderId.length, data));
  client.on('signal-expired', ({ targetId }) => console.log(targetId.length));
  client.on('resumed', ({ recovered, rooms = [] }) => console.log(recovered, rooms.flatMap(({ calls }) => calls.map(({ callId }) => callId.length))));
  // @ts-expect-error There is no such event.
  client.on('signal-received', () => {});
  // @ts-expect-error A signal has no such member.
  client.on('signal-receive', ({ clientId }) => console.log(clientId));
  const token = async () => ({ jwt: 'x' });
  const ticket = ticketFrom('/signaling/tickets', async () => ({ headers: { Authorization: (await token()).jwt } }));
  const { limits } = await client.connect('/signaling', { username: 'Ann', token, ticket });
  // @ts-expect-error A username is text.
  await client.connect('/signaling', { username: limits.rooms });
  try {
    mesh.enter(await client.joinRoom('tea', { create: true, capacity: 4 }));
    await mesh.setTrack('video', camera);
    // @ts-expect-error There is no such kind of track.
    await mesh.setTrack('screen', camera);
  } catch (error) {
    if (error instanceof SignalingError) console.log(error.code.length, error.retryAfter?.toFixed());
  }
}
