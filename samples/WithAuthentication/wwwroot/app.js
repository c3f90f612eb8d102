// @ts-check
import { SignalingClient, ticketFrom } from './signaling.js';

/** @param {string} id @returns {any} */
const find = (id) => document.getElementById(id);

const client = new SignalingClient();
/** Who is in the room, by client id. @type {Map<string, string>} */
const members = new Map();
/** @type {string | undefined} */ let room;
/** @type {{ name: string, role: string }} */ let me;

/** @param {string} [text] */
function tell(text = '') {
  find('notice').textContent = text;
}

/** Runs what a person has asked for, and tells why it was refused. @param {() => Promise<unknown>} work */
function attempt(work) {
  tell();
  work().catch((error) => tell(error.message));
}

/** @param {string} url @param {object} [body] */
function post(url, body) {
  return fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body ?? {}) });
}

/** @param {HTMLFormElement} form @param {(values: FormData, submitter: HTMLButtonElement) => Promise<unknown>} work */
function onSubmit(form, work) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    attempt(() => work(new FormData(form), /** @type {HTMLButtonElement} */ (event.submitter)));
  });
}

async function begin() {
  const answer = await fetch('/me', { cache: 'no-store' });
  find('sign-in').hidden = answer.ok;
  find('classroom').hidden = !answer.ok;
  if (!answer.ok) return;
  me = await answer.json();
  find('who').textContent = me.name;
  document.body.className = me.role;

  // A new ticket for every connection: it is good once, for half a minute.
  await client.connect('/signaling', { username: me.name, ticket: ticketFrom('/signaling/tickets') });
}

/** @param {any} joined */
function entered(joined) {
  room = joined.room;
  members.clear();
  members.set(client.clientId ?? '', me.name);
  for (const member of joined.members ?? []) members.set(member.clientId, member.username);
  showLock(joined.settings.locked);
  showMembers();
}

/** @param {boolean} isLocked */
function showLock(isLocked) {
  find('lock').setAttribute('aria-pressed', String(isLocked));
  find('lock').textContent = isLocked ? 'Unlock' : 'Lock';
}

function showMembers() {
  find('members').replaceChildren(...[...members].map(([id, name]) => {
    const item = document.createElement('li');
    item.append(name);
    if (me.role === 'teacher' && id !== client.clientId) {
      const kick = document.createElement('button');
      kick.textContent = 'Put out';
      kick.addEventListener('click', () => attempt(() => client.kick(room ?? '', id)));
      item.append(kick);
    }
    return item;
  }));
}

function left() {
  room = undefined;
  members.clear();
  showMembers();
}

client.on('room-created', entered);
client.on('room-joined', entered);
client.on('room-updated', ({ settings }) => showLock(settings.locked));
client.on('client-joined', ({ clientId, username }) => { members.set(clientId, username ?? ''); showMembers(); });
client.on('client-left', ({ clientId }) => { members.delete(clientId); showMembers(); });
client.on('room-left', ({ reason }) => { left(); tell(`You are out of the room (${reason}).`); });
client.on('message-receive', ({ senderId, data }) => {
  const line = document.createElement('li');
  line.textContent = `${members.get(senderId ?? '') ?? ''}: ${data}`;
  find('chat').append(line);
});
client.on('state', ({ state, error, resumed }) => {
  // What is asked for before there is a session would only be refused; while one is cut, it waits.
  if (state !== 'reconnecting') find('room').disabled = state !== 'open';
  if (state === 'open' && !resumed) left();
  tell({ reconnecting: 'The connection is cut; trying again.', closed: error?.message, connecting: '', open: '' }[state]);
});

onSubmit(find('sign-in'), async (values) => {
  const answer = await post('/sign-in', Object.fromEntries(values));
  if (!answer.ok) throw new Error(answer.status === 401 ? 'That is not your password.' : 'Try again in a minute.');
  find('sign-in').reset();
  await begin();
});
onSubmit(find('enter'), async (values, submitter) => {
  const name = String(values.get('room'));
  if (room !== undefined) await client.leaveRoom(room);
  await (submitter.name === 'open' ? client.createRoom(name) : client.joinRoom(name));
  tell();
});
onSubmit(find('say'), async (values) => {
  if (room === undefined) throw new Error('Join a room first.');
  await client.sendMessage({ room }, values.get('text'), { echo: true });
  find('say').reset();
});
find('lock').addEventListener('click', () => attempt(async () => {
  await client.updateRoom(room ?? '', { locked: find('lock').getAttribute('aria-pressed') !== 'true' });
}));
find('sign-out').addEventListener('click', () => attempt(async () => {
  client.close();
  await post('/sign-out');
  await begin();
}));

attempt(begin);
