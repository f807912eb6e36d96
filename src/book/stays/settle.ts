import { listed, valuesAt } from '../store/sql.ts'
import type { Statements } from '../store/store.ts'
import { joinBlock, splitBlock, storedBytes } from './block.ts'
import {
  bookDigits,
  byBlock,
  DEAL,
  DEALS_AT_ONCE,
  encoded,
  EVENT,
  type Histories,
} from './build.ts'
import { addCounts, DealCounts } from './counts.ts'
import { cursorOfNow } from './cursor.ts'
import type { DealRow, EventRow } from './of-events.ts'

/** Deals whose rows or events an operation added, changed or removed. */
const TOUCHED = `
  SELECT d.id AS deal FROM operation_inserts i JOIN deals d ON d.id BETWEEN i.first_id AND i.last_id
  WHERE i.operation_id = :operation AND i.table_name = 'deals'
  UNION
  SELECT e.deal_id FROM operation_inserts i JOIN events e ON e.id BETWEEN i.first_id AND i.last_id
  WHERE i.operation_id = :operation AND i.table_name = 'events'
  UNION
  SELECT row_id FROM journal WHERE operation_id = :operation AND table_name = 'deals'
  UNION
  SELECT CAST(before ->> 'deal_id' AS INTEGER) FROM journal
  WHERE operation_id = :operation AND table_name = 'events' AND before IS NOT NULL
  UNION
  SELECT e.deal_id FROM journal j JOIN events e ON e.id = j.row_id
  WHERE j.operation_id = :operation AND j.table_name = 'events'
  ORDER BY deal`

/**
 * Updates the stays, and their counts, of the deals that an operation touched, at its end and in its
 * transaction. This happens for every command, so that none has to take care of it.
 */
export function settleStays(store: Statements, operation: number): void {
  const touched = store.prepare(TOUCHED).pluck().all({ operation }) as number[]
  if (touched.length === 0) return
  const among = `IN ${valuesAt('?')}`
  const dealsOf = store.prepare(`SELECT ${DEAL} FROM deals WHERE id ${among} ORDER BY id`)
  const eventsOf = store.prepare(
    `SELECT ${EVENT} FROM events WHERE deal_id ${among} ORDER BY deal_id, at, id`,
  )
  const read = store.prepare('SELECT deals FROM stays WHERE block = ?').pluck()
  const remove = store.prepare('DELETE FROM stays WHERE block = ?')
  const write = store.prepare(
    `INSERT INTO stays (block, deals) VALUES (?, ?)
     ON CONFLICT (block) DO UPDATE SET deals = excluded.deals`,
  )
  const digits = bookDigits(store)
  const change = new DealCounts()
  const deal = cursorOfNow()
  const count = (id: number, history: Uint8Array | undefined, times: 1 | -1): void => {
    if (!history) return
    deal.read(id, history, 0)
    change.add(deal, times)
  }
  for (let at = 0; at < touched.length;) {
    const ids = touched.slice(at, at + DEALS_AT_ONCE)
    at += ids.length
    const made = encoded(
      dealsOf.raw().all(listed(ids)) as DealRow[],
      eventsOf.raw().all(listed(ids)) as EventRow[],
      digits,
    )
    for (const [block, own] of byBlock(ids)) {
      const before = read.get(block)
      const kept: Histories =
        before === undefined ? new Map() : splitBlock(block, storedBytes(before))
      for (const id of own) {
        const history = made.get(id)
        count(id, kept.get(id), -1)
        count(id, history, 1)
        if (history) kept.set(id, history)
        else kept.delete(id)
      }
      if (kept.size === 0) remove.run(block)
      else write.run(block, joinBlock(kept))
    }
  }
  addCounts(store, change)
}
