// @ts-check
import { fillWithTiles } from './grid.js';
import { Tile } from './tile.js';

/**
 * @typedef {import('../signaling/types.js').Member} Member
 * @typedef {import('./tile.js').Action} Action
 * @typedef {import('./room.js').Room} Room
 */

/** The tiles of everybody in the room, and the actions that this page's person may take there. */
export class Stage {
  #area;
  #room;
  #actions;
  /** @type {Map<string, Tile>} */ #tiles = new Map();

  /**
   * @param {HTMLElement} area
   * @param {Room} room
   * @param {{ remove: (member: Member) => void, ban: (member: Member) => void, handOver: (member: Member) => void }} actions
   */
  constructor(area, room, actions) {
    this.#area = area;
    this.#room = room;
    this.#actions = actions;
    fillWithTiles(area);
  }

  /**
   * The person's tile, which is made if there is none yet.
   * @param {string} clientId
   * @returns {Tile}
   */
  tile(clientId) {
    let tile = this.#tiles.get(clientId);
    if (tile === undefined) {
      tile = new Tile(clientId, clientId === this.#room.ownId);
      this.#tiles.set(clientId, tile);
      this.#area.append(tile.element);
    }
    return tile;
  }

  /** Shows what is known of everybody, and what one's own role allows. */
  refresh() {
    for (const member of this.#room.members) {
      const tile = this.tile(member.clientId);
      tile.show(member, this.#room.nameOf(member.clientId));
      tile.actions = tile.isSelf ? [] : this.#actionsFor(member);
    }
  }

  /** @param {string} clientId */
  remove(clientId) {
    this.#tiles.get(clientId)?.element.remove();
    this.#tiles.delete(clientId);
  }

  clear() {
    this.#tiles.clear();
    this.#area.replaceChildren();
  }

  /**
   * @param {Member} member
   * @returns {Action[]}
   */
  #actionsFor(member) {
    /** @type {Action[]} */
    const actions = [];
    if (this.#room.isOwner) actions.push({ id: 'hand-over', label: 'Make owner', icon: 'crown', run: this.#actions.handOver });
    if (this.#room.mayRemove(member)) {
      actions.push({ id: 'remove', label: 'Remove from room', icon: 'remove', run: this.#actions.remove });
      actions.push({ id: 'ban', label: 'Ban from room', icon: 'ban', run: this.#actions.ban });
    }
    return actions;
  }
}
