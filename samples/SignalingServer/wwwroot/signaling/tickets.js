// @ts-check

/** @typedef {() => string | null | undefined | Promise<string | null | undefined>} TicketSource Gets a new ticket; none when nobody is signed in. */

/**
 * What a WebSocket offers beside its protocol so that its handshake brings a ticket along: the one thing that a page can add to it.
 * The server never chooses it.
 * @param {string} ticket
 */
export function ticketProtocol(ticket) {
  return `ticket.${ticket}`;
}

/**
 * Gets tickets from `MapSignalingTickets`, with the cookies of whoever is signed in.
 *
 * ```js
 * await client.connect('/signaling', { ticket: ticketFrom('/signaling/tickets') });
 * ```
 * @param {string | URL} url
 * @param {RequestInit | (() => RequestInit | Promise<RequestInit>)} [request] More for `fetch`, such as `headers` with an access token; a
 * function is asked for every ticket, so that a token which has been renewed goes along.
 * @returns {() => Promise<string | null>} Resolves with null when nobody is signed in, or may not have one; rejects when
 * the server cannot be asked, or gives none at present.
 */
export function ticketFrom(url, request) {
  return async () => {
    const more = typeof request === 'function' ? await request() : request;
    const answer = await fetch(url, { credentials: 'include', cache: 'no-store', ...more, method: 'POST' });
    if (answer.status === 401 || answer.status === 403) return null;
    if (!answer.ok) throw new Error(`There is no ticket at present (${answer.status}).`);
    return (await answer.json()).ticket;
  };
}
