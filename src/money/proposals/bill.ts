import type { Db } from '../../book/store/db.ts'
import type { Currency } from '../../domain/money.ts'
import type { Moment } from '../../records/moment.ts'
import { draftOfDeal, invoicesOfDeal } from '../invoices/draft.ts'
import { finalOfDeal } from '../invoices/parts.ts'
import type { Proposal } from './find.ts'

/**
 * Drafts the invoice of a proposal that was accepted, of the lines that its deal has now; the final one if deposits or
 * parts of the deal were billed. @returns its id.
 */
export async function draftOfProposal(
  db: Db,
  proposal: Proposal,
  book: Currency,
  moment: Moment,
): Promise<number> {
  const isLast = (await invoicesOfDeal(db, proposal.deal_id)).some(({ part }) => part !== null)
  const make = isLast ? finalOfDeal : draftOfDeal
  const id = await make(db, proposal.deal_id, book, {}, moment)
  await db.updateTable('invoices').set({ proposal_id: proposal.id }).where('id', '=', id).execute()
  return id
}
