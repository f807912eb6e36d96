import { sql } from 'kysely'
import { isTouch } from '../../book/contact-made.ts'
import type { Direction } from '../../book/schema/work.ts'
import type { Db } from '../../book/store/db.ts'
import { valuesOf } from '../../book/store/sql.ts'
import { type Day, toEpochDay } from '../../domain/day.ts'
import type { Win } from '../pace/won.ts'

/** The number of touches that a sale often needs, and salespeople often stop short of. */
export const MANY_TOUCHES = 5

/** Won deals that are alike: by owner, touches before the win and direction of the first. */
export interface TouchedWins {
  ownerId: number | null
  touches: number
  /** Null if there was no touch, or it has no direction. */
  first: Direction | null
  deals: number
}

interface Touch {
  client: number
  deal: number | null
  day: number
  direction: Direction | null
}

/** Clients whose touches are read at once. */
const CLIENTS_AT_ONCE = 2000

/** The touches of some clients, each client's in order. */
async function touchesOf(db: Db, clients: readonly number[]): Promise<Map<number, Touch[]>> {
  const { rows } = await sql<Omit<Touch, 'day'> & { at: Day }>`
    SELECT i.client_id AS client, i.deal_id AS deal, i.at, i.direction FROM interactions i
    WHERE i.client_id IN ${valuesOf(clients)} AND ${sql.raw(isTouch('i'))}
    ORDER BY i.client_id, i.at, i.id`.execute(db)
  const touches = new Map<number, Touch[]>()
  for (const { at, ...touch } of rows) {
    const own = touches.get(touch.client)
    const one = { day: toEpochDay(at), ...touch }
    if (own) own.push(one)
    else touches.set(touch.client, [one])
  }
  return touches
}

/** The clients that were ever in touch; others are not looked up. */
async function touchedClients(db: Db): Promise<Set<number>> {
  const rows = await db.selectFrom('interactions').select('client_id').distinct().execute()
  return new Set(rows.map((row) => row.client_id))
}

const NONE: readonly Touch[] = []

/**
 * Won deals by their touches. A touch is a call, an e-mail, a meeting or a message with the deal's client,
 * about this deal or about none, from the day the deal was opened to the day it was won. Notes and
 * mailings do not count; calls without an answer do. Deals whose opening day is not known are left out.
 */
export async function loadTouchedWins(db: Db, wins: readonly Win[]): Promise<TouchedWins[]> {
  const found = new Map<string, TouchedWins>()
  const count = ({ owner, opened, closed, id }: Win, of: readonly Touch[]): void => {
    const own = of.filter(
      ({ day, deal }) => day >= opened && day <= closed && (deal === null || deal === id),
    )
    const first = own[0]?.direction ?? null
    const key = `${owner} ${own.length} ${first}`
    const alike = found.get(key)
    if (alike) alike.deals += 1
    else found.set(key, { ownerId: owner, touches: own.length, first, deals: 1 })
  }
  const touched = wins.length === 0 ? new Set<number>() : await touchedClients(db)
  const byClient = new Map<number, Win[]>()
  for (const win of wins) {
    if (!touched.has(win.client)) count(win, NONE)
    else if (byClient.has(win.client)) byClient.get(win.client)?.push(win)
    else byClient.set(win.client, [win])
  }
  const clients = [...byClient.keys()].toSorted((a, b) => a - b)
  for (let at = 0; at < clients.length; at += CLIENTS_AT_ONCE) {
    const some = clients.slice(at, at + CLIENTS_AT_ONCE)
    const touches = await touchesOf(db, some)
    for (const client of some) {
      for (const win of byClient.get(client) ?? []) count(win, touches.get(client) ?? NONE)
    }
  }
  return [...found.values()]
}
