// @ts-check

/** @typedef {{ first: number, longest: number }} Backoff The bound of the first wait and of the longest one, in milliseconds. */

const OVERLOADED = 1013;
const OVERLOADED_FROM_ATTEMPT = 5;

/** Close codes after which coming back would only meet the same end (docs/protocol.md, "Close codes"). */
const FINAL = new Set([1000, 1002, 1003, 1007, 1008, 1009, 4000, 4001]);

/**
 * Whether a connection that ended with this code should stay ended.
 * @param {number} code
 */
export function isFinalClose(code) {
  return FINAL.has(code);
}

/**
 * How long to wait before the next try: exponential back-off with full jitter, which spreads the clients of a restarted
 * server evenly instead of letting them return in waves.
 * @param {number} attempt Tries that have failed so far.
 * @param {number} code The close code of the last one.
 * @param {Backoff} backoff
 * @param {() => number} random From 0 to below 1.
 * @returns {number} Milliseconds.
 */
export function reconnectDelay(attempt, code, { first, longest }, random) {
  const step = code === OVERLOADED ? Math.max(attempt, OVERLOADED_FROM_ATTEMPT) : attempt;
  return Math.floor(random() * Math.min(longest, first * 2 ** step));
}
