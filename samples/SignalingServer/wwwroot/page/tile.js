// @ts-check
import { element, icon } from './element.js';

/** @typedef {import('../signaling/types.js').Member} Member */

/**
 * Something that can be done to the person in a tile.
 * @typedef {object} Action
 * @property {string} id
 * @property {string} label
 * @property {string} icon
 * @property {(member: Member) => void} run
 */

/** One person: the video, or initials in its place, with name and badges on top. */
export class Tile {
  /** @type {Member | undefined} */ #member;
  #video;
  #initials = element('span', { class: 'tile-initials', 'aria-hidden': 'true' });
  #name = element('span', { class: 'tile-name', 'data-testid': 'tile-name' });
  #crown = badge('crown', 'Owner of the room');
  #muted = badge('mic-off', 'Microphone off');
  #dark = badge('camera-off', 'Camera off');
  #screen = badge('screen', 'Shares the screen');
  #away = badge('away', 'Lost the connection to the server, and may be back in a moment');
  #menu = element('div', { class: 'menu', popover: 'auto', 'data-testid': 'menu' });
  #more = element('button', { class: 'tile-more', type: 'button', hidden: true }, icon('more'));
  #status = element('span', { class: 'tile-status', text: 'Connecting…', hidden: true });

  /**
   * @param {string} clientId
   * @param {boolean} isSelf
   */
  constructor(clientId, isSelf) {
    this.#video = element('video', { autoplay: true, playsinline: true, 'data-testid': 'video' });
    this.#video.muted = isSelf;
    this.element = element('article', { class: 'tile', 'data-testid': 'tile', 'data-client-id': clientId, 'data-self': isSelf },
      this.#initials,
      this.#video,
      this.#status,
      element('div', { class: 'tile-label' }, this.#crown, this.#name, this.#muted, this.#dark, this.#screen, this.#away),
      this.#more,
      this.#menu);
    this.isSelf = isSelf;
    this.#more.popoverTargetElement = this.#menu;
    this.#menu.addEventListener('beforetoggle', () => this.#placeMenu());
  }

  /** @param {MediaStream} stream */
  set stream(stream) {
    this.#video.srcObject = stream;
  }

  /** Whether the media connection still is on its way. @param {boolean} waiting */
  set waiting(waiting) {
    this.#status.hidden = !waiting;
  }

  /**
   * @param {Member} member
   * @param {string} name
   */
  show(member, name) {
    this.#member = member;
    const has = (/** @type {import('../signaling/types.js').Resource} */ resource) => member.media.includes(resource);
    this.#name.textContent = this.isSelf ? `${name} (you)` : name;
    this.#initials.textContent = initialsOf(name);
    this.element.style.setProperty('--hue', String(hueOf(name)));
    this.element.setAttribute('aria-label', name);
    this.element.classList.toggle('has-video', has('video') || has('screen'));
    this.element.classList.toggle('has-screen', has('screen'));
    this.#crown.hidden = member.role !== 'owner';
    this.#muted.hidden = has('microphone');
    this.#dark.hidden = has('video') || has('screen');
    this.#screen.hidden = !has('screen');
    this.#away.hidden = !member.suspended;
    this.#more.setAttribute('aria-label', `Actions for ${name}`);
  }

  /** @param {Action[]} actions What may be done here; none hides the button. */
  set actions(actions) {
    this.#more.hidden = actions.length === 0;
    this.#menu.replaceChildren(...actions.map((action) => this.#menuItem(action)));
  }

  /** @param {Action} action */
  #menuItem({ id, label, icon: drawing, run }) {
    const button = element('button', { type: 'button', 'data-action': id }, icon(drawing), element('span', { text: label }));
    button.addEventListener('click', () => {
      this.#menu.hidePopover();
      if (this.#member !== undefined) run(this.#member);
    });
    return button;
  }

  #placeMenu() {
    const around = this.#more.getBoundingClientRect();
    this.#menu.style.right = `${innerWidth - around.right}px`;
    this.#menu.style.top = `${around.bottom + 4}px`;
  }
}

/**
 * @param {string} drawing
 * @param {string} label
 */
function badge(drawing, label) {
  const attributes = { class: `badge badge-${drawing}`, role: 'img', 'aria-label': label, title: label, 'data-badge': drawing };
  return element('span', { ...attributes, hidden: true }, icon(drawing));
}

/** @param {string} name */
function initialsOf(name) {
  const words = name.trim().split(/\s+/u);
  const ends = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return ends.map((word) => [...word][0]?.toUpperCase() ?? '').join('');
}

/** A color of one's own, the same on every screen. @param {string} name */
function hueOf(name) {
  let hash = 7;
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 360;
  return hash;
}
