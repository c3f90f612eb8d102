// @ts-check
import { byId, element } from './element.js';

const SHOWN_FOR = 6_000;
const SHOWN_WITH_ACTION_FOR = 12_000;
const MOST_NOTICES = 4;

/**
 * Says something in passing.
 * @param {string} text
 * @param {{ label: string, run: () => void }} [action] What can be done about it.
 */
export function notice(text, action) {
  const list = byId('notices');
  const card = element('div', { class: 'notice', 'data-testid': 'notice' }, element('span', { text }));
  if (action !== undefined) {
    const button = element('button', { type: 'button', class: 'link', text: action.label });
    button.addEventListener('click', () => {
      card.remove();
      action.run();
    });
    card.append(button);
  }
  list.append(card);
  if (list.childElementCount > MOST_NOTICES) list.firstElementChild?.remove();
  setTimeout(() => card.remove(), action === undefined ? SHOWN_FOR : SHOWN_WITH_ACTION_FOR);
}

/**
 * Shows the banner above everything, or hides it.
 * @param {string} [text]
 */
export function banner(text) {
  byId('banner').hidden = text === undefined;
  if (text !== undefined) byId('banner-text').textContent = text;
}
