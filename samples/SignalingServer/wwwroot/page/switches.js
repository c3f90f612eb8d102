// @ts-check
import { byId, setIcon } from './element.js';

/** @typedef {import('./media.js').LocalMedia} LocalMedia */

/** @type {Record<'microphone' | 'video' | 'screen', { on: string, off: string, turnOn: string, turnOff: string }>} */
const LOOKS = {
  microphone: { on: 'mic', off: 'mic-off', turnOn: 'Turn the microphone on', turnOff: 'Turn the microphone off' },
  video: { on: 'camera', off: 'camera-off', turnOn: 'Turn the camera on', turnOff: 'Turn the camera off' },
  screen: { on: 'screen', off: 'screen', turnOn: 'Share the screen', turnOff: 'Stop sharing the screen' },
};

/**
 * Wires every button with `data-switch` (in the lobby and in the room) to the device that it switches.
 * @param {LocalMedia} media
 */
export function wireSwitches(media) {
  const actions = {
    microphone: (/** @type {boolean} */ on) => media.setMicrophone(on),
    video: (/** @type {boolean} */ on) => media.setCamera(on),
    screen: (/** @type {boolean} */ on) => media.setScreen(on),
  };
  byId('toggle-screen').hidden = !media.canShareScreen;
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll('[data-switch]'))) {
    const resource = /** @type {keyof typeof actions} */ (button.dataset.switch);
    const look = LOOKS[resource];
    button.addEventListener('click', () => actions[resource](!media.enabled[resource]));
    const refresh = () => {
      const on = media.enabled[resource];
      button.dataset.state = on ? 'on' : 'off';
      button.title = on ? look.turnOff : look.turnOn;
      button.setAttribute('aria-label', button.title);
      setIcon(button, on ? look.on : look.off);
    };
    media.addEventListener('change', refresh);
    refresh();
  }
}
