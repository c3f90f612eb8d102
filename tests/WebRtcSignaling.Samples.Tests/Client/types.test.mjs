import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { specifiedEvents } from './fakes.mjs';

test('every message that the server sends is an event with a type, and there are no others', () => {
  const types = readFileSync(new URL('../../../samples/SignalingServer/wwwroot/signaling/types.js', import.meta.url), 'utf8');
  const [, map] = types.split('@typedef {object} EventMap\n');
  const typed = [...map.matchAll(/^ \* @property \{.*\} ([a-z-]+)/gm)].map(([, name]) => name);
  // `state` is the connection's own; an `ack` is for the connection alone.
  const told = typed.filter((name) => name !== 'state');
  const specified = [...specifiedEvents()].filter((name) => name !== 'ack');
  assert.ok(specified.length >= 30);
  assert.deepEqual(told.sort(), specified.sort());
});
