// @ts-check
// What the page says to people: one sentence for each code. A code that is not here gets the last resort.

const REFUSALS = new Map(Object.entries({
  'invalid-message': 'The server did not understand this page. Reloading may help.',
  'unknown-type': 'The server does not know this feature.',
  'invalid-argument': 'Something that you entered cannot be used. Names must not be empty or contain control characters.',
  'limit-exceeded': 'The server has reached one of its limits. Please try again later.',
  'not-permitted': 'You may not do that in this room.',
  'room-not-exists': 'There is no such room any more.',
  'room-exists': 'There is a room of that name already.',
  'not-in-room': 'You are no longer in this room.',
  'already-in-room': 'You are in this room already.',
  'room-full': 'This room is full.',
  'room-closing': 'This room is about to close.',
  'room-locked': 'This room is locked. Ask somebody inside to unlock it.',
  'wrong-password': 'That is not the password of this room.',
  'too-many-attempts': 'Too many wrong passwords.',
  banned: 'You are banned from this room.',
  'already-banned': 'This person is banned already.',
  'not-banned': 'This person is not banned.',
  'target-not-found': 'This person has just left.',
  'target-busy': 'This person is busy.',
  'call-not-found': 'This call has ended.',
  'call-not-ready': 'This call is not ready for that yet.',
  'not-in-group': 'You are not in this group.',
  'invalid-ticket': 'You are not signed in any more. Please sign in again.',
  'application-not-exists': 'The server does not offer this application.',
  'out-of-sequence': 'Something that this page sent was lost. Please load it again.',
  'session-closed': 'The server has put you out.',
  'rate-limited': 'That was too much at once.',
  'server-stopping': 'The server is about to restart. Please try again in a moment.',
  'internal-error': 'Something went wrong in the server. Nothing was changed.',
  unreachable: 'The server cannot be reached.',
  'no-ticket': 'You are not signed in.',
  'not-connected': 'There is no connection to the server.',
  'connection-lost': 'The connection was cut before the server could answer.',
}));

const DEPARTURES = new Map(Object.entries({
  kicked: 'You were removed from the room.',
  banned: 'You were banned from the room.',
  closed: 'The room was closed.',
}));

const FINAL_CLOSES = new Map(Object.entries({
  1008: 'The server ended the connection, because this page may not go on.',
  1009: 'The server ended the connection, because a message was too big.',
  4000: 'You are connected from another window now.',
  4001: 'The server ended your connection.',
}));

const CAPTURE_PROBLEMS = new Map(Object.entries({
  NotAllowedError: 'The browser does not let this page use it.',
  NotFoundError: 'None was found.',
  NotReadableError: 'Another program is using it.',
  InsecureContext: 'Browsers allow it only over HTTPS.',
}));

/**
 * @param {{ code?: string, retryAfter?: number }} error
 * @returns {string}
 */
export function refusalSentence({ code = '', retryAfter }) {
  const sentence = REFUSALS.get(code) ?? 'That did not work.';
  return retryAfter === undefined ? sentence : `${sentence} You can try again ${inTime(retryAfter)}.`;
}

/**
 * @param {string} reason
 * @param {string} [message] What the one who did it says about it.
 */
export function departureSentence(reason, message) {
  const sentence = DEPARTURES.get(reason) ?? 'You have left the room.';
  return message ? `${sentence} “${message}”` : sentence;
}

/** @param {number | undefined} code */
export function closeSentence(code) {
  return FINAL_CLOSES.get(String(code)) ?? 'The server ended the connection.';
}

/**
 * @param {string} device Such as "camera".
 * @param {string} problem The name of the browser's error.
 */
export function captureSentence(device, problem) {
  return `You are without a ${device}. ${CAPTURE_PROBLEMS.get(problem) ?? 'It could not be started.'}`;
}

/** @param {number} milliseconds */
function inTime(milliseconds) {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  if (seconds < 90) return `in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `in ${minutes} minutes` : `in ${Math.ceil(minutes / 60)} hours`;
}
