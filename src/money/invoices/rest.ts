import type { Db } from '../../book/store/db.ts'
import type { Currency } from '../../domain/money.ts'
import type { Moment } from '../../records/moment.ts'
import { finalOf } from './deductions.ts'
import { draftOfDeal, invoicesOfDeal } from './draft.ts'
import { draftName } from './find.ts'
import { finalOfDeal, wholeBilledBy } from './parts.ts'

/** The invoice of a deal that is done, or why it needs none. */
export type Rest = { id: number; isFinal: boolean } | { id: null; billed: string }

/** Why the final invoice of a deal is not drafted again; null if there is none yet. */
async function billedBy(db: Db, dealId: number, book: Currency): Promise<string | null> {
  const final = await finalOf(db, dealId)
  if (final === null) {
    const parts = await wholeBilledBy(db, dealId, book)
    return parts === null ? null : `deal ${dealId} is billed already: ${parts} billed all of it`
  }
  if (final.number === null) {
    const name = draftName(final.id)
    return `deal ${dealId} has a draft of its final invoice already, ${name}; to draft it again: funnel invoice delete ${name}, then funnel invoice add --deal ${dealId} --final`
  }
  return `deal ${dealId} is billed already, by its final invoice ${final.number}; what is more is an invoice of its own: funnel invoice add CLIENT --line TEXT`
}

/**
 * Drafts the invoice of a deal that was agreed on or won: all of it, or the final one if deposits or parts were billed.
 * What is billed already does not stop the rest of a command: it is said instead.
 */
export async function draftRest(
  db: Db,
  dealId: number,
  book: Currency,
  moment: Moment,
): Promise<Rest> {
  const isFinal = (await invoicesOfDeal(db, dealId)).some(({ part }) => part !== null)
  if (!isFinal) return { id: await draftOfDeal(db, dealId, book, {}, moment), isFinal }
  const billed = await billedBy(db, dealId, book)
  if (billed !== null) return { id: null, billed }
  return { id: await finalOfDeal(db, dealId, book, {}, moment), isFinal }
}
