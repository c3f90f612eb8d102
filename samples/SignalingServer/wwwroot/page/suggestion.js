// @ts-check

const QUALITIES = ['quiet', 'sunny', 'gentle', 'silver', 'amber', 'early', 'misty', 'bright', 'mellow', 'wild'];
const PLACES = ['river', 'garden', 'harbor', 'meadow', 'orchard', 'island', 'valley', 'forest', 'bridge', 'lantern'];

/** A name for a room that reads well aloud and is unlikely to be taken. */
export function suggestRoom() {
  const [quality, place, number] = crypto.getRandomValues(new Uint32Array(3));
  return `${QUALITIES[quality % QUALITIES.length]}-${PLACES[place % PLACES.length]}-${number % 1000}`;
}
