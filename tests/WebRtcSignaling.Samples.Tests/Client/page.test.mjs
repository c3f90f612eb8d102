import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tileSize } from '../../../samples/SignalingServer/wwwroot/page/grid.js';
import { captureSentence, closeSentence, departureSentence, refusalSentence } from '../../../samples/SignalingServer/wwwroot/page/words.js';
import { specifiedTable } from './fakes.mjs';

test('every refusal code of the specification has a sentence of its own', () => {
  const codes = specifiedTable('Refusal codes').flatMap(([cell]) => [...cell.matchAll(/`([a-z-]+)`/g)].map(([, code]) => code));
  assert.ok(codes.length >= 20);
  const lastResort = refusalSentence({ code: 'no-such-code' });
  const sentences = codes.map((code) => refusalSentence({ code }));
  assert.deepEqual(codes.filter((_, at) => sentences[at] === lastResort), []);
  assert.equal(new Set(sentences).size, sentences.length);
});

test('a code that is also a member of every object gets the last resort', () => {
  assert.equal(refusalSentence({ code: 'constructor' }), refusalSentence({ code: 'no-such-code' }));
  assert.equal(departureSentence('toString'), 'You have left the room.');
});

test('when trying again can help, the sentence says when', () => {
  const sentence = (retryAfter) => refusalSentence({ code: 'too-many-attempts', retryAfter });
  assert.equal(sentence(1), 'Too many wrong passwords. You can try again in 1 second.');
  assert.equal(sentence(9_500), 'Too many wrong passwords. You can try again in 10 seconds.');
  assert.equal(sentence(600_000), 'Too many wrong passwords. You can try again in 10 minutes.');
  assert.equal(sentence(86_400_000), 'Too many wrong passwords. You can try again in 24 hours.');
});

test('departures, closes and missing devices are told in words', () => {
  assert.equal(departureSentence('kicked', 'Enough'), 'You were removed from the room. “Enough”');
  assert.equal(closeSentence(4001), 'The server ended your connection.');
  assert.equal(closeSentence(undefined), 'The server ended the connection.');
  assert.equal(captureSentence('camera', 'NotFoundError'), 'You are without a camera. None was found.');
});

test('tiles always fit, in sensible shapes, however many there are and whatever the window is like', () => {
  for (const [width, height] of [[1280, 640], [374, 640], [900, 900], [320, 200], [2560, 300]]) {
    for (let count = 1; count <= 40; count += 1) {
      const gap = 12;
      const tile = tileSize(count, width, height, gap);
      const columns = Math.floor((width + gap) / (tile.width + gap));
      const rows = Math.ceil(count / columns);
      const where = `${count} in ${width}x${height}`;
      assert.ok(tile.width > 0 && tile.height > 0, where);
      assert.ok(rows * (tile.height + gap) - gap <= height, where);
      assert.ok(tile.width / tile.height <= 16 / 9 + 0.1, where);
    }
  }
});

test('two tiles are side by side in a wide window and on top of each other on a phone', () => {
  assert.ok(tileSize(2, 1280, 640, 12).width <= 634);
  assert.equal(tileSize(2, 374, 640, 8).width, 374);
});

test('no tiles take no room', () => {
  assert.deepEqual(tileSize(0, 100, 100, 8), { width: 0, height: 0 });
});
