import type { Db } from '../../book/store/db.ts'
import type { Day } from '../../domain/day.ts'
import { tidyText } from '../../domain/name.ts'
import { loadBuyer, loadSeller } from '../invoices/freeze.ts'
import { type Proposal, versionsOf } from './find.ts'
import { linesOfDeal, loadProposalLines, saySame } from './lines.ts'
import { latestOfDeal } from './make.ts'

/** What is asked of the next version; what is undefined may stay as it is. */
interface Asked {
  dealId: number
  validUntil: Day | null | undefined
  note: string | undefined
  language: string
  /** The code of the book's currency. */
  book: string
}

/**
 * The latest version of a deal's proposal, if it would be made just the same on a day and nobody has it yet: neither
 * sent, nor decided on, nor expired. Null if a new version says something else, or is needed.
 */
export async function unchangedDraft(
  db: Db,
  { dealId, validUntil, note, language, book }: Asked,
  on: Day,
): Promise<Proposal | null> {
  const latest = await latestOfDeal(db, dealId)
  if (latest === null || latest.sent_on !== null || latest.decision !== null) return null
  const { made_on: made, valid_until: until, client_id: clientId } = latest
  if (made > on || (until !== null && until < on)) return null
  const versions = await versionsOf(db, latest.number_key)
  if (versions.some(({ version, decision }) => version > latest.version || decision !== null)) {
    return null
  }
  const deal = await db
    .selectFrom('deals')
    .selectAll()
    .where('id', '=', dealId)
    .executeTakeFirstOrThrow()
  const currency = deal.currency ?? book
  const isSame =
    deal.closed_on === null &&
    deal.client_id === clientId &&
    deal.owner_id === latest.owner_id &&
    deal.title === latest.subject &&
    currency === latest.currency &&
    language === latest.language &&
    (validUntil === undefined || validUntil === until) &&
    (note === undefined || (tidyText(note) || null) === latest.note)
  if (!isSame) return null
  const now = await linesOfDeal(db, deal, book)
  const before = await loadProposalLines(db, latest.id)
  const isCounted = now.every(({ counts, net }, at) => {
    const line = before[at]
    return line?.counts === counts && line.net === net
  })
  if (!isCounted || !saySame(now, before)) return null
  const buyer = JSON.stringify(await loadBuyer(db, clientId))
  const { seller } = await loadSeller(db, { bank_account_id: null, currency })
  return buyer === latest.buyer && JSON.stringify(seller) === latest.seller ? latest : null
}
