// @ts-check

/**
 * @param {unknown} data
 * @returns {any} The message, or undefined if it is none.
 */
export function parse(data) {
  if (typeof data !== 'string') return undefined;
  try {
    const message = JSON.parse(data);
    return typeof message?.type === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}
