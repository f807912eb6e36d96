import { isTouch } from '../../book/contact-made.ts'
import { sql } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import type { Direction } from '../../book/schema/work.ts'
import type { DealsAsOf } from '../deals-as-of.ts'
import { type Scope, within } from '../scope.ts'
import type { Window } from '../pace/window.ts'

/** The touches that a sale often needs, and salespeople often stop short of. */
export const MANY_TOUCHES = 5

/** Won deals that are alike: by owner, touches before the win and direction of the first. */
export interface TouchedWins {
  ownerId: number | null
  touches: number
  /** Null where there was no touch, or it has no direction. */
  first: Direction | null
  deals: number
}

// As a bare column SQLite would take the index of opening days, and read nearly every deal.
const IS_KNOWN = sql`coalesce(d.opened_known, 0)`

function wonIn(deals: DealsAsOf, scope: Scope, { from, end }: Window) {
  const won = within(deals, scope).where('d.status', '=', 'won').where('d.closed_on', '<=', end)
  return from === null ? won : won.where('d.closed_on', '>=', from)
}

/** How many deals were won in a window whose opening day is not known: they have no touches before a win. */
export async function countUntouchedWins(
  deals: DealsAsOf,
  scope: Scope,
  window: Window,
): Promise<number> {
  const { n } = await wonIn(deals, scope, window)
    .where(sql<boolean>`${IS_KNOWN} = 0`)
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return n
}

/**
 * The deals won in a window, by their touches. A touch is a call, an e-mail, a meeting or a message
 * with the deal's client, about this deal or about none, from the day the deal was opened to the day it
 * was won. Notes and mailings are none; calls without an answer are. Deals whose opening day is not
 * known are left out.
 */
export async function loadTouchedWins(
  db: Db,
  deals: DealsAsOf,
  scope: Scope,
  window: Window,
): Promise<TouchedWins[]> {
  const won = wonIn(deals, scope, window)
    .where(sql<boolean>`${IS_KNOWN} = 1`)
    .select(['d.id', 'd.client_id', 'd.owner_id', 'd.opened_on', 'd.closed_on'])
  const touches = sql`
    FROM interactions i WHERE i.client_id = w.client_id
      AND i.at >= w.opened_on AND i.at <= w.closed_on
      AND (i.deal_id IS NULL OR i.deal_id = w.id) AND ${sql.raw(isTouch('i'))}`
  const { rows } = await sql<TouchedWins>`
    SELECT ${sql.ref('ownerId')}, touches, first, count(*) AS deals FROM (
      SELECT w.owner_id AS ${sql.ref('ownerId')},
        (SELECT count(*) ${touches}) AS touches,
        (SELECT i.direction ${touches} ORDER BY i.at, i.id LIMIT 1) AS first
      FROM ${won} AS w) AS t
    GROUP BY 1, 2, 3`.execute(db)
  return rows
}
