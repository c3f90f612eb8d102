// @ts-check
// The room in the page's address: `#room=name`, so that the address can be sent to others.

/** @returns {string} The room of the address, or an empty string. */
export function roomOfAddress() {
  return new URLSearchParams(location.hash.slice(1)).get('room') ?? '';
}

/** @param {string} room */
export function putRoomIntoAddress(room) {
  history.replaceState(null, '', `#${new URLSearchParams({ room })}`);
}

/** @returns {Promise<boolean>} Whether the address is in the clipboard now. */
export async function copyAddress() {
  try {
    await navigator.clipboard.writeText(location.href);
    return true;
  } catch {
    return false;
  }
}
