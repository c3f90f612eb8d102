// @ts-check
// Puts the page's parts together: what a person does goes to the room, what the room tells goes to the eye.
import { PeerMesh } from './peers.js';
import { SignalingClient } from './signaling.js';
import { Chat } from './page/chat.js';
import { byId, setIcon } from './page/element.js';
import { copyAddress, putRoomIntoAddress } from './page/link.js';
import { Lobby } from './page/lobby.js';
import { LocalMedia } from './page/media.js';
import { banner, notice } from './page/notices.js';
import { Room } from './page/room.js';
import { Stage } from './page/stage.js';
import { wireSwitches } from './page/switches.js';
import { captureSentence, closeSentence, departureSentence, refusalSentence } from './page/words.js';

/** @typedef {import('./signaling/types.js').Member} Member */

const TITLE = document.title;
const WIDE_ENOUGH_FOR_CHAT = '(min-width: 60rem)';

// The page itself came from this server, so it is only away; a person sees that, and may leave.
const client = new SignalingClient({ maxFirstAttempts: Infinity });
const mesh = new PeerMesh(client);
const room = new Room(client);
const media = new LocalMedia();
const lobby = new Lobby();
const chat = new Chat();
const stage = new Stage(byId('stage'), room, {
  remove: ({ clientId }) => attempt(room.remove(clientId)),
  ban: ({ clientId }) => attempt(room.ban(clientId)),
  handOver: ({ clientId }) => attempt(room.handOver(clientId)),
});

/** @type {<Detail>(source: EventTarget, name: string, listener: (detail: Detail) => void) => void} */
function on(source, name, listener) {
  source.addEventListener(name, (event) => listener(/** @type {CustomEvent} */ (event).detail));
}

/**
 * Does something that the server may refuse, and says so if it does.
 * @param {Promise<unknown>} request
 */
async function attempt(request) {
  try {
    await request;
  } catch (error) {
    notice(refusalSentence(/** @type {import('./signaling.js').SignalingError} */ (error)));
  }
}

/** @param {string} [error] Why. */
function backToLobby(error) {
  mesh.leave();
  client.close();
  stage.clear();
  banner();
  document.title = TITLE;
  byId('call').hidden = true;
  lobby.show(error);
}

function showCall() {
  lobby.hide();
  byId('call').hidden = false;
  byId('room-name').textContent = room.name;
  document.title = `${room.name} · ${TITLE}`;
  chat.clear();
  chat.open(matchMedia(WIDE_ENOUGH_FOR_CHAT).matches);
  byId('room-name').focus();
}

function showPeople() {
  stage.refresh();
  const count = room.members.length;
  byId('people-count').textContent = String(count);
  byId('people').title = count === 1 ? 'Only you are here' : `${count} people are here`;
  byId('alone').hidden = count !== 1;
  byId('toggle-lock').hidden = !room.mayLock;
}

// The person and their devices.
wireSwitches(media);
media.addEventListener('change', () => {
  const isSeen = media.videoTrack !== null;
  // A stream without a track would keep the page loading for as long as none comes.
  lobby.preview.srcObject = isSeen ? media.preview : null;
  byId('preview-off').hidden = isSeen;
  mesh.setTrack('audio', media.audioTrack);
  mesh.setTrack('video', media.videoTrack);
  room.setMedia(media.enabled);
});
on(media, 'problem', (/** @type {{ device: string, problem: string }} */ { device, problem }) => notice(captureSentence(device, problem)));
media.start();

// The way in and out.
on(lobby, 'join', (/** @type {{ username: string, room: string, password: string }} */ wanted) => {
  putRoomIntoAddress(wanted.room);
  room.enter(wanted.room, wanted.password);
  client.connect('signaling', { username: wanted.username }).catch(() => {
    // The state `closed` tells the person; see below.
  });
});
byId('leave').addEventListener('click', () => {
  room.leave();
  backToLobby();
});
on(room, 'entered', (/** @type {import('./signaling/types.js').RoomJoined} */ joined) => {
  if (byId('call').hidden) showCall();
  banner();
  stage.clear();
  mesh.enter(joined);
  stage.tile(room.ownId).stream = media.preview;
});
on(room, 'refused', (/** @type {import('./signaling.js').SignalingError} */ error) => backToLobby(refusalSentence(error)));
on(room, 'put-out', (/** @type {{ reason: string, message?: string }} */ { reason, message }) => {
  backToLobby(departureSentence(reason, message));
});

// The connection.
client.on('state', ({ state, code, error, resumed }) => {
  if (resumed) banner();
  if (state === 'reconnecting') {
    banner(`${byId('call').hidden ? 'The server cannot be reached.' : 'The connection to the server is lost.'} Trying again…`);
  }
  if (state === 'closed' && room.name !== '') {
    room.leave();
    backToLobby(error === undefined ? closeSentence(code) : refusalSentence(error));
  }
});
byId('banner-retry').addEventListener('click', () => client.retryNow());
window.addEventListener('online', () => client.retryNow());

// Who is here.
on(room, 'member', (/** @type {{ member: Member, arrived: boolean }} */ { member, arrived }) => {
  showPeople();
  if (arrived) chat.note(`${room.nameOf(member.clientId)} is here`);
});
on(room, 'member-left', (/** @type {{ clientId: string, reason: string }} */ { clientId, reason }) => {
  stage.remove(clientId);
  showPeople();
  const how = { kicked: 'was removed', banned: 'was banned', disconnected: 'lost the connection' }[reason] ?? 'has left';
  chat.note(`${room.nameOf(clientId)} ${how}`);
});
on(room, 'owner', (/** @type {{ ownerId: string | null }} */ { ownerId }) => {
  if (ownerId === null) return;
  notice(ownerId === room.ownId ? 'You own this room now.' : `${room.nameOf(ownerId)} owns this room now.`);
});
on(room, 'banned', (/** @type {{ clientId?: string, username: string }} */ { clientId, username }) => {
  const undo = clientId !== undefined && room.mayLock ? { label: 'Undo', run: () => attempt(room.unban(clientId)) } : undefined;
  notice(`${username} is banned.`, undo);
});
on(mesh, 'peer-added', (/** @type {import('./peers/peer.js').Peer} */ peer) => {
  const tile = stage.tile(peer.clientId);
  tile.stream = peer.stream;
  tile.waiting = true;
});
on(mesh, 'peer-state', (/** @type {import('./peers/peer.js').Peer} */ peer) => {
  stage.tile(peer.clientId).waiting = peer.state !== 'connected';
});

// The room's lock, link and chat.
on(room, 'settings', () => {
  const lock = byId('toggle-lock');
  lock.title = room.locked ? 'Unlock the room, so that others may join' : 'Lock the room, so that nobody else may join';
  byId('toggle-lock-text').textContent = room.locked ? 'Unlock' : 'Lock';
  setIcon(lock, room.locked ? 'lock' : 'unlock');
  byId('locked').hidden = !room.locked;
  byId('with-password').hidden = !room.hasPassword;
});
byId('toggle-lock').addEventListener('click', () => attempt(room.setLocked(!room.locked)));
for (const id of ['copy-link', 'copy-link-alone']) {
  byId(id).addEventListener('click', async () => {
    const isCopied = await copyAddress();
    notice(isCopied ? 'The link is copied. Send it to whomever you want to meet.' : 'Please copy the address of this page from above.');
  });
}
on(chat, 'say', (/** @type {string} */ text) => attempt(room.say(text)));
on(room, 'chat', (/** @type {import('./page/room.js').ChatLine} */ { clientId, text }) => {
  chat.add(room.nameOf(clientId), text, clientId === room.ownId);
});
