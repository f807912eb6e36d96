import { settingRowsOf } from '../settings.ts'
import { readSettings } from '../../domain/stored-settings.ts'
import type { Statements } from '../store/store.ts'
import { BLOCK, blockOf, eachIn, joinBlock } from './block.ts'
import { addCounts, DealCounts } from './counts.ts'
import { cursorOfNow } from './cursor.ts'
import { encodeHistory } from './history.ts'
import { type DealRow, type EventRow, historyOf } from './of-events.ts'

/** The columns of a `DealRow`. */
export const DEAL = 'id, client_id, process_id, source_id, furthest_stage_id, outcome_only'

/** A deal imported as closed on the day of its import had no closing day. */
const DAY_KNOWN = `
  CASE WHEN kind IN ('won', 'lost') AND EXISTS (
    SELECT 1 FROM deals JOIN imports ON imports.id = deals.import_id
    WHERE deals.id = events.deal_id AND imports.at = events.recorded_at AND imports.day = events.at
  ) THEN 0 ELSE day_known END`

/** The columns of an `EventRow`. */
export const EVENT = `deal_id, kind, at, ${DAY_KNOWN}, stage_id, owner_id, amount, cost, currency, rate`

/** How many deals are read at once: whole blocks. */
export const DEALS_AT_ONCE = BLOCK * 4

/** Decimals of the book's currency, read when first asked for: few books have deals in another one. */
export function bookDigits(store: Statements): () => number {
  let digits: number | undefined
  return () => (digits ??= readSettings(settingRowsOf(store)).currency.digits)
}

/** Histories in bytes, by the deal's id. */
export type Histories = Map<number, Uint8Array>

/** The histories of deals, from their rows and their events', both in order. @param digits of the book's currency. */
export function encoded(
  deals: readonly DealRow[],
  events: readonly EventRow[],
  digits: () => number,
): Histories {
  const histories: Histories = new Map()
  let at = 0
  for (const deal of deals) {
    const from = at
    while (at < events.length && (events[at] as EventRow)[0] <= deal[0]) at += 1
    // A damaged book may lack events; doctor reports that.
    const own = events.slice(from, at).filter(([id]) => id === deal[0])
    if (own.length > 0) histories.set(deal[0], encodeHistory(historyOf(deal, own, digits)))
  }
  return histories
}

/**
 * The blocks that the deals and events of a book make, in order: what the table `stays` must hold.
 * @param done is called now and then with the number of deals processed.
 */
export function* blocksOfEvents(
  store: Statements,
  done: (deals: number) => void = () => {},
): Generator<[block: number, deals: Uint8Array]> {
  const dealsFrom = store.prepare(`SELECT ${DEAL} FROM deals WHERE id >= ? AND id < ? ORDER BY id`)
  const eventsFrom = store.prepare(
    `SELECT ${EVENT} FROM events WHERE deal_id >= ? AND deal_id < ? ORDER BY deal_id, at, id`,
  )
  const nextFrom = store.prepare('SELECT min(id) FROM deals WHERE id >= ?').pluck()
  const digits = bookDigits(store)
  let count = 0
  let next = nextFrom.get(0) as number | null
  while (next !== null) {
    const from = blockOf(next) * BLOCK
    const to = from + DEALS_AT_ONCE
    const deals = dealsFrom.raw().all(from, to) as DealRow[]
    const histories = encoded(deals, eventsFrom.raw().all(from, to) as EventRow[], digits)
    for (const [block, ids] of byBlock(histories.keys())) {
      yield [block, joinBlock(new Map(ids.map((id) => [id, histories.get(id) as Uint8Array])))]
    }
    count += deals.length
    done(count)
    next = nextFrom.get(to) as number | null
  }
}

/** The numbers of deals by the block they are in. */
export function byBlock(ids: Iterable<number>): Map<number, number[]> {
  const blocks = new Map<number, number[]>()
  for (const id of ids) {
    const own = blocks.get(blockOf(id))
    if (own) own.push(id)
    else blocks.set(blockOf(id), [id])
  }
  return blocks
}

/** Rebuilds all stays and their counts. @param done as for `blocksOfEvents`. */
export function rebuildStays(store: Statements, done?: (deals: number) => void): void {
  store.exec('DELETE FROM stays')
  store.exec('DELETE FROM stay_counts')
  const insert = store.prepare('INSERT INTO stays (block, deals) VALUES (?, ?)')
  const counts = new DealCounts()
  const deal = cursorOfNow()
  for (const [block, deals] of blocksOfEvents(store, done)) {
    insert.run(block, deals)
    eachIn(block, deals, (id, from) => {
      deal.read(id, deals, from)
      counts.add(deal)
    })
  }
  addCounts(store, counts)
}
