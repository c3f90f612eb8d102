// @ts-check
import { byId } from './element.js';
import { roomOfAddress } from './link.js';
import { suggestRoom } from './suggestion.js';

const REMEMBERED_NAME = 'webrtc-signaling.name';

/** The form before a room. Events: `join` with `{ username, room, password }`. */
export class Lobby extends EventTarget {
  #view = byId('lobby');
  #username = /** @type {HTMLInputElement} */ (byId('username'));
  #room = /** @type {HTMLInputElement} */ (byId('room'));
  #password = /** @type {HTMLInputElement} */ (byId('password'));
  #button = /** @type {HTMLButtonElement} */ (byId('join'));
  #error = byId('lobby-error');

  constructor() {
    super();
    this.#username.value = localStorage.getItem(REMEMBERED_NAME) ?? '';
    this.#room.value = roomOfAddress() || suggestRoom();
    window.addEventListener('hashchange', () => { this.#room.value = roomOfAddress() || this.#room.value; });
    byId('join-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    (this.#username.value === '' ? this.#username : this.#button).focus();
  }

  get preview() {
    return /** @type {HTMLVideoElement} */ (byId('preview'));
  }

  /** @param {string} [error] Why one is here again. */
  show(error = '') {
    this.#view.hidden = false;
    this.#error.textContent = error;
    this.#setBusy(false);
    this.#button.focus();
  }

  hide() {
    this.#view.hidden = true;
    this.#password.value = '';
    this.#setBusy(false);
  }

  #submit() {
    const username = this.#username.value.trim();
    const room = this.#room.value.trim();
    if (username === '' || room === '') {
      this.#error.textContent = 'Please enter your name and a room.';
      return;
    }
    localStorage.setItem(REMEMBERED_NAME, username);
    this.#error.textContent = '';
    this.#setBusy(true);
    this.dispatchEvent(new CustomEvent('join', { detail: { username, room, password: this.#password.value } }));
  }

  /** @param {boolean} busy */
  #setBusy(busy) {
    this.#button.disabled = busy;
    this.#button.textContent = busy ? 'Joining…' : 'Join';
  }
}
