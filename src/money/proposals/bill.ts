import type { Db } from '../../book/store/db.ts'
import type { Currency } from '../../domain/money.ts'
import type { Moment } from '../../records/moment.ts'
import { draftRest, type Rest } from '../invoices/rest.ts'
import type { Proposal } from './find.ts'

/**
 * Drafts the invoice of a proposal that was accepted, of the lines that its deal has now; the final one if deposits or
 * parts of the deal were billed. Says what the deal is billed by if that is all of it.
 */
export async function draftOfProposal(
  db: Db,
  proposal: Proposal,
  book: Currency,
  moment: Moment,
): Promise<Rest> {
  const rest = await draftRest(db, proposal.deal_id, book, moment)
  if (rest.id === null) return rest
  const { id } = rest
  await db.updateTable('invoices').set({ proposal_id: proposal.id }).where('id', '=', id).execute()
  return rest
}
