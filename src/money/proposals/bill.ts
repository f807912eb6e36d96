import type { Db } from '../../book/store/db.ts'
import type { Currency } from '../../domain/money.ts'
import type { Moment } from '../../records/moment.ts'
import { draftOfDeal } from '../invoices/draft.ts'
import type { Proposal } from './find.ts'

/** Drafts the invoice of a proposal that was accepted, of the lines that its deal has now. @returns its id. */
export async function draftOfProposal(
  db: Db,
  proposal: Proposal,
  book: Currency,
  moment: Moment,
): Promise<number> {
  const id = await draftOfDeal(db, proposal.deal_id, book, {}, moment)
  await db.updateTable('invoices').set({ proposal_id: proposal.id }).where('id', '=', id).execute()
  return id
}
