import { ranksOf, stageRanks } from '../../book/projection.ts'
import { eachIn, storedBytes } from '../../book/stays/block.ts'
import { cursorOfNow, DealCursor } from '../../book/stays/cursor.ts'
import type { Db } from '../../book/store/db.ts'
import { type Day, toEpochDay } from '../../domain/day.ts'

/**
 * Goes through the deals that something happened to after a day.
 * @param take is given each as it is now, and as it stood at the end of the day, or null if it was
 * opened later; both cursors are the same for every deal.
 */
export async function eachChanged(
  db: Db,
  asOf: Day,
  take: (now: DealCursor, then: DealCursor | null) => void,
): Promise<void> {
  const now = cursorOfNow()
  const then = await cursorAsOf(db, asOf)
  await eachStored(db, (id, deals, from) => {
    if (!then.isLater(id, deals, from)) return
    now.read(id, deals, from)
    take(now, then.read(id, deals, from) ? then : null)
  })
}

/** A cursor that reads deals as they stood at the end of a day. */
export async function cursorAsOf(db: Db, asOf: Day): Promise<DealCursor> {
  const ranks = await stageRanks(db)
  return new DealCursor(
    toEpochDay(asOf),
    (process, stage) => ranksOf(ranks, process).get(stage) ?? -1,
  )
}

/** Goes through the stays of all deals that the book keeps. */
export async function eachStored(
  db: Db,
  take: (id: number, deals: Uint8Array, from: number) => void,
): Promise<void> {
  const blocks = db.selectFrom('stays').select(['block', 'deals']).orderBy('block').stream()
  for await (const { block, deals: stored } of blocks) {
    const deals = storedBytes(stored)
    eachIn(block, deals, (id, from) => take(id, deals, from))
  }
}
