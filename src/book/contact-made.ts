/**
 * Contact made, as SQL: true for a row of `interactions` in which the client was reached. Notes and mailings
 * do not count, as nobody is spoken to; a call, e-mail or meeting without an answer is an attempt. The
 * triggers that keep `last_contacts` (migration 0004) say the same.
 *
 * A call on 2 November, a call without an answer on the 9th and a mailing on the 12th: the last contact is
 * the one on 2 November.
 * @param interaction the name that `interactions` goes by in the query.
 */
export function contactMade(interaction: string): string {
  return `${isTouch(interaction)} AND NOT ${isUnanswered(interaction)}`
}

/** An attempt, as SQL: true for a row of `interactions` that tried to reach the client in vain. */
export function isAttempt(interaction: string): string {
  return `${isTouch(interaction)} AND ${isUnanswered(interaction)}`
}

/** A touch, as SQL: a contact made or an attempt. */
export function isTouch(interaction: string): string {
  return `${interaction}.kind NOT IN ('note', 'mailing')`
}

function isUnanswered(interaction: string): string {
  return `coalesce(${interaction}.result, '') = 'no-answer'`
}

/**
 * The day of the last contact made with a client, as SQL: null if there was none.
 * @param client an expression that gives its number: `c.id`.
 */
export function lastContact(client: string): string {
  return `(SELECT max(i.at) FROM interactions AS i
    WHERE i.client_id = ${client} AND ${contactMade('i')})`
}

/** The rows that `last_contacts` must have, as a query: one for each client with a rating. */
export const LAST_CONTACTS = `
  SELECT id, rating, owner_id, added_on, ${lastContact('clients.id')} AS last_on
  FROM clients WHERE rating IS NOT NULL`
