// @ts-check
import { byId, element } from './element.js';

const MOST_LINES = 500;

/** The chat panel. Its lines stay while the connection comes and goes. Events: `say` with a text. */
export class Chat extends EventTarget {
  #panel = byId('chat');
  #log = byId('chat-log');
  #input = /** @type {HTMLInputElement} */ (byId('chat-input'));
  #toggle = byId('toggle-chat');
  #unread = byId('chat-unread');
  #unreadCount = 0;
  #lastFrom = '';

  constructor() {
    super();
    byId('chat-form').addEventListener('submit', (event) => {
      event.preventDefault();
      const text = this.#input.value.trim();
      if (text === '') return;
      this.#input.value = '';
      this.dispatchEvent(new CustomEvent('say', { detail: text }));
    });
    this.#toggle.addEventListener('click', () => this.open(this.#panel.hidden === true));
    byId('chat-close').addEventListener('click', () => {
      this.open(false);
      this.#toggle.focus();
    });
  }

  /** @param {boolean} open */
  open(open) {
    this.#panel.hidden = !open;
    this.#toggle.setAttribute('aria-pressed', String(open));
    if (!open) return;
    this.#countUnread(0);
    this.#log.scrollTop = this.#log.scrollHeight;
  }

  clear() {
    this.#log.replaceChildren();
    this.#lastFrom = '';
    this.#countUnread(0);
  }

  /**
   * @param {string} from
   * @param {string} text
   * @param {boolean} own
   */
  add(from, text, own) {
    const follows = this.#lastFrom === from;
    this.#lastFrom = from;
    const time = new Date().toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
    this.#append(element('li', { class: `line${own ? ' line-own' : ''}${follows ? ' line-follows' : ''}`, 'data-testid': 'chat-line' },
      element('span', { class: 'line-from' }, element('b', { text: own ? 'You' : from }), element('time', { text: time })),
      element('span', { class: 'line-text', text, 'data-testid': 'chat-text' })));
    if (this.#panel.hidden) this.#countUnread(this.#unreadCount + 1);
  }

  /** What has happened in the room, between the lines. @param {string} text */
  note(text) {
    this.#lastFrom = '';
    this.#append(element('li', { class: 'line-note', text }));
  }

  /** @param {HTMLElement} line */
  #append(line) {
    const atEnd = this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < 80;
    this.#log.append(line);
    if (this.#log.childElementCount > MOST_LINES) this.#log.firstElementChild?.remove();
    if (atEnd) this.#log.scrollTop = this.#log.scrollHeight;
  }

  /** @param {number} count */
  #countUnread(count) {
    this.#unreadCount = count;
    this.#unread.hidden = count === 0;
    this.#unread.textContent = count > 9 ? '9+' : String(count);
    this.#toggle.setAttribute('aria-label', count === 0 ? 'Chat' : `Chat, ${count} new`);
  }
}
